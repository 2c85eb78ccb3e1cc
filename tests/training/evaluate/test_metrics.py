"""Metrics against scikit-learn, and the evaluate command's own doors."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learning.metrics import classification_metrics, expected_calibration_error
from training.evaluate import __main__

LABELS = ("a", "b", "c")


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1))
def test_scores_equal_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import precision_recall_fscore_support

    truth, predicted = [t for t, _ in pairs], [p for _, p in pairs]
    ours = classification_metrics(truth, predicted, [1.0] * len(pairs), LABELS)
    there = [label for label in LABELS if label in truth]
    scores = precision_recall_fscore_support(truth, predicted, labels=there, zero_division=0)
    per_class = ours["per_class"]
    assert isinstance(per_class, dict)
    for column, name in enumerate(("precision", "recall", "f1", "support")):
        assert [per_class[label][name] for label in there] == pytest.approx(list(scores[column]))
    assert ours["macro_f1"] == pytest.approx(np.mean(scores[2]))


def test_an_item_without_an_answer_is_wrong_and_counted() -> None:
    scores = classification_metrics(["a", "a", "b"], ["a", None, "b"], [1.0, 0.0, 1.0], LABELS)
    assert scores["accuracy"] == pytest.approx(2 / 3)
    assert scores["unanswered"] == 1
    assert scores["ece"] == 0.0


def test_calibration_error_of_known_cases() -> None:
    assert expected_calibration_error([0.8] * 10, [True] * 8 + [False] * 2) == pytest.approx(0)
    assert expected_calibration_error([0.9] * 10, [False] * 10) == pytest.approx(0.9)
    assert expected_calibration_error([], []) == 0.0


@pytest.mark.parametrize("truth", [[], ["a", "b"]])
def test_sequences_of_other_lengths_are_refused(truth: list[str]) -> None:
    with pytest.raises(ValueError, match="one length"):
        classification_metrics(truth, ["a"], [1.0], LABELS)


def test_the_command_writes_a_table_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "small.tsv"
    rows = ["id\tdocument\tlabel", "1\t정말 재미있어요 최고\t1", "2\t지루하고 별로예요\t0"]
    data.write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "scores.json"
    assert __main__.main(["reviews", "--data", str(data), "--json", str(out)]) == 0
    scores = json.loads(out.read_text(encoding="utf-8"))
    wanted = {"accuracy", "macro_f1", "per_class", "ece", "n", "seconds", "ms_per_item", "model"}
    assert wanted <= set(scores)
    assert (scores["n"], scores["accuracy"]) == (2, 1.0)
    assert "accuracy" in capsys.readouterr().out


@pytest.mark.parametrize("task", list(__main__.TASKS))
def test_data_that_is_not_there_or_of_another_layout(
    task: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odd.txt").write_text("한 줄")
    for name in ("none", "odd.txt"):
        assert __main__.main([task, "--data", str(tmp_path / name)]) == 2
        assert capsys.readouterr().err.startswith("evaluate: ")
