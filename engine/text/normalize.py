"""Text normalisation that training and inference share, for texts and for names alike."""

from __future__ import annotations

import re
import unicodedata

from engine.core.errors import InputError
from engine.text.korean import hangul

MAX_CHARACTERS = 100_000
"""Longest text that is judged as one; longer ones are refused, not cut silently."""

_REPEAT = re.compile(r"(\w)\1{2,}")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HANGUL = re.compile("[가-힣ㄱ-ㅣㅥ-ㆎ]")  # the filler between them is a blank

_EMOJI = "©®‼⁉™ℹ\u2190-\u2bff〰〽㊗㊙\U0001f000-\U0001faff"
_BLANKS = "\u3164\uffa0"
_FILLERS = "\u115f\u1160"
_OTHER_SELECTORS = "\u034f\u180b-\u180d\u180f\ufe00-\ufe0d\U000e0100-\U000e01ef"
_HALF_WIDTH = "\uffa1-\uffdc"
_LOOSE_JAMO = "\u1100-\u11ff"
_EXOTIC = re.compile(
    rf"[{_BLANKS}{_FILLERS}{_OTHER_SELECTORS}\ufe0e\ufe0f\u200d\uff01-\uff5e{_HALF_WIDTH}{_LOOSE_JAMO}"
    r"\u0300-\u036f\u20d0-\u20ef]"
)
"""Met in few texts only; without any of them composing is all that there is to do."""

_INVISIBLE = re.compile(rf"[{_FILLERS}{_OTHER_SELECTORS}]")
_STRAY_SELECTOR = re.compile(rf"(?<![{_EMOJI}])[\ufe0e\ufe0f](?!\u20e3)")
_STRAY_JOINER = re.compile(rf"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
_STRUCK = re.compile(
    rf"(?<=[가-힣ㄱ-ㆎ{_LOOSE_JAMO}{_HALF_WIDTH}])[\u0300-\u036f\u20d0-\u20ef]+|(?<=\s)[\u0334-\u0338]+"
)
_HALF_WIDTH_RUN = re.compile(f"[{_HALF_WIDTH}]+")
_BLOCK = re.compile(
    f"([{hangul.INITIALS}])([{hangul.VOWELS}])"
    f"(?:([{''.join(hangul.FINALS)}])(?![{hangul.VOWELS}]))?"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, _BLANKS), " "
)
_FULL_JAMO = {
    code: int(found.split()[-1], 16)
    for code in range(0xFFA1, 0xFFDD)
    if (found := unicodedata.decomposition(chr(code)))
}
_COMPATIBLE_JAMO = {
    first + offset: letter
    for first, letters in ((0x1100, hangul.INITIALS), (0x1161, hangul.VOWELS),
                           (0x11A8, hangul.FINALS[1:]))
    for offset, letter in enumerate(letters)
}  # fmt: skip


def canonical(text: str) -> str:
    """Return *text* in the one spelling that texts and names are compared in.

    Composed (NFC); Latin letters, digits and signs of normal width; half-width and loose
    Hangul letters as syllables and ordinary letters. What cannot be seen is left out: format,
    surrogate and private characters, fillers, marks over Hangul, and selectors and joiners
    that do not shape an emoji.

    >>> canonical("Ｇｏｏｄ！ 재\\u200d밌\\ufe0f다 ❤\\ufe0f ﾡￂ")
    'Good! 재밌다 ❤️ 가'
    """
    if text.isascii():
        return text
    text = "".join(filter(_is_shown, text))
    if _EXOTIC.search(text):
        text = _STRAY_JOINER.sub("", _STRAY_SELECTOR.sub("", _INVISIBLE.sub("", text)))
        text = _STRUCK.sub("", text.translate(_WIDE))
        text = _HALF_WIDTH_RUN.sub(_syllables, text)
        return unicodedata.normalize("NFC", text).translate(_COMPATIBLE_JAMO)
    return unicodedata.normalize("NFC", text)


def _is_shown(character: str) -> bool:
    """Drop format, surrogate and private characters, but keep the emoji joiner."""
    return character == "\u200d" or unicodedata.category(character) not in ("Cf", "Cs", "Co")


def _syllables(run: re.Match[str]) -> str:
    """Return half-width letters as syllables where they make some."""
    letters = run[0].translate(_FULL_JAMO)
    return _BLOCK.sub(lambda block: hangul.join(block[1], block[2], block[3] or ""), letters)


def name_key(name: str) -> str:
    """Return what two names of a column, a class or a file have in common if they are the same.

    >>> name_key(" Ｒｅｖｉｅｗ ") == name_key("review")
    True
    """
    return _SPACE.sub(" ", canonical(name)).strip().casefold()


def normalize(text: str) -> str:
    """Return *text* in its canonical spelling, without control characters, folded for the models.

    The same word character three or more times in a row becomes two (recipe A's
    rule, so that 최고오오오오 and 최고오오 share features); white space is folded.

    >>> normalize("  재밌다ㅋㅋㅋㅋㅋ\\t최고!! ")
    '재밌다ㅋㅋ 최고!!'
    """
    shown = _CONTROL.sub(" ", canonical(text))
    return _SPACE.sub(" ", _REPEAT.sub(r"\1\1", shown)).strip()


def has_hangul(text: str) -> bool:
    """Whether *text* has a Hangul syllable or letter, however it is encoded.

    >>> has_hangul("good 영화"), has_hangul("good"), has_hangul("ㅋㅋ")
    (True, False, True)
    """
    return bool(_HANGUL.search(text) or _HANGUL.search(canonical(text)))


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
