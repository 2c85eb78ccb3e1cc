"""Choices among comments: they shift the order at once, survive, and can be forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.comments import taste, write
from engine.comments import taste as feedback
from engine.core import state
from engine.core.errors import InputError, StorageError

LABELS = ("기쁨", "강아지")
SHORT = "강아지 귀여워요!"
MIDDLE = "강아지와 함께한 행복한 시간이었네요!"
LONG = "강아지와 함께하는 모습이 정말 행복해 보여서 저까지 기분이 좋아지는 것 같아요!"
OFFERS = (
    (LONG, MIDDLE, SHORT),
    ("나무 아래에서 쉬는 모습이 참 편안하고 여유로워 보이네요!", "나무가 멋져요!"),
    ("커피 한 잔과 함께하는 여유로운 오후가 정말 부러워요!", "커피 맛있겠다!"),
    ("바다를 배경으로 찍은 사진이 그림처럼 아름답게 나왔네요!", "바다 좋네요!"),
)


def choose_short_ones() -> None:
    for offer in OFFERS:
        feedback.record((), offer, min(range(len(offer)), key=lambda i: len(offer[i])))


def order(texts: tuple[str, ...]) -> list[str]:
    worth = feedback.preference(texts, LABELS)
    return [texts[i] for i in np.argsort(-worth, kind="stable")]


def test_nothing_recorded_means_no_preference() -> None:
    assert feedback.preference((LONG, SHORT), LABELS).tolist() == [0.0, 0.0]
    assert feedback.preference((), LABELS).shape == (0,)
    assert feedback.count() == 0
    assert state.take_news() == []


def test_chosen_short_ones_bring_short_ones_to_the_front_until_forgotten() -> None:
    texts = (LONG, MIDDLE, SHORT)
    choose_short_ones()
    assert feedback.count() == len(OFFERS)
    assert order(texts) == [SHORT, MIDDLE, LONG]
    worth = feedback.preference(texts, LABELS)
    assert worth[2] - worth[0] > 0.2
    assert np.abs(worth).max() <= feedback.BOUND
    feedback.forget()
    assert feedback.preference(texts, LABELS).tolist() == [0.0, 0.0, 0.0]
    feedback.forget()


def test_one_choice_counts_at_once_and_the_opposite_one_takes_it_back() -> None:
    feedback.record(LABELS, (LONG, SHORT), 1)
    first = feedback.preference((LONG, SHORT), LABELS)
    assert first[1] > first[0]
    for _ in range(3):
        feedback.record(LABELS, (LONG, SHORT), 0)
    assert order((LONG, SHORT)) == [LONG, SHORT]


def test_an_edited_text_is_preferred_to_all_that_were_offered() -> None:
    for _ in range(3):
        feedback.record(
            LABELS, ("강아지가 참 예쁘네요!", "강아지와 산책해요!"), 0, "강아지 짱 ㅋㅋ"
        )
    assert order(("고양이가 참 예쁘네요!", "고양이 짱 ㅋㅋ"))[0] == "고양이 짱 ㅋㅋ"


def test_an_own_text_needs_no_candidate() -> None:
    assert feedback.record(LABELS, (LONG, MIDDLE), None, SHORT) == 1
    assert order((LONG, SHORT))[0] == SHORT


def test_an_edit_that_changes_nothing_is_a_choice() -> None:
    feedback.record(LABELS, (LONG, SHORT), 1, f" {SHORT} ")
    row = json.loads((feedback._place()).read_text(encoding="utf-8"))["choices"][0]
    assert row["edited"] is None
    assert row["chosen"] == 1


@pytest.mark.parametrize(
    ("candidates", "index", "edited"),
    [
        ((), 0, None),
        ((LONG,), 1, None),
        ((LONG,), -1, None),
        ((LONG,), None, "  "),
        ((), None, "a"),
    ],
)
def test_what_is_no_choice_is_refused(
    candidates: tuple[str, ...], index: int | None, edited: str | None
) -> None:
    with pytest.raises(InputError):
        feedback.record(LABELS, candidates, index, edited)
    assert feedback.count() == 0


def test_choices_survive_a_new_process() -> None:
    choose_short_ones()
    before = feedback.preference((LONG, SHORT), LABELS)
    feedback._STATE._known.clear()
    assert feedback.preference((LONG, SHORT), LABELS) == pytest.approx(before)


def test_old_choices_are_dropped() -> None:
    rows = [{"labels": [], "candidates": ["가", "나"], "chosen": 0, "edited": None}] * 300
    feedback._place().parent.mkdir(parents=True)
    feedback._place().write_text(json.dumps({"version": 1, "choices": rows}), encoding="utf-8")
    assert feedback.record(LABELS, (LONG, SHORT), 1) == feedback.MOST
    assert feedback.count() == feedback.MOST


def kept(**changed: object) -> bytes:
    row = {"labels": [], "candidates": ["가"], "chosen": 0, "edited": None, **changed}
    return json.dumps({"version": 1, "choices": [row]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"version": 0, "choices": []}',
        b"[" * 100_000,
        b'{"version": 1}',
        b'{"version": 1, "choices": [1]}',
        kept(candidates=[]),
        kept(chosen=4),
        kept(chosen=None),
        kept(labels=[3]),
    ],
)
def test_a_damaged_file_is_told_kept_aside_and_begun_anew(content: bytes) -> None:
    place = feedback._place()
    place.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        before = set(place.parent.iterdir())
        place.write_bytes(content)
        assert feedback.preference((LONG, SHORT), LABELS).tolist() == [0.0, 0.0]
        (said,) = state.take_news()
        assert "손상" in said.ko
        (aside,) = {p for p in place.parent.iterdir() if ".damaged-" in p.name} - before
        assert aside.name in said.ko
        assert aside.read_bytes() == content
        assert feedback.count() == 0 and state.take_news() == []
    assert feedback.record(LABELS, (LONG, SHORT), 1) == 1
    assert order((LONG, SHORT))[0] == SHORT


def test_the_choices_of_a_newer_version_are_left_untouched() -> None:
    place = feedback._place()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b'{"version": 9, "choices": {"layout": "another"}}')
    before = place.read_bytes()
    assert feedback.record(LABELS, (LONG, SHORT), 1) == 1 and feedback.count() == 1
    assert place.read_bytes() == before
    (said,) = state.take_news()
    assert "newer version" in said.en and "comment-choices-v1.json" in said.ko
    feedback.forget()
    assert place.read_bytes() == before and feedback.count() == 0


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MAUMGYEOL_DATA", str(tmp_path / "file"))
    with pytest.raises(StorageError):
        feedback.record(LABELS, (LONG, SHORT), 1)
    assert feedback.preference((LONG, SHORT), LABELS).tolist() == [0.0, 0.0]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8), st.data())
def test_any_texts_give_a_bounded_finite_worth(texts: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(texts) - 1))
    learnt = taste.learn([taste.Choice(("나무",), tuple(texts), chosen, None)] * 3)
    worth = learnt.worth(texts, ("나무",))
    assert np.isfinite(worth).all()
    assert worth[chosen] >= worth.mean() - 1e-9


def test_the_features_are_what_they_are_called() -> None:
    row = dict(
        zip(
            taste.FEATURES,
            taste.features(["강아지 귀엽습니다! 😊 어디예요? ㅋㅋ"], LABELS, [SHORT])[0],
            strict=True,
        )
    )
    assert row["emoji"] == 0.5
    assert row["exclamation"] == 0.5
    assert row["question"] == row["formal"] == row["polite"] == row["laughter"] == 1
    assert row["names"] == 0.5
    assert 0 < row["likeness"] < 1


def test_the_writer_follows_at_once_and_as_before_after_forgetting() -> None:
    def first() -> list[str]:
        return [write(LABELS, seed=seed).comments[0] for seed in range(4)]

    before = first()
    choose_short_ones()
    after = first()
    assert sum(map(len, after)) < sum(map(len, before))
    feedback.forget()
    assert first() == before
