"""A handful of corrections turns sentences of the same kind, and only those."""

from __future__ import annotations

import numpy as np

from engine import reviews
from engine.core.jobs import Progress
from engine.core.library import Library
from engine.learning import trainer
from engine.reviews import INSTANT, NEGATIVE, POSITIVE, PRECISE, learn

CORRECTED = [
    "그럭저럭 볼 만하네",
    "킬링타임으로 볼 만",
    "그냥저냥 볼 만했음",
    "뭐 볼 만한 정도",
    "대충 시간 때우기로 볼 만함",
]
UNSEEN = ["이 정도면 그냥저냥 볼 만함", "킬링타임용으로 그럭저럭 볼 만했음"]
OTHERS = ["지루하고 실망스러웠다. 돈이 아깝다", "쓰레기 영화", "정말 재미있어요 최고"]


def chances(texts: list[str], mode: str = PRECISE) -> list[float]:
    return [result.positive for result in reviews.predict_many(texts, mode=mode)]


def log_odds(texts: list[str], mode: str) -> np.ndarray:
    chance = np.array(chances(texts, mode))
    return np.log(chance) - np.log1p(-chance)


def correct(library: Library) -> str:
    """Correct all of CORRECTED to the label that most of them do not have; return it."""
    now = reviews.predict_many(CORRECTED)
    positive = sum(result.label == POSITIVE for result in now)
    wanted = NEGATIVE if positive * 2 > len(now) else POSITIVE
    for result in now:
        library.add_correction("reviews", result.text.encode(), result.label, wanted, result.model)
    return wanted


def test_the_shipped_head_is_the_precise_model() -> None:
    head, texts = learn.base_head(), CORRECTED + OTHERS
    logits = head.logits(learn.embed([text.encode() for text in texts]))[:, 0]
    assert np.allclose(1 / (1 + np.exp(-logits)), chances(texts), atol=1e-4)


def test_anchors_are_balanced_and_mostly_right() -> None:
    features, truth = learn.anchors()
    assert features.shape == (len(truth), learn.base_head().weights.shape[1])
    assert abs(truth.mean() - 0.5) < 0.02 and len(truth) >= 400
    assert (learn.base_head().classes(features) == truth).mean() > 0.8


def test_corrections_turn_their_kind_and_spare_the_rest_in_both_modes(data_env: object) -> None:
    every = CORRECTED + UNSEEN + OTHERS
    before = {mode: log_odds(every, mode) for mode in reviews.MODES}
    ratings = [result.rating for result in reviews.predict_many(UNSEEN)]
    others = chances(OTHERS)
    library = Library()
    wanted = correct(library)
    report = trainer.retrain(learn, library, Progress())
    library.close()
    assert report.adopted and report.corrections_fitted == 1.0
    assert report.anchors_after >= report.anchors_before - 0.01
    for result in reviews.predict_many(CORRECTED):
        assert result.label == wanted and result.three_way in (wanted, reviews.NEUTRAL)
        assert result.model.endswith("reviews-ngram 1.0 + 개인 1")
    side = 1 if wanted == POSITIVE else -1
    moved = {mode: side * (log_odds(every, mode) - before[mode]) for mode in reviews.MODES}
    assert np.allclose(moved[INSTANT], moved[PRECISE], atol=2e-3)
    assert moved[PRECISE][: len(CORRECTED + UNSEEN)].min() > 0.1
    assert np.allclose(chances(OTHERS), others, atol=0.1)
    after = [result.rating for result in reviews.predict_many(UNSEEN)]
    assert all(side * (new - old) >= 0 for new, old in zip(after, ratings, strict=True))
    trainer.undo("reviews")
    assert all(np.array_equal(log_odds(every, mode), before[mode]) for mode in reviews.MODES)
