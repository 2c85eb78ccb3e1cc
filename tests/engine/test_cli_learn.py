"""``maumgyeol learn`` as a shell sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine import cli_learn, digits, learning
from tests.engine.labelled_sets import face_folders, no_face, sign, sign_folders, write


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, str]:
    """Return a set in which a sign that is no digit is called one, and which."""
    mean = "4" if digits.predict(sign(0)).label != "4" else "9"
    return sign_folders(tmp_path / "set", mean), mean


def test_a_dry_run_changes_nothing_and_a_real_one_answers(
    data: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, mean = data
    write(root / "pigs" / "a.png", sign(1))
    arguments = ["digits", "--data", str(root)]
    assert cli_learn.main([*arguments, "--dry-run", "--report", str(tmp_path / "r.html")]) == 0
    said = capsys.readouterr()
    assert "it was a dry run" in said.out and "accuracy\t" in said.out
    assert "unknown class" in said.err and (tmp_path / "r.html").exists()
    assert learning.versions("digits") == []
    assert cli_learn.main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["version"] == 1 and answer["learned"] == 40 and answer["recommended"]
    assert digits.predict(sign(0)).label == mean


def test_a_set_without_faces_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "set" / "happy" / "a.png", no_face())
    assert cli_learn.main(["faces", "--data", str(tmp_path / "set")]) == 1
    said = capsys.readouterr().err
    assert "No face was found" in said and "At least 4 usable pictures" in said


@pytest.mark.parametrize("name", ["gone.csv", "empty", "set.zip"])
def test_bad_data_is_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "set.zip").write_bytes(b"PK")
    assert cli_learn.main(["faces", "--data", str(tmp_path / name)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith("maumgyeol: ") and name in said[-1]


def test_a_report_of_another_kind_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    face_folders(tmp_path / "set", [("sad", 1)])
    arguments = ["faces", "--data", str(tmp_path / "set"), "--report", str(tmp_path / "r.doc")]
    assert cli_learn.main(arguments) == 1
    assert "r.doc" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["reviews", "--data", "a"], ["faces"]])
def test_bad_options_exit_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli_learn.main(arguments)
    assert caught.value.code == 2


def test_the_program_knows_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.main", "learn", "--help"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "maumgyeol learn" in done.stdout and "--dry-run" in done.stdout
