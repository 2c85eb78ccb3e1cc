"""The colours, by role, light and dark. Text roles keep 4.5:1, graphics and borders 3:1 (AA)."""

from __future__ import annotations

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
