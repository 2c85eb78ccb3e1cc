"""Korean as it is typed in a hurry: noisy copies of texts that keep their labels.

Every function takes a text as the encoder reads it and a seeded generator; one that finds
nothing to change returns the text as it is.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from engine.hangul import FINALS, is_syllable, join, split
from training.encoder_noise_marks import emoji, laughter, marks
from training.encoder_texts import encoder_text

_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_CONSONANTS = set("ㅂㅈㄷㄱㅅㅁㄴㅇㄹㅎㅋㅌㅊㅍ")
_TENSE = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
_SHIFTED = _TENSE | {double: single for single, double in _TENSE.items()}

SPELLINGS = (
    *(("재밌", "재밋"), ("재밌", "잼있"), ("재미있", "잼있"), ("않", "안"), ("괜찮", "갠찬")),
    *(
        ("괜찮", "괜찬"),
        ("좋아", "조아"),
        ("좋은", "조은"),
        ("없", "업"),
        ("있", "잇"),
        ("싫", "실"),
    ),
    *(
        ("많", "만"),
        ("됐", "됬"),
        ("돼", "되"),
        ("했", "햇"),
        ("었", "엇"),
        ("았", "앗"),
        ("겠", "겟"),
    ),
    *(
        ("봤", "밧"),
        ("너무", "넘"),
        ("너무", "넘무"),
        ("정말", "증말"),
        ("진짜", "진쨔"),
        ("진짜", "찐짜"),
    ),
    *(("네요", "네여"), ("어요", "어여"), ("어요", "어용"), ("아요", "아여"), ("습니다", "슴다")),
    *(("같아", "가타"), ("굉장히", "굉장이"), ("역시", "역쉬"), ("그냥", "걍"), ("안 ", "않 ")),
    *(
        ("완전", "완죤"),
        ("어떻게", "어떡게"),
        ("왜", "외"),
        ("웬", "왠"),
        ("귀엽", "기엽"),
        ("끝", "끗"),
    ),
    *(("싶", "십"), ("이렇게", "이러케"), ("그렇", "그러"), ("인데", "인대"), ("는데", "는대")),
)
"""Spellings that are common online, right and wrong."""

LOOKALIKES = (
    *(
        ("명", "띵"),
        ("멍", "댕"),
        ("대", "머"),
        ("귀", "커"),
        ("광", "팡"),
        ("왕", "앟"),
        ("유", "윾"),
    ),
    *(("며", "띠"), ("과", "파"), ("위", "읶")),
)
"""Yaminjeongeum: syllables written by ones that look alike."""


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for at, row in enumerate(_ROWS):
        for column, key in enumerate(row):
            near = [
                other[i]
                for other in _ROWS[max(0, at - 1) : at + 2]
                for i in (column - 1, column, column + 1)
                if 0 <= i < len(other) and other[i] != key
            ]
            found[key] = "".join(k for k in near if (k in _CONSONANTS) == (key in _CONSONANTS))
    return found


NEIGHBOURS = _neighbours()
"""Keys beside each key of the 2-beolsik keyboard, consonants and vowels apart."""


def _pick(text: str, rng: random.Random) -> int:
    """Return where a random syllable is, -1 if there is none."""
    return rng.choice([i for i, c in enumerate(text) if is_syllable(c)] or [-1])


def spaces(text: str, rng: random.Random) -> str:
    """Leave out all spaces or some of them, or put some where none belong."""
    how = rng.random()
    if how < 0.5:
        return text.replace(" ", "")
    if how < 0.75:
        return "".join(c for c in text if c != " " or rng.random() < 0.5)
    return "".join(c + " " if c != " " and rng.random() < 0.15 else c for c in text)


def keys(text: str, rng: random.Random) -> str:
    """Hit a neighbouring key, or shift by mistake, in one syllable."""
    at = _pick(text, rng)
    if at < 0:
        return text
    parts = list(split(text[at]))
    which = rng.choice([i for i in range(3) if parts[i]])
    near = NEIGHBOURS.get(parts[which], "")
    if parts[which] in _SHIFTED and rng.random() < 0.3:
        near = _SHIFTED[parts[which]]
    choices = [key for key in near if which < 2 or key in FINALS]
    if not choices:
        return text
    parts[which] = rng.choice(choices)
    return text[:at] + join(*parts) + text[at + 1 :]


def jamo(text: str, rng: random.Random) -> str:
    """Drop a final consonant, or type one of a syllable's jamo twice."""
    at = _pick(text, rng)
    if at < 0:
        return text
    initial, vowel, final = split(text[at])
    if final and rng.random() < 0.5:
        return text[:at] + join(initial, vowel) + text[at + 1 :]
    return text[: at + 1] + (final or vowel) + text[at + 1 :]


def decomposed(text: str, rng: random.Random) -> str:
    """Write some syllables, or a short text whole, as separate jamo."""
    at = _pick(text, rng)
    if at < 0:
        return text
    first, last = at, at + rng.randint(1, 4)
    if len(text) <= 20 and rng.random() < 0.25:
        first, last = 0, len(text)
    apart = ("".join(split(c)) if is_syllable(c) else c for c in text[first:last])
    return text[:first] + "".join(apart) + text[last:]


def drawn_out(text: str, rng: random.Random) -> str:
    """Draw the vowel of a word's last syllable out: 최고오오."""
    ends = [
        i
        for i, c in enumerate(text)
        if is_syllable(c) and not split(c)[2] and (i + 1 == len(text) or text[i + 1] in " .!?~,")
    ]
    if not ends:
        return text
    at = rng.choice(ends)
    return text[: at + 1] + join("ㅇ", split(text[at])[1]) * rng.randint(1, 3) + text[at + 1 :]


def _replaced(text: str, rng: random.Random, table: tuple[tuple[str, str], ...], most: int) -> str:
    fit = [pair for pair in table if pair[0] in text]
    for right, wrong in rng.sample(fit, min(len(fit), rng.randint(1, most))):
        text = text.replace(right, wrong)
    return text


def spellings(text: str, rng: random.Random) -> str:
    """Write by ear: 재밋다, 안다 for 않다, 갠찬다."""
    return _replaced(text, rng, SPELLINGS, 3)


def lookalikes(text: str, rng: random.Random) -> str:
    """Write one syllable by another that looks like it."""
    return _replaced(text, rng, LOOKALIKES, 1)


def _often(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    """Return *change* done once in about 25 characters."""

    def changed(text: str, rng: random.Random) -> str:
        for _ in range(rng.randint(1, 1 + len(text) // 25)):
            text = change(text, rng)
        return text

    return changed


_ANY: tuple[tuple[Callable[[str, random.Random], str], int], ...] = (
    (spellings, 6),
    (_often(keys), 5),
    (_often(jamo), 4),
    (spaces, 6),
    (drawn_out, 2),
    (decomposed, 2),
    (lookalikes, 1),
)
_SIDED: tuple[tuple[Callable[[str, random.Random, int], str], int], ...] = (
    (marks, 3),
    (emoji, 4),
    (laughter, 3),
)
_TRIES = 6


def noisy(text: str, side: int, rng: random.Random) -> str:
    """Return the text with one to three kinds of noise; never an empty one.

    Args:
        text: as the encoder reads it, not empty.
        side: 1 for clear praise, -1 for clear blame, 0 for what has no side: emoji and
            marks only ever agree with it, and a text without a side gets none of them.
    """
    for _ in range(_TRIES):
        changed = text
        for change in _changes(side, rng):
            changed = change(changed)
        changed = encoder_text(changed)
        if changed and changed != text:
            return changed
    return text


def _changes(side: int, rng: random.Random) -> list[Callable[[str], str]]:
    free = [(lambda text, f=f: f(text, rng), weight) for f, weight in _ANY]
    if side:
        free += [(lambda text, f=f: f(text, rng, side), weight) for f, weight in _SIDED]
    chosen: list[int] = []
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        left = [i for i in range(len(free)) if i not in chosen]
        chosen += rng.choices(left, [free[i][1] for i in left])
    return [free[i][0] for i in sorted(chosen)]
