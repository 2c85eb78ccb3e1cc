"""The pattern model agrees with a plain loop over windows, whatever the batch."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.reviews.rules import PatternModel, numbers

KNOWN = np.array(sorted(ord(c) for c in " 가나다ㅋ!"), np.uint32)
WIDTHS = (1, 2, 4)
TEXTS = st.lists(
    st.text(" 가나다ㅋ!x😂", min_size=1, max_size=30).map(lambda text: f" {text} "),
    min_size=1,
    max_size=6,
)


def made(seed: int = 0) -> PatternModel:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(len(KNOWN) + 2, 5)).astype(np.float16)
    vectors[0] = 0
    return PatternModel(
        codes=KNOWN,
        vectors=vectors,
        taps=rng.normal(size=(5, sum(WIDTHS) * 3)).astype(np.float16),
        bias=rng.normal(size=9).astype(np.float32),
        out=rng.normal(size=(9, 2)).astype(np.float32),
        offset=np.array([0.5, -0.5], np.float32),
        widths=WIDTHS,
    )


def by_hand(model: PatternModel, text: str) -> np.ndarray:
    codes = np.array([ord(c) for c in text], np.uint32)
    ids = [*numbers(codes, model.codes).tolist(), 0, 0, 0, 0]
    pooled, at = [], 0
    for width in model.widths:
        windows = [
            sum(model.rows[ids[i + k], at + 3 * k : at + 3 * k + 3] for k in range(width))
            for i in range(len(text))
        ]
        pooled.append(np.max(windows, axis=0))
        at += 3 * width
    return np.maximum(np.concatenate(pooled) + model.bias, 0) @ model.out + model.offset


@settings(deadline=None)
@given(TEXTS)
def test_logits_are_the_best_windows(texts: list[str]) -> None:
    model = made()
    expected = np.array([by_hand(model, text) for text in texts])
    assert np.allclose(model.logits(texts), expected, atol=1e-3)


@settings(deadline=None)
@given(TEXTS)
def test_contributions_add_up_to_the_logits(texts: list[str]) -> None:
    model, head = made(1), np.array([1.0, -0.5], np.float32)
    for text in texts:
        carried = model.contributions(text, head)
        assert carried.shape == (len(text),)
        whole = (model.logits([text])[0] - model.offset) @ head
        assert np.isclose(carried.sum(), whole, atol=1e-3)


def test_long_batches_are_cut_into_pieces_without_a_seam() -> None:
    model = made(2)
    texts = [" 가나다ㅋ가! " * (1 + i % 7) for i in range(3000)]
    together = model.logits(texts)
    assert np.allclose(together[2500:2510], model.logits(texts[2500:2510]), atol=1e-5)
    assert model.logits([]).shape == (0, 2)
