"""The built program, copied away from the sources.

Runs where dist/maumgyeol exists (``python dev.py build``), or on the folder that
MAUMGYEOL_PACKAGE names; ``dev.py build`` makes the same trial itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools import display, package

FOLDER = Path(os.environ.get("MAUMGYEOL_PACKAGE") or package.DIST)

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.skipif(
        not package.program(FOLDER).exists(), reason="not built; python dev.py build makes it"
    ),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a copy of the package in a folder with Korean letters and a blank."""
    target = tmp_path_factory.mktemp("package") / "마음결 copy"
    shutil.copytree(FOLDER, target, symlinks=True)
    yield target
    shutil.rmtree(target)


def run(copy: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = package.hiding([str(package.program(copy)), *arguments])
    env = package.clean_environment(copy.parent / "home")
    return subprocess.run(
        command,
        cwd=copy.parent,
        env=env,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_the_selftest_answers_without_the_sources(copy: Path) -> None:
    done = run(copy, "--selftest")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout
    assert not package.fallbacks(done.stdout)


def test_predict_reads_standard_input_and_writes_korean(copy: Path) -> None:
    done = run(copy, "predict", "reviews", "-", "--json", typed="정말 재미있고 감동적이었어요\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["label"] == "긍정"


def test_nothing_of_training_is_inside() -> None:
    inside = FOLDER / "_internal"
    assert not [name for name in package.UNWANTED if (inside / name).exists()]


def test_the_window_opens_every_tab_from_the_copy(copy: Path, tmp_path: Path) -> None:
    if not display.has_xvfb():
        pytest.skip("needs Xvfb")
    env = package.clean_environment(tmp_path / "home")
    package.open_window(package.hiding([str(package.program(copy))]), tmp_path, env)
