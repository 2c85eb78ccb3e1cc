"""Probes in processes of their own, so that nothing loaded before counts."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(probe: str, *arguments: str, display: str | None = None) -> dict[str, float]:
    """Run ``python -m tests.benchmarks.probes PROBE ARGUMENTS…`` and return its numbers.

    Raises:
        RuntimeError: the probe failed; the message carries what it wrote.
    """
    command = [sys.executable, "-m", "tests.benchmarks.probes", probe, *arguments]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(Path(folder), display),
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    if done.returncode:
        raise RuntimeError(f"{probe}: {done.stderr.strip()[-2000:]}")
    numbers: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return numbers


def environment(folder: Path, display: str | None = None) -> dict[str, str]:
    """Return today's environment with the user's folders in *folder*."""
    env = {**os.environ, "MAUMGYEOL_DATA": str(folder / "data"), "GLOG_minloglevel": "2"}
    env["MAUMGYEOL_CACHE"] = str(folder / "cache")
    env.pop("QT_QPA_PLATFORM", None)
    if display is None:
        env["QT_QPA_PLATFORM"] = "offscreen"
    else:
        env["DISPLAY"] = display
    return env


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that *call* takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def median_seconds(call: Callable[[], object], rounds: int) -> float:
    """Return the median seconds of *rounds* calls, after one that does not count."""
    call()
    return statistics.median(timed(call) for _ in range(rounds))
