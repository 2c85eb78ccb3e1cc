"""The label table, the chart, and ``maumgyeol emotions-distribution`` as a shell sees it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from desktop.app import main
from engine.cli import distribution as cli_distribution
from engine.core.errors import InputError, StorageError
from engine.emotions.corpus import codes
from engine.emotions.corpus import distribution as distribution_chart
from engine.emotions.corpus.distribution import HEADER, measure


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Return a table with 60 codes, the first the most frequent."""
    path = tmp_path / "labels.csv"
    rows = [code for number, code in enumerate(codes.NAMES) for _ in range(60 - number)]
    path.write_text("\n".join(["emotion", *rows]), encoding="utf-8")
    return path


def test_the_command_writes_table_and_chart(
    labels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, chart = tmp_path / "표.csv", tmp_path / "그림.png"
    given = ["emotions-distribution", str(labels), "--csv", str(table), "--png", str(chart)]
    assert main.main([*given, "--top", "3", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in printed["top"]] == ["E10", "E11", "E12"]
    assert printed["total"] == 1830 and len(printed["labels"]) == 60
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with table.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert tuple(header) == HEADER and len(rows) == 60
    assert rows[0][:4] == ["E10", "분노", "분노", "60"]
    assert sum(float(row[4]) for row in rows) == pytest.approx(1, abs=1e-4)
    picture = cv2.imdecode(np.fromfile(chart, dtype=np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape[1] > 1000 and len({tuple(p) for p in picture[::9, ::9].reshape(-1, 3)}) > 6


def test_plain_output_lists_the_top_and_the_groups(
    labels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli_distribution.main([str(labels)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 10 + 6
    assert lines[1] == "60\t3.3%\tE10\t분노\t분노"
    assert [line.split("\t")[-1] for line in lines[-6:]] == list(codes.GROUPS)


def test_a_bad_file_in_a_folder_is_named_and_not_fatal(
    labels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = labels.with_name("bad.json")
    bad.write_text("{", encoding="utf-8")
    assert cli_distribution.main([str(labels.parent)]) == 0
    assert "bad.json" in capsys.readouterr().err
    assert cli_distribution.main([str(labels), str(bad)]) == 1
    assert cli_distribution.main([str(bad)]) == 1
    assert "Not valid JSON" in capsys.readouterr().err


def test_a_label_of_half_a_character_can_be_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "odd.json"
    records = [{"profile": {"emotion": {"type": label}}} for label in ("E10", "\ud800")]
    odd.write_text(json.dumps(records), encoding="utf-8")
    assert cli_distribution.main([str(odd), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["skipped"] == 1


@pytest.mark.parametrize("top", ["0", "-1", "61", "x", "²"])
def test_a_bad_number_is_a_bad_command_line(labels: Path, top: str) -> None:
    with pytest.raises(SystemExit) as caught:
        cli_distribution.main([str(labels), "--top", top])
    assert caught.value.code == 2


def test_targets_that_cannot_be_written_are_refused(labels: Path, tmp_path: Path) -> None:
    result = measure([labels])
    with pytest.raises(InputError, match=r"Only \.png"):
        distribution_chart.write(result, tmp_path / "a.jpg")
    with pytest.raises(StorageError, match="Cannot save"):
        distribution_chart.write(result, tmp_path / "none" / "a.png")
    assert cli_distribution.main([str(labels), "--csv", str(tmp_path / "a.txt")]) == 1
    assert cli_distribution.main([str(labels), "--png", str(tmp_path / "none" / "a.png")]) == 1
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["labels.csv"]


def test_one_emotion_and_sixty_fit_on_the_chart(labels: Path, tmp_path: Path) -> None:
    lone = tmp_path / "one.csv"
    lone.write_text("emotion\nE57\n", encoding="utf-8")
    for path, top in ((lone, 10), (labels, 60), (labels, 1)):
        assert distribution_chart.png(measure([path]), top).startswith(b"\x89PNG")


def test_every_name_has_its_glyphs(labels: Path, recwarn: pytest.WarningsRecorder) -> None:
    distribution_chart.png(measure([labels]), 60)
    assert not [str(warning.message) for warning in recwarn if "Glyph" in str(warning.message)]


def test_counting_loads_neither_qt_nor_matplotlib_nor_a_model(labels: Path) -> None:
    code = (
        "import sys; from desktop.app.main import main; status = main(sys.argv[1:]);"
        "bad = [n for n in ('PySide6', 'matplotlib', 'onnxruntime', 'numpy') if n in sys.modules];"
        "sys.exit(str(bad) if bad else status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "emotions-distribution", str(labels)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_usage_names_the_command() -> None:
    assert "emotions-distribution" in main.USAGE
