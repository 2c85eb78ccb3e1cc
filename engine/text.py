"""Text normalisation that training and inference share."""

from __future__ import annotations

import re
import unicodedata

from engine.errors import InputError

MAX_CHARACTERS = 100_000
"""Longest text that is judged as one; longer ones are refused, not cut silently."""

_REPEAT = re.compile(r"(\w)\1{2,}")
_SPACE = re.compile(r"\s+")


def normalize(text: str) -> str:
    """Return *text* in NFC, without control characters, folded for the models.

    The same word character three or more times in a row becomes two (recipe A's
    rule, so that 최고오오오오 and 최고오오 share features); white space is folded.

    >>> normalize("  재밌다ㅋㅋㅋㅋㅋ\\t최고!! ")
    '재밌다ㅋㅋ 최고!!'
    """
    text = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text if _is_shown(c))
    return _SPACE.sub(" ", _REPEAT.sub(r"\1\1", "".join(kept))).strip()


def _is_shown(character: str) -> bool:
    """Drop format, surrogate and private characters, but keep the emoji joiner."""
    return character == "\u200d" or unicodedata.category(character) not in ("Cf", "Cs", "Co")


def has_hangul(text: str) -> bool:
    """Whether *text* has a Hangul syllable or jamo.

    >>> has_hangul("good 영화"), has_hangul("good"), has_hangul("ㅋㅋ")
    (True, False, True)
    """
    return any("가" <= c <= "힣" or "ㄱ" <= c <= "ㆎ" for c in text)


def check_text(text: str) -> str:
    """Return *text* if it can be judged.

    Raises:
        InputError: it is empty after normalisation or longer than ``MAX_CHARACTERS``.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"글이 너무 길어요: {len(text):,}자 (최대 {MAX_CHARACTERS:,}자)",
            f"The text is too long: {len(text):,} characters (at most {MAX_CHARACTERS:,})",
        )
    if not normalize(text):
        raise InputError("글을 입력해 주세요.", "Please enter some text.")
    return text
