"""The emotion facade on the shipped model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import emotions, models, paths
from engine.emotions import LABELS
from engine.errors import InputError, ModelCorruptError, ModelMissingError


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("너무 무서워서 잠이 안 와", "공포"),
        ("오늘 정말 행복하고 감사한 하루였어", "행복"),
        ("너무 슬퍼서 눈물이 나", "슬픔"),
        ("진짜 화가 나서 참을 수가 없어", "분노"),
        ("헐 깜짝 놀랐어", "놀람"),
        ("더럽고 역겨워", "혐오"),
    ],
)
def test_clear_emotions(text: str, label: str) -> None:
    result = emotions.predict(text)
    assert result.label == label and result.model == "emotions-ngram 1.0"
    assert result.confidence == max(result.probabilities.values())
    json.dumps(result.to_dict())


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    try:
        result = emotions.predict(text)
    except InputError:
        return
    assert tuple(result.probabilities) == LABELS
    assert sum(result.probabilities.values()) == pytest.approx(1.0, abs=1e-6)


def test_many_are_answered_like_one() -> None:
    texts = ["무서워", "행복해", "그냥 그래"] * 300
    many = emotions.predict_many(texts)
    assert [result.text for result in many] == texts
    one = emotions.predict("무서워").probabilities
    assert many[-3].probabilities == pytest.approx(one, abs=1e-5)


def test_empty_text_is_refused() -> None:
    with pytest.raises(InputError):
        emotions.predict(" \n")


@pytest.fixture
def other_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A models folder that holds the manifest only."""
    shutil.copy(paths.models_dir() / "manifest.toml", tmp_path / "manifest.toml")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    models.forget()
    yield tmp_path
    models.forget()


def test_a_missing_or_damaged_model_is_said_so(other_models: Path) -> None:
    with pytest.raises(ModelMissingError):
        emotions.predict("무서워")
    (other_models / "emotions-ngram.npz").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelCorruptError):
        emotions.predict("무서워")
