"""A picture that fits its room or is zoomed, sharp on every screen.

Use::

    view = ImageView()
    view.set_image(frame)               # BGR uint8 (H, W, 3), grey (H, W), or QImage
    view.clicked.connect(self._pick)    # QPointF in pixels of the image
    view.set_overlay(self._paint)       # boxes and the like, in the screen's own pixels
    view.clear()

Wheel or + and - zoom, dragging or the arrow keys move, double click or 0 fits, 1 is one
pixel a pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from engine.core.errors import StorageError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Overlay: TypeAlias = Callable[[QPainter, QRectF, float], None]
"""Paints over the image; given where all of it lies, and the scale, in the painter's pixels."""

MAX_ZOOM = 32.0
_MOVES = {
    Qt.Key.Key_Left: QPointF(40, 0),
    Qt.Key.Key_Right: QPointF(-40, 0),
    Qt.Key.Key_Up: QPointF(0, 40),
    Qt.Key.Key_Down: QPointF(0, -40),
}


class ImageView(QWidget):
    """Shows one image; ``clicked(QPointF)`` in image pixels, ``zoom_changed(float)``."""

    clicked = Signal(QPointF)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._overlay: Overlay | None = None
        self._shrunk: tuple[QSize, QImage] | None = None
        self._scale: float | None = None
        self._offset = QPointF()
        self._drag: QPointF | None = None
        self._pressed = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(120), theme.px(90))

    @property
    def image(self) -> QImage:
        """The image shown; null when there is none."""
        return self._image

    @property
    def fitted(self) -> bool:
        """Whether the image is fitted to the room."""
        return self._scale is None

    def set_image(self, image: npt.NDArray[np.uint8] | QImage) -> None:
        """Show an image; zoom and place stay when the size is the same (video)."""
        made = image if isinstance(image, QImage) else to_qimage(image)
        if made.size() != self._image.size():
            self._scale, self._offset = None, QPointF()
        self._image, self._shrunk = made, None
        self.update()

    def set_overlay(self, overlay: Overlay | None) -> None:
        """Have *overlay* paint over the image from now on, whenever it is painted."""
        self._overlay = overlay
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._overlay = None
        self.set_image(QImage())

    def fit(self) -> None:
        """Fit the image to the room."""
        self._scale, self._offset = None, QPointF()
        self._changed()

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Multiply the zoom, keeping the image point below *anchor* in its place."""
        if self._image.isNull():
            return
        anchor = anchor if anchor is not None else QPointF(self.rect().center())
        before = self.to_image(anchor)
        low = min(self._fit_scale(), 1.0)
        self._scale = min(max(self.scale() * factor, low), MAX_ZOOM)
        if self._scale <= self._fit_scale() and factor < 1:
            self.fit()
            return
        moved = self._target().topLeft() + before * self._scale
        self._offset += anchor - moved
        self._changed()

    def scale(self) -> float:
        """Return device-independent pixels per image pixel."""
        return self._fit_scale() if self._scale is None else self._scale

    def to_image(self, point: QPointF) -> QPointF:
        """Return the image pixel below a point of the widget."""
        return (point - self._target().topLeft()) / self.scale()

    def sizeHint(self) -> QSize:
        """Return a comfortable size; the layout may give more or less."""
        return QSize(theme.px(480), theme.px(360))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that can be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, radius = QPainterPath(), theme.px(8)
        frame.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.fillPath(frame, theme.color("surface_alt"))
        painter.setClipPath(frame)
        if not self._image.isNull():
            self._draw_image(painter)
            if self._overlay is not None:
                painter.save()
                self._overlay(painter, self._target(), self.scale())
                painter.restore()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("focus"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self.zoom_by(1.2 ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag or a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move a zoomed image."""
        if self._drag is not None and self._scale is not None:
            self._offset += event.position() - self._drag
            self._drag = event.position()
            self._changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click that was no drag."""
        self._drag = None
        moved = (event.position() - self._pressed).manhattanLength()
        if moved < 4 and self._target().contains(event.position()):
            self.clicked.emit(self.to_image(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, or show one pixel a pixel when fitted already."""
        if self.fitted:
            self.zoom_by(1.0 / self.devicePixelRatioF() / self.scale(), event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move by keys."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.25)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(0.8)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.zoom_by(1.0 / self.devicePixelRatioF() / self.scale())
        elif key in _MOVES and not self.fitted:
            self._offset += _MOVES[key]
            self._changed()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        self._shrunk = None
        if self._scale is not None:
            room = self._image.size() * self._scale
            limit_x = max(0.0, (room.width() - self.width()) / 2)
            limit_y = max(0.0, (room.height() - self.height()) / 2)
            self._offset.setX(min(max(self._offset.x(), -limit_x), limit_x))
            self._offset.setY(min(max(self._offset.y(), -limit_y), limit_y))
        self.zoom_changed.emit(self.scale())
        self.update()

    def _fit_scale(self) -> float:
        size = self._image.size()
        if size.isEmpty():
            return 1.0
        return max(1e-6, min(self.width() / size.width(), self.height() / size.height()))

    def _target(self) -> QRectF:
        """Return where the whole image lies, in widget coordinates."""
        size = QSizeF(self._image.size()) * self.scale()
        corner = QPointF(self.width() - size.width(), self.height() - size.height()) / 2
        return QRectF(corner + self._offset, size)

    def _draw_image(self, painter: QPainter) -> None:
        target, ratio = self._target(), self.devicePixelRatioF()
        device = (target.size() * ratio).toSize()
        if device.width() < self._image.width():
            if self._shrunk is None or self._shrunk[0] != device:
                small = self._image.scaled(
                    device.expandedTo(QSize(1, 1)),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                self._shrunk = (device, small)
            painter.drawImage(target, self._shrunk[1])
            return
        smooth = self.scale() * ratio < 4  # beyond, single pixels are what one looks at
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(target, self._image)


def to_qimage(image: npt.NDArray[np.uint8]) -> QImage:
    """Return a copy of a BGR (H, W, 3) or grey (H, W) uint8 array as an image of Qt."""
    height, width = image.shape[:2]
    whole = image if image.flags.c_contiguous else image.copy()
    if image.ndim == 2:
        return QImage(whole.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
    return QImage(whole.data, width, height, 3 * width, QImage.Format.Format_BGR888).copy()


def to_png(picture: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file.

    Raises:
        StorageError: it cannot be encoded (no memory, or no picture).
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise StorageError(
            "사진을 PNG로 바꾸지 못했어요. 남은 메모리를 확인해 주세요.",
            "The picture cannot be encoded as PNG. Check the free memory.",
        )
    return bytes(buffer.data().data())
