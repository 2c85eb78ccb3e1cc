"""Names and colours of verdicts in the window's language; the engine's are Korean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

ROLES = {"긍정": "positive", "중립": "text_muted", "부정": "negative"}
"""Colour role of each verdict."""


def label_name(label: str) -> str:
    """Return the shown name of a review's label or three-way verdict."""
    names = {
        "긍정": QCoreApplication.translate("reviews", "긍정"),
        "중립": QCoreApplication.translate("reviews", "중립"),
        "부정": QCoreApplication.translate("reviews", "부정"),
    }
    return names[label]
