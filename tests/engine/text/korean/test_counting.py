"""Counting in Korean: numerals, counter words, and every class of both detectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.korean.counting import counted, counter, numeral
from engine.text.korean.object_names import COCO, open_images

_COUNTERS = "개 마리 명 대 척 채 권 켤레 벌 자루 그루 송이 잔 병 장 점 곳 가지 문 통 판 접시"


@pytest.mark.parametrize(
    ("name", "n", "said"),
    [
        ("고양이", 2, "고양이 두 마리"),
        ("사람", 1, "사람 한 명"),
        ("나무", 3, "나무 세 그루"),
        ("꽃", 4, "꽃 네 송이"),
        ("차", 5, "차 다섯 대"),
        ("책", 10, "책 열 권"),
        ("신발", 11, "신발 열한 켤레"),
        ("향수", 6, "향수 여섯 병"),
        ("커피", 12, "커피 열두 잔"),
        ("집", 14, "집 열네 채"),
        ("칼", 9, "칼 아홉 자루"),
        ("재킷", 8, "재킷 여덟 벌"),
        ("배", 7, "배 일곱 척"),
        ("비행기", 19, "비행기 열아홉 대"),
        ("사과", 20, "사과 스무 개"),
        ("새", 21, "새 여러 마리"),
    ],
)
def test_things_are_counted_as_one_says_it(name: str, n: int, said: str) -> None:
    assert counted(name, n) == said


def test_every_class_has_a_counter_word_of_the_language() -> None:
    words = {name.counter for name in open_images()} | {counter(ko) for _, ko in COCO}
    assert words == set(_COUNTERS.split())


def test_living_things_are_never_counted_as_things() -> None:
    for english in ("cat", "dog", "horse", "sheep", "cow", "bear", "zebra", "giraffe", "bird"):
        assert counter(dict(COCO)[english]) == "마리"
    assert {counter(name) for name in ("사람", "남자", "여자", "소년", "소녀")} == {"명"}


@given(st.text(max_size=20), st.integers(1, 10**6))
def test_any_name_and_number_can_be_counted(name: str, n: int) -> None:
    said = counted(name, n)
    assert said.startswith(f"{name} {numeral(n)} ")
    assert said.split(" ")[-1]


@given(st.integers(1, 20), st.integers(1, 20))
def test_different_numbers_are_said_differently(a: int, b: int) -> None:
    assert (numeral(a) == numeral(b)) == (a == b)


@pytest.mark.parametrize("n", [0, -1])
def test_nothing_cannot_be_counted(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        counted("고양이", n)
