"""Tabs that write down what the window asks of them, and how to press its menus."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.shell.tabs import IMAGES, TEXTS, TabSpec
from desktop.shell.window import MainWindow
from engine.core.library import HistoryRow

HEAVY = ("cv2", "onnxruntime", "mediapipe", "sklearn", "torch", "matplotlib")


class NoteTab(QWidget):
    """A tab that writes down what the window asks of it."""

    message = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []
        self.text = QPlainTextEdit()
        QVBoxLayout(self).addWidget(self.text)

    def accepts(self, path: Path) -> bool:
        return path.stem != "refused"

    def open_paths(self, paths: list[Path]) -> None:
        self.calls.append(("open", paths))

    def save_result(self) -> None:
        self.calls.append(("save",))

    def warm_up(self) -> None:
        self.calls.append(("warm",))

    def show_history(self, row: HistoryRow) -> None:
        self.calls.append(("history", row.summary))

    def show_text(self, text: str) -> None:
        self.calls.append(("text", text))

    def shutdown(self) -> None:
        self.calls.append(("shutdown",))


class BareTab(QWidget):
    """A tab that offers nothing."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()


def broken(context: AppContext) -> QWidget:
    raise RuntimeError("this tab does not come up")


SPECS = (
    TabSpec("reviews", lambda: "하나", NoteTab, TEXTS),
    TabSpec("faces", lambda: "둘", NoteTab, IMAGES),
    TabSpec("digits", lambda: "셋", NoteTab, IMAGES, folders=True),
    TabSpec("comments", lambda: "넷", broken, (".xyz",)),
    TabSpec("learning", lambda: "다섯", BareTab),
)


def calls(window: MainWindow, index: int) -> list[tuple[object, ...]]:
    tab = window.tabs.tab(index)
    assert isinstance(tab, NoteTab)
    return tab.calls


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """Trigger the menu entry that has the shortcut (offscreen windows are never active)."""
    wanted = QKeySequence(keys)
    found = [
        action
        for menu in window.menuBar().findChildren(type(window.menuBar().addMenu("")))
        for action in menu.actions()
        if wanted in action.shortcuts()
    ]
    assert len(found) == 1, keys
    found[0].trigger()
