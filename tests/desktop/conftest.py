"""Tabs and the window, shown, and gestures that several tests make."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from desktop.app.context import AppContext
    from desktop.shell.window import MainWindow
    from desktop.tabs.digits.tab import DigitsTab
    from desktop.tabs.emotions.tab import EmotionsTab
    from desktop.tabs.learning.tab import LearningTab
    from desktop.tabs.reviews.tab import ReviewsTab
    from desktop.widgets.page import Page
    from tests.desktop.faces_kit import Faces

Tab = TypeVar("Tab", bound="Page")
DropFiles = Callable[[QWidget, list[Path]], bool]


@pytest.fixture
def drop_files() -> DropFiles:
    """Return a call that drops local files on a widget's middle; whether it took them."""

    def drop(widget: QWidget, paths: list[Path]) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        middle = widget.rect().center()
        keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, *keys)
        enter.ignore()
        QApplication.sendEvent(widget, enter)
        if not enter.isAccepted():
            return False
        end = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, *keys)
        QApplication.sendEvent(widget, end)
        return True

    return drop


@pytest.fixture
def opened_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Put an xdg-open into the path; the call returns what it was told to open, in order.

    Whatever is opened must get the user's own proxies, not those that close a door.
    """
    if sys.platform != "linux":
        pytest.skip("only Linux opens things by xdg-open")
    folder, told = tmp_path / "bin", tmp_path / "opened.txt"
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$1 by ${{https_proxy-no proxy}}" >> "{told}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def opened() -> list[str]:
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
        assert all(line.endswith(" by no proxy") for line in lines), lines
        return [line.removesuffix(" by no proxy") for line in lines]

    return opened


@pytest.fixture
def faces(context: AppContext, qtbot: QtBot) -> Faces:
    """Return the faces tab, shown."""
    from desktop.tabs.faces.tab import FacesTab
    from tests.desktop.faces_kit import Faces

    tab = FacesTab(context)
    tab.resize(1100, 800)
    qtbot.addWidget(tab, before_close_func=lambda widget: widget.shutdown())
    tab.show()
    return Faces(tab, qtbot)


def shown(qtbot: QtBot, tab: Tab, width: int, height: int) -> Iterator[Tab]:
    """Yield *tab* shown in a size in pixels; it is shut down afterwards."""
    qtbot.addWidget(tab)
    tab.resize(width, height)
    tab.show()
    yield tab
    tab.shutdown()


@pytest.fixture
def reviews_tab(qtbot: QtBot, context: AppContext) -> Iterator[ReviewsTab]:
    """Return the reviews tab, shown."""
    from desktop.tabs.reviews.tab import ReviewsTab

    yield from shown(qtbot, ReviewsTab(context), 1180, 800)


@pytest.fixture
def emotions_tab(qtbot: QtBot, context: AppContext) -> Iterator[EmotionsTab]:
    """Return the tab for the emotions of texts, shown."""
    from desktop.tabs.emotions.tab import EmotionsTab

    yield from shown(qtbot, EmotionsTab(context), 1180, 800)


@pytest.fixture
def text_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a models folder of its own, with all models that read texts."""
    from engine.core import paths
    from engine.models import store

    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("manifest.toml", "reviews-ngram.npz", "emotions-ngram.npz"):
        shutil.copy(paths.models_dir() / name, folder / name)
    shutil.copytree(paths.models_dir() / "text-encoder", folder / "text-encoder")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
    store.forget()
    yield folder
    store.forget()


@pytest.fixture
def learning_tab(qtbot: QtBot, context: AppContext) -> Iterator[LearningTab]:
    """Return the learning tab, shown."""
    from desktop.tabs.learning.tab import LearningTab

    yield from shown(qtbot, LearningTab(context), 1060, 700)


@pytest.fixture
def digits_tab(qtbot: QtBot, context: AppContext) -> Iterator[DigitsTab]:
    """Return the digits tab, shown."""
    from desktop.tabs.digits.tab import DigitsTab

    yield from shown(qtbot, DigitsTab(context), 1060, 700)


@pytest.fixture
def make_window(
    context: AppContext, qtbot: QtBot, qapp: QApplication
) -> Iterator[Callable[[], MainWindow]]:
    """Return a call that opens the window with tabs that only take notes."""
    from desktop import theme
    from desktop.shell.window import MainWindow
    from tests.desktop.window_kit import SPECS, NoteTab

    def make() -> MainWindow:
        window = MainWindow(context, SPECS)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: isinstance(window.tabs.currentWidget(), NoteTab))
        return window

    yield make
    theme.apply(qapp, "light")


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """Return the window, shown, with tabs that only take notes."""
    return make_window()
