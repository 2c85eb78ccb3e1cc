"""Say how many of a thing a photo has, in a comment that was written without the number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.comments.counting import counted, counter
from engine.comments.labels import canonical
from engine.comments.particles import swap_name

_NUMERAL = "한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|여러"
_SUBJECT = r"(?=(?:이|가|은|는|을|를|도|와|과|이네요|네요)(?![가-힣]))"
_WEAR = (
    "재킷 안경 스카프 넥타이 정장 신발 목걸이 셔츠 드레스 청바지 모자 귀걸이 고글 헬멧 코트 부츠 "
    "선글라스 핸드백 헤드폰 운동복 배낭 시계"
)
WORN = frozenset(_WEAR.split())
"""What a comment says suits the person: nobody is told that three jackets do."""


def read(counts: Mapping[str, int] | None) -> dict[str, int]:
    """Return the counts by the names that the writer knows; those below one are left out."""
    return {canonical(name): n for name, n in (counts or {}).items() if n > 0}


def contradicts(comment: str, counts: Mapping[str, int]) -> bool:
    """Whether a comment says another number of a thing than *counts* has.

    >>> contradicts("고양이 세 마리가 귀여워요!", {"고양이": 2})
    True
    >>> contradicts("고양이들이 귀여워요!", {"고양이": 1})
    True
    >>> contradicts("고양이 두 마리가 귀여워요!", {"고양이": 2})
    False
    """
    return any(_denies(comment, name, n) for name, n in counts.items())


def _denies(comment: str, name: str, n: int) -> bool:
    if n == 1 and re.search(f"{re.escape(name)}들|여러 {re.escape(name)}", comment):
        return True
    word, unit = re.escape(name), re.escape(counter(name))
    said = re.findall(f"{word}[이가은는을를]? ?(?:{_NUMERAL}) ?{unit}", comment)
    said += re.findall(f"(?:{_NUMERAL}) ?{unit}의 {word}", comment)
    return any(counted(name, n).split(" ")[-2] not in text for text in said)


def say(comment: str, counts: Mapping[str, int]) -> str | None:
    """Return the comment with the number of the first thing that allows it, else None.

    It is said where the thing stands once, alone, as what the sentence is about.

    >>> say("고양이가 정말 귀여워요!", {"고양이": 2})
    '고양이 두 마리가 정말 귀여워요!'
    >>> say("고양이 옆에서 쉬고 있네요!", {"고양이": 2}) is None
    True
    """
    for name, n in counts.items():
        alone = comment.count(name) == 1 and re.search(re.escape(name) + _SUBJECT, comment)
        if n < 2 or name in WORN or not alone:
            continue
        said = swap_name(comment, name, counted(name, n))
        if said is not None:
            return said
    return None


def say_once(
    comments: Sequence[str], counts: Mapping[str, int], most: int | None = None
) -> tuple[str, ...]:
    """Return the comments; the first that can say a number, within *most* characters, does.

    >>> say_once(("좋네요!", "책이 많네요!"), {"책": 3})
    ('좋네요!', '책 세 권이 많네요!')
    """
    for index, comment in enumerate(comments):
        said = say(comment, counts)
        if said is not None and (most is None or len(said) <= most):
            return (*comments[:index], said, *comments[index + 1 :])
    return tuple(comments)
