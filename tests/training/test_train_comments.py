"""The comment writer's training runs from data to a model that answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import models
from engine.comments import generate
from training import train_comments

pytest.importorskip("torch")
pytest.importorskip("transformers")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write two hundred made-up comments."""
    things = ("나무", "바다", "모자", "책", "우산")
    feelings = {"기쁨": "정말 기뻐 보이시네요!", "슬픔": "슬퍼 보이시네요."}
    rows = [
        {"labels": f"{feeling}, {thing}", "comment": f"{words} {thing} 사진 {n}번도 멋져요! 😊"}
        for n in range(20)
        for thing in things
        for feeling, words in feelings.items()
    ]
    path = tmp_path / "comments.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def test_training_makes_a_model_that_writes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "models"
    options = ["--data", str(data), "--out", str(out), "--epochs", "2", "--width", "32"]
    assert train_comments.main([*options, "--pieces", "700"]) == 0
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(out))
    models.forget()
    writer = generate.writer()
    assert writer.folder == str(out / "comments-t5")
    assert "나무" in writer.names
    assert writer.pieces.decode(writer.pieces.encode("기쁨, 나무 ★漢")) == "기쁨, 나무 ★漢"
    assert isinstance(generate.candidates(("기쁨", "나무"), generate.Sampling(4, 1.0), 0), list)
    models.forget()


def test_object_names_come_from_label_sets_beside_the_data(data: Path) -> None:
    (data.parent / "label_sets.txt").write_text("기쁨, 풍차\n남자, 등대\n", encoding="utf-8")
    names = train_comments.object_names(data)
    assert {"풍차", "등대"} <= set(names)
    assert not {"기쁨", "남자", "사람"} & set(names)
