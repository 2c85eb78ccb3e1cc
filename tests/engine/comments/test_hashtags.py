"""Hashtags from labels."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from engine.comments.write.hashtags import suggest

TAG = re.compile(r"#[0-9A-Za-z가-힣_]+")


def test_mood_things_and_families_in_this_order() -> None:
    assert suggest(("행복", "dog", "나무")) == (
        "#행복한순간", "#강아지", "#나무", "#반려동물", "#자연스타그램",
    )  # fmt: skip


def test_persons_give_no_hashtag() -> None:
    assert suggest(("남자", "인간의 얼굴")) == ("#일상기록", "#오늘의사진")


@given(st.lists(st.text(max_size=12), max_size=60), st.integers(0, 8))
def test_any_labels_give_at_most_so_many_well_formed_hashtags(labels: list[str], most: int) -> None:
    tags = suggest(labels, most)
    assert len(tags) <= most and len(set(tags)) == len(tags)
    assert all(TAG.fullmatch(tag) and not tag[1:].isdigit() for tag in tags)
    assert bool(tags) == (most > 0)
