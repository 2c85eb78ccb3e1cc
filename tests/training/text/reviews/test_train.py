"""The review training runs anywhere on a little data, and evaluation reads what it is given."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import reviews
from engine.core.errors import InputError
from engine.models import manifest, store
from training.evaluate import __main__
from training.text.ngram_logistic import fit_binary, fit_classes, softmax
from training.text.reviews import baselines, train
from training.text.reviews import data as reviews_noise
from training.text.reviews.baselines import OktRecipe
from training.text.reviews.data import phrases, read_rated

GOOD = ("재미있다", "훌륭하다", "감동이다", "좋았다", "추천한다")
BAD = ("지루하다", "최악이다", "실망이다", "별로였다", "아깝다")
FILLER = ("영화가", "배우가", "이야기가", "정말", "그냥", "음악이", "끝이")


def write_tsv(path: Path, rows: int = 600) -> Path:
    rng = random.Random(0)
    lines = ["review_id\tmovie_id\trating\ttext"]
    for number in range(rows):
        rating = rng.choice((1, 2, 3, 4, 6, 7, 8, 9, 10, 10))
        words = GOOD if rng.random() < (rating - 1) / 9 else BAD
        text = " ".join((*rng.sample(FILLER, 2), rng.choice(words)))
        lines.append(f"{number}\t{number % 60}\t{rating}\t{text}")
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
    return path


@pytest.fixture
def trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Path]:
    """Train on made-up reviews and let the engine use the result."""
    data, out = write_tsv(tmp_path / "reviews.tsv.gz"), tmp_path / "models"
    monkeypatch.setattr(train, "SPEC", train.NgramSpec((1, 2, 3), (1,), 12))
    monkeypatch.setattr(reviews_noise, "phrases", lambda: phrases()[::20])
    assert train.main(["--data", str(data), "--out", str(out), "--seed", "1"]) == 0
    report = capsys.readouterr().out
    assert json.loads(report[report.index("{") :])["held_out"] > 0
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(out))
    store.forget()
    yield out
    store.forget()


def test_training_makes_a_model_that_answers(trained: Path, tmp_path: Path) -> None:
    assert manifest.entry("reviews-ngram").version == "1.0"
    given = ["정말 음악이 훌륭하다", "그냥 이야기가 지루하다"]
    good, bad = reviews.predict_many(given, mode=reviews.INSTANT)
    assert good.label == "긍정" and bad.label == "부정" and good.stars > bad.stars
    first = (trained / train.FILE).read_bytes()
    scores = __main__.evaluate("reviews", [tmp_path / "reviews.tsv.gz"], mode=reviews.INSTANT)
    assert scores["balanced_accuracy"] > 0.6 and scores["stars_n"] == 600  # type: ignore[operator]
    assert len(first) < 2_000_000


def test_evaluation_reads_nsmc_and_counts_empty_texts_as_wrong(tmp_path: Path) -> None:
    path = tmp_path / "nsmc.txt"
    path.write_text(
        'id\tdocument\tlabel\n1\t"최고의 영화\t1\n2\t쓰레기 영화\t0\n3\t\t1\n4\t지루해요\t0\n',
        encoding="utf-8",
    )
    scores = __main__.evaluate("reviews", [path])
    assert scores["n"] == 4 and scores["unanswered"] == 1 and scores["accuracy"] == 0.75
    assert "stars_mae" not in scores
    assert __main__.evaluate("reviews", [path], limit=2)["accuracy"] == 1.0


@pytest.mark.parametrize("content", ["a\tb\n1\t2\n", "id\tdocument\tlabel\n1\t좋다\t7\n", ""])
def test_evaluation_refuses_other_layouts(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        __main__.evaluate("reviews", [path])


def test_films_stay_together_when_a_part_is_held_out(tmp_path: Path) -> None:
    read = read_rated(write_tsv(tmp_path / "a.tsv.gz"))
    held = read.held_out
    assert 0 < held.sum() < len(held) / 3
    assert not set(read.film[held].tolist()) & set(read.film[~held].tolist())
    assert len(read_rated(tmp_path / "a.tsv.gz", 50).texts) == 50


def test_the_solvers_find_what_was_put_in() -> None:
    from scipy.sparse import csr_matrix

    rng = np.random.default_rng(0)
    dense = rng.normal(size=(4000, 6)).astype(np.float32)
    true = rng.normal(size=(6, 3))
    labels = np.array([rng.choice(3, p=row) for row in softmax(dense @ true)])
    weight = np.ones(len(labels), np.float32)
    found, _ = fit_classes(csr_matrix(dense), labels, 3, weight, strength=10.0)
    assert np.allclose(
        found - found.mean(axis=1, keepdims=True),
        true - true.mean(axis=1, keepdims=True),
        atol=0.25,
    )
    targets = 1 / (1 + np.exp(-(dense @ true[:, 0] + 0.5)))
    one, bias = fit_binary(csr_matrix(dense), targets.astype(np.float32), weight, strength=100.0)
    assert np.allclose(one, true[:, 0], atol=0.05) and abs(bias - 0.5) < 0.05


def test_the_classic_recipe_learns() -> None:
    texts = [f"정말 {word}" for word in GOOD for _ in range(3)]
    texts += [f"너무 {word}" for word in BAD for _ in range(3)]
    recipe = OktRecipe().fit(texts, ["긍정"] * 15 + ["부정"] * 15)
    assert recipe.predict(["정말 재미있어요", "너무 지루해요"]) == ["긍정", "부정"]


def test_rules_are_measured_against_the_model() -> None:
    texts = ["정말 감동이다", "지루해서 졸았다", "별로 나쁘지 않다", "추천하지 않는 쓰레기 영화"]
    truth = ["긍정", "부정", "긍정", "부정"]
    found = baselines.measure(reviews.predict_many(texts, mode=reviews.INSTANT), truth)
    assert (found["n"], found["fired"], found["negated"]) == (4, 2, 2)
    assert found["rule_accuracy_where_fired"] == 1.0
    assert found["rule_accuracy_where_negated"] == 0.0
