"""The table of all rows: paged, filtered, searched, sorted; and the pace of a batch."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from desktop.tabs.reviews.batch.rows import STARS, TEXT, VERDICT
from desktop.tabs.reviews.tab import ReviewsTab
from engine.reviews.batch.pace import Pace
from engine.reviews.batch.readings import BLOCK
from tests.desktop.reviews_kit import (
    BAD,
    GOOD,
    WAIT,
    Bot,
    cell,
    click,
    csv_file,
    pick,
    score,
    settle,
    show_rows,
    table_file,
    wait_read,
)

ROWS = 12_000


def test_verdicts_and_words_choose_rows(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    rows = [(1, GOOD), (2, BAD), (3, f"{BAD} Again"), (4, "")] * 10
    score(qtbot, reviews_tab, csv_file(tmp_path / "a.csv", ("번호", "리뷰"), rows))
    model = show_rows(qtbot, reviews_tab).model()
    count = reviews_tab.findChild(QLabel, "reviewsShown")
    assert count.text() == "모두 40줄"
    pick(reviews_tab, "reviewsFilter", "부정")
    settle(qtbot, reviews_tab)
    assert model.rowCount() == 20 and count.text() == "40줄 가운데 20줄"
    assert {cell(qtbot, reviews_tab, row, VERDICT) for row in range(20)} == {"부정"}
    search = reviews_tab.file.results.rows.search
    qtbot.keyClicks(search, "again")
    settle(qtbot, reviews_tab)
    assert model.rowCount() == 10 and cell(qtbot, reviews_tab, 9, TEXT) == f"{BAD} Again"
    search.setText("없는 말")
    settle(qtbot, reviews_tab)
    assert model.rowCount() == 0
    search.clear()
    pick(reviews_tab, "reviewsFilter", "모두")
    settle(qtbot, reviews_tab)
    assert model.rowCount() == 40 and cell(qtbot, reviews_tab, 0, TEXT) == GOOD


def test_a_click_on_a_column_sorts(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    reading = score(qtbot, reviews_tab, table_file(tmp_path))
    view = show_rows(qtbot, reviews_tab)
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(STARS) + 10, header.height() // 2)
    for wanted in ("부정", "긍정"):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settle(qtbot, reviews_tab)
        assert cell(qtbot, reviews_tab, 0, VERDICT) == wanted
    best = max(row.stars for row in reading.outcome.page(0, 40) if row.stars is not None)
    assert cell(qtbot, reviews_tab, 0, STARS) == f"★ {best:g}"
    numbers = [view.model().headerData(row, Qt.Orientation.Vertical) for row in range(3)]
    assert numbers == ["1", "3", "5"]


def test_a_long_table_holds_only_what_is_seen(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "a.csv", ("글",), [(f"{GOOD} {n}",) for n in range(ROWS)])
    reviews_tab.open_paths([path])
    qtbot.waitUntil(reviews_tab.file.preview.isVisible, timeout=WAIT)
    click(qtbot, reviews_tab, "reviewsMode-instant")
    click(qtbot, reviews_tab, "reviewsGo")
    wait_read(qtbot, reviews_tab, path)
    view = show_rows(qtbot, reviews_tab)
    model = reviews_tab.file.results.rows.model
    for row in range(0, ROWS, 2 * BLOCK):
        view.scrollTo(model.index(row, TEXT))
        assert cell(qtbot, reviews_tab, row, TEXT) == f"{GOOD} {row}"
    assert len(model._blocks) <= 40 < ROWS / BLOCK / 2
    last = view.verticalScrollBar().maximum()
    view.verticalScrollBar().setValue(last)
    assert cell(qtbot, reviews_tab, ROWS - 1, TEXT) == f"{GOOD} {ROWS - 1}"
    view.setCurrentIndex(model.index(ROWS - 1, TEXT))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(reviews_tab.one.isVisible, timeout=WAIT)
    assert reviews_tab.one.write.text() == f"{GOOD} {ROWS - 1}"


def test_a_store_that_vanishes_is_told(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    reading = score(qtbot, reviews_tab, table_file(tmp_path))
    show_rows(qtbot, reviews_tab)
    reading.outcome.close()
    (reading.outcome.folder / "rows.sqlite3").write_bytes(b"no database")
    reviews_tab.file.results.rows.search.setText("연기")
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert reviews_tab.banner.kind == "error"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_leaves_out_the_time_that_a_batch_is_held() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.rows_per_second is None and pace.seconds_left is None
    pace.add(1_000, 0.1)
    clock.now += 2
    pace.add(2_000, 0.2)
    assert pace.rows_per_second == pytest.approx(500)
    assert pace.seconds_left == pytest.approx(16)
    pace.hold()
    pace.hold()
    clock.now += 3_600
    pace.go_on()
    clock.now += 2
    pace.add(3_000, 0.3)
    assert pace.rows_per_second == pytest.approx(500)
    assert pace.seconds_left == pytest.approx(14)


def test_the_pace_follows_a_batch_that_slows_down() -> None:
    clock = Clock()
    pace = Pace(clock)
    for step in range(200):
        pace.add(step * 100, step / 1_000)
        clock.now += 0.5 if step < 100 else 5.0
    assert pace.rows_per_second == pytest.approx(20, rel=0.01)
