"""``maumgyeol report`` as a shell sees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli import report
from engine.reports.scoring import score
from tests.engine import report_sets


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_one_command_writes_a_report(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = report_sets.reviews(tmp_path / "a.tsv"), tmp_path / f"r.{kind}"
    arguments = ["reviews", "--data", str(data), "--out", str(out), "--title", "내 보고서"]
    assert report.main([*arguments, "--limit", "5", "--mode", "instant"]) == 0
    said = capsys.readouterr()
    metrics = score("reviews", [data], 5, mode="instant").metrics()
    assert str(out) in said.out and f"accuracy {metrics['accuracy']:.4f}" in said.out
    assert "100%" in said.err and out.read_bytes()[:5] in (b"%PDF-", b"<!doc")


def test_the_program_knows_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.app.main", "report", "--help"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "maumgyeol report" in done.stdout and "emotions" in done.stdout


@pytest.mark.parametrize("data", ["none.tsv", "empty.tsv", "other.tsv"])
def test_bad_data_is_one_sentence(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.tsv").write_text("")
    (tmp_path / "other.tsv").write_text("a\tb\n1\t2\n")
    out = tmp_path / "r.html"
    assert report.main(["emotions", "--data", str(tmp_path / data), "--out", str(out)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith("maumgyeol: ") and data in said[-1] and not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["comments", "--data", "a", "--out", "r.html"],
        ["reviews", "--out", "r.html"],
        ["reviews", "--data", "a", "--out", "r.html", "--limit", "0"],
        ["reviews", "--data", "a", "--out", "r.html", "--mode", "fast"],
    ],
)
def test_bad_options_exit_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        report.main(arguments)
    assert caught.value.code == 2
