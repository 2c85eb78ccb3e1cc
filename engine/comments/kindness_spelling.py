"""Words of abuse, also when they are spelled so that a plain search misses them."""

from __future__ import annotations

import functools
import re

from engine import paths
from engine.text import normalize

FILE = "profanity.txt"
"""In ``resources/words``: one regular expression a line, ``#`` before a comment."""

_LETTER = "가-힣ㄱ-ㅎㅏ-ㅣ"
_INSIDE = re.compile(rf"(?<=[{_LETTER}])[0-9!@#$%^&*._\-~+=|/\\'\"`;:ㅡ·‧…]+(?=[{_LETTER}])")
_APART = re.compile(rf"(?<![{_LETTER}])[{_LETTER}](?: [{_LETTER}])+(?![{_LETTER}])")


def fold(text: str) -> str:
    """Return the text that abuse is looked for in.

    Normalised, lower case; signs and digits inside a word are dropped, and syllables that
    stand alone one after the other are joined.

    >>> fold("시1발"), fold("시 발"), fold("택시 발견"), fold("ㅅ.ㅂ")
    ('시발', '시발', '택시 발견', 'ㅅㅂ')
    """
    tight = _INSIDE.sub("", normalize(text).lower())
    return _APART.sub(lambda hit: hit[0].replace(" ", ""), tight)


def abusive(text: str) -> bool:
    """Whether *text* has a word of the list, however it is spelled.

    >>> abusive("이런 시1발"), abusive("여행의 시발점"), abusive("이 새끼 고양이")
    (True, False, False)
    """
    return _listed().search(fold(text)) is not None


@functools.cache
def _listed() -> re.Pattern[str]:
    lines = (paths.resources_dir() / "words" / FILE).read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and line[0] != "#"))
