"""How one review is read, and told in one line."""

from __future__ import annotations

from desktop import settings as keys
from desktop.settings import Settings
from desktop.tabs.reviews_names import ROLES, label_name
from desktop.tabs.text_recent import Mark
from engine import emotions, reviews
from engine.emotions import EmotionResult
from engine.errors import MaumgyeolError, ModelCorruptError, ModelMissingError
from engine.library import HistoryRow
from engine.reviews import INSTANT, THREE_WAY, ReviewResult


class NoEncoder(Exception):  # noqa: N818 - the precise mode lacks its model, the other does not
    """Precise mode cannot answer for *reason*, instant mode can."""

    def __init__(self, reason: MaumgyeolError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read(text: str, use_rules: bool, mode: str) -> tuple[ReviewResult, EmotionResult | Exception]:
    """Judge one text without weighing its words.

    Emotions that cannot be read are an exception in their place.

    Raises:
        NoEncoder: only the instant mode can judge.
        InputError, ModelMissingError, ModelCorruptError: no mode can.
    """
    try:
        review = reviews.predict(text, explain=False, use_rules=use_rules, mode=mode)
    except (ModelMissingError, ModelCorruptError) as error:
        if mode == INSTANT:
            raise
        reviews.predict(text, explain=False, mode=INSTANT)
        raise NoEncoder(error) from error
    try:
        return review, emotions.predict(text)
    except (ModelMissingError, ModelCorruptError) as error:
        return review, error


def weigh(text: str, use_rules: bool, mode: str) -> ReviewResult:
    """Judge one text and weigh its words, cut by rules until the morpheme analyser runs.

    Raises:
        InputError, ModelMissingError, ModelCorruptError: it cannot be judged in this mode.
    """
    return reviews.predict(text, use_rules=use_rules, wait=False, mode=mode)


def describe(settings: Settings, row: HistoryRow) -> Mark:
    """Return how a remembered review is told in one line, in two ways or three."""
    label, stars = str(row.payload.get("label")), row.payload.get("stars", 0.0)
    if settings.get(keys.REVIEW_VERDICTS) == 3:
        label = str(row.payload.get("three_way", label))
    known = label in THREE_WAY
    role = ROLES[label] if known else "text_muted"
    return Mark(label_name(label) if known else label, role, f"★ {stars:g}", "star")


def summary(result: ReviewResult, verdict: str) -> str:
    """Return what the history says of an answer that is told as *verdict*."""
    text = " ".join(result.text[:500].split())[:80]
    sure = f" {result.confidence:.0%}" if verdict == result.label else ""
    return f"{label_name(verdict)}{sure} ★{result.stars:g} · {text}"
