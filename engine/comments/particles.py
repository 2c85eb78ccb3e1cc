"""Korean particles: swap one noun for another and keep the sentence right."""

from __future__ import annotations

import re

_FORMS = "은/는 이/가 을/를 과/와 으로/로 이네요/네요"
_PAIRS = tuple((a, b) for a, b in (both.split("/") for both in _FORMS.split()))
_BY_ENDING = {form: pair for pair in _PAIRS for form in pair}
"""Particle -> (after a consonant, after a vowel)."""

_PLAIN = ("도", "의", "에서", "에", "와의", "과의", "까지", "만")
_AFTER = re.compile(
    "(" + "|".join(sorted([*_BY_ENDING, *_PLAIN], key=len, reverse=True)) + r")?(?![가-힣])"
)
_RIEUL = 8  # index of ㄹ among the final consonants of a syllable


_AS_READ = dict(zip("0136780lmn", "영일삼육칠팔영엘엠엔", strict=True))
"""Digits and the Latin letters whose sound at a word's end closes the syllable."""


def _final(word: str) -> int:
    """Return the index of the last syllable's final consonant, 0 for none."""
    read = (_AS_READ.get(c, c) for c in reversed(word.lower()) if c.isalnum())
    last = next(read, "가")
    return (ord(last) - ord("가")) % 28 if "가" <= last <= "힣" else 0


def has_final(word: str) -> bool:
    """Whether the word as it is read ends in a consonant.

    >>> has_final("책"), has_final("나무"), has_final("unicorn"), has_final("USB 3")
    (True, False, True, True)
    """
    return _final(word) > 0


def swap_name(comment: str, old: str, new: str) -> str | None:
    """Replace the noun *old* by *new* with fitting particles; None where that is unsafe.

    Unsafe is a place where *old* is part of another word, and no place at all.

    >>> swap_name("재킷이 멋져요!", "재킷", "스카프")
    '스카프가 멋져요!'
    >>> swap_name("차량이 멋져요!", "차", "버스") is None
    True
    """
    out, at, found = [], 0, False
    for hit in re.finditer(re.escape(old), comment):
        before = comment[hit.start() - 1 : hit.start()]
        after = _AFTER.match(comment, hit.end())
        if after is None or "가" <= before <= "힣":
            return None
        found = True
        particle = after.group(1) or ""
        if particle in _BY_ENDING:
            particle = _BY_ENDING[particle][0 if has_final(new) else 1]
            if particle == "으로" and _final(new) == _RIEUL:
                particle = "로"
        out += [comment[at : hit.start()], new, particle]
        at = after.end()
    return "".join([*out, comment[at:]]) if found else None
