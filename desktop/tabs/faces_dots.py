"""A dot in a colour of the overlay, so that lists and picture are read together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop import theme
from engine.faces.overlay_pose import Colour


def dot(colour: Colour) -> QIcon:
    """Return a dot in *colour* (BGR)."""
    blue, green, red = colour
    side = theme.px(12)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(red, green, blue))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(1, 1, side - 2, side - 2)
    painter.end()
    return QIcon(picture)
