"""Widgets that paint one row of a fixed height for each of their items."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme


class PaintedRows(QWidget):
    """Is as high as its rows, also after a change of zoom; subclasses paint them.

    Args:
        row: height of a row, in unzoomed pixels.
        wide, least: width that is asked for, and the smallest, likewise.
    """

    def __init__(self, row: int, wide: int, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._wide, self._least = row, wide, least
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _show_rows(self, count: int, words: str) -> None:
        """Paint *count* rows from now on; *words* tell a screen reader of them."""
        self.setAccessibleDescription(words)
        if count != self._count:
            self._count = count
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(theme.px(self._wide), theme.px(self._row) * self._count)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(self._least), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)
