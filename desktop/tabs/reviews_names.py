"""Names of labels and emotions in the window's language; the engine's are Korean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def label_name(label: str) -> str:
    """Return the shown name of a review's label."""
    names = {
        "긍정": QCoreApplication.translate("reviews", "긍정"),
        "부정": QCoreApplication.translate("reviews", "부정"),
    }
    return names[label]


def emotion_name(label: str) -> str:
    """Return the shown name of an emotion."""
    names = {
        "행복": QCoreApplication.translate("reviews", "행복"),
        "슬픔": QCoreApplication.translate("reviews", "슬픔"),
        "분노": QCoreApplication.translate("reviews", "분노"),
        "공포": QCoreApplication.translate("reviews", "공포"),
        "놀람": QCoreApplication.translate("reviews", "놀람"),
        "혐오": QCoreApplication.translate("reviews", "혐오"),
        "중립": QCoreApplication.translate("reviews", "중립"),
    }
    return names[label]
