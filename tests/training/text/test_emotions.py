"""The emotion training runs anywhere on a little data."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from engine.core.errors import InputError
from engine.emotions import LABELS
from engine.text import ngrams
from engine.text import ngrams as ngram_model
from engine.text.ngrams import NgramSpec
from training.evaluate import __main__
from training.text import emotions

WORDS = ("행복해", "슬퍼", "화나", "무서워", "깜짝이야", "더러워", "그렇구나")


def write_tsv(path: Path) -> Path:
    rng = random.Random(0)
    rows = [
        (f"{rng.choice(('오늘', '정말', '나는'))} {rng.randrange(99)} {word}", label)
        for word, label in zip(WORDS, LABELS, strict=True)
        for _ in range(30)
    ]
    lines = ["text\temotion", *(f"{text}\t{label}" for text, label in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_training_makes_a_model_that_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = write_tsv(tmp_path / "a.tsv"), tmp_path / "models"
    monkeypatch.setattr(emotions, "SPEC", NgramSpec((1, 2, 3), (1,), 12))
    assert emotions.main(["--data", str(data), "--out", str(out)]) == 0
    logits = ngram_model.read(out / emotions.FILE).logits(list(map(ngrams.fold, WORDS)))
    assert logits.argmax(axis=1).tolist() == list(range(len(LABELS)))
    report = capsys.readouterr().out
    scores = json.loads(report[report.index("{") :])
    assert scores["n"] > 10 and scores["macro_f1"] > 0.9


def test_evaluation_scores_both_models_together(tmp_path: Path) -> None:
    path = tmp_path / "clear.tsv"
    path.write_text(
        "text\temotion\n너무 무서워서 잠이 안 와\t공포\n오늘 정말 행복하고 감사해\t행복\n",
        encoding="utf-8",
    )
    scores = __main__.evaluate("emotions", [path])
    assert scores["accuracy"] == 1.0
    assert "text-encoder" in str(scores["model"]) and "emotions-ngram" in str(scores["model"])


@pytest.mark.parametrize("content", ["text\temotion\n좋아\t기쁨\n", "a\tb\n1\t2\n", ""])
def test_evaluation_refuses_other_layouts(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        __main__.evaluate("emotions", [path])
