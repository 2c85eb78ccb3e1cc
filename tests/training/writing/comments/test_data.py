"""Training pairs: reading, splitting, varying."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from engine.text.korean.particles import swap_name
from training.writing.comments import data as comments_data
from training.writing.comments.data import Pair, calm_pairs, read_pairs, sentences, split, vary

ROW = {"labels": "기쁨, 나무", "comment": "정말 기쁘시네요! 나무가 멋져요! 🌳"}
PAIR = Pair(("기쁨", "나무"), ROW["comment"])


def test_pairs_are_read_and_written(tmp_path: Path) -> None:
    comments_data.write_pairs(tmp_path / "pairs.json", [PAIR])
    assert read_pairs(tmp_path / "pairs.json") == [PAIR]


@pytest.mark.parametrize("content", ["{}", "[1]", '[{"labels": "기쁨"}]', "no json"])
def test_other_files_are_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "pairs.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError):
        read_pairs(tmp_path / "pairs.json")


def test_the_split_is_stable_and_keeps_equal_rows_together() -> None:
    pairs = [Pair(("기쁨",), f"댓글 {n % 300}") for n in range(600)]
    parts = split(pairs)
    assert sum(map(len, parts.values())) == 600
    assert all(parts.values())
    assert not {p.comment for p in parts["fit"]} & {p.comment for p in parts["report"]}
    assert split(pairs) == parts


def test_the_command_writes_three_files(tmp_path: Path) -> None:
    data = tmp_path / "all.json"
    data.write_text(json.dumps([ROW] * 3, ensure_ascii=False), encoding="utf-8")
    comments_data.main(["--data", str(data), "--out", str(tmp_path / "split")])
    assert sorted(p.name for p in (tmp_path / "split").iterdir()) == [
        "fit.json", "report.json", "stop.json"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "old", "new", "expected"),
    [
        ("나무가 멋져요!", "나무", "책", "책이 멋져요!"),
        ("책을 읽으시네요", "책", "나무", "나무를 읽으시네요"),
        ("창문으로 보여요", "창문", "연필", "연필로 보여요"),
        ("차량이 멋져요", "차", "버스", None),
        ("유모차가 멋져요", "차", "버스", None),
    ],
)
def test_names_are_swapped_with_their_particles(
    comment: str, old: str, new: str, expected: str | None
) -> None:
    assert swap_name(comment, old, new) == expected


def test_varied_pairs_keep_their_expression_and_what_the_comment_names() -> None:
    rng = random.Random(0)
    for _ in range(300):
        varied = vary(PAIR, ("책", "바다"), rng)
        assert varied.labels[0] == "기쁨"
        assert all(label in varied.comment for label in varied.labels[1:])


def test_calm_pairs_have_neither_expression_nor_feeling() -> None:
    assert calm_pairs([PAIR]) == [Pair(("나무",), "나무가 멋져요! 🌳")]


def test_sentences_keep_their_emoji() -> None:
    assert sentences("슬퍼요... 😢 힘내세요!") == ["슬퍼요... 😢", "힘내세요!"]
