"""The left-hand side of the digits tab: the sheet to draw on, or the picture that was opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStackedWidget, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.canvas import THICKEST, THINNEST, Canvas
from desktop.widgets.card import Card
from desktop.widgets.image_view import ImageView
from desktop.widgets.labels import Label
from desktop.widgets.strokes import Drawing

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
