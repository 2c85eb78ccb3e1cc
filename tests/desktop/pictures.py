"""What a test reads from a widget's picture."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def colours(widget: QWidget) -> set[str]:
    """Return the colours of a widget's picture."""
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
