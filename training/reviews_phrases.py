"""Negated phrases that reviews with a clear rating hardly hold, written for training.

"별로 나쁘지 않다" is mild praise, but 별로 and 않다 each come from bad reviews, and the people
who write it give 6 to 8 points, which the polarity head does not see. Each stem, negation
and opening is joined with every other; praise denied is the opposite case.
"""

from __future__ import annotations

import itertools

_BLAME = (
    "나쁘", "지루하", "싫", "유치하", "허접하", "실망스럽", "아깝", "형편없", "시시하", "어렵",
    "후지", "재미없", "심하", "부족하", "밉",
)  # fmt: skip
_PRAISE = (
    "재미있", "재밌", "좋", "추천하고 싶", "훌륭하", "감동적이", "아름답", "웃기", "보고 싶",
    "신나", "기대되", "만족스럽",
)  # fmt: skip
_NEGATIONS = (
    "지 않다", "지 않아요", "지 않네요", "지 않았다", "지 않았어요", "지 않음", "지 않네",
    "진 않다", "지는 않다", "지는 않아요", "지 않은 영화", "지 않습니다", "지 않았음",
    "지는 않았어요",
)  # fmt: skip
_OPENINGS = ("", "별로 ", "그렇게 ", "전혀 ", "하나도 ", "그다지 ", "딱히 ", "생각보다 ")

MILD_PRAISE = 8
"""Rating that stands for blame denied."""

CLEAR_BLAME = 3
"""Rating that stands for praise denied."""


def phrases() -> list[tuple[str, int]]:
    """Return (phrase, rating 1..10) pairs.

    >>> ("별로 나쁘지 않다", 8) in phrases()
    True
    """
    return [
        (opening + stem + negation, rating)
        for stems, rating in ((_BLAME, MILD_PRAISE), (_PRAISE, CLEAR_BLAME))
        for opening, stem, negation in itertools.product(_OPENINGS, stems, _NEGATIONS)
    ]
