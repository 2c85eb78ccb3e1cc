"""What the charts of a batch share: the tip under the pointer, and how they save themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop import theme

LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_SHARPNESS = 2.0
"""Pixels of a saved picture a device-independent pixel, at least."""


class Chart(QWidget):
    """A painted figure. Subclasses say in ``part_at`` what lies under the pointer."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hovered: int | None = None

    def part_at(self, place: QPointF) -> int | None:
        """Return the number of the part at *place*, ``None`` where there is none."""
        return None

    def tip(self, part: int) -> str:
        """Return the numbers of a part as a sentence."""
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the part under the pointer and say its numbers."""
        part = self.part_at(event.position())
        if part != self.hovered:
            self.hovered = part
            self.update()
        if part is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.tip(part), self)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self.hovered = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def begin(self) -> QPainter:
        """Return a painter for smooth edges and small text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        return painter


def fill(painter: QPainter, box: QRectF, colour: QColor, radius: float) -> None:
    """Draw a filled, rounded box."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = min(radius, box.width() / 2, box.height() / 2)
    painter.drawRoundedRect(box, radius, radius)


def words(painter: QPainter, box: QRectF, how: int, text: str) -> None:
    """Write *text* into *box*, cut off with an ellipsis where there is no room."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, how | int(Qt.TextFlag.TextSingleLine), shown)


def width_of(text: str, font: QFont) -> int:
    """Return how wide *text* is in *font*, in pixels."""
    return QFontMetrics(font).horizontalAdvance(text)


def picture(widget: QWidget, title: str) -> QImage:
    """Return a widget as a sharp picture on the page's own ground, with a title above it."""
    ratio = max(_SHARPNESS, widget.devicePixelRatioF())
    side, head = theme.px(18), theme.px(46)
    size = widget.size() + QSize(2 * side, head + side)
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.color("background"))
    painter = QPainter(image)
    painter.setFont(theme.font(16, bold=True))
    painter.setPen(theme.color("text"))
    words(painter, QRectF(side, 0, widget.width(), head), LEFT, title)
    flags = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.IgnoreMask
    widget.render(painter, QPoint(side, head), renderFlags=flags)
    painter.end()
    return image
