"""A batch in the reviews tab: held, stopped, gone on with after a restart, thrown away."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.app.context import AppContext, make_context
from desktop.tabs.reviews.tab import ReviewsTab
from engine.reviews import batch
from tests.desktop.reviews_kit import WAIT, Bot, click, score, shop_file, table_file, wait_read

ROWS = 24_000
CHUNK = 2_000
"""Rows of a chunk in instant mode."""


def begin(qtbot: Bot, tab: ReviewsTab, path: Path) -> None:
    """Open a large file, read it quickly, and wait for the first rows."""
    tab.open_paths([path])
    go = tab.findChild(QPushButton, "reviewsGo")
    qtbot.waitUntil(lambda: go.isVisible() and go.isEnabled(), timeout=WAIT)
    click(qtbot, tab, "reviewsMode-instant")
    click(qtbot, tab, "reviewsGo")
    wait_for_rows(qtbot, tab, 1)


def rows(tab: ReviewsTab) -> int:
    """Return how many rows the charts show."""
    return sum(tab.file.results.summary.split.counts)


def wait_for_rows(qtbot: Bot, tab: ReviewsTab, least: int) -> None:
    qtbot.waitUntil(lambda: rows(tab) >= least, timeout=WAIT)


def stop(qtbot: Bot, tab: ReviewsTab) -> int:
    """Press stop and return how many rows were read until then."""
    click(qtbot, tab, "reviewsStop")
    resume = tab.findChild(QPushButton, "reviewsResume")
    qtbot.waitUntil(lambda: resume.isVisible() and tab.file.reading is not None, timeout=WAIT)
    assert tab.file.reading is not None
    return tab.file.reading.rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shop_file(tmp_path, ROWS)


def test_a_batch_is_held_and_goes_on(qtbot: Bot, reviews_tab: ReviewsTab, path: Path) -> None:
    begin(qtbot, reviews_tab, path)
    assert reviews_tab.file.progress.isVisible()
    click(qtbot, reviews_tab, "reviewsPause")
    held = rows(reviews_tab)
    qtbot.wait(1500)
    assert reviews_tab.file.job.held and held <= rows(reviews_tab) <= held + 2 * CHUNK < ROWS
    assert "저장되어" in reviews_tab.findChild(QLabel, "reviewsPace").text()
    assert reviews_tab.findChild(QPushButton, "reviewsPause").text() == "계속하기"
    click(qtbot, reviews_tab, "reviewsPause")
    wait_for_rows(qtbot, reviews_tab, held + 2 * CHUNK + 1)
    assert not reviews_tab.file.job.held


def test_a_stopped_batch_is_shown_and_goes_on_where_it_stopped(
    qtbot: Bot, reviews_tab: ReviewsTab, path: Path, tmp_path: Path
) -> None:
    begin(qtbot, reviews_tab, path)
    done = stop(qtbot, reviews_tab)
    assert 0 < done < ROWS and done % CHUNK == 0 and rows(reviews_tab) == done
    assert f"{done:,}줄까지" in reviews_tab.findChild(QLabel, "reviewsProgressText").text()
    click(qtbot, reviews_tab, "reviewsResume")
    summary = wait_read(qtbot, reviews_tab, path).summary
    assert summary.judged == ROWS and not reviews_tab.file.progress.isVisible()
    assert summary.scores is not None and summary.scores.compared == ROWS
    assert reviews_tab.file.reading is not None
    outcome = reviews_tab.file.reading.outcome
    target = tmp_path / "out.csv"
    outcome.export(target)
    with (
        path.open(encoding="utf-8", newline="") as before,
        target.open(encoding="utf-8-sig", newline="") as after,
    ):
        texts = [row[3] for row in csv.reader(before)]
        assert [row[3] for row in csv.reader(after)] == texts  # no row lost, none twice


def test_another_file_stops_the_batch_and_keeps_it(
    qtbot: Bot, reviews_tab: ReviewsTab, path: Path, tmp_path: Path
) -> None:
    begin(qtbot, reviews_tab, path)
    score(qtbot, reviews_tab, table_file(tmp_path))
    click(qtbot, reviews_tab, "reviewsBack")
    card = reviews_tab.file.resume
    qtbot.waitUntil(card.isVisible, timeout=WAIT)
    (row,) = card.rows
    assert row.batch.source == path.resolve() and 0 < row.batch.rows < ROWS
    click(qtbot, card, "reviewsDiscard")
    click(qtbot, card, "reviewsDiscardKeep")
    click(qtbot, card, "reviewsDiscard")
    click(qtbot, card, "reviewsDiscardSure")
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=WAIT)
    assert batch.unfinished() == [] and path.exists()


def test_looking_at_the_history_stops_the_batch_and_keeps_it(
    qtbot: Bot, reviews_tab: ReviewsTab, path: Path, tmp_path: Path, context: AppContext
) -> None:
    small = table_file(tmp_path)
    score(qtbot, reviews_tab, small)
    (row,) = context.library.history("reviews")
    begin(qtbot, reviews_tab, path)
    reviews_tab.show_history(row)
    wait_read(qtbot, reviews_tab, small)
    qtbot.waitUntil(lambda: not context.workers.busy, timeout=WAIT)
    assert not reviews_tab.file.job.running and not reviews_tab.file.progress.isVisible()
    assert reviews_tab.file.reading is not None
    assert reviews_tab.file.reading.source == small.resolve() and rows(reviews_tab) == 40
    assert [left.source for left in batch.unfinished()] == [path.resolve()]


@pytest.fixture
def next_day(data_env: Path) -> Iterator[AppContext]:
    """Return the services of a second start on the same data."""
    made = make_context()
    yield made
    made.close()


def test_a_batch_goes_on_after_the_window_was_closed(
    qtbot: Bot, context: AppContext, next_day: AppContext, path: Path
) -> None:
    first = ReviewsTab(context)
    qtbot.addWidget(first)
    first.show()
    begin(qtbot, first, path)
    first.shutdown()
    context.workers.shutdown()
    (left,) = batch.unfinished()
    assert 0 < left.rows < ROWS

    second = ReviewsTab(next_day)
    qtbot.addWidget(second)
    second.show()
    second.warm_up()
    qtbot.waitUntil(second.banner.isVisible, timeout=WAIT)
    assert path.name in second.banner.text()
    click(qtbot, second, "reviewsFile")
    card = second.file.resume
    qtbot.waitUntil(card.isVisible, timeout=WAIT)
    click(qtbot, card, "reviewsResumeBatch")
    wait_for_rows(qtbot, second, left.rows + 1)
    assert stop(qtbot, second) > left.rows and second.file.reading is not None
    numbers = second.file.reading.outcome.select()
    assert list(numbers) == list(range(len(numbers)))
    second.shutdown()


def test_a_batch_whose_file_has_changed_is_begun_anew(
    qtbot: Bot, reviews_tab: ReviewsTab, path: Path
) -> None:
    begin(qtbot, reviews_tab, path)
    stop(qtbot, reviews_tab)
    shop_file(path.parent, 300, path.name)
    click(qtbot, reviews_tab, "reviewsResume")
    reading = wait_read(qtbot, reviews_tab, path)
    assert reading.rows == 300


def test_a_file_that_was_read_before_is_there_at_once(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    path = table_file(tmp_path)
    store = score(qtbot, reviews_tab, path).outcome.folder
    written = (store / "rows.sqlite3").stat().st_mtime_ns
    click(qtbot, reviews_tab, "reviewsBack")
    again = score(qtbot, reviews_tab, path)
    assert again.outcome.folder == store
    assert (store / "rows.sqlite3").stat().st_mtime_ns == written


def test_only_the_newest_finished_batches_are_kept(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    stores = [
        score(qtbot, reviews_tab, table_file(tmp_path, rows=4, name=f"{number}.csv")).outcome.folder
        for number in range(7)
    ]
    assert [store.exists() for store in stores] == [False] * 2 + [True] * 5


def test_without_the_encoder_a_file_can_be_read_quickly(
    qtbot: Bot, text_models: Path, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    (text_models / "text-encoder" / "encoder.onnx").unlink()
    path = table_file(tmp_path)
    reviews_tab.open_paths([path])
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert "text-encoder" in reviews_tab.banner.text()
    qtbot.waitUntil(reviews_tab.file.preview.isVisible, timeout=WAIT)
    click(qtbot, reviews_tab, "reviewsMode-instant")
    click(qtbot, reviews_tab, "reviewsGo")
    assert wait_read(qtbot, reviews_tab, path).summary.judged == 40
    assert not reviews_tab.banner.isVisible()


def test_a_half_read_file_goes_on_after_its_columns_were_looked_at_and_when_opened_again(
    qtbot: Bot, reviews_tab: ReviewsTab, path: Path
) -> None:
    begin(qtbot, reviews_tab, path)
    done = stop(qtbot, reviews_tab)
    click(qtbot, reviews_tab, "reviewsOtherColumn")
    click(qtbot, reviews_tab, "reviewsPreviewReturn")
    resume = reviews_tab.findChild(QPushButton, "reviewsResume")
    qtbot.waitUntil(resume.isVisible, timeout=WAIT)
    assert reviews_tab.file.reading is not None and reviews_tab.file.reading.rows == done
    click(qtbot, reviews_tab, "reviewsBack")
    reviews_tab.open_paths([path])  # Ctrl+O
    card = reviews_tab.file.half_read
    qtbot.waitUntil(card.isVisible, timeout=WAIT)
    assert len(card.rows) == 1 and f"{done:,}줄" in card.rows[0]._about.text()
    assert not reviews_tab.findChild(QPushButton, "reviewsPreviewReturn").isVisible()
    click(qtbot, card, "reviewsResumeBatch")
    wait_for_rows(qtbot, reviews_tab, done + 1)
    assert stop(qtbot, reviews_tab) > done
