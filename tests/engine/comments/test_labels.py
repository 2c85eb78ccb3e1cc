"""Labels: which reach the prompt, in which order, and why others do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.comments import labels

HIDDEN = ("인간의 얼굴", "의류", "남자", "여자", "소년", "소녀")


def test_expressions_lead_and_repeats_go() -> None:
    kept, left_out = labels.select(["나무", "기쁨", "나무", "행복", "차"])
    assert kept == ("기쁨", "나무", "차")
    assert left_out == ()


def test_what_says_nothing_is_left_out_with_a_reason() -> None:
    kept, left_out = labels.select([*HIDDEN, "person", "재킷"])
    assert kept == ("재킷",)
    assert [item.label for item in left_out] == [*HIDDEN, "사람"]
    assert all(item.reason.ko and item.reason.en for item in left_out)


@pytest.mark.parametrize(
    ("given_label", "known"),
    [("Cat", "고양이"), ("HAPPY", "기쁨"), ("cell phone", "휴대전화"), (" 바다 ", "바다")],
)
def test_english_and_other_names_are_mapped(given_label: str, known: str) -> None:
    assert labels.select([given_label])[0] == (known,)


def test_sixty_labels_are_cut_and_told() -> None:
    kept, left_out = labels.select([f"물건{n}" for n in range(60)])
    assert kept == tuple(f"물건{n}" for n in range(labels.MAX_LABELS))
    assert len(left_out) == 60 - labels.MAX_LABELS


def test_too_long_neutral_and_letterless_labels_are_left_out() -> None:
    kept, left_out = labels.select(["가나다" * 7, "중립", "😀", "", "  "])
    assert kept == ()
    assert [item.label for item in left_out] == ["가나다" * 7, "중립", "😀"]


def test_one_string_with_commas_counts_as_several() -> None:
    assert labels.select(["기쁨, 나무"])[0] == ("기쁨", "나무")


@given(st.lists(st.text(max_size=30), max_size=80))
def test_any_labels_give_a_clean_prompt(given_labels: list[str]) -> None:
    kept, left_out = labels.select(given_labels)
    assert len(kept) <= labels.MAX_LABELS
    assert len(set(kept)) == len(kept)
    assert not set(kept) & labels.HIDDEN
    assert all(item.to_dict()["reason"] for item in left_out)
