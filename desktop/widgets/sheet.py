"""A square sheet that shows a drawing: paper, hint, smooth ink; sharp on every screen.

Use :class:`desktop.widgets.canvas.Canvas` to draw on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.strokes import SHEET, Drawing, Stroke, draw_stroke

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Sheet(QWidget):
    """Shows ``drawing``; call :meth:`redraw` after a finished stroke has come or gone."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = Drawing()
        self._hint = hint
        self._layer: QImage | None = None
        self.setAccessibleName(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(220), theme.px(220))
        theme.notifier().changed.connect(self.redraw)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is drawn."""
        return self.drawing.all_strokes

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self.drawing.all_strokes

    def to_image(self, side: int = SHEET) -> QImage:
        """Return the drawing as black ink on white, grey, *side* pixels square."""
        image = QImage(side, side, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        for stroke in self.strokes:
            draw_stroke(painter, stroke, side, QColor(Qt.GlobalColor.black))
        painter.end()
        return image

    def to_array(self, side: int = SHEET) -> npt.NDArray[np.uint8]:
        """Return the drawing as (side, side) uint8, black ink on white."""
        import numpy as np

        image = self.to_image(side)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(side, image.bytesPerLine())
        return rows[:, :side].copy()

    def sizeHint(self) -> QSize:
        """Return a comfortable size; the layout may give more or less."""
        return QSize(theme.px(340), theme.px(340))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything anew at the new size."""
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, hint, finished strokes and the stroke under way."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self.area()
        _draw_paper(painter, sheet, self.hasFocus())
        if self.is_empty:
            _draw_hint(painter, sheet, self._hint)
            return
        painter.drawImage(sheet.topLeft(), self._finished())
        current = self.drawing.current
        if current is not None:
            painter.setClipRect(sheet)
            painter.translate(sheet.topLeft())
            draw_stroke(painter, current, sheet.width(), theme.color("ink"))

    def area(self) -> QRectF:
        """Return the square that is drawn on, in widget coordinates."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _finished(self) -> QImage:
        """Return the finished strokes at the screen's resolution, drawn once."""
        if self._layer is None:
            ratio, side = self.devicePixelRatioF(), self.area().width()
            pixels = max(1, round(side * ratio))
            layer = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
            layer.setDevicePixelRatio(ratio)
            layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(layer)
            for stroke in self.drawing.strokes:
                draw_stroke(painter, stroke, side, theme.color("ink"))
            painter.end()
            self._layer = layer
        return self._layer

    def redraw(self) -> None:
        """Draw the finished strokes anew."""
        self._layer = None
        self.update()


def _draw_paper(painter: QPainter, sheet: QRectF, focused: bool) -> None:
    radius = theme.px(12)
    painter.setPen(QPen(theme.color("focus" if focused else "border_strong"), 1.5))
    painter.setBrush(theme.color("paper"))
    painter.drawRoundedRect(sheet.adjusted(1, 1, -1, -1), radius, radius)


def _draw_hint(painter: QPainter, sheet: QRectF, text: str) -> None:
    inset = sheet.width() * 4 / 28  # the 20-pixel box in MNIST's field of 28
    box = sheet.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(theme.color("border"), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.px(10), theme.px(10))
    painter.setPen(theme.color("text_faint"))
    painter.setFont(theme.font(15))
    how = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(box.adjusted(8, 8, -8, -8), how, text)
