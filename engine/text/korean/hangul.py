"""Syllables and their jamo: a syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final."""

from __future__ import annotations

_FIRST, _COUNT, _VOWELS, _FINALS = 0xAC00, 11172, 21, 28
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")


def is_syllable(character: str) -> bool:
    """Whether it is one of 가..힣."""
    return 0 <= ord(character) - _FIRST < _COUNT


def split(syllable: str) -> tuple[str, str, str]:
    """Return initial, vowel and final as compatibility jamo.

    >>> split("않"), split("다")
    (('ㅇ', 'ㅏ', 'ㄶ'), ('ㄷ', 'ㅏ', ''))
    """
    index = ord(syllable) - _FIRST
    rest, final = divmod(index, _FINALS)
    initial, vowel = divmod(rest, _VOWELS)
    return INITIALS[initial], VOWELS[vowel], FINALS[final]


def join(initial: str, vowel: str, final: str = "") -> str:
    """Return the syllable of these jamo.

    >>> join("ㅎ", "ㅏ", "ㄴ")
    '한'
    """
    index = INITIALS.index(initial) * _VOWELS + VOWELS.index(vowel)
    return chr(_FIRST + index * _FINALS + FINALS.index(final))


def final_of(text: str) -> str:
    """Return the final consonant of the last syllable, "" where it has none."""
    return split(text[-1])[2] if text and is_syllable(text[-1]) else ""


def with_final(text: str, final: str) -> str:
    """Return *text* with the final of its last syllable replaced.

    >>> with_final("지루하", "ㄴ"), with_final("길", "")
    ('지루한', '기')
    """
    initial, vowel, _ = split(text[-1])
    return text[:-1] + join(initial, vowel, final)
