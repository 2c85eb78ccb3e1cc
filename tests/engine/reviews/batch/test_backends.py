"""The same answers wherever the chunks are judged."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.core.errors import InputError, ModelMissingError
from engine.core.jobs import Cancelled, Progress
from engine.reviews import batch
from engine.reviews.batch import aggregate, backends, scoring
from engine.reviews.batch.scoring import Answers
from tests.engine.batch_files import table

COUNT = 400


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "CHUNK_ROWS", {"instant": 50, "precise": 20})
    monkeypatch.setattr(aggregate, "SAMPLE", 20)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Return the address of a cluster that runs by itself, as one on other machines would."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        assert cluster.scheduler_address.startswith("tcp://127.0.0.1:")
        yield cluster.scheduler_address


def judged(plan: batch.Plan, store: Path) -> list[batch.ScoredRow]:
    return batch.run(plan, store).page(0, 10**6)


def plan_of(folder: Path, **options: Any) -> batch.Plan:
    path = folder / "리뷰.csv"
    source = path if path.exists() else table(folder, COUNT)
    return batch.Plan(source, "리뷰", **{"mode": "instant", **options})


@pytest.mark.parametrize("mode", ["instant", "precise"])
@pytest.mark.parametrize("backend", ["threads", "dask"])
def test_threads_and_a_cluster_answer_as_this_process_does(
    tmp_path: Path, scheduler: str, backend: str, mode: str
) -> None:
    here = judged(plan_of(tmp_path, mode=mode), tmp_path / "here")
    there = plan_of(tmp_path, mode=mode, backend=backend, jobs=2, scheduler=scheduler)
    assert judged(there, tmp_path / "there") == here and len(here) == COUNT


def test_processes_answer_as_this_one_does(tmp_path: Path) -> None:
    here = judged(plan_of(tmp_path), tmp_path / "here")
    assert judged(plan_of(tmp_path, backend="loky", jobs=2), tmp_path / "there") == here


def test_a_batch_goes_on_in_another_backend(tmp_path: Path, scheduler: str) -> None:
    progress, store = Progress(), tmp_path / "store"

    def stop(summary: batch.BatchSummary) -> None:
        progress.cancel()

    dask = plan_of(tmp_path, backend="dask", scheduler=scheduler)
    with pytest.raises(Cancelled):
        batch.run(dask, store, progress, on_summary=stop)
    stored = len(batch.Outcome(store))
    assert 0 < stored < COUNT
    rows = judged(plan_of(tmp_path), store)
    assert [row.cells[0] for row in rows] == [str(i) for i in range(COUNT)]


def test_a_scheduler_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backends, "CONNECT_SECONDS", 1)
    plan = plan_of(tmp_path, backend="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(InputError, match=r"Cannot reach the Dask scheduler tcp://127\.0\.0\.1:9"):
        batch.run(plan, tmp_path / "store")
    with pytest.raises(InputError, match="Cannot reach"):
        batch.run(plan_of(tmp_path, backend="dask", scheduler="nonsense"), tmp_path / "store")


def test_a_backend_that_is_unknown_or_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Unknown backend spark"):
        batch.run(plan_of(tmp_path, backend="spark"), tmp_path / "store")
    if importlib.util.find_spec("ray"):
        pytest.skip("ray is installed here")
    with pytest.raises(InputError, match="pip install ray"):
        batch.run(plan_of(tmp_path, backend="ray"), tmp_path / "store")


def test_the_packaged_program_starts_no_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    with pytest.raises(InputError, match="packaged program cannot start workers"):
        batch.run(plan_of(tmp_path, backend="loky"), tmp_path / "store")


def test_ray_answers_as_this_process_does(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    here = judged(plan_of(tmp_path), tmp_path / "here")
    assert judged(plan_of(tmp_path, backend="ray", jobs=2), tmp_path / "there") == here


def test_a_worker_with_another_model_is_not_believed() -> None:
    answers = Answers([2], [0.9], [4.5], "reviews 0.9")
    scoring.check_worker(answers, "reviews 0.9")
    with pytest.raises(InputError, match=r"reviews 0\.9 instead of reviews 1\.0"):
        scoring.check_worker(answers, "reviews 1.0")


def test_workers_that_never_answer_do_not_hold_a_cancelled_batch() -> None:
    never, progress = threading.Event(), Progress()
    threading.Timer(0.2, progress.cancel).start()
    with pytest.raises(Cancelled):
        backends._awaited(lambda: [Answers([], [], [], "")] * never.wait(60), progress)
    never.set()


def test_a_worker_that_dies_is_a_sentence(tmp_path: Path, scheduler: str) -> None:
    dask = plan_of(tmp_path, backend="dask", scheduler=scheduler)
    with (
        backends.judge(dask) as (judge, _),
        pytest.raises(InputError, match="A worker failed") as caught,
    ):
        judge([[1]], Progress())  # type: ignore[list-item]
    assert "이어서" in caught.value.message.ko


@pytest.mark.parametrize("backend", ["threads", "dask"])
def test_an_error_of_a_worker_is_a_sentence(
    tmp_path: Path, scheduler: str, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(tmp_path, backend=backend, scheduler=scheduler, jobs=2)
    with backends.judge(plan) as (judge, width):
        assert width >= 2
        assert [len(a.verdict) for a in judge([["좋아요"], ["나빠요", "보통"]], Progress())] == [
            1,
            2,
        ]
        monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
        from engine.models import store as models

        models.forget()
        with pytest.raises(ModelMissingError):
            list(judge([["좋아요"], ["나빠요"]], Progress()))
    models.forget()
