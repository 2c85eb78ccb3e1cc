"""The project's own icons: one-colour SVG drawings of resources/icons, in the theme's colours."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import theme
from engine.core import paths


def icon(
    name: str, colour: str = "text_muted", checked: str | None = None, side: int = 20
) -> QIcon:
    """Return resources/icons/*name*.svg drawn in a colour role (*checked*: when switched on).

    *side* is in pixels before zoom.

    An icon keeps its colours; make it anew when ``theme.notifier().changed`` is emitted
    (the buttons of :mod:`desktop.widgets.buttons` do).
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    made = QIcon(pixmap(name, theme.px(side), colour, ratio))
    if checked is not None:
        lit = pixmap(name, theme.px(side), checked, ratio)
        made.addPixmap(lit, QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, side: int, colour: str = "text_muted", ratio: float = 1.0) -> QPixmap:
    """Return a drawing of *side* device-independent pixels at a device pixel ratio."""
    return _draw(name, side, theme.css(colour), ratio)


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(path("app")))


def path(name: str) -> Path:
    """Return the file of an icon."""
    return paths.resources_dir() / "icons" / f"{name}.svg"


@functools.cache
def _source(name: str) -> str:
    return path(name).read_text(encoding="utf-8")


@functools.lru_cache(maxsize=512)
def _draw(name: str, side: int, hexa: str, ratio: float) -> QPixmap:
    text = _source(name).replace("currentColor", hexa)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    drawn = QPixmap(QSize(side, side) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
