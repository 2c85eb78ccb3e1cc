"""Commands whose streams are in another code page, broken, closed or full."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli import console, predict
from tests.engine.batch_files import BAD, GOOD, put

EMOJI = "최고의 영화 😂👍"
NOT_KOREAN_UTF8 = "정말 재미있어요".encode("cp949")


def run(
    *arguments: str, encoding: str = "utf-8", stdin: bytes = b"", data: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program with its streams in *encoding*."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": os.getcwd()}
    if data is not None:
        env["MAUMGYEOL_DATA"] = str(data)
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments], input=stdin, capture_output=True, env=env
    )


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_an_emoji_ends_no_command_in_another_code_page(tmp_path: Path, encoding: str) -> None:
    listing = put(tmp_path, "글.txt", f"{EMOJI}\n{BAD}\n")
    out = tmp_path / "결과.csv"
    for arguments in (
        ("predict", "reviews", str(listing), "--mode", "instant"),
        ("predict", "comment", "--labels", "기쁨,😂"),
        ("predict", "reviews", str(listing), "--mode", "instant", "--out", str(out)),
        ("--help",),
    ):
        done = run(*arguments, encoding=encoding, data=tmp_path / "data")
        assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0), done.stderr
        assert done.stdout.decode(encoding)
    done = run("predict", "reviews", str(listing), "--mode", "instant", encoding=encoding)
    shown = EMOJI.encode(encoding, "backslashreplace").decode(encoding)
    assert done.stdout.decode(encoding).splitlines()[0].endswith(f"\t{shown}")
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize("encoding", ["cp949", "ascii", "utf-8"])
def test_json_is_json_in_any_code_page(tmp_path: Path, encoding: str) -> None:
    listing = put(tmp_path, "a.txt", f"{EMOJI}\n\nNA\n{GOOD}\n")
    done = run("predict", "reviews", str(listing), "--json", "--mode", "instant", encoding=encoding)
    rows = [json.loads(line) for line in done.stdout.decode(encoding).splitlines()]
    assert [row["input"] for row in rows] == [EMOJI, "", "NA", GOOD]
    assert [row["label"] for row in rows] == ["긍정", "", "", "긍정"]


def test_chat_goes_on_after_a_line_that_is_no_text(tmp_path: Path) -> None:
    lines = [NOT_KOREAN_UTF8, "안녕".encode(), b"\xff\xfe\xfd\x81", "고마워 😂".encode()]
    done = run("chat", "--json", "--seed", "1", stdin=b"\n".join(lines), data=tmp_path)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert [row["said"] for row in rows][::3] == ["정말 재미있어요", "고마워 😂"]
    assert "Line 3 is neither UTF-8 nor CP949" in rows[2]["error"]
    assert all("error" not in row for row in (rows[0], rows[1], rows[3]))


def test_standard_input_is_read_like_a_file(tmp_path: Path) -> None:
    content = NOT_KOREAN_UTF8 + b"\n\n" + GOOD.encode() + b"\nNaN\n\xff\xff\xff\n\n\n"
    path = put(tmp_path, "a.txt", content)
    by_file = run("predict", "reviews", str(path), "--mode", "instant")
    by_pipe = run("predict", "reviews", "--mode", "instant", stdin=content)
    assert by_file.returncode == by_pipe.returncode == 0
    assert by_file.stdout == by_pipe.stdout and len(by_file.stdout.splitlines()) == 5
    assert "standard input, line 5: Some bytes are neither" in by_pipe.stderr.decode()
    assert f"{path}, line 5: Some bytes are neither" in by_file.stderr.decode()
    wide = run("predict", "reviews", "--mode", "instant", stdin=f"{GOOD}\n".encode("utf-16"))
    assert wide.stdout.decode().endswith(f"\t{GOOD}\n")


ROWS = [
    "id,text",
    f"0,{GOOD}",
    "1,",
    "",
    f"2,{BAD}",
    "3,NA",
    '4,"안 닫힌 따옴표',
    '5,"두 줄의',
    '글, 정말 좋아요"',
    "6,null",
    "7,가" + "나" * 100_001,
    "8,좋아요",
]


def test_the_rows_are_the_same_with_and_without_a_file_to_write(
    tmp_path: Path, data_env: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = put(tmp_path, "a.csv", "\n".join(ROWS) + "\n"), tmp_path / "b.csv"
    command = ["reviews", str(path), "--mode", "instant"]
    assert predict.main([*command, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    with out.open(encoding="utf-8-sig", newline="") as stream:
        written = [(row[1], row[2]) for row in csv.reader(stream)][1:]
    assert predict.main([*command, "--json"]) == 1  # one is too long
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert [(row["input"], row.get("label", "")) for row in rows] == written
    assert [bool(label) for _, label in written] == [
        True, False, False, True, False, True, True, False, False, True,
    ]  # fmt: skip
    assert "line 7 (row 6): A quote is never closed" in said
    assert f"{path}, line 7: A quote is never closed" in told.err
    assert predict.main(command) == 1
    assert len(capsys.readouterr().out.splitlines()) == len(written) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and /dev/full")
def test_a_closed_pipe_and_a_full_disk_are_no_tracebacks(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", f"{GOOD}\n" * 3_000)
    command = f"{sys.executable} -m desktop predict reviews {path} --mode instant"
    env = {**os.environ, "PYTHONPATH": os.getcwd()}
    for shell, status in (
        (f"{command} | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}", console.BROKEN_PIPE),
        (f"{command} > /dev/full", 1),
    ):
        done = subprocess.run(["bash", "-c", shell], capture_output=True, env=env)
        assert (done.returncode, b"Traceback" in done.stderr) == (status, False), done.stderr
    assert "the output cannot be written" in done.stderr.decode()
