"""``maumgyeol learn`` as a shell sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from desktop.app.main import main as program
from engine import digits
from engine.cli import learn
from engine.core import state
from engine.core.errors import StorageError
from engine.learning import trainer
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
    assert learn.main([*arguments, "--dry-run", "--report", str(tmp_path / "r.html")]) == 0
    said = capsys.readouterr()
    assert "it was a dry run" in said.out and "accuracy\t" in said.out
    assert "unknown class" in said.err and (tmp_path / "r.html").exists()
    assert trainer.versions("digits") == []
    assert learn.main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["version"] == 1 and answer["learned"] == 40 and answer["recommended"]
    assert digits.predict(sign(0)).label == mean


def test_the_shipped_and_earlier_models_can_be_chosen_again(
    data: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    root, mean = data
    assert learn.main(["digits", "--use", "previous"]) == 1
    assert "no earlier choice" in capsys.readouterr().err
    assert learn.main(["digits", "--data", str(root), "--json"]) == 0
    for choice, said in (
        ("shipped", "The shipped model answers now.\n"),
        ("1", "The personal model 1 answers now.\n"),
        ("previous", "The shipped model answers now.\n"),
        ("previous", "The personal model 1 answers now.\n"),
    ):
        capsys.readouterr()
        assert learn.main(["digits", "--use", choice]) == 0
        assert capsys.readouterr().out == said
        assert (digits.predict(sign(0)).label == mean) == ("personal" in said)
    assert learn.main(["digits", "--use", "7"]) == 1
    assert learn.main(["digits", "--versions"]) == 0
    said = capsys.readouterr()
    assert "There is no version 7" in said.err and said.out.startswith("1\tanswers\t")
    assert learn.main(["reviews", "--use", "shipped", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": None}


def test_a_damaged_model_is_told_in_every_output_and_the_shipped_one_answers(
    data: tuple[Path, str], data_env: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, mean = data
    picture = tmp_path / "sign.png"
    write(picture, sign(0))
    shipped = digits.predict(sign(0))
    assert learn.main(["digits", "--data", str(root)]) == 0
    head = data_env / "personal" / "digits" / "v1" / "head.npz"
    np.savez(head, weights=np.full((10, 128), np.nan, np.float32), bias=np.zeros(10, np.float32))
    for arguments in (["--json"], []):
        state.forget_news()
        capsys.readouterr()
        assert program(["predict", "digit", str(picture), *arguments]) == 0
        said = capsys.readouterr()
        assert "v1 of 'digits' is damaged, so the shipped model answers" in said.err
        assert len(said.err.splitlines()) == 1
        if arguments:
            answer = json.loads(said.out)
            assert answer["label"] == shipped.label != mean
            assert answer["model"] == f"{shipped.model} (개인 1 손상)"
    assert program(["learn", "digits", "--use", "shipped"]) == 0
    assert digits.predict(sign(0)).model == shipped.model


@pytest.mark.parametrize("place", ["gone/r.html", "folder.csv", "file/r.csv"])
def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    data: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("in the way")
    report = tmp_path / place
    assert learn.main(["digits", "--data", str(data[0]), "--report", str(report)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and said[0].startswith("maumgyeol: Cannot save")
    assert trainer.versions("digits") == []


def test_a_report_that_fails_at_the_end_leaves_the_old_model(
    data: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("자리가 없어요.", "No space left.")

    monkeypatch.setattr("engine.reports.write.save", full)
    assert learn.main(["digits", "--data", str(data[0]), "--report", str(tmp_path / "r.csv")])
    assert trainer.versions("digits") == [] and trainer.active_version("digits") is None


def test_a_set_without_faces_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "set" / "happy" / "a.png", no_face())
    assert learn.main(["faces", "--data", str(tmp_path / "set")]) == 1
    said = capsys.readouterr().err
    assert "No face was found" in said and "At least 4 usable pictures" in said


@pytest.mark.parametrize("name", ["gone.csv", "empty", "set.zip"])
def test_bad_data_is_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "set.zip").write_bytes(b"PK")
    assert learn.main(["faces", "--data", str(tmp_path / name)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith("maumgyeol: ") and name in said[-1]


def test_a_report_of_another_kind_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    face_folders(tmp_path / "set", [("sad", 1)])
    arguments = ["faces", "--data", str(tmp_path / "set"), "--report", str(tmp_path / "r.doc")]
    assert learn.main(arguments) == 1
    assert "r.doc" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["reviews", "--data", "a"],
        ["faces"],
        ["faces", "--use", "yesterday"],
        ["faces", "--use", "1", "--data", "a"],
        ["faces", "--versions", "--dry-run"],
    ],
)
def test_bad_options_exit_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        learn.main(arguments)
    assert caught.value.code == 2


def test_the_program_knows_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.app.main", "learn", "--help"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "maumgyeol learn" in done.stdout and "--dry-run" in done.stdout
