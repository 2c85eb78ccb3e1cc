"""What can be learned again: the domains, their names and their engines."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from engine.learning.trainer import LearnableDomain


@dataclass(frozen=True)
class Learnable:
    """One domain: its key in the library, its title, and the module that learns."""

    key: str
    title: Callable[[], str]
    module: str

    def engine(self) -> LearnableDomain:
        """Import the domain's ``learn`` module, which is its ``LearnableDomain``."""
        return cast(LearnableDomain, importlib.import_module(self.module))


DOMAINS = (
    Learnable(
        "reviews",
        lambda: QCoreApplication.translate("tabs", "리뷰 감성"),
        "engine.reviews.learn",
    ),
    Learnable(
        "emotions",
        lambda: QCoreApplication.translate("tabs", "글 감정"),
        "engine.emotions.learn",
    ),
    Learnable(
        "faces", lambda: QCoreApplication.translate("tabs", "표정"), "engine.faces.expression.learn"
    ),
    Learnable("digits", lambda: QCoreApplication.translate("tabs", "숫자"), "engine.digits.learn"),
)


def local_time(created: str) -> str:
    """Return an ISO 8601 time in UTC as a short local one."""
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
