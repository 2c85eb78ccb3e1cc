"""Results as CSV, XLSX and Parquet, and as pictures."""

from __future__ import annotations

import csv
import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import openpyxl
import polars
import pytest

from engine.core.errors import InputError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.reviews import batch
from engine.reviews.batch import aggregate, charts, result_store
from engine.tables import write as table_file
from tests.engine.batch_files import HEADER, put, reviews, table

ADDED = result_store.COLUMNS


@pytest.fixture
def outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> batch.Outcome:
    monkeypatch.setattr(aggregate, "SAMPLE", 60)
    plan = batch.Plan(table(tmp_path, 90), 1, "날짜", "지점", "instant", label_column="평점")
    return batch.run(plan, tmp_path / "store")


def odd(folder: Path) -> batch.Outcome:
    """Return a batch of cells that a spreadsheet would mistake, with a taken column name."""
    texts = ["=HYPERLINK(1)", "+82 좋아요", "줄\n바꿈", "😂", "", "a\x01b", "가" * 40_000]
    path = folder / "odd.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["판단", "글"], *([str(i), t] for i, t in enumerate(texts))])
    return batch.run(batch.Plan(path, "글", mode="instant"), folder / "odd")


def test_csv_and_parquet_and_xlsx_hold_every_row(outcome: batch.Outcome, tmp_path: Path) -> None:
    for suffix in result_store.SUFFIXES:
        assert outcome.export(tmp_path / f"out{suffix}") == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        by_csv = list(csv.reader(stream))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx", read_only=True).worksheets[0]
    by_xlsx = list(sheet.iter_rows(values_only=True))
    frame = polars.read_parquet(tmp_path / "out.parquet")
    assert tuple(by_csv[0]) == by_xlsx[0] == tuple(frame.columns) == (*HEADER, *ADDED)
    rows = outcome.page(0, 100)
    assert [tuple(row[:5]) for row in by_csv[1:]] == reviews(90)
    assert [row[:5] for row in by_xlsx[1:]] == [row[:5] for row in frame.iter_rows()] == reviews(90)
    for number, row in enumerate(rows):
        assert frame.row(number)[5:7] == (row.label, row.three_way)
        assert frame.row(number)[7] == pytest.approx(row.positive, abs=1e-4)
        assert by_xlsx[number + 1][5:] == frame.row(number)[5:]
        assert [float(cell) for cell in by_csv[number + 1][7:]] == list(frame.row(number)[7:])
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "out.csv", "out.parquet", "out.xlsx", "리뷰.csv",
    ]  # fmt: skip


def test_an_export_can_be_read_as_a_batch_again(outcome: batch.Outcome, tmp_path: Path) -> None:
    for suffix in result_store.SUFFIXES:
        outcome.export(tmp_path / f"out{suffix}")
        again = batch.run(
            batch.Plan(tmp_path / f"out{suffix}", "리뷰", mode="instant"), tmp_path / suffix
        )
        assert [row.positive for row in again.page(0, 100)] == [
            row.positive for row in outcome.page(0, 100)
        ]


def test_formulas_are_texts_and_names_are_told_apart(tmp_path: Path) -> None:
    found = odd(tmp_path)
    assert found.export(tmp_path / "a.csv") == 0
    assert found.export(tmp_path / "a.xlsx") == 1
    found.export(tmp_path / "a.parquet")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][:3] == ["판단", "글", "판단 (마음결)"]
    assert [row[1] for row in rows[1:4]] == ["'=HYPERLINK(1)", "'+82 좋아요", "줄\n바꿈"]
    assert rows[5][2:] == [""] * 5 and len(rows[7][1]) == 40_000
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["B2"].value == "=HYPERLINK(1)" and sheet["B2"].data_type == "s"
    assert len(sheet["B8"].value) == table_file.XLSX_UNITS
    frame = polars.read_parquet(tmp_path / "a.parquet")
    assert frame["글"].to_list()[0] == "=HYPERLINK(1)" and frame["글"].to_list()[5] == "a\x01b"
    assert frame.row(4)[2:] == (None,) * 5


@pytest.mark.parametrize("suffix", result_store.SUFFIXES)
def test_targets_that_cannot_be_written_are_said_so(
    outcome: batch.Outcome, tmp_path: Path, suffix: str
) -> None:
    with pytest.raises(StorageError, match="Cannot save"):
        outcome.export(tmp_path / "none" / f"a{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(StorageError, match="Cannot save"):
        outcome.export(tmp_path / f"folder{suffix}")
    before = put(tmp_path, f"old{suffix}", "old")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        outcome.export(before, progress)
    assert before.read_bytes() == b"old"
    with pytest.raises(InputError, match="Only"):
        outcome.export(tmp_path / "a.pdf")


FULL = """
import resource, signal, sys
from pathlib import Path
from engine.reviews import batch
from engine.core.errors import StorageError
outcome = batch.Outcome(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for target in map(Path, sys.argv[2:]):
    try:
        outcome.export(target)
    except StorageError as error:
        print(error.message.ko)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of the file size")
def test_a_full_disk_leaves_the_old_file(outcome: batch.Outcome, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    targets = [put(folder, f"old{suffix}", "old") for suffix in result_store.SUFFIXES]
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(outcome.folder), *map(str, targets)],
        capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["저장할 수 없어요"] * 3
    assert all(target.read_bytes() == b"old" for target in targets)
    assert sorted(folder.iterdir()) == sorted(targets)


def test_more_rows_than_excel_holds_are_refused_before_writing(
    outcome: batch.Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_file, "XLSX_ROWS", 90)
    with pytest.raises(InputError, match="Excel holds 89 rows"):
        outcome.export(tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    monkeypatch.setattr(table_file, "XLSX_ROWS", 91)
    outcome.export(tmp_path / "a.xlsx")


def test_everything_that_a_summary_has_is_drawn(
    outcome: batch.Outcome, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    written = charts.write(outcome.summary, tmp_path / "그림")
    names = ["distribution", "over_time", "words", "groups"]
    assert [path.stem for path in written] == names
    for path in written:
        picture = cv2.imdecode(np.fromfile(path, dtype=np.uint8), cv2.IMREAD_COLOR)
        assert picture.shape[1] > 1000
        assert len({tuple(p) for p in picture[::9, ::9].reshape(-1, 3)}) > 4
    assert not [str(item.message) for item in recwarn if "Glyph" in str(item.message)]


def test_little_is_drawn_too(outcome: batch.Outcome, tmp_path: Path) -> None:
    bare = dataclasses.replace(
        outcome.summary, over_time=(), groups=(), words_positive=(), words_negative=()
    )
    assert [path.stem for path in charts.write(bare, tmp_path / "a")] == ["distribution"]
    one_side = dataclasses.replace(outcome.summary, words_negative=())
    assert len(charts.write(one_side, tmp_path / "b")) == 4
    emoji = batch.Group("😂 가게", 5, 0.5, 0.25, 3.0)
    assert charts.write(dataclasses.replace(bare, groups=(emoji,)), tmp_path / "c")[-1].exists()


def test_charts_that_cannot_be_saved_are_said_so(outcome: batch.Outcome, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Cannot save"):
        charts.write(outcome.summary, put(tmp_path, "file", "no folder"))


@pytest.mark.parametrize("name", ["결과[1]", "결과*", "a=1"])
@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
def test_a_folder_with_brackets_is_written_to(
    outcome: batch.Outcome, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for suffix in result_store.SUFFIXES:
        outcome.export(folder / f"a[1]{suffix}")
    assert polars.read_parquet(folder / "a[1].parquet", glob=False).height == 90
    assert len(list(folder.iterdir())) == 3
