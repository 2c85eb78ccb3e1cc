"""Batches hold every row once and masks hide whole words, whatever the texts are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("torch")

from engine.text.encoder.layout import FIRST, PAD, SPECIAL
from training.text.encoder import loop as batches
from training.text.encoder.finetune import merged, parts
from training.text.encoder.loop import warm_cosine
from training.text.encoder.pack import Pack

PIECES = 40
TEXTS = st.lists(
    st.lists(st.integers(SPECIAL, PIECES - 1), min_size=1, max_size=30), min_size=1, max_size=20
)


def pack_of(texts: list[list[int]]) -> Pack:
    count = len(texts)
    starts = np.arange(PIECES) % 3 == 0
    starts[:SPECIAL] = True
    return Pack(
        ids=np.array([piece for text in texts for piece in text], np.uint16),
        length=np.array([len(text) for text in texts]),
        group=np.arange(count) % 12,
        rating=np.zeros(count, np.int64),
        emotion=np.full(count, -1),
        kote=np.full((count, 44), -1, np.int8),
        starts=starts,
    )


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.integers(8, 200), st.integers(1, 9), st.integers(0, 3))
def test_a_plan_has_every_row_once(
    texts: list[list[int]], tokens: int, most: int, epoch: int
) -> None:
    width = batches.widths(pack_of(texts), 24)
    rows = np.arange(len(texts))
    plan = batches.plan(rows, width, tokens, most, (0, epoch))
    assert sorted(np.concatenate(plan).tolist()) == rows.tolist()
    for batch in plan:
        assert len(batch) <= most
        assert len(batch) == 1 or len(batch) * width[batch].max() <= tokens
    again = batches.plan(rows, width, tokens, most, (0, epoch))
    assert all(np.array_equal(a, b) for a, b in zip(plan, again, strict=True))


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.integers(1, 40))
def test_gathered_texts_are_the_texts(texts: list[list[int]], longest: int) -> None:
    pack = pack_of(texts)
    ids = batches.gather(pack, pack.begin, np.arange(len(texts)), longest)
    assert ids.shape[1] % batches.STEP == 0
    for row, text in zip(ids, texts, strict=True):
        assert row[0] == FIRST
        assert row[row != PAD].tolist()[1:] == text[:longest]


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.floats(0.05, 0.9), st.integers(0, 5))
def test_masking_hides_whole_words_and_tells_the_truth(
    texts: list[list[int]], share: float, seed: int
) -> None:
    pack = pack_of(texts)
    ids = batches.gather(pack, pack.begin, np.arange(len(texts)), 30)
    masked = batches.mask_words(ids, pack.starts, share, np.random.default_rng(seed))
    chosen = np.zeros(ids.shape, bool)
    chosen.reshape(-1)[masked.at] = True
    assert chosen.any()
    assert not chosen[ids < SPECIAL].any()
    assert np.array_equal(masked.ids[~chosen], ids[~chosen])
    assert np.array_equal(ids[chosen], masked.truth)
    if chosen.sum() > len(texts):
        inside = (ids >= SPECIAL) & ~pack.starts[ids]
        inside[:, :2] = False
        assert np.array_equal(chosen[inside], np.roll(chosen, 1, axis=1)[inside])


def test_folds_partition_what_is_trained_on() -> None:
    pack = pack_of([[5]] * 48)
    left_out = [parts(pack, 3, fold)[1] for fold in range(3)]
    train, stop = parts(pack, 0, 0)
    assert sorted(np.concatenate(left_out).tolist()) == train.tolist()
    assert (pack.group[stop] == 0).all() and (pack.group[train] != 0).all()
    with pytest.raises(ValueError, match="fold 3"):
        parts(pack, 3, 3)


def test_a_text_is_answered_by_the_teachers_that_never_saw_it() -> None:
    one, two = np.full((3, 61), 1, np.float16), np.full((3, 61), 3, np.float16)
    unseen = np.array([True, False, False]), np.array([False, False, True])
    found = merged([(one, unseen[0]), (two, unseen[1])])
    assert found[:, 0].tolist() == [1, 2, 3]


@given(st.integers(1, 100), st.integers(1, 1000), st.integers(0, 3000))
def test_the_rate_stays_between_nothing_and_all(warmup: int, steps: int, step: int) -> None:
    assert 0 < warm_cosine(step, warmup, steps) <= 1


def test_numbers_of_groups_agree() -> None:
    from training.text.encoder.pack import GROUPS
    from training.text.reviews.data import HELD_OUT

    assert GROUPS == HELD_OUT
