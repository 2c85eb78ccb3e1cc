"""A dot in a colour of the overlay, so that lists and picture are read together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from desktop import theme
from engine.faces.overlay_marks import Colour


def dot(colour: Colour) -> QIcon:
    """Return a dot in *colour* (BGR)."""
    blue, green, red = colour
    side = theme.px(12)
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(red, green, blue))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(1, 1, side - 2, side - 2)
    painter.end()
    return QIcon(picture)
