"""The digits read last, as small pictures with their answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets.card import Card
from desktop.widgets.image_view import to_qimage
from desktop.widgets.labels import Label
from engine.errors import StorageError
from engine.library import HistoryRow

SHOWN = 10


class Thumb(QAbstractButton):
    """One remembered digit: what the network saw, and its answer in the corner."""

    def __init__(self, row: HistoryRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._image = picture(row.payload)
        self._label = str(row.payload.get("label", ""))
        self.setToolTip(row.summary)
        self.setAccessibleName(row.summary)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of one picture."""
        return QSize(theme.px(48), theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """Return the same size."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, the answer on a badge, and a ring while focused or hovered."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(46)
        field = QRectF(1, 1, side, side)
        outline = QPainterPath()
        outline.addRoundedRect(field, theme.px(8), theme.px(8))
        painter.setClipPath(outline)
        painter.drawImage(field, self._image)
        painter.setClipping(False)
        lit = self.hasFocus() or self.underMouse()
        painter.setPen(theme.color("focus" if lit else "border"))
        painter.drawPath(outline)
        badge = QRect(side - theme.px(16), side - theme.px(16), theme.px(16), theme.px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(badge, theme.px(5), theme.px(5))
        painter.setPen(theme.color("on_accent"))
        painter.setFont(theme.font(11, bold=True))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), self._label)


class RecentCard(Card):
    """A row of the newest digits; ``chosen(HistoryRow)`` when one is pressed."""

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("최근에 읽은 숫자"))
        self._context = context
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._none = Label(self.tr("그린 숫자가 여기에 쌓여요."), "muted")
        self.body.addLayout(self._row)
        self.add(self._none)
        context.signals.history_changed.connect(self.reload)
        self.reload()

    def thumbs(self) -> list[Thumb]:
        """Return the pictures, newest first."""
        items = (self._row.itemAt(index) for index in range(self._row.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Thumb)]

    def reload(self) -> None:
        """Read the library again."""
        try:
            rows = self._context.library.history("digits", SHOWN)
        except StorageError as error:
            self._none.setText(self._context.error_text(error))
            rows = []
        for thumb in self.thumbs():
            self._row.removeWidget(thumb)
            thumb.deleteLater()
        for row in rows:
            thumb = Thumb(row)
            thumb.clicked.connect(lambda checked=False, chosen=row: self.chosen.emit(chosen))
            self._row.addWidget(thumb)
        self._none.setVisible(not rows)


def picture(payload: dict[str, Any]) -> QImage:
    """Return the prepared picture of a remembered result, a null image if it has none."""
    rows = np.array(payload.get("prepared", []), dtype=np.uint8)
    return to_qimage(rows) if rows.shape == (28, 28) else QImage()
