"""Files in the reviews tab: read in full, looked at, exported, refused with a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableWidget

from desktop.app.context import AppContext
from desktop.tabs.reviews.tab import ReviewsTab
from engine.reviews import INSTANT
from engine.reviews.batch import Preview, preview
from tests.desktop.reviews_kit import (
    BAD,
    GOOD,
    SHOPS,
    WAIT,
    Bot,
    answered,
    cell,
    click,
    csv_file,
    pick,
    score,
    shop_file,
    show_rows,
    table_file,
    wait_read,
)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_full(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, encoding: str
) -> None:
    reading = score(qtbot, reviews_tab, table_file(tmp_path, encoding=encoding))
    assert (reading.summary.judged, reading.summary.positive) == (40, 20)
    assert "40개" in reviews_tab.findChild(QLabel, "reviewsCounts").text()
    view = show_rows(qtbot, reviews_tab)
    assert view.model().rowCount() == 40
    assert cell(qtbot, reviews_tab, 1, 0) == BAD and cell(qtbot, reviews_tab, 1, 1) == "부정"
    assert view.model().headerData(1, Qt.Orientation.Vertical) == "2"


def test_a_row_is_looked_at_closely(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    view = show_rows(qtbot, reviews_tab)
    middle = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: answered(reviews_tab, BAD), timeout=WAIT)
    assert reviews_tab.one.isVisible()


def save_as(monkeypatch: pytest.MonkeyPatch, target: Path) -> Path:
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: target)
    return target


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_rows_are_exported(
    qtbot: Bot,
    reviews_tab: ReviewsTab,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    outcome = score(qtbot, reviews_tab, table_file(tmp_path)).outcome
    target = save_as(monkeypatch, tmp_path / f"결과{suffix}")
    click(qtbot, reviews_tab, "reviewsExport")
    qtbot.waitUntil(lambda: target.exists() and not reviews_tab.job_bar.isVisible(), timeout=WAIT)
    again: Preview = preview(target)
    assert again.header[:3] == ("번호", "리뷰", "판단")
    assert [row[0] for row in again.rows] == [str(i) for i in range(40)]
    assert [row[1] for row in again.rows[:2]] == [GOOD, BAD]
    assert [row[2] for row in again.rows[:2]] == ["긍정", "부정"]
    assert [float(row[-1]) for row in again.rows] == [row.stars for row in outcome.page(0, 40)]


def test_an_export_that_cannot_be_written_is_said_so(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    save_as(monkeypatch, tmp_path / "no" / "a.csv")
    click(qtbot, reviews_tab, "reviewsExport")
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert "저장할 수 없어요" in reviews_tab.banner.text()
    assert reviews_tab.file.reading is not None


def test_an_unclear_text_column_is_asked_for(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,score\n1,2\n3,4\n", encoding="utf-8")
    reviews_tab.open_paths([path])
    chooser = reviews_tab.findChild(QComboBox, "reviewsColumn")
    qtbot.waitUntil(chooser.isVisible, timeout=WAIT)
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["id", "score"]
    go = reviews_tab.findChild(QPushButton, "reviewsGo")
    assert chooser.currentIndex() == -1 and not go.isEnabled()
    table = reviews_tab.findChild(QTableWidget, "reviewsPreview")
    assert [table.item(1, column).text() for column in range(2)] == ["3", "4"]
    chooser.setCurrentIndex(1)
    click(qtbot, reviews_tab, "reviewsGo")
    reading = wait_read(qtbot, reviews_tab, path)
    assert reading.outcome.columns.text == 1
    click(qtbot, reviews_tab, "reviewsOtherColumn")
    assert chooser.isVisible()


def test_columns_are_guessed_and_can_be_chosen_otherwise(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = shop_file(tmp_path, 60)
    summary = score(qtbot, reviews_tab, path).summary
    assert {group.name for group in summary.groups} == set(SHOPS)
    assert len(summary.over_time) > 1 and summary.scores is not None
    click(qtbot, reviews_tab, "reviewsOtherColumn")
    shown = {
        name: reviews_tab.findChild(QComboBox, name).currentText()
        for name in ("reviewsColumn", "reviewsDateColumn", "reviewsGroupColumn")
    }
    assert list(shown.values()) == ["리뷰", "날짜", "매장"]
    pick(reviews_tab, "reviewsDateColumn", "없음")
    pick(reviews_tab, "reviewsGroupColumn", "라벨")
    pick(reviews_tab, "reviewsLabelColumn", "없음")
    said = reviews_tab.findChild(QLabel, "reviewsSpeed")
    qtbot.waitUntil(lambda: "1초에" in said.text(), timeout=WAIT)
    precise = said.text()
    click(qtbot, reviews_tab, "reviewsMode-instant")
    qtbot.waitUntil(lambda: "1초에" in said.text() and said.text() != precise, timeout=WAIT)
    click(qtbot, reviews_tab, "reviewsGo")
    reading = wait_read(qtbot, reviews_tab, path)
    assert reading.plan.mode == INSTANT
    assert {group.name for group in reading.summary.groups} == {"0", "1"}
    assert reading.summary.over_time == () and reading.summary.scores is None


def test_a_large_file_is_asked_about(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    reviews_tab.open_paths([table_file(tmp_path, rows=30_000)])
    go = reviews_tab.findChild(QPushButton, "reviewsGo")
    qtbot.waitUntil(go.isVisible, timeout=WAIT)
    assert go.isEnabled() and not reviews_tab.file.job.running
    click(qtbot, reviews_tab, "reviewsPreviewBack")
    assert reviews_tab.file.drop.isVisible()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.csv", bytes(range(256)) * 20),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.parquet", b"PAR1broken"),
        ("a.csv", "글,점수\n,1\n ,2\n".encode()),
        ("nowhere/a.csv", None),
        ("folder.csv", None),
    ],
)
def test_bad_files_are_told_in_the_tab(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    elif name == "folder.csv":
        path.mkdir()  # a folder of that name can be opened by nobody
    reviews_tab.open_paths([path])
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert reviews_tab.banner.kind == "warning" and len(reviews_tab.banner.text()) > 5
    assert not reviews_tab.file.progress.isVisible()
    score(qtbot, reviews_tab, table_file(tmp_path, name="good.csv"))
    assert not reviews_tab.banner.isVisible()
    click(qtbot, reviews_tab, "reviewsBack")
    qtbot.waitUntil(lambda: not reviews_tab.context.workers.busy, timeout=WAIT)
    assert not reviews_tab.file.resume.rows  # nothing to go on with is left behind


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root and Windows may read such a file",
)
def test_a_file_without_permission_is_told(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = table_file(tmp_path)
    path.chmod(0)
    reviews_tab.open_paths([path])
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert path.name in reviews_tab.banner.text()


def test_a_file_may_be_dropped(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, drop_files: Callable[..., bool]
) -> None:
    path = table_file(tmp_path)
    click(qtbot, reviews_tab, "reviewsFile")
    assert drop_files(reviews_tab.file.drop, [path])
    wait_read(qtbot, reviews_tab, path)


def test_odd_rows_are_listed_with_their_reasons(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = csv_file(
        tmp_path / "odd.csv",
        ("번호", "리뷰"),
        [(1, GOOD), (2, ""), (3, "가" * 100_001), (4, "nan"), (5, BAD)],
    )
    path.write_bytes(path.read_bytes() + "6,깨진 ".encode() + b"\xff\xfe\n")
    summary = score(qtbot, reviews_tab, path).summary
    assert (summary.judged, summary.skipped, summary.failed) == (3, 2, 1)
    card = reviews_tab.file.results.summary.problems
    assert card.isVisible() and "빈 줄 2" in card.counts.text()
    rows = [card.list.item(row, 0).text() for row in range(card.list.rowCount())]
    assert rows == ["3", "6"] and "너무 긴 줄 1" in card.counts.text()
    show_rows(qtbot, reviews_tab)
    pick(reviews_tab, "reviewsFilter", "판단 없음")
    model = reviews_tab.file.results.rows.model
    qtbot.waitUntil(lambda: model.rowCount() == 3, timeout=WAIT)
    assert cell(qtbot, reviews_tab, 1, 1) == "–"


def test_a_file_comes_back_from_the_history(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, context: AppContext
) -> None:
    path = table_file(tmp_path)
    before = score(qtbot, reviews_tab, path).summary
    (row,) = context.library.history("reviews")
    assert "40개" in row.summary and row.payload["positive"] == 20 == row.payload["negative"]
    click(qtbot, reviews_tab, "reviewsOne")
    path.unlink()  # what was read is still there
    reviews_tab.show_history(row)
    qtbot.waitUntil(reviews_tab.file.results.isVisible, timeout=WAIT)
    again = reviews_tab.file.reading
    assert again is not None and again.summary == before
    forgotten = type(row)(**{**vars(row), "payload": {**row.payload, "store": "gone"}})
    reviews_tab.show_history(forgotten)
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert "파일을 열어 주세요" in reviews_tab.banner.text()


def test_a_data_folder_that_cannot_be_written_is_told(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")  # no folder can be made below a file
    before = os.environ["MAUMGYEOL_DATA"]
    monkeypatch.setenv("MAUMGYEOL_DATA", str(blocked / "data"))
    path = table_file(tmp_path)
    reviews_tab.open_paths([path])
    qtbot.waitUntil(reviews_tab.file.preview.isVisible, timeout=WAIT)
    assert reviews_tab.banner.isVisible() and reviews_tab.banner.kind == "error"
    monkeypatch.setenv("MAUMGYEOL_DATA", before)
    click(qtbot, reviews_tab, "reviewsGo")
    assert wait_read(qtbot, reviews_tab, path).rows == 40
