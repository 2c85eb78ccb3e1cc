"""The left-hand side of the digits tab: the sheet to draw on, or the picture that was opened."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSlider, QStackedWidget, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.canvas import THICKEST, THINNEST, Canvas, Drawing
from desktop.widgets.image_view import ImageView, to_qimage
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine.core.errors import StorageError
from engine.core.library import HistoryRow

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


_SAVED_SIDE = 560


class SheetCard(Card):
    """``drawn()`` while the drawing changes, ``back()`` when the user wants to draw again."""

    drawn = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.canvas = Canvas(self.tr("여기에 0부터 9까지\n숫자 하나를 그려 주세요"))
        self.canvas.setObjectName("digitCanvas")
        self.canvas.changed.connect(self.drawn)
        self.canvas.history_changed.connect(self._update)
        self.view = ImageView()
        self.view.setObjectName("digitView")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.view)
        self._undo = IconButton("undo", self.tr("되돌리기 (Ctrl+Z)"))
        self._undo.clicked.connect(self.canvas.undo)
        self._redo = IconButton("redo", self.tr("다시 하기 (Ctrl+Y)"))
        self._redo.clicked.connect(self.canvas.redo)
        self._clear = IconButton("trash", self.tr("지우기 (Delete)"))
        self._clear.clicked.connect(self.canvas.clear)
        self._draw = Button(self.tr("그리기로 돌아가기"), "edit", role="quiet")
        self._draw.setObjectName("digitDraw")
        self._draw.clicked.connect(self.back)
        for button in (self._draw, self._undo, self._redo, self._clear):
            self.header.addWidget(button)
        self.add(self._stack, 1)
        self.body.addLayout(self._pen_row())
        self.show_canvas()

    @property
    def drawing(self) -> bool:
        """Whether the sheet is shown, not a picture."""
        return self._stack.currentWidget() is self.canvas

    def image(self) -> QImage:
        """Return the drawing or the picture, to be saved."""
        return self.canvas.to_image(_SAVED_SIDE) if self.drawing else self.view.image

    def state(self) -> tuple[Drawing, QImage | None, str]:
        """Return the drawing, and the picture that is shown instead of it with its title."""
        return self.canvas.drawing, None if self.drawing else self.view.image, self.title.text()

    def restore(self, state: tuple[Drawing, QImage | None, str]) -> None:
        """Show what another card showed."""
        self.canvas.drawing, picture, title = state
        self.canvas.redraw()
        if picture is None:
            self.show_canvas()
        else:
            self.show_picture(picture, title)

    def show_canvas(self) -> None:
        """Show the sheet with the drawing that is on it."""
        self._stack.setCurrentWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.set_title(self.tr("그리기"))
        self._update()

    def show_picture(self, image: QImage, title: str) -> None:
        """Show a picture instead of the sheet; the drawing is kept."""
        self.view.set_image(image)
        self._stack.setCurrentWidget(self.view)
        self.setFocusProxy(self._draw)
        self.set_title(title)
        self._update()

    def _pen_row(self) -> QHBoxLayout:
        self._pen_label = Label(self.tr("펜 굵기"), "muted")
        self._pen = QSlider(Qt.Orientation.Horizontal)
        self._pen.setObjectName("digitPen")
        self._pen.setRange(THINNEST, THICKEST)
        self._pen.setValue(self.canvas.thickness)
        self._pen.setAccessibleName(self.tr("펜 굵기"))
        self._pen.setToolTip(self.tr("그림판에서는 [ 와 ] 키로도 바꿀 수 있어요"))
        self._pen.valueChanged.connect(self.canvas.set_thickness)
        self.canvas.thickness_changed.connect(self._pen.setValue)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self._pen_label)
        row.addWidget(self._pen, 1)
        return row

    def _update(self) -> None:
        for widget in (self._undo, self._redo, self._clear, self._pen, self._pen_label):
            widget.setVisible(self.drawing)
        self._draw.setVisible(not self.drawing)
        self._undo.setEnabled(self.canvas.can_undo)
        self._redo.setEnabled(self.canvas.can_redo)
        self._clear.setEnabled(not self.canvas.is_empty)
