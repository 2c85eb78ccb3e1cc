"""Training runs in MLflow: parameters, metrics, versions, the data's hashes, what came out.

Every training script has ``--mlflow URI``. Without it a run goes to the URI in the
environment's ``MAUMGYEOL_MLFLOW``, else to ``sqlite:///out/mlflow.db``; ``off`` logs nothing.
Each call of a script is one run, a resumed training's calls too: their steps go on where
the last call's ended. Nothing leaves the machine unless the URI says so. To look at them, with
all of MLflow (``pip install mlflow``)::

    mlflow ui --backend-store-uri sqlite:///out/mlflow.db
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import math
import os
import platform
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import engine
from engine.core.errors import InputError
from engine.models.manifest import sha256

URI = "sqlite:///out/mlflow.db"
OFF = "off"
_SQLITE = "sqlite:///"
_PACKAGES = ("numpy", "torch", "scikit-learn", "sentencepiece", "onnx", "mlflow-skinny")


class Run:
    """One open run of MLflow."""

    def __init__(self, client: Any, number: str) -> None:
        self._client, self._number = client, number

    def parameters(self, values: Mapping[str, object]) -> None:
        """Log what was asked for."""
        from mlflow.entities import Param

        rows = [Param(name, str(value)[:500]) for name, value in values.items()]
        self._client.log_batch(self._number, params=rows)

    def metrics(self, values: Mapping[str, float], step: int) -> None:
        """Log numbers of one step."""
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        rows = [Metric(name, value, now, step) for name, value in values.items()]
        self._client.log_batch(self._number, metrics=rows)

    def tags(self, values: Mapping[str, str]) -> None:
        """Log versions, hashes and the like."""
        from mlflow.entities import RunTag

        rows = [RunTag(name, value) for name, value in values.items()]
        self._client.log_batch(self._number, tags=rows)

    def end(self, status: str) -> None:
        """Close it as FINISHED or FAILED."""
        self._client.set_terminated(self._number, status)


_open: ContextVar[Run | None] = ContextVar("run", default=None)


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--mlflow`` to a training script's options."""
    parser.add_argument(
        "--mlflow",
        metavar="URI",
        help=f"where the run is logged (default {URI} if MLflow is installed); off: nowhere",
    )


@contextmanager
def logged(
    options: argparse.Namespace, experiment: str, *, name: str = "", data: Sequence[Path] = ()
) -> Iterator[None]:
    """Log what :func:`measured` and :func:`made` are given inside; FAILED after an exception.

    Args:
        options: the script's, with ``mlflow`` of :func:`add_option`; all become parameters.
        data: files that are learned from; their SHA-256 is logged.

    Raises:
        InputError: ``--mlflow URI`` was asked for, and MLflow is not installed or cannot
            use it.
    """
    uri = options.mlflow or os.environ.get("MAUMGYEOL_MLFLOW") or URI
    if uri == OFF:
        yield
        return
    if importlib.util.find_spec("mlflow") is None:
        if options.mlflow:
            raise InputError(
                "MLflow가 설치되어 있지 않아요. pip install -e '.[training]'로 설치하거나 "
                "--mlflow off를 주세요.",
                "MLflow is not installed: pip install -e '.[training]', or give --mlflow off.",
            )
        print("MLflow is not installed (extra 'training'): this run is not logged", flush=True)
        yield
        return
    run = _started(uri, experiment, name or experiment)
    run.parameters({key: value for key, value in vars(options).items() if key != "mlflow"})
    run.tags(_versions() | {f"data.{path.name}.sha256": sha256(path) for path in data})
    token = _open.set(run)
    try:
        yield
    except BaseException:
        run.end("FAILED")
        raise
    else:
        run.end("FINISHED")
    finally:
        _open.reset(token)


def measured(report: Mapping[Any, Any], step: int = 0) -> None:
    """Log the numbers of a report to the open run, if there is one; names nest with points.

    What is no number is left out. A store that refuses them is told of and does not end
    the training.
    """
    run = _open.get()
    if run is None:
        return
    from mlflow.exceptions import MlflowException

    try:
        run.metrics(dict(_numbers(report)), step)
    except MlflowException as error:
        print(f"not logged to MLflow: {error}", flush=True)


def made(*paths: Path) -> None:
    """Log names, sizes and hashes of files that came out to the open run, if there is one."""
    run = _open.get()
    if run is None:
        return
    run.tags({f"made.{path.name}.sha256": sha256(path) for path in paths})
    run.tags({f"made.{path.name}.bytes": str(path.stat().st_size) for path in paths})


def _numbers(report: Mapping[Any, Any], before: str = "") -> Iterator[tuple[str, float]]:
    for key, value in report.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{name}.")
        elif isinstance(value, int | float) and math.isfinite(value):
            yield name, float(value)


def _started(uri: str, experiment: str, name: str) -> Run:
    # MLflow tells its makers of its use unless this is set before it is imported.
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    from mlflow.exceptions import MlflowException
    from mlflow.tracking import MlflowClient

    if uri.startswith(_SQLITE):
        Path(uri.removeprefix(_SQLITE)).parent.mkdir(parents=True, exist_ok=True)
    try:
        client = MlflowClient(tracking_uri=uri, registry_uri=uri)
        found = client.get_experiment_by_name(experiment)
        number = found.experiment_id if found else client.create_experiment(experiment)
        run = client.create_run(number, run_name=name)
    except MlflowException as error:
        raise InputError(
            f"MLflow가 '{uri}'에 기록할 수 없어요. --mlflow를 바꾸거나 off로 끄세요. ({error})",
            f"MLflow cannot log to '{uri}': change --mlflow or give off. ({error})",
        ) from error
    return Run(client, run.info.run_id)


def _versions() -> dict[str, str]:
    found = {"version": engine.__version__, "python": platform.python_version()}
    found["platform"] = platform.platform()
    for name in _PACKAGES:
        try:
            found[f"version.{name}"] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[f"version.{name}"] = "not installed"
    return found | _commit()


def _commit() -> dict[str, str]:
    """Return the checkout's commit; nothing outside a checkout or without git."""
    folder = Path(__file__).parent
    try:
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=False
        )
    except OSError:
        return {}
    return {"commit": done.stdout.strip()} if done.returncode == 0 else {}
