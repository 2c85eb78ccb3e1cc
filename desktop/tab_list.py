"""The tabs of the window, in order, and which files each opens; nothing is imported yet."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.context import AppContext

IMAGES = (
    *(".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".gif"),
    *(".avif", ".heic", ".heif", ".hif"),
)
VIDEOS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
TEXTS = (".txt", ".csv", ".tsv", ".xlsx", ".xlsm", ".parquet")
CORPORA = (".json", ".jsonl", ".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class TabSpec:
    """One tab before it is built.

    Attributes:
        key: name in the settings, the history and the icons.
        title: returns the title in the window's language.
        make: imports the tab's module and builds it.
        suffixes: endings of the files that it opens, asked before the tab exists.
        folders: whether it opens folders.
    """

    key: str
    title: Callable[[], str]
    make: Callable[[AppContext], QWidget]
    suffixes: tuple[str, ...] = ()
    folders: bool = False

    def opens(self, path: Path) -> bool:
        """Whether the tab may open such a file."""
        return path.suffix.lower() in self.suffixes or (self.folders and path.is_dir())


def _maker(module: str, name: str) -> Callable[[AppContext], QWidget]:
    def make(context: AppContext) -> QWidget:
        built: QWidget = getattr(importlib.import_module(module), name)(context)
        return built

    return make


TABS = (
    TabSpec(
        "reviews",
        lambda: QCoreApplication.translate("tabs", "리뷰 감성"),
        _maker("desktop.tabs.reviews", "ReviewsTab"),
        TEXTS,
    ),
    TabSpec(
        "emotions",
        lambda: QCoreApplication.translate("tabs", "글 감정"),
        _maker("desktop.tabs.emotions", "EmotionsTab"),
        CORPORA,
        folders=True,
    ),
    TabSpec(
        "faces",
        lambda: QCoreApplication.translate("tabs", "표정"),
        _maker("desktop.tabs.faces", "FacesTab"),
        IMAGES + VIDEOS,
    ),
    TabSpec(
        "digits",
        lambda: QCoreApplication.translate("tabs", "숫자"),
        _maker("desktop.tabs.digits", "DigitsTab"),
        IMAGES,
    ),
    TabSpec(
        "comments",
        lambda: QCoreApplication.translate("tabs", "SNS 댓글"),
        _maker("desktop.tabs.comments", "CommentsTab"),
        IMAGES,
        folders=True,
    ),
    TabSpec(
        "chat",
        lambda: QCoreApplication.translate("tabs", "대화"),
        _maker("desktop.tabs.chat", "ChatTab"),
    ),
    TabSpec(
        "learning",
        lambda: QCoreApplication.translate("tabs", "학습"),
        _maker("desktop.tabs.learning", "LearningTab"),
    ),
)
