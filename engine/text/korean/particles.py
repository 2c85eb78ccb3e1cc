"""Korean particles: swap one noun for another and keep the sentence right."""

from __future__ import annotations

import re

_FORMS = (
    "은/는 이/가 을/를 과/와 으로/로 이랑/랑 이나/나 이네요/네요 이에요/예요 이군요/군요 "
    "이라서/라서 이라도/라도 이지만/지만"
)
_PAIRS = tuple((a, b) for a, b in (both.split("/") for both in _FORMS.split()))
_BY_ENDING = {form: pair for pair in _PAIRS for form in pair}
"""Particle -> (after a consonant, after a vowel)."""

_PLAIN = ("도", "의", "에서", "에", "와의", "과의", "까지", "만")
_AFTER = re.compile(
    "(" + "|".join(sorted([*_BY_ENDING, *_PLAIN], key=len, reverse=True)) + r")?(?![가-힣])"
)
_RIEUL = 8  # index of ㄹ among the final consonants of a syllable


_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_LETTERS = dict(zip("lmnr", "엘엠엔알", strict=True))
"""The letters whose names end in a consonant."""

_CLOSED = re.compile(
    "(?P<l>le?)$|(?P<m>me?)$|(?P<n>ne?)$|(?P<ng>ng)$|(?:^|[^aeiou])[aeiou](?P<k>[ptkcb]|ck)$|ook$"
)
"""Ends of English words after which the Korean reading closes its last syllable."""


def _final(word: str) -> int:
    """Return the index of the last syllable's final consonant, 0 for none.

    Brackets at the end are not read along; digits are read as numbers, Latin capitals by
    their names, other Latin words roughly by their spelling.
    """
    word = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", word) or word
    last = next((c for c in reversed(word) if c.isalnum()), "가")
    if last in _DIGITS:
        read = _DIGITS[last] if last != "0" else _zeros(word)
    elif last.isascii():
        read = _latin(re.findall("[A-Za-z]+", word)[-1])
    else:
        read = last
    return (ord(read) - ord("가")) % 28 if "가" <= read <= "힣" else 0


def _zeros(word: str) -> str:
    """Return the syllable that a number with zeros at its end is read with last."""
    number = re.findall(r"[\d,]+", word)[-1].replace(",", "")
    zeros = len(number) - len(number.rstrip("0"))
    if zeros == len(number):
        return "영"
    return "십백천만"[zeros - 1] if zeros <= 4 else "만" if zeros < 8 else "억"


def _latin(word: str) -> str:
    """Return a syllable with the final consonant that *word* is read with at its end."""
    if word.isupper():
        return _LETTERS.get(word[-1].lower(), "가")
    found = _CLOSED.search(word.lower())
    if found is None:
        return "가"
    return "알" if found["l"] else "안"


def has_final(word: str) -> bool:
    """Whether the word as it is read ends in a consonant.

    >>> has_final("책"), has_final("나무"), has_final("unicorn"), has_final("USB 3")
    (True, False, True, True)
    """
    return _final(word) > 0


def attach(word: str, particle: str) -> str:
    """Return *word* with the form of *particle* that fits it.

    Args:
        particle: either form, for example 이 or 가.

    Raises:
        KeyError: the particle has no two forms.

    >>> attach("고양이", "이"), attach("책", "를"), attach("서울", "으로"), attach("컵 3개", "은")
    ('고양이가', '책을', '서울로', '컵 3개는')
    """
    form = _BY_ENDING[particle][0 if has_final(word) else 1]
    return word + ("로" if form == "으로" and _final(word) == _RIEUL else form)


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
        said = attach(new, particle) if particle in _BY_ENDING else new + particle
        out += [comment[at : hit.start()], said]
        at = after.end()
    return "".join([*out, comment[at:]]) if found else None
