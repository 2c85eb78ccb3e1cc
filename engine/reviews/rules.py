"""The strong words of the classic recipe: shown as evidence, and an option.

On films that the model had not seen a rule is less often right than the model, so it never
overrides unless the caller asks for it; and where a negation follows the word it is right
about as often as a coin (`python -m training.reviews_rules`, figures in the model's card).
"""

from __future__ import annotations

import re

from engine.reviews.results import NEGATIVE, POSITIVE, RuleHit

NEGATIVE_WORDS = (
    "싫어", "별로", "재미없어", "지루해", "실망", "아깝", "아까웠어", "싫었어", "비추",
)  # fmt: skip
POSITIVE_WORDS = (
    "재미있어", "좋았어", "추천", "감동", "완벽", "훌륭", "좋아", "기분좋아", "재밌어",
)  # fmt: skip

_NEGATION = re.compile(r"않|안[가-힣]|없|못|아니|아님|말고|절대|노노|글쎄|ㄴㄴ")
_REACH = 8
"""How many characters after a strong word a negation still turns it (white space apart)."""


def find(text: str) -> RuleHit | None:
    """Return what the recipe's rules say of *text*: negative words first, then positive.

    White space and case do not matter.

    >>> find("정말 재미 있어!").word
    '재미있어'
    >>> find("별로 나쁘지 않다").negated
    True
    """
    places = [i for i, character in enumerate(text) if not character.isspace()]
    # One character each, so that places stay right where lower() makes two of one.
    squeezed = "".join(text[i].lower()[0] for i in places)
    for label, words in ((NEGATIVE, NEGATIVE_WORDS), (POSITIVE, POSITIVE_WORDS)):
        hits = [(squeezed.find(word), -len(word), word) for word in words if word in squeezed]
        if hits:
            at, length, word = min(hits)
            end = at - length
            negated = bool(_NEGATION.search(squeezed[end : end + _REACH]))
            return RuleHit(label, word, places[at], places[end - 1] + 1, negated, False)
    return None
