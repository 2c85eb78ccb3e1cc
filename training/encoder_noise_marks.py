"""Emoji, laughter and bursts of marks that agree with what a review says."""

from __future__ import annotations

import random

from engine.hangul import is_syllable, split, with_final

_EMOJI = {
    1: ("😍", "👍", "❤️", "🥰", "😊", "👏", "⭐", "💯", "🔥", "😆", "💕", "🎉", "♥", "☺️"),
    -1: ("😡", "🤬", "👎", "💩", "😴", "🤮", "😤", "💔", "😒", "🙄", "😑", "🤢", "😩", "⭐☆☆☆☆"),
}
_MARKS = {
    1: ("!!!", "!!!!!", "~~~", "!~", "^^", "^^b", "~!!", "♡♡", ":)", "(^^)", "~♬", "!!!!!!!!"),
    -1: (
        "...",
        ".....",
        "!!!!",
        ";;;",
        "ㅡㅡ",
        "ㅡ.ㅡ",
        "??",
        "???",
        "!?!?",
        ",,,",
        "....;;",
        "-_-",
    ),
}
_LAUGHS = {
    1: ("ㅋㅋ", "ㅎㅎ", "ㅋㅋㅋㅋ", "ㅎ", "ㅠㅠ"),
    -1: ("ㅋㅋ", "ㅋ", "ㅠㅠ", "ㅉㅉ", "ㅜㅜ"),
}


def emoji(text: str, rng: random.Random, side: int) -> str:
    """Put one to three emoji of the side after the text, before it, or in between."""
    sign = rng.choice(_EMOJI[side]) * rng.choice((1, 1, 2, 3))
    how = rng.random()
    if how < 0.75:
        return text + rng.choice(("", " ")) + sign
    gaps = [i for i, c in enumerate(text) if c == " "]
    if how < 0.9 or not gaps:
        return f"{sign} {text}"
    at = rng.choice(gaps)
    return text[:at] + sign + text[at:]


def marks(text: str, rng: random.Random, side: int) -> str:
    """End in a burst of marks, or put it into the first gap between sentences."""
    return text.rstrip(".!?~ ") + rng.choice(_MARKS[side])


def laughter(text: str, rng: random.Random, side: int) -> str:
    """End in laughter or tears; ㅋ or ㅎ at times joins the last syllable: 재밌엌ㅋㅋ."""
    laugh = rng.choice(_LAUGHS[side])
    text = text.rstrip(".!~ ")
    last = text[-1:]
    if last and is_syllable(last) and not split(last)[2] and laugh[0] in "ㅋㅎ":
        text = with_final(text, laugh[0]) if rng.random() < 0.5 else text
    return text + laugh
