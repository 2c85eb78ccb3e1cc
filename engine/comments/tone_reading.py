"""What the end of a sentence says: the predicate's stem, its honour, and the kind of ending."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.comments.tone_sentences import Sentence
from engine.comments.tone_stems import from_base, from_joined, from_loose, noun_at_end, unhonored
from engine.hangul import final_of, is_syllable, split, with_final

Mood = Literal["tell", "find", "see", "know", "ask", "wonder", "command", "promise"]
"""-어요, -네요, -군요, -지요, -나요?, -ㄹ까요?, -세요, -ㄹ게요."""

_HONORING_STEMS = ("마시", "모시", "눈부시", "부시", "쉬")  # their 시 is the stem's own
_APART = re.compile(r"(?<=[가-힣])([나가]) ?(봐요?|봅니다|보네요?|보군요?)$")
_NOT_READ = re.compile("잖아요?$|다니요?$|라니요?$|답니다$|(?<!바)랍니다$|걸요$")
_WISHES = re.compile(
    "(?:힘내|내|조심하|주|보내|말|쉬|챙기|가|오|되|즐기|지내|건네|돌보|웃|믿|잊|쓰|놓|열|다니)$"
)
_GREETINGS = re.compile("(?:건강하|행복하|편안하)$")
_VERB_I = re.compile("(?:보|쓰|쌓|모|놓|섞|붙|움직|반짝|높|숙|녹|끓|엮|덮|먹|들)이$")


@dataclass(frozen=True)
class Reading:
    """The end of a sentence.

    Attributes:
        stem: the words with the last predicate's stem; with ``copula`` the noun; with
            ``past`` and no honour the stem carries 었 already (있었).
        copula: the noun with 이다.
        honorific: 시 was there; the stem is without it.
        past: 었 was there.
    """

    stem: str
    mood: Mood
    copula: bool = False
    honorific: bool = False
    past: bool = False


def read(sentence: Sentence, nouns: frozenset[str]) -> Reading | None:
    """Read a sentence's end; None where it is no known ending or its stem is not sure.

    Args:
        nouns: the photo's labels, which may end a sentence: 나무네요.

    >>> read(Sentence("표정이 아름다우시네요", "!"), frozenset())
    Reading(stem='표정이 아름답', mood='find', copula=False, honorific=True, past=False)
    """
    words = _APART.sub(r"\1 \2", sentence.words)
    if _NOT_READ.search(words):
        return None
    for pattern, mood, before in _ENDINGS:
        hit = re.search(pattern, words)
        head = words[: hit.start()] if hit is not None else ""
        found = before(head, mood, nouns) if head and head[-1] != " " else None
        if found is not None:
            return _asked(found, sentence)
    return None


def _asked(found: Reading, sentence: Sentence) -> Reading:
    if sentence.question and found.mood in ("tell", "know", "command"):
        return Reading(found.stem, "ask", found.copula, found.honorific, found.past)
    wished = _WISHES.search(found.stem) or _GREETINGS.search(found.stem)
    if found.mood == "command" and not found.copula and not wished:
        return Reading(found.stem, "tell", found.copula, True, found.past)
    return found


def _base(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 네, 나, 지, ㅂ니다: past, 시, copula, stem."""
    word = text.split()[-1]
    if final_of(word) == "ㅆ" and word[-1] not in "있겠":
        return _past(text, mood)
    if word.endswith("겠"):
        return None if word.endswith("시겠") else Reading(text, mood, past=True)
    if word[-1] == "시" and not word.endswith(_HONORING_STEMS):
        return _honored(text[:-1], mood, nouns)
    if word[-1] == "이" and not _VERB_I.search(word) and len(word) > 1:
        return Reading(text[:-1], mood, copula=True)
    stem = from_base(text, nouns)
    if stem is not None:
        return Reading(stem, mood)
    if is_syllable(word[-1]) and not final_of(word) and noun_at_end(word, nouns):
        return Reading(text, mood, copula=True)
    return None


def _past(text: str, mood: Mood) -> Reading | None:
    if text.endswith("셨"):
        if text.endswith("이셨") and not _VERB_I.search(text[:-1]):
            return Reading(text[:-2], mood, copula=True, honorific=True, past=True)
        stem = unhonored(text[:-1])
        return Reading(stem, mood, honorific=True, past=True) if stem else None
    return Reading(text, mood, past=True)


def _honored(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 시."""
    word = text.split()[-1] if text and not text.endswith(" ") else ""
    if not word:
        return None
    if word[-1] == "이" and not _VERB_I.search(word):
        return Reading(text[:-1], mood, copula=True, honorific=True)
    if noun_at_end(word, nouns) == word and len(word) > 1:
        return Reading(text, mood, copula=True, honorific=True)
    stem = unhonored(text)
    return Reading(stem, mood, honorific=True) if stem else None


def _polite(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before ㅂ니다 in an open syllable: 멋집, 입."""
    if not is_syllable(text[-1]) or final_of(text) != "ㅂ":
        return None
    open_ = with_final(text, "")
    word = open_.split()[-1]
    if word[-1] == "이" and not _VERB_I.search(word):
        return Reading(open_[:-1], mood, copula=True) if len(word) > 1 else None
    found = _base(open_, mood, nouns)
    # 나뭅니다 for 나무입니다 is too rare to tell from a verb.
    return None if found is not None and found.copula and not found.honorific else found


def _closed(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 습니다."""
    return _base(text, mood, nouns) if final_of(text) else None


def _loose(final: str) -> Callable[[str, Mood, frozenset[str]], Reading | None]:
    """Before what carries ㄴ or ㄹ: 인가, 은가, 일까, 을까."""

    def before(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
        if not is_syllable(text[-1]) or final_of(text) != final:
            return None
        if text[-1] in "은을" and len(text) > 1 and final_of(text[:-1]):
            if final_of(text[:-1]) == "ㅆ" and text[-2] != "있":
                return _past(text[:-1], mood)
            return Reading(text[:-1], mood)
        open_ = with_final(text, "")
        word = open_.split()[-1]
        if word[-1] == "시" and not word.endswith(_HONORING_STEMS):
            return _honored(open_[:-1], mood, nouns)
        if word[-1] == "이" and not _VERB_I.search(word):
            return Reading(open_[:-1], mood, copula=True) if len(word) > 1 else None
        if word in ("거", "거시"):
            return Reading(open_, mood, copula=True)
        stem = from_loose(open_)
        return Reading(stem, mood) if stem else None

    return before


def _joined(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 요 of 아/어요."""
    if final_of(text):
        return None
    if text.endswith(("이에", "이예")):
        return Reading(text[:-2], mood, copula=True)
    if text.endswith("예"):
        return Reading(text[:-1], mood, copula=True) if len(text) > 1 else None
    if text.endswith("아니에"):
        return Reading(text[:-1], mood)
    if text.endswith("셔"):
        return _honored(text[:-1], mood, nouns)
    if len(text) > 1 and text[-1] == "어" and final_of(text[:-1]) == "ㅆ":
        return _base(text[:-1], mood, nouns)
    if text.endswith("바래"):
        text = text[:-1] + "라"
    if split(text[-1])[1] not in "ㅏㅐㅓㅔㅕㅘㅙㅝㅖ":
        return None
    stem = from_joined(text)
    return Reading(stem, mood) if stem else None


def _honored_joined(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 세요: 시 is joined to 어요."""
    found = _honored(text, mood, nouns)
    if found is None or mood != "command":
        return found
    return Reading(found.stem, mood if not found.copula else "tell", found.copula, True)


def _in_na(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 나요 of verbs in 나: 빛나요."""
    stem = from_joined(text + "나")
    return Reading(stem, mood) if stem else None


_ENDINGS: tuple[tuple[str, Mood, Callable[[str, Mood, frozenset[str]], Reading | None]], ...] = (
    ("십시오$", "command", _honored_joined),
    ("(?<=[가-힣])세요$|셔요$", "command", _honored_joined),
    ("네[요여]?$", "find", _base),
    ("는군요?$|는구나$", "see", _base),
    ("(?:군요?|구나)$", "see", _base),
    ("습니다$", "tell", _closed),
    ("니다$", "tell", _polite),
    ("습니까$", "ask", _closed),
    ("니까$", "ask", _polite),
    ("(?<=[빛신화떠만어러타각아])나요$", "tell", _in_na),
    ("(?:는가|나)요$", "ask", _base),
    ("가요$", "ask", _loose("ㄴ")),
    ("까요?$", "wonder", _loose("ㄹ")),
    ("게요$", "promise", _loose("ㄹ")),
    ("는데요$", "tell", _base),
    ("데요$", "tell", _loose("ㄴ")),
    ("(?:지요|죠)$", "know", _base),
    ("[고구]요$", "tell", _base),
    ("[요여]$", "tell", _joined),
)
"""Ends of sentences, longest first: pattern, mood, how to read what stands before."""
