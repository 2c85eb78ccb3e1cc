"""Noise keeps what a text means to its labels; made-up reviews repeat no held-out sentence."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools import ROOT
from engine.core.errors import InputError
from engine.text.korean.hangul import is_syllable, join, split
from training.evaluate.robustness import read
from training.text.encoder import noise as make_module
from training.text.encoder import pack
from training.text.encoder.noise import NEIGHBOURS, decomposed, keys, made_up, noisy, noisy_copies
from training.text.encoder.pack import Example, encoder_text
from training.text.encoder.pack import make as make_pack
from training.text.negations import frames
from training.text.negations.words import COPULA, STYLES, VERB, predicate

ROBUSTNESS = ROOT / "tests" / "data" / "robustness_reviews.tsv"

TEXTS = st.text(st.sampled_from("가나다라않괜찮있ㅋㅠㅏ a1.!~ 👍영화"), min_size=1, max_size=40)


# --- noise -----------------------------------------------------------------------------


@given(TEXTS | st.text(min_size=1, max_size=40), st.sampled_from([-1, 0, 1]), st.integers(0, 999))
def test_noise_never_empties_a_text_and_is_repeatable(raw: str, side: int, seed: int) -> None:
    text = encoder_text(raw)
    if not text:
        return
    result = noisy(text, side, random.Random(seed))
    assert result and result == encoder_text(result)
    assert result == noisy(text, side, random.Random(seed))


@pytest.mark.parametrize("side", [-1, 0, 1])
def test_noise_changes_ordinary_reviews(side: int) -> None:
    text = "이 영화 정말 재밌어요 너무 좋아요"
    results = {noisy(text, side, random.Random(seed)) for seed in range(200)}
    assert text not in results
    assert len(results) > 100


def test_emoji_agree_with_the_side() -> None:
    def added(side: int) -> set[str]:
        many = "".join(noisy("그 영화 봤다", side, random.Random(seed)) for seed in range(500))
        return {c for c in many if ord(c) > 0x1F000}

    assert added(1) and added(-1) and not added(0)
    assert not added(1) & added(-1)


@given(st.sampled_from("각닭않괜뷁힣가"), st.integers(0, 99))
def test_a_wrong_key_lies_beside_the_right_one(syllable: str, seed: int) -> None:
    before, after = split(syllable), split(keys(syllable, random.Random(seed)))
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) <= 1
    shifted = ("ㄱㄲ", "ㄲㄱ", "ㄷㄸ", "ㅂㅃ", "ㅅㅆ", "ㅆㅅ", "ㅈㅉ")
    assert all(b in NEIGHBOURS.get(a, "") or a + b in shifted for a, b in changed)


def test_decomposed_text_keeps_its_jamo() -> None:
    text = "재미없다"
    whole = "".join("".join(split(c)) for c in text)
    found = {decomposed(text, random.Random(seed)) for seed in range(60)}
    assert whole in found
    parts = {"".join("".join(split(c)) if is_syllable(c) else c for c in item) for item in found}
    assert parts == {whole}


@given(st.integers(0xAC00, 0xD7A3).map(chr))
def test_syllables_split_and_join(syllable: str) -> None:
    assert join(*split(syllable)) == syllable


# --- made-up reviews -------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> list[frames.Made]:
    return frames.generate()


def test_made_up_reviews_are_many_distinct_and_repeatable(made: list[frames.Made]) -> None:
    assert len(made) == frames.COUNT == len({item.text for item in made})
    assert made[:500] == frames.generate(500)
    assert [item.text for item in made[:500]] != [item.text for item in frames.generate(500, 1)]


def test_both_sides_are_as_frequent(made: list[frames.Made]) -> None:
    ratings = np.array([item.rating for item in made])
    assert ratings.min() == 1 and ratings.max() == 10
    assert 0.8 < (ratings <= 4).sum() / (ratings >= 9).sum() < 1.25
    assert 0.05 < ((ratings >= 5) & (ratings <= 8)).mean() < 0.25


def test_no_word_gives_the_side_away(made: list[frames.Made]) -> None:
    for word in ("않", "안 ", "없", "재미있", "재미없", "지루", "줄 알았는데", "기대"):
        sides = np.array([item.rating >= 9 for item in made if word in item.text])
        assert len(sides) > 200 and 0.2 < sides.mean() < 0.8, (word, len(sides), sides.mean())


def _bare(text: str) -> str:
    return "".join(c for c in encoder_text(text) if c.isalnum())


def test_no_made_up_review_is_in_the_robustness_set(made: list[frames.Made]) -> None:
    held_out = {_bare(item.text) for item in read(ROBUSTNESS)}
    assert len(held_out) > 100
    clashes = sum(_bare(item.text) in held_out for item in made)
    assert clashes == 0


@pytest.mark.parametrize(
    ("stem", "kind", "style", "expected"),
    [
        ("지루하", "adjective", "past 네요", "지루했네요"),
        ("아깝", "adjective", "어요", "아까워요"),
        ("나쁘", "adjective", "past 다", "나빴다"),
        ("늘어지", VERB, "다", "늘어진다"),
        ("모르", VERB, "past 어요", "몰랐어요"),
        ("최악", COPULA, "어요", "최악이에요"),
        ("별로", COPULA, "past 음", "별로였음"),
        ("길", "adjective", "네", "기네"),
        ("아니", "adjective", "past 어요", "아니었어요"),
    ],
)
def test_conjugation(stem: str, kind: str, style: str, expected: str) -> None:
    assert style in STYLES
    assert predicate(stem, kind).end(style) == expected


# --- the step --------------------------------------------------------------------------


def test_copies_keep_labels_and_groups_and_leave_the_stop_split_alone() -> None:
    examples = [
        Example(f"영화가 정말 재밌었어요 {n}", n % 12, rating=1 + n % 10) for n in range(3000)
    ] + [Example(f"오늘은 기분이 좋다 {n}", n % 12, kote=(n % 44,)) for n in range(600)]
    copies = list(noisy_copies(examples, 0))
    assert copies == list(noisy_copies(examples, 0)) != list(noisy_copies(examples, 1))
    labels = {(item.group, item.rating, item.kote) for item in examples}
    assert all((item.group, item.rating, item.kote) in labels for item in copies)
    assert not any(item.group == 0 for item in copies)
    clear = sum(item.rating >= 9 or 1 <= item.rating <= 4 for item in copies)
    feeling = sum(item.kote is not None for item in copies)
    assert 0.12 < clear / (3000 * 0.6 * 11 / 12) < 0.18
    assert 0.22 < feeling / (600 * 11 / 12) < 0.38


def test_existence_words_take_neun() -> None:
    assert predicate("재밌").modifier == "재밌는"
    assert predicate("지루하").modifier == "지루한"


def test_made_up_examples_are_rated_only_and_trained_on() -> None:
    found = list(made_up(0, 300))
    assert all(1 <= item.group <= 11 and item.rating and item.kote is None for item in found)
    assert {item.emotion for item in found} == {-1}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data/reviews/reviews_train.tsv.gz"
    path.parent.mkdir(parents=True)
    rows = ["review_id\tmovie_id\trating\ttext"]
    rows += [f"{n}\t{n % 30}\t{1 + n % 10}\t배우 {n}의 연기가 참 좋았어요" for n in range(300)]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return tmp_path / "data"


def test_the_step_appends_to_the_pack(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    from training.text.encoder import train

    monkeypatch.setattr("training.text.negations.frames.COUNT", 200)
    out = tmp_path / "out"
    old = make_pack(data, out, 400, None, 0)
    assert train.main(["noise", "--data", str(data), "--out", str(out)]) == 0
    new = pack.load(out / "noisy.npz")
    rows, tokens = len(old), len(old.ids)
    assert len(new) > rows + 200
    np.testing.assert_array_equal(new.ids[:tokens], old.ids)
    for name in ("length", "group", "rating", "emotion", "kote"):
        np.testing.assert_array_equal(getattr(new, name)[:rows], getattr(old, name))
    assert new.group[rows:].min() >= 1
    assert int(new.length.sum()) == len(new.ids)


def test_a_pack_of_other_texts_is_refused(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_pack(data, out, 400, 100, 0)
    with pytest.raises(InputError, match="pack"):
        make_module.make(data, out, None, 0)
