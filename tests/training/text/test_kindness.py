"""The kindness filter is trained from made comments, and scored on each layout of data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from devtools import ROOT
from engine.core.errors import InputError
from engine.text.ngrams import read
from training.evaluate.__main__ import evaluate, main
from training.text import kindness
from training.text.kindness import NAME, read_labelled

KIND = (
    "배우 연기 정말 좋네요",
    "노래 참 잘하네",
    "오늘 방송 재미있었어요",
    "응원합니다 힘내요",
    "다음 편 기대됩니다",
)
UNKIND = (
    "꼴도 보기 싫다 나가라",
    "역한 인간들 다 사라져라",
    "저런 것들은 혐오스럽다",
    "뻔뻔하고 추하다",
    "한심한 것들 쯧쯧",
)


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    lines = ["comments\tcontain_gender_bias\tbias\thate"]
    for number in range(20):
        lines += [f"{text} {number}\tFalse\tnone\tnone" for text in KIND]
        lines += [f"{text} {number}\tFalse\tothers\t{('hate', 'offensive')[number % 2]}"
                  for text in UNKIND]  # fmt: skip
    path = tmp_path / "train.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_training_tells_the_kinds_apart_and_registers_the_model(
    comments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "models"
    assert kindness.main(["--data", str(comments), "--out", str(out), "--mlflow", "off"]) == 0
    assert NAME in (out / "manifest.toml").read_text(encoding="utf-8")
    model = read(out / "kindness.npz")
    harmless, unkind = model.logits([" 연기 참 좋네요 ", " 역한 것들 사라져라 "])[:, 0]
    assert harmless < 0 < unkind
    printed = capsys.readouterr().out
    report = json.loads(printed[printed.index("{") :])
    assert report["flagged_none"] <= kindness.FALSE_ALARMS and report["flagged_hate"] > 0.9
    assert (out / "kindness.npz").stat().st_size < 3_000_000


def test_data_that_cannot_be_learned_from_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    for text in ("comments\thate\n", "comments\thate\n멋져요\tmaybe\n", "text\n멋져요\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            read_labelled(path)


def test_scores_of_labelled_harmless_and_remarked_texts(comments: Path, tmp_path: Path) -> None:
    scores = evaluate("kindness", [comments], 60)
    assert scores["n"] == 60 and 0 <= scores["recall"] <= 1  # type: ignore[operator]
    friendly = tmp_path / "pairs.json"
    friendly.write_text(json.dumps([{"labels": "기쁨, 나무", "comment": "나무가 멋져요!"}]))
    assert evaluate("kindness", [friendly])["false_alarms"] == 0
    held = ROOT / "tests" / "data" / "kindness_held.tsv"
    assert evaluate("kindness", [held])["recall"] >= 0.9  # type: ignore[operator]


def test_scores_of_tones_come_from_another_analyser(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    said = ["나무가 정말 아름다워요! 🌳", "정말 행복해 보이시네요! 무슨 일이 있으신가요?"]
    path.write_text(json.dumps([{"labels": "기쁨, 나무", "comment": text} for text in said]))
    tones = evaluate("tone", [path])["tones"]
    assert isinstance(tones, dict)
    for tone in ("친근하게", "정중하게"):
        assert tones[tone]["coverage"] == tones[tone]["endings_right"] == 1
        assert tones[tone]["endings"] == 3 and tones[tone]["kept"] > 0.9


def test_a_layout_that_is_none_of_them_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.tsv"
    path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    assert main(["kindness", "--data", str(path)]) == 2
