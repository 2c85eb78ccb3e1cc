"""Hashed n-grams agree with n-grams cut by hand, whatever the batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import ngrams
from engine.text import ngrams as ngram_model
from engine.text.ngrams import NgramModel, NgramSpec

SPEC = NgramSpec(characters=(1, 2, 3), words=(1, 2), bits=12)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.text("가나다 ㅋ!a", max_size=40)


def by_hand(folded: str) -> list[str]:
    """Every n-gram of a folded text as a string, with what kind it is."""
    found = [
        f"c{n}:{folded[i : i + n]}" for n in SPEC.characters for i in range(len(folded) - n + 1)
    ]
    words = folded.split(" ")
    words = [word for word in words if word]
    for size in SPEC.words:
        for i in range(len(words) - size + 1):
            found.append(f"w{size}:{' '.join(words[i : i + size])}")
    return found


@given(st.lists(TEXTS, max_size=6))
def test_every_ngram_is_found_once_per_occurrence(texts: list[str]) -> None:
    folded = [ngrams.fold(text) for text in texts]
    found = ngrams.ngrams(folded, SPEC)
    for row, text in enumerate(folded):
        mine = found.row == row
        expected = by_hand(text)
        assert mine.sum() == len(expected)
        assert len(set(found.bucket[mine].tolist())) <= len(set(expected))
        slices = sorted(text[a:b] for a, b in zip(found.start[mine], found.end[mine], strict=True))
        assert slices == sorted(item.split(":", 1)[1] for item in expected)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_text_has_the_same_features_alone_and_in_a_batch(texts: list[str]) -> None:
    folded = [ngrams.fold(text) for text in texts]
    together = ngrams.matrix(folded, SPEC)
    for row, text in enumerate(folded):
        alone = ngrams.matrix([text], SPEC)
        assert (together[row] != alone).nnz == 0


def test_scores_are_the_matrix_times_the_weights() -> None:
    folded = [
        ngrams.fold(text) for text in ("정말 재미있는 영화", "별로예요", "", "good 영화 ㅋㅋㅋ")
    ]
    weights = np.random.default_rng(0).normal(size=(SPEC.size, 2)).astype(np.float32)
    expected = ngrams.matrix(folded, SPEC) @ weights
    assert np.allclose(ngrams.scores(folded, weights, SPEC), expected, atol=1e-5)


def test_many_texts_are_scored_in_pieces_like_few() -> None:
    texts = [ngrams.fold(f"영화 {i}번째 감상") for i in range(5000)]
    weights = np.random.default_rng(1).normal(size=(SPEC.size, 1)).astype(np.float32)
    scores = ngrams.scores(texts, weights, SPEC)
    assert np.allclose(scores[4500:4510], ngrams.scores(texts[4500:4510], weights, SPEC))


def test_different_ngrams_rarely_share_a_bucket() -> None:
    spec = NgramSpec(characters=(2,), words=(), bits=20)
    found = ngrams.ngrams([" " + "".join(map(chr, range(0xAC00, 0xAC00 + 2000)))], spec)
    assert len(np.unique(found.bucket)) > 0.99 * len(found.bucket)


def test_features_have_length_one() -> None:
    made = ngrams.matrix([ngrams.fold("좋은 영화였어요")], SPEC)
    assert np.isclose(np.sqrt(made.multiply(made).sum()), 1.0)


def test_a_saved_model_answers_as_before(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    weights = (rng.standard_t(3, size=(SPEC.size, 2)) * [1.0, 0.1]).astype(np.float32)
    model = NgramModel(SPEC, weights, np.array([0.5, -0.25], np.float32), {"knots": np.arange(3)})
    path = tmp_path / "model.npz"
    ngram_model.save(path, model)
    again = ngram_model.read(path)
    assert again.spec == SPEC
    assert again.extra["knots"].tolist() == [0, 1, 2]
    folded = [ngrams.fold(f"그 영화는 {word}") for word in ("좋다", "나쁘다", "길다", "짧다")]
    assert np.allclose(again.logits(folded), model.logits(folded), atol=0.02 * weights.max())
    assert np.corrcoef(again.weights[:, 1], weights[:, 1])[0, 1] > 0.999


def test_a_model_of_the_wrong_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    ngram_model.save(path, NgramModel(SPEC, np.ones((7, 1), np.float32), np.zeros(1, np.float32)))
    with pytest.raises(ValueError, match="do not fit"):
        ngram_model.read(path)
