"""A handful of corrections turns sentences of the same kind, and only those."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from engine import emotions
from engine.core.jobs import Progress
from engine.core.library import Library
from engine.emotions import learn, prediction
from engine.learning import trainer

CORRECTED = [
    "야근하고 집에 가는 길이야",
    "오늘도 야근하고 늦게 퇴근했어",
    "이번 주 내내 야근하고 있어",
    "또 야근하고 막차를 탔어",
    "야근하고 나니 열한 시네",
]
UNSEEN = ["어제도 야근하고 왔어", "야근하고 밥도 못 먹었어"]
OTHERS = [
    "생일 선물을 받아서 정말 행복해",
    "할머니가 돌아가셔서 너무 슬퍼",
    "귀신이 나올까 봐 무서워",
]


def chances(texts: list[str]) -> np.ndarray:
    return np.array([list(r.probabilities.values()) for r in emotions.predict_many(texts)])


def test_the_shipped_head_is_the_shipped_answer(data_env: object) -> None:
    texts = CORRECTED + OTHERS
    head = learn.base_head()
    found = head.probabilities(learn.embed([text.encode() for text in texts]))
    assert np.allclose(found, chances(texts), atol=1e-4)


def test_anchors_hold_every_emotion_as_it_is_answered() -> None:
    features, truth = learn.anchors()
    assert features.shape == (len(truth), learn.base_head().weights.shape[1])
    assert (learn.base_head().classes(features) == truth).all()
    assert len(truth) >= 400 and np.bincount(truth, minlength=7).min() >= 30


def test_corrections_turn_their_kind_and_spare_the_rest(data_env: object) -> None:
    before, others = chances(UNSEEN), emotions.predict_many(OTHERS)
    now = emotions.predict_many(CORRECTED)
    wanted = "분노" if sum(result.label == "분노" for result in now) < 3 else "슬픔"
    library = Library()
    for result in now:
        given = result.text.encode()
        library.add_correction("emotions", given, result.label, wanted, result.model)
    report = trainer.retrain(learn, library, Progress())
    library.close()
    assert report.adopted and report.corrections_fitted == 1.0
    assert report.anchors_after >= report.anchors_before - trainer.RETENTION_TOLERANCE
    for result in emotions.predict_many(CORRECTED):
        assert result.label == wanted and result.model.endswith("emotions-ngram 1.0 + 개인 1")
    at = emotions.LABELS.index(wanted)
    assert (chances(UNSEEN)[:, at] > before[:, at] + 0.05).all()
    for old, new in zip(others, emotions.predict_many(OTHERS), strict=True):
        assert new.label == old.label and new.confidence == pytest.approx(old.confidence, abs=0.1)
    words = {found.text for found in emotions.explain(CORRECTED[0]) if found.weight > 0}
    assert any("야근" in word for word in words)
    trainer.undo("emotions")
    assert np.array_equal(chances(UNSEEN), before)
    assert "개인" not in prediction.model_label()


def test_another_file_of_questions_is_refused(tmp_path: Path) -> None:
    (tmp_path / learn.PAIRS).write_bytes(gzip.compress("하나\t둘\n".encode()))
    with pytest.raises(ValueError, match="1 questions"):
        learn._questions(tmp_path)


def test_no_texts_give_no_answers(data_env: object) -> None:
    assert emotions.predict_many([]) == []
