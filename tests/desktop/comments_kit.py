"""The comments tab with photos in its hands."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.tabs.comments.tab import CommentsTab
from tests.engine.comments_drawings import nothing, stop_sign

SECONDS = 60_000  # patience in ms; nothing is timed
W = TypeVar("W", bound=QWidget)


def photos(folder: Path) -> list[Path]:
    """Return a sign, a damaged file, a wall and a sign that moves, in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    sign = Image.fromarray(stop_sign()[:, :, ::-1])
    sign.save(folder / "1 표지판.png")
    (folder / "2 손상.jpg").write_bytes(b"no photo")
    Image.fromarray(nothing()).save(folder / "3 벽.png")
    sign.save(folder / "4.gif", save_all=True, append_images=[Image.new("RGB", sign.size)])
    return sorted(folder.iterdir())


def find(tab: CommentsTab, kind: type[W], name: str) -> W:
    """Return a widget of the tab by its name."""
    found = tab.findChild(kind, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, tab: CommentsTab, name: str) -> None:
    """Press a widget of the tab, once it has been laid out and can be hit."""
    widget = find(tab, QWidget, name)
    qtbot.waitUntil(lambda: min(widget.width(), widget.height()) > 4, timeout=SECONDS)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def settle(qtbot: QtBot, tab: CommentsTab) -> None:
    """Wait until nothing runs any more."""
    qtbot.waitUntil(lambda: not tab.context.workers.busy and not tab.flow.running, timeout=SECONDS)
    qtbot.wait(50)  # what was posted to the window's thread


def write_labels(qtbot: QtBot, tab: CommentsTab, labels: str) -> None:
    """Have comments written for labels without a photo."""
    find(tab, QWidget, "commentLabelInput").setText(labels)  # type: ignore[attr-defined]
    click(qtbot, tab, "commentLabelAdd")
    qtbot.waitUntil(lambda: tab.entry.written is not None, timeout=SECONDS)
    settle(qtbot, tab)
