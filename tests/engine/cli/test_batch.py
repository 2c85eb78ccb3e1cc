"""``maumgyeol predict reviews FILE --out RESULT`` as a shell sees it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import main
from engine.cli import batch as cli_batch
from engine.cli import console
from engine.core.errors import Message, StorageError
from engine.reviews import batch
from engine.reviews.batch import aggregate
from tests.engine.batch_files import put, table


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregate, "SAMPLE", 40)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_file_becomes_a_table_and_charts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data_env: Path
) -> None:
    source, out = table(tmp_path, 120), tmp_path / "결과.csv"
    given = ["predict", "reviews", str(source), "--out", str(out), "--mode", "instant"]
    given += [
        "--date",
        "날짜",
        "--group",
        "지점",
        "--label",
        "5",
        "--charts",
        str(tmp_path / "그림"),
    ]
    assert main.main([*given, "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["judged"], summary["scores"]["accuracy"]) == (120, 1.0)
    assert sum(period["judged"] for period in summary["over_time"]) == 120
    assert summary["time_unit"] == "week" and len(summary["groups"]) == 3
    assert len(rows(out)) == 121 and rows(out)[0][:2] == ["번호", "리뷰"]
    assert len(list((tmp_path / "그림").glob("*.png"))) == 4
    assert not list((data_env / "batches").iterdir()), "nothing is left of a finished batch"


def test_the_summary_is_for_people_without_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = "글,평점\n" + "정말 최고의 영화,5\n,5\n돈이 아깝다,모름\n" * 9
    source = put(tmp_path, "a.csv", content, "cp949")
    given = ["reviews", str(source), f"--out={tmp_path / 'a.parquet'}", "--mode=instant"]
    assert main.main(["predict", *given, "--label", "평점", "--group", "평점"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("27 rows: 18 judged, 9 blank, 0 too long\n")
    assert "accuracy 1.0000 of 9 rows, 0 without a label, 9 not understood (모름)" in said


INTERRUPTED = """
import sys
from engine.reviews import batch; from engine.cli import predict as cli
from engine.reviews.batch import scoring; from engine.reviews.batch import aggregate as words
scoring.CHUNK_ROWS = {"instant": 20, "precise": 20}
words.SAMPLE = 40
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_keeps_the_work_and_resume_goes_on(tmp_path: Path, data_env: Path) -> None:
    source, out = table(tmp_path, 4_000), tmp_path / "out.csv"
    command = [sys.executable, "-c", INTERRUPTED, "reviews", str(source), "--out", str(out)]
    command += ["--mode", "instant"]
    env = {**os.environ, "PYTHONPATH": os.getcwd()}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env)
    store = batch.store_for(batch.Plan(source, mode="instant"))
    while not store.exists() or not stored(store):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == console.STOPPED and "--resume goes on" in said
    left = stored(store)
    assert 0 < left < 4_000 and not out.exists()
    again = subprocess.run([*command, "--resume"], capture_output=True, text=True, env=env)
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("4,000 rows: 4,000 judged")
    assert [row[0] for row in rows(out)[1:]] == [str(i) for i in range(4_000)]
    assert not store.exists()


def stored(store: Path) -> int:
    try:
        outcome = batch.Outcome(store)
    except StorageError:
        return 0
    found = len(outcome)
    outcome.close()
    return found


def test_a_result_that_cannot_be_saved_keeps_the_judgements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, store = table(tmp_path, 60), tmp_path / "store"
    given = [str(source), "--mode", "instant", "--store", str(store), "--out"]
    (tmp_path / "taken.csv").mkdir()
    assert cli_batch.main([*given, str(tmp_path / "taken.csv")]) == 1
    assert "Cannot save" in capsys.readouterr().err
    assert batch.Outcome(store).finished
    assert cli_batch.main([*given, str(tmp_path / "a.csv"), "--resume"]) == 0
    assert len(rows(tmp_path / "a.csv")) == 61 and not store.exists()


def test_without_resume_a_batch_starts_anew(tmp_path: Path) -> None:
    source, store = table(tmp_path, 60), tmp_path / "store"
    batch.run(batch.Plan(source, "리뷰", mode="instant"), store)
    table(tmp_path, 80)
    given = [str(source), "--mode", "instant", "--store", str(store), "--column", "2"]
    assert cli_batch.main([*given, "--resume", "--out", str(tmp_path / "a.csv")]) == 1
    assert cli_batch.main([*given, "--out", str(tmp_path / "a.csv")]) == 0
    assert len(rows(tmp_path / "a.csv")) == 81


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv", "--out", "a.csv"], "Cannot open"),
        (["a.csv", "--out", "b.pdf"], "Only .csv, .xlsx or .parquet"),
        (["a.csv", "--out", "none/b.csv"], "Cannot save none/b.csv"),
        (["a.csv", "--out", "b.csv", "--date", "없음"], "no column '없음'"),
        (["a.csv", "--out", "b.csv", "--backend", "dask", "--scheduler", "x"], "Cannot reach"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data_env: Path,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "a.csv", "글\n좋아요\n나빠요\n")
    assert cli_batch.main([*arguments, "--mode", "instant"]) == 1
    assert said in capsys.readouterr().err
    assert not [store for store in (data_env / "batches").glob("*") if stored(store)]


@pytest.mark.parametrize(
    "arguments",
    [["a.csv"], ["--out", "a.csv"], ["a.csv", "--out", "b.csv", "--jobs", "0"],
     ["a.csv", "--out", "b.csv", "--backend", "spark"]],
)  # fmt: skip
def test_a_bad_command_line_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli_batch.main(arguments)
    assert caught.value.code == 2


def test_the_help_names_ray_and_dask(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["predict", "reviews", "--out", "x", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "pip install ray" in said and "distributed" in said and "--resume" in said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_progress_line_is_one_line_on_a_terminal() -> None:
    stream = Terminal()
    line = cli_batch._ProgressLine(stream)
    line._every = 0.0
    line.report(0.25, Message("읽음", "10 rows read."))
    line.report(0.5, None)
    line.report(1.0, Message("읽음", "20 rows read."))
    line.end()
    assert stream.getvalue().count("\n") == 1 and stream.getvalue().count("\r") == 2
    assert "10 rows read. 25%, 0:00, about 0:00 left" in stream.getvalue()
