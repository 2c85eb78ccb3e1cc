"""A handful of corrections turns sentences of the same kind, and only those."""

from __future__ import annotations

import numpy as np

from engine import learning, reviews
from engine.jobs import Progress
from engine.library import Library
from engine.reviews import POSITIVE, learn

CORRECTED = [
    "그럭저럭 볼 만하네",
    "킬링타임으로 볼 만",
    "그냥저냥 볼 만했음",
    "뭐 볼 만한 정도",
    "대충 시간 때우기로 볼 만함",
]
UNSEEN = ["이 정도면 그냥저냥 볼 만함", "킬링타임용으로 그럭저럭 볼 만했음"]
OTHERS = ["지루하고 실망스러웠다. 돈이 아깝다", "쓰레기 영화", "정말 재미있어요 최고"]


def chances(texts: list[str], mode: str = reviews.INSTANT) -> list[float]:
    return [result.positive for result in reviews.predict_many(texts, mode=mode)]


def test_the_shipped_head_is_the_model() -> None:
    head, texts = learn.base_head(), CORRECTED + OTHERS
    logits = head.logits(learn.embed([learn.payload(text) for text in texts]))[:, 0]
    assert np.allclose(1 / (1 + np.exp(-logits)), chances(texts), atol=1e-4)


def test_anchors_are_balanced_and_mostly_right() -> None:
    features, truth = learn.anchors()
    assert features.shape == (len(truth), learn.base_head().weights.shape[1])
    assert abs(truth.mean() - 0.5) < 0.02 and len(truth) >= 400
    assert (learn.base_head().classes(features) == truth).mean() > 0.8


def test_corrections_turn_their_kind_and_spare_the_rest(data_env: object) -> None:
    library = Library()
    before = {mode: chances(UNSEEN, mode) for mode in reviews.MODES}
    others = {mode: chances(OTHERS, mode) for mode in reviews.MODES}
    ratings = {mode: _ratings(mode) for mode in reviews.MODES}
    for text in CORRECTED:
        library.add_correction(
            "reviews", learn.payload(text), "부정", POSITIVE, "reviews-ngram 1.0"
        )
    report = learning.retrain(learn, library, Progress())
    assert report.adopted and report.corrections_fitted == 1.0
    assert report.anchors_after >= report.anchors_before - 0.01
    for mode in reviews.MODES:
        after = chances(UNSEEN, mode)
        assert all(new > old for new, old in zip(after, before[mode], strict=True)), mode
        assert np.allclose(chances(OTHERS, mode), others[mode], atol=0.1), mode
        assert all(new >= old for new, old in zip(_ratings(mode), ratings[mode], strict=True))
        for text in CORRECTED + UNSEEN:
            result = reviews.predict(text, explain=False, mode=mode)
            assert result.label == POSITIVE, (mode, text)
            assert result.model.endswith("reviews-ngram 1.0 + 개인 1")
            assert result.three_way != reviews.NEGATIVE
    learning.undo("reviews")
    assert {mode: chances(UNSEEN, mode) for mode in reviews.MODES} == before


def _ratings(mode: str) -> list[float]:
    return [result.rating for result in reviews.predict_many(UNSEEN, mode=mode)]


def test_precise_log_odds_move_as_far_as_the_instant_ones(data_env: object) -> None:
    def log_odds(mode: str) -> np.ndarray:
        chance = np.array(chances(CORRECTED + UNSEEN + OTHERS, mode))
        return np.log(chance) - np.log1p(-chance)

    before = {mode: log_odds(mode) for mode in reviews.MODES}
    library = Library()
    for text in CORRECTED:
        library.add_correction(
            "reviews", learn.payload(text), "부정", POSITIVE, "reviews-ngram 1.0"
        )
    assert learning.retrain(learn, library, Progress()).adopted
    moved = {mode: log_odds(mode) - before[mode] for mode in reviews.MODES}
    assert np.allclose(moved[reviews.INSTANT], moved[reviews.PRECISE], atol=2e-3)
    assert moved[reviews.INSTANT][: len(CORRECTED)].min() > 0.5
    library.close()
