"""Gestures that several tests of the window make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

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
