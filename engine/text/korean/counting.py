"""How many of a thing there are, in Korean: native numeral and the right counter word."""

from __future__ import annotations

import functools

from engine.text.korean.object_names import open_images

_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TWENTY = 20
_ANYTHING = "개"
_MORE = {
    "보트": "척", "주차 미터기": "대", "텔레비전": "대", "꽃다발": "다발", "개": "마리",
    "자동차": "대", "아이": "명", "아기": "명", "산": "곳", "강": "줄기",
    "호수": "곳", "바다": "곳", "해변": "곳", "공원": "곳", "다리": "개", "김밥": "줄",
    "떡볶이": "그릇", "라면": "그릇", "치킨": "마리", "나뭇잎": "장", "사진": "장", "그림": "점",
}  # fmt: skip
"""Counter words of names that Open Images does not have."""


@functools.cache
def _words() -> dict[str, str]:
    return {**{name.korean: name.counter for name in open_images()}, **_MORE}


def counter(name: str) -> str:
    """Return the word that things called *name* are counted with.

    A name of several words that is not in the table is counted as its last word is.

    >>> counter("고양이"), counter("나무"), counter("빨간 자전거"), counter("유니콘")
    ('마리', '그루', '대', '개')
    """
    words = _words()
    return words.get(name) or words.get(name.split(" ")[-1], _ANYTHING)


def numeral(n: int) -> str:
    """Return the native numeral that stands before a counter word; above twenty, 여러.

    Raises:
        ValueError: *n* is below 1.

    >>> [numeral(n) for n in (1, 4, 10, 13, 20, 21)]
    ['한', '네', '열', '열세', '스무', '여러']
    """
    if n < 1:
        raise ValueError(f"nothing is counted as {n}")
    if n > _TWENTY:
        return "여러"
    if n == _TWENTY:
        return "스무"
    return ("열" if n >= 10 else "") + _ONES[n % 10]


def counted(name: str, n: int) -> str:
    """Return *n* things called *name* as one says it.

    Raises:
        ValueError: *n* is below 1.

    >>> counted("고양이", 2), counted("책", 3), counted("사람", 60)
    ('고양이 두 마리', '책 세 권', '사람 여러 명')
    """
    return f"{name} {numeral(n)} {counter(name)}"
