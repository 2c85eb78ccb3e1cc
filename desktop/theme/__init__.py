"""How the window looks: colours by role, sizes that follow the zoom, one style sheet.

>>> color("accent").name()
'#5156c8'
>>> px(16)
16

Widgets ask for a colour or a size when they paint or lay out, never before, so that they
follow a change of theme or zoom: ``painter.setPen(theme.color("text_muted"))``. What has
to be rebuilt (a plot's pens) connects ``theme.notifier().changed``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.theme import fonts
from engine.core import paths

LIGHT = {
    "background": "#F4F5F8",
    "surface": "#FFFFFF",
    "surface_alt": "#EDEFF4",
    "hover": "#E6E9F2",
    "border": "#DDE1EA",
    "border_strong": "#7D8699",
    "text": "#1B2130",
    "text_muted": "#566074",
    "text_faint": "#667085",
    "accent": "#5156C8",
    "accent_hover": "#4348B4",
    "accent_soft": "#E7E8FB",
    "on_accent": "#FFFFFF",
    "selection": "#CFD2F7",
    "focus": "#5156C8",
    "positive": "#12714F",
    "positive_soft": "#D8F1E6",
    "negative": "#BE3149",
    "negative_soft": "#FBE0E5",
    "warning": "#8A5A00",
    "warning_soft": "#FBEED1",
    "info": "#3C5FA8",
    "info_soft": "#E1EAFB",
    "star": "#B87900",
    "star_empty": "#D3D8E2",
    "paper": "#FFFFFF",
    "ink": "#1B2130",
    "track": "#E3E6EE",
    "shadow": "#1B2130",
}

DARK = {
    "background": "#13161C",
    "surface": "#1B1F27",
    "surface_alt": "#242A34",
    "hover": "#2C3340",
    "border": "#313846",
    "border_strong": "#717C90",
    "text": "#E9ECF2",
    "text_muted": "#ABB4C3",
    "text_faint": "#939DAE",
    "accent": "#A5A9FF",
    "accent_hover": "#BCBFFF",
    "accent_soft": "#2B2E4F",
    "on_accent": "#15172B",
    "selection": "#3C4080",
    "focus": "#A5A9FF",
    "positive": "#62D2A6",
    "positive_soft": "#17392D",
    "negative": "#FF8C9C",
    "negative_soft": "#43222A",
    "warning": "#F0C165",
    "warning_soft": "#3B3019",
    "info": "#93B7FF",
    "info_soft": "#1F2E4B",
    "star": "#F2B83B",
    "star_empty": "#3B4352",
    "paper": "#0E1116",
    "ink": "#F4F6FA",
    "track": "#2C3340",
    "shadow": "#000000",
}

SERIES = {
    False: ("#5156C8", "#12714F", "#C2571A", "#A23A8E", "#2B7A99", "#8A6A00", "#667085"),
    True: ("#A5A9FF", "#62D2A6", "#FFA36B", "#F08FD8", "#6FC8E6", "#E3C25A", "#ABB4C3"),
}
"""Seven colours for the lines, slices and boxes of a figure, told apart by hue and lightness."""

READ_ON = {
    "background": ("text", "text_muted", "text_faint", "accent"),
    "surface": (
        "text",
        "text_muted",
        "text_faint",
        "accent",
        "positive",
        "negative",
        "warning",
        "info",
    ),
    "surface_alt": ("text", "text_muted"),
    "hover": ("text", "text_muted"),
    "accent": ("on_accent",),
    "accent_hover": ("on_accent",),
    "accent_soft": ("text", "accent"),
    "selection": ("text",),
    "positive_soft": ("text", "positive"),
    "negative_soft": ("text", "negative"),
    "warning_soft": ("text", "warning"),
    "info_soft": ("text", "info"),
    "paper": ("ink",),
}
"""Which text roles are put on which ground; a test holds each pair to 4.5:1."""


def ground(role: str) -> str:
    """Return the role of the soft ground that words in *role* are put on.

    >>> ground("positive"), ground("text_muted")
    ('positive_soft', 'surface_alt')
    """
    return "surface_alt" if role == "text_muted" else f"{role}_soft"


BASE_PIXELS = 14
"""Body text at zoom 1, in device-independent pixels."""

_SLOT = re.compile(r"@\{([^}]+)\}")


@dataclass
class _State:
    mode: str = "system"
    dark: bool = False
    zoom: float = 1.0
    notifier: Notifier | None = None


class Notifier(QObject):
    """``changed``: the colours or the zoom are new."""

    changed = Signal()


_state = _State()


def notifier() -> Notifier:
    """Return the object whose ``changed`` tells of a new theme or zoom."""
    if _state.notifier is None:
        _state.notifier = Notifier()
    return _state.notifier


def is_dark() -> bool:
    """Whether the dark palette is on."""
    return _state.dark


def zoom() -> float:
    """Return the factor on all text and spacing."""
    return _state.zoom


def px(size: float) -> int:
    """Return *size* device-independent pixels at the current zoom."""
    return max(1, round(size * _state.zoom)) if size else 0


def css(name: str) -> str:
    """Return a colour by role as ``#RRGGBB``; see :mod:`desktop.theme` for the roles."""
    return (DARK if _state.dark else LIGHT)[name]


def color(name: str, alpha: float = 1.0) -> QColor:
    """Return a colour by role, with an opacity of 0..1."""
    made = QColor(css(name))
    made.setAlphaF(alpha)
    return made


def series(index: int) -> QColor:
    """Return the colour of the *index*-th line, slice or box of a figure (seven, then again)."""
    colours = SERIES[_state.dark]
    return QColor(colours[index % len(colours)])


def font(size: float = BASE_PIXELS, bold: bool = False) -> QFont:
    """Return the window's font at *size* pixels (before zoom), for painting."""
    made = QFont(fonts.family())
    made.setPixelSize(px(size))
    made.setBold(bold)
    return made


def apply(app: QApplication, mode: str = "system", zoom: float = 1.0) -> None:
    """Put the theme on the whole application; *mode* is ``system``, ``light`` or ``dark``."""
    _state.mode, _state.zoom = mode, zoom
    _state.dark = mode == "dark" or (mode == "system" and _system_is_dark())
    app.setPalette(_palette())
    app.setFont(font())
    app.setStyleSheet(style_sheet())
    notifier().changed.emit()


def follow_system(app: QApplication) -> None:
    """Change with the desktop's own light or dark setting while the mode is ``system``."""

    def changed() -> None:
        if _state.mode == "system" and _system_is_dark() != _state.dark:
            apply(app, _state.mode, _state.zoom)

    QGuiApplication.styleHints().colorSchemeChanged.connect(changed)


def style_sheet() -> str:
    """Return resources/styles/app.qss with ``@{role}`` and ``@{12px}`` filled in."""
    text = (paths.resources_dir() / "styles" / "app.qss").read_text(encoding="utf-8")

    def fill(match: re.Match[str]) -> str:
        slot = match.group(1)
        if slot.endswith("px"):
            return f"{px(float(slot[:-2]))}px"
        if slot == "icons":
            return (paths.resources_dir() / "icons").as_posix()
        if slot == "shade":
            return "dark" if _state.dark else "light"
        return css(slot)

    return _SLOT.sub(fill, text)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette() -> QPalette:
    """Return the palette for what the style sheet does not reach (pop-ups, plots, links)."""
    roles = {
        QPalette.ColorRole.Window: "background",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface_alt",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "text_faint",
        QPalette.ColorRole.Button: "surface_alt",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Accent: "accent",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, color(name))
    faint = color("text_faint")
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return palette
