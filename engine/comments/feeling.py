"""Which feelings a comment speaks of, and whether the photo's faces show them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.comments.labels import EXPRESSIONS

SPOKEN = {
    "공포": re.compile("공포|무서|무섭|두려|소름|섬뜩|으스스|😱|😨"),
    "기쁨": re.compile("기쁨|기쁘|기뻐|기쁜|행복|즐거|즐겁|신나|웃음|웃는|웃고|미소"),
    "슬픔": re.compile("슬픔|슬프|슬픈|슬퍼|우울|눈물|😢|😭|💔"),
    "분노": re.compile("분노|화가 ?(나|난|많)|화난|화나|😠|😡"),
}
"""Expressions, and the words and emoji that say that a face shows them."""

_MOOD = re.compile("감정|표정|기분|마음이|속상|스트레스|힘든|힘들|힘내|괜찮|응원|위로|긴장|짜증")


def spoken(comment: str) -> frozenset[str]:
    """Return the expressions that a comment speaks of.

    >>> sorted(spoken("정말 행복해 보이시네요!")), sorted(spoken("나무가 멋져요!"))
    (['기쁨'], [])
    """
    return frozenset(name for name, words in SPOKEN.items() if words.search(comment))


def contradicts(labels: Sequence[str], comment: str) -> bool:
    """Whether a comment speaks of a feeling that the photo's faces do not show.

    Where no face shows any, no mood may be made up either.

    >>> contradicts(("슬픔",), "정말 행복해 보이시네요!"), contradicts(("기쁨",), "행복해 보여요!")
    (True, False)
    >>> contradicts(("나무",), "슬퍼 보이시네요. 나무가 멋져요!")
    True
    """
    shown = frozenset(labels) & frozenset(EXPRESSIONS)
    if not shown and _MOOD.search(comment):
        return True
    return bool(spoken(comment) - shown)
