"""Tones of a comment: rewritten endings, a length limit, without emoji.

A tone is made by rules over the ends of sentences, so that it is there or the text is
refused; the writer then takes another candidate. Nothing is asked of a model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.comments.labels import EXPRESSIONS, mentions
from engine.comments.tone_endings import friendly, polite
from engine.comments.tone_sentences import (
    Sentence,
    characters,
    joined,
    sentences,
    without_emoji,
)
from engine.comments.tone_witty import witty
from engine.errors import InputError

PLAIN, FRIENDLY, POLITE, SHORT, WITTY = "기본", "친근하게", "정중하게", "짧게", "재치있게"
TONES = (PLAIN, FRIENDLY, POLITE, SHORT, WITTY)
_CHANGES = {FRIENDLY: friendly, POLITE: polite}
SHORT_MOST = 25
"""Most characters of a comment in the tone ``짧게``, unless the style sets its own."""
_CHEER = 8
"""Characters of the longest sentence that says nothing of a photo (힘내세요, 조심하세요)."""

_FILLERS = re.compile(
    r"(?<![가-힣])(?:정말로?|너무|참|아주|진짜|무척|매우|많이|오|와|우와|어머)[,!]?\s+"
)
_ASKS = re.compile(r"까요?|나요|가요|궁금")


@dataclass(frozen=True)
class Style:
    """How a comment is to sound.

    Attributes:
        tone: one of ``TONES``.
        emoji: False takes emoji, ㅋㅋ and ㅠㅠ out.
        most: most characters (an emoji is one), whole sentences only; None is no limit.
    """

    tone: str = PLAIN
    emoji: bool = True
    most: int | None = None

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise InputError(
                f"없는 말투예요: {self.tone} ({', '.join(TONES)} 가운데 골라 주세요)",
                f"There is no tone {self.tone!r}; choose one of {', '.join(TONES)}.",
            )
        if self.most is not None and self.most < 1:
            raise InputError(
                "글자 수는 1 이상이어야 해요.", "The number of characters must be at least 1."
            )


def restyle(texts: Sequence[str], style: Style, labels: Sequence[str]) -> list[str | None]:
    """Say each text in *style*; None where it cannot be said so.

    >>> restyle(["정말 멋지네요! 🌳 나무가 참 예뻐요!"], Style("짧게", emoji=False), ("나무",))
    ['나무가 참 예뻐요!']
    >>> restyle(["정말 멋지네요! 🌳 힘내세요"], Style("정중하게"), ())
    ['정말 멋집니다! 🌳 힘내십시오']
    """
    return [_restyled(text, style, labels) for text in texts]


def _restyled(text: str, style: Style, labels: Sequence[str]) -> str | None:
    parts = sentences(text if style.emoji else without_emoji(text))
    if style.tone == SHORT:
        return _shortest(parts, style.most or SHORT_MOST, labels)
    if style.tone == WITTY:
        said = witty(parts, labels)
        parts = [said] if said else []
    elif style.tone != PLAIN:
        nouns, change = frozenset(labels), _CHANGES[style.tone]
        changed = [change(part, nouns) for part in parts]
        parts = [part for part in changed if part is not None]
        if len(parts) < len(changed):
            return None
    return limited(parts, style.most, labels)


def limited(parts: list[Sentence], most: int | None, labels: Sequence[str]) -> str | None:
    """Return as many of the sentences as *most* characters hold, the most telling kept."""
    kept = list(parts)
    if not kept:
        return None
    while most is not None and characters(joined(kept)) > most:
        if len(kept) == 1:
            bare = Sentence(kept[0].words, kept[0].mark)
            return bare.text() if characters(bare.text()) <= most else None
        kept.remove(min(kept, key=lambda part: _telling(part, labels)))
    return joined(kept)


def _shortest(parts: list[Sentence], most: int, labels: Sequence[str]) -> str | None:
    """Return the most telling sentence within *most* characters, fillers dropped if need be."""
    for part in sorted(parts, key=lambda part: _telling(part, labels), reverse=True):
        lean = _FILLERS.sub("", part.words)
        for words, emoji in ((part.words, part.emoji), (part.words, ""), (lean, "")):
            text = Sentence(words, part.mark, emoji).text()
            if characters(text) <= most:
                return text
    return None


def _telling(part: Sentence, labels: Sequence[str]) -> tuple[int, bool, bool, int]:
    """Order of how much a sentence says: things named, statement, more than 힘내세요, short."""
    things = sum(mentions(label, part.words) for label in labels if label not in EXPRESSIONS)
    asks = part.question or _ASKS.search(part.words) is not None
    return things, not asks, len(part.words) > _CHEER, -len(part.words)
