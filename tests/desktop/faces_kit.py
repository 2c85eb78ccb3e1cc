"""The faces tab with short names for what its tests look at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.tabs.faces.tab import FacesTab
from desktop.widgets.buttons import Chip, ChipRow
from desktop.widgets.image_view import ImageView
from engine.core import paths

SAMPLE = paths.resources_dir() / "samples" / "face.jpg"
WAIT = 20_000


class Faces:
    """The tab with short names for what a test looks at."""

    def __init__(self, tab: FacesTab, bot: QtBot) -> None:
        self.tab, self.bot = tab, bot

    def child(self, kind, name):  # type: ignore[no-untyped-def]
        found = self.tab.findChild(kind, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return str(self.child(QLabel, name).text())

    def click(self, name: str) -> None:
        self.bot.mouseClick(self.child(QPushButton, name), Qt.MouseButton.LeftButton)

    def open(self, path: Path) -> None:
        before = self.tab._shot
        self.tab.open_paths([path])
        self.bot.waitUntil(lambda: self.tab._shot is not before, timeout=WAIT)

    def banner(self) -> str:
        return self.tab.banner.text()

    def wait_banner(self, part: str) -> None:
        self.bot.waitUntil(lambda: part in self.banner(), timeout=WAIT)

    def pixels(self) -> QImage:
        """Return the picture as it is painted, with what lies over it."""
        return self.child(ImageView, "faceView").grab().toImage()

    def switch(self, layer: str) -> None:
        self.child(QCheckBox, f"faceLayer-{layer}").click()

    def chip(self, row: str, text: str) -> Chip:
        return next(c for c in self.child(ChipRow, row).chips() if c.text() == text)
