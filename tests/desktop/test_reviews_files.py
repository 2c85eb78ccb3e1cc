"""Files in the reviews tab: scored in full, looked at, exported, refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QTableView

from desktop.tabs.reviews import ReviewsTab
from engine.reviews import tables
from tests.desktop.reviews_kit import (
    BAD,
    WAIT,
    Bot,
    answered,
    click,
    score,
    table_file,
)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_scored_in_full(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, encoding: str
) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path, encoding=encoding))
    view = reviews_tab.findChild(QTableView, "reviewsTable")
    assert view.isVisible() and view.model().rowCount() == 40
    assert view.model().index(1, 1).data() == "부정"
    assert "40개" in reviews_tab.file._counts.text()
    reviews_tab.findChild(QComboBox, "reviewsFilter").setCurrentIndex(1)
    assert view.model().rowCount() == 20
    reviews_tab.file.search.setText("없는 말")
    assert view.model().rowCount() == 0
    reviews_tab.file.search.clear()
    view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert view.model().rowCount() == 20


def test_a_row_is_looked_at_closely(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    view = reviews_tab.findChild(QTableView, "reviewsTable")
    middle = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: answered(reviews_tab, BAD), timeout=WAIT)
    assert reviews_tab.one.isVisible()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_scores_are_exported(
    qtbot: Bot,
    reviews_tab: ReviewsTab,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    target = tmp_path / f"결과{suffix}"
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: target)
    click(qtbot, reviews_tab, "reviewsExport")
    qtbot.waitUntil(lambda: target.exists() and not reviews_tab.job_bar.isVisible(), timeout=WAIT)
    again = tables.read_table(target)
    assert again.header == ("번호", "리뷰", "판단", "확률", "별점")
    assert again.rows[0][2] == "긍정" and again.rows[1][2] == "부정" and len(again.rows) == 40


def test_an_export_that_cannot_be_written_is_said_so(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: tmp_path / "no" / "a.csv")
    click(qtbot, reviews_tab, "reviewsExport")
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert "저장할 수 없어요" in reviews_tab.banner.text()
    assert reviews_tab.file.scored is not None


def test_an_unclear_text_column_is_asked_for(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,score\n1,2\n3,4\n", encoding="utf-8")
    reviews_tab.open_paths([path])
    chooser = reviews_tab.findChild(QComboBox, "reviewsColumn")
    qtbot.waitUntil(chooser.isVisible, timeout=WAIT)
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["id", "score"]
    chooser.setCurrentIndex(1)
    click(qtbot, reviews_tab, "reviewsGo")
    qtbot.waitUntil(lambda: reviews_tab.file.scored is not None, timeout=WAIT)
    assert reviews_tab.file.scored is not None and reviews_tab.file.scored.column == 1
    click(qtbot, reviews_tab, "reviewsOtherColumn")
    assert chooser.isVisible()


def test_scoring_can_be_cancelled(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    reviews_tab.open_paths([table_file(tmp_path, rows=120_000)])
    cancel = reviews_tab.job_bar.findChild(QPushButton, "jobCancel")
    qtbot.waitUntil(lambda: cancel.isVisible() and cancel.isEnabled(), timeout=WAIT)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not reviews_tab.job_bar.isVisible(), timeout=WAIT)
    assert reviews_tab.file.scored is None
    score(qtbot, reviews_tab, table_file(tmp_path, name="b.csv"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.csv", bytes(range(256)) * 20),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.csv", "글,점수\n,1\n ,2\n".encode()),
    ],
)
def test_bad_files_are_told_in_the_tab(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    reviews_tab.open_paths([path])
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert reviews_tab.banner.kind == "warning" and len(reviews_tab.banner.text()) > 5
    score(qtbot, reviews_tab, table_file(tmp_path, name="good.csv"))
    assert not reviews_tab.banner.isVisible()


def test_a_file_may_be_dropped(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, drop_files: Callable[..., bool]
) -> None:
    click(qtbot, reviews_tab, "reviewsFile")
    assert drop_files(reviews_tab.file._drop, [table_file(tmp_path)])
    qtbot.waitUntil(lambda: reviews_tab.file.scored is not None, timeout=WAIT)
