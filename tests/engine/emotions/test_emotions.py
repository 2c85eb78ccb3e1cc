"""The emotion facade on the shipped model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import emotions
from engine.core import paths
from engine.core.errors import InputError, ModelCorruptError, ModelMissingError
from engine.emotions import FINE_LABELS, LABELS
from engine.models import manifest, store

SHIPPED = paths.models_dir()


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
    assert result.label == label
    assert result.model == " + ".join(
        manifest.entry(name).label for name in ("text-encoder", "emotions-ngram")
    )
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
    assert sorted(item.label for item in result.fine) == sorted(FINE_LABELS)
    chances = [item.probability for item in result.fine]
    assert chances == sorted(chances, reverse=True) and 0 <= chances[-1] <= chances[0] <= 1
    shown = [item.shown for item in result.fine]
    assert shown == sorted(shown, reverse=True)
    json.dumps(result.to_dict())


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
    """A models folder that holds the manifest and the encoder only."""
    shutil.copy(paths.models_dir() / "manifest.toml", tmp_path / "manifest.toml")
    shutil.copytree(paths.models_dir() / "text-encoder", tmp_path / "text-encoder")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    store.forget()
    yield tmp_path
    store.forget()


def test_a_missing_or_damaged_model_is_said_so(other_models: Path) -> None:
    with pytest.raises(ModelMissingError):
        emotions.predict("무서워")
    place = other_models / "emotions-ngram.npz"
    place.write_bytes(b"nothing of the kind")
    with pytest.raises(ModelCorruptError):
        emotions.predict("무서워")
    shutil.copy(SHIPPED / "emotions-ngram.npz", place)
    assert emotions.predict("무서워").label == "공포"


def test_without_the_encoder_emotions_do_not_answer(other_models: Path) -> None:
    shutil.copy(SHIPPED / "emotions-ngram.npz", other_models / "emotions-ngram.npz")
    place = other_models / "text-encoder" / "encoder.onnx"
    place.unlink()
    with pytest.raises(ModelMissingError):
        emotions.predict("무서워")
    place.write_bytes(b"onnx")
    with pytest.raises(ModelCorruptError):
        emotions.explain("무서워")


def test_there_are_43_fine_emotions() -> None:
    assert len(FINE_LABELS) == len(set(FINE_LABELS)) == 43 and "없음" not in FINE_LABELS
    glad = {item.label: item for item in emotions.predict("너무 기쁘고 행복한 하루").fine}
    assert glad["기쁨"].shown and not glad["슬픔"].shown
    assert glad["기쁨"].probability > 2 * glad["화남/분노"].probability


@pytest.mark.parametrize(
    ("text", "word"),
    [("오늘 너무 무서워서 잠이 안 와", "무서"), ("어제는 정말 행복한 하루였어", "행복")],
)
def test_the_words_that_made_the_label_are_named(text: str, word: str) -> None:
    found = emotions.explain(text)
    assert found and all(text[item.start : item.end] == item.text for item in found)
    strongest = max(found, key=lambda item: item.weight)
    assert word in strongest.text and strongest.weight > 0


def test_odd_texts_are_explained_or_refused() -> None:
    for text in ("😂😂", "!!!", "good", "무서워"):
        assert all(text[item.start : item.end] == item.text for item in emotions.explain(text))
    with pytest.raises(InputError):
        emotions.explain("  ")
