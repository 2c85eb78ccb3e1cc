"""Noisy copies and written sentences for the review model."""

from __future__ import annotations

import numpy as np

from training.text.reviews.data import UNCLEAR, extra, phrases

REVIEWS = ["정말 재미있는 영화였어요", "지루하고 재미없어서 졸았다", "그냥 그랬다"] * 40
RATING = np.array([10, 1, 6] * 40)


def test_copies_keep_the_rating_and_change_the_text() -> None:
    more = extra(REVIEWS, RATING, seed=0)
    copies = len(more.texts) - len(set(more.texts) & {text for text, _ in phrases()})
    assert len(more.texts) == len(more.rating) == len(more.clear)
    assert copies > 0
    assert not set(more.texts) & set(REVIEWS)
    assert set(np.unique(more.rating)) <= set(range(1, 11))


def test_sentences_between_the_sides_do_not_count_fully() -> None:
    more = extra(REVIEWS, RATING, seed=0)
    assert not more.clear[np.isin(more.rating, UNCLEAR)].any()
    assert more.clear[more.rating >= 9].all()


def test_the_same_seed_gives_the_same_texts() -> None:
    assert extra(REVIEWS, RATING, seed=3).texts == extra(REVIEWS, RATING, seed=3).texts
    assert extra(REVIEWS, RATING, seed=3).texts != extra(REVIEWS, RATING, seed=4).texts
