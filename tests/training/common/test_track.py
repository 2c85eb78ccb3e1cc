"""Training runs are logged to MLflow and read back through its own client."""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from devtools import ROOT
from engine.core.errors import InputError
from engine.models.manifest import sha256
from training.common import track

mlflow = pytest.importorskip("mlflow")


def _options(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=3)
    track.add_option(parser)
    return parser.parse_args(argv)


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> str:
    # One store for the module: making its tables takes seconds.
    return f"sqlite:///{tmp_path_factory.mktemp('mlflow').as_posix()}/new/mlflow.db"


def _runs(uri: str, experiment: str) -> list[Any]:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    found = client.get_experiment_by_name(experiment)
    assert found is not None
    return list(client.search_runs([found.experiment_id], order_by=["attributes.start_time"]))


def _history(uri: str, run: Any, name: str) -> list[tuple[int, float]]:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    return [(m.step, m.value) for m in client.get_metric_history(run.info.run_id, name)]


# --- the context manager ---------------------------------------------------------------


def test_a_run_is_read_back_as_it_was_logged(uri: str, tmp_path: Path) -> None:
    data, out = tmp_path / "data.tsv", tmp_path / "model.bin"
    data.write_text("나쁘지 않다\t9\n", encoding="utf-8")
    with track.logged(_options("--mlflow", uri), "one", name="first", data=[data]):
        for step in (1, 2):
            track.measured({"loss": 1 / step, "name": "x", "bad": float("nan")}, step)
        track.measured({"per_label": {"행복": {"f1": 0.5}}, "n": 3})
        out.write_bytes(b"12345")
        track.made(out)
    (run,) = _runs(uri, "one")
    assert run.info.status == "FINISHED" and run.info.run_name == "first"
    assert run.data.params == {"steps": "3"}
    assert _history(uri, run, "loss") == [(1, 1.0), (2, 0.5)]
    assert run.data.metrics == {"loss": 0.5, "per_label.행복.f1": 0.5, "n": 3.0}
    tags = run.data.tags
    assert tags["data.data.tsv.sha256"] == sha256(data)
    assert tags["made.model.bin.sha256"] == sha256(out)
    assert tags["made.model.bin.bytes"] == "5"
    assert tags["version.numpy"] == np.__version__
    assert tags["python"].startswith(f"{sys.version_info[0]}.{sys.version_info[1]}.")


def test_a_training_that_breaks_off_is_marked_failed(uri: str) -> None:
    with (
        pytest.raises(RuntimeError, match="diverged"),
        track.logged(_options("--mlflow", uri), "broken"),
    ):
        track.measured({"loss": 2.0}, 1)
        raise RuntimeError("diverged")
    (run,) = _runs(uri, "broken")
    assert run.info.status == "FAILED" and run.data.metrics == {"loss": 2.0}
    track.measured({"loss": 3.0}, 2)
    assert _runs(uri, "broken")[0].data.metrics == {"loss": 2.0}


def test_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAUMGYEOL_MLFLOW")
    with track.logged(_options("--mlflow", "off"), "none"):
        track.measured({"loss": 1.0})
        track.made(tmp_path / "not-there")
    assert not list(tmp_path.glob("out*"))


def test_the_default_is_a_file_below_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAUMGYEOL_MLFLOW")
    with track.logged(_options(), "default"):
        track.measured({"loss": 1.0})
    assert (tmp_path / "out/mlflow.db").exists()
    assert len(_runs(track.URI, "default")) == 1


@pytest.mark.parametrize("argv", [["--mlflow", "sqlite:///out/m.db"], []])
def test_without_mlflow_asking_for_it_is_an_error_and_not_asking_is_said(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MAUMGYEOL_MLFLOW")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    if argv:
        with pytest.raises(InputError, match="training"), track.logged(_options(*argv), "x"):
            pytest.fail("the training began")
        return
    with track.logged(_options(), "x"):
        track.measured({"loss": 1.0})
    assert "not logged" in capsys.readouterr().out


def test_a_store_that_mlflow_cannot_use_is_an_error() -> None:
    with (
        pytest.raises(InputError, match="--mlflow"),
        track.logged(_options("--mlflow", "nonsense://here"), "x"),
    ):
        pytest.fail("the training began")


def test_mlflow_is_not_imported_to_train_without_it() -> None:
    code = "import sys, training.text.emotions; sys.exit('mlflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT)
    assert done.returncode == 0


def test_nothing_is_told_to_mlflows_makers(uri: str) -> None:
    with track.logged(_options("--mlflow", uri), "quiet"):
        assert os.environ["MLFLOW_DISABLE_TELEMETRY"] == "true"


# --- the scripts -----------------------------------------------------------------------


def test_training_the_emotions_is_logged(
    uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.text.ngrams import NgramSpec
    from training.text import emotions

    monkeypatch.setattr(emotions, "SPEC", NgramSpec(characters=(1, 2), words=(1,), bits=12))
    rng = random.Random(0)
    words = {
        "행복": "기쁘다 웃었다 좋다",
        "슬픔": "눈물 울었다 슬프다",
        "분노": "화난다 열받아 짜증",
    }
    rows = [f"{n} {rng.choice(words[name].split())}\t{name}" for n in range(60) for name in words]
    data = tmp_path / "emotions.tsv"
    data.write_text("\n".join(["text\temotion", *rows]) + "\n", encoding="utf-8")
    argv = ["--data", str(data), "--out", str(tmp_path / "models"), "--mlflow", uri]
    assert emotions.main(argv) == 0
    (run,) = _runs(uri, "emotions-ngram")
    assert run.info.status == "FINISHED"
    assert run.data.params["out"] == str(tmp_path / "models")
    assert 0 < run.data.metrics["accuracy"] <= 1
    made = tmp_path / "models" / emotions.FILE
    assert run.data.tags[f"made.{made.name}.sha256"] == sha256(made)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from training.text.encoder.pack import make

    folder = tmp_path_factory.mktemp("pack")
    path = folder / "data/reviews/reviews_train.tsv.gz"
    path.parent.mkdir(parents=True)
    rng = random.Random(0)
    rows = ["review_id\tmovie_id\trating\ttext"]
    for n in range(400):
        words = rng.choice(("정말 좋아요", "감동이 있다") if n % 2 else ("지루해요", "돈이 아깝다"))
        rows.append(f"{n}\t{n // 2 % 60}\t{10 if n % 2 else 1}\t배우 {n % 17} {words}")
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    make(folder / "data", folder, 300, None, 0)
    return folder / "pack.npz"


TINY = ["--width", "32", "--layers", "1", "--heads", "2", "--tokens", "1024", "--warmup", "2"]


def test_every_step_of_the_encoder_is_logged_and_folds_work_from_the_command_line(
    uri: str, pack: Path, tmp_path: Path
) -> None:
    pytest.importorskip("torch")
    from training.text.encoder import train

    common = ["--data", str(pack), "--out", str(tmp_path), "--mlflow", uri]
    run = [*common, "--steps", "4", "--every", "2"]
    assert train.main(["pretrain", *run, "--name", "t", *TINY]) == 0
    start = ["--start", str(tmp_path / "t.pretrained.pt"), "--warmup", "2", "--batch", "32"]
    for fold in ("0", "1", "2"):
        folds = ["--folds", "3", "--fold", fold, "--name", f"t{fold}"]
        assert train.main(["finetune", *run, *start, *folds]) == 0
        assert train.main(["teach", *common, *folds]) == 0
    runs = _runs(uri, "text-encoder")
    names = ["t pretrain", *(f"t{n} {step}" for n in range(3) for step in ("finetune", "teach"))]
    assert [item.info.run_name for item in runs] == names
    tuned = runs[1]
    assert [step for step, _ in _history(uri, tuned, "loss")] == [2, 4]
    assert tuned.data.params["folds"] == "3" and tuned.data.params["fold"] == "0"
    weights = tmp_path / "t0.finetuned.pt"
    assert tuned.data.tags["made.t0.finetuned.pt.sha256"] == sha256(weights)
    assert tuned.data.tags["data.t.pretrained.pt.sha256"] == sha256(tmp_path / "t.pretrained.pt")
    logged = [json.loads(line) for line in (tmp_path / "t0-finetuned.jsonl").open()]
    assert _history(uri, tuned, "score") == [(row["step"], row["score"]) for row in logged]
    unseen = [np.load(tmp_path / f"t{fold}.answers.npz")["unseen"] for fold in range(3)]
    group = np.load(pack)["group"]
    assert all((seen.sum() < len(group)) and seen[group == 0].all() for seen in unseen)
    assert (np.stack(unseen)[:, group != 0].sum(axis=0) == 1).all()


def test_a_fold_that_is_not_there_is_refused(uri: str, pack: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from training.text.encoder import train

    common = ["--data", str(pack), "--out", str(tmp_path), "--mlflow", "off", "--name", "t"]
    assert train.main(["pretrain", *common, "--steps", "1", *TINY]) == 0
    start = ["--start", str(tmp_path / "t.pretrained.pt"), "--steps", "1"]
    with pytest.raises(ValueError, match="fold 3 of 3"):
        train.main(["finetune", *common, *start, "--folds", "3", "--fold", "3"])
