"""The pages of a batch: what the charts say and show, words, groups, pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QToolTip

from desktop import theme
from desktop.tabs.reviews.batch.charts import Chart, TimeChart
from desktop.tabs.reviews.batch.pages import COUNT, NAME, POSITIVE
from desktop.tabs.reviews.tab import ReviewsTab
from engine.reviews.batch import Period
from tests.desktop.reviews_kit import (
    BAD,
    GOOD,
    SHOPS,
    WAIT,
    Bot,
    click,
    csv_file,
    pick,
    score,
    shop_file,
    show_rows,
    table_file,
    wait_read,
)


def hover(chart: Chart, place: QPointF) -> str:
    """Put the pointer on a place and return the tip."""
    QTest.mouseMove(chart, QPoint(1, 1))
    QTest.mouseMove(chart, place.toPoint())
    return QToolTip.text()


def test_the_split_says_counts_and_shares(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    split = reviews_tab.file.results.summary.split
    assert split.counts == (20, 0, 20)
    left, right = QPointF(split.width() * 0.2, 5), QPointF(split.width() * 0.8, 5)
    assert hover(split, left) == "긍정 20 (50%)" and hover(split, right) == "부정 20 (50%)"
    assert split.accessibleDescription() == "긍정 20 (50%), 중립 0 (0%), 부정 20 (50%)"
    stars = reviews_tab.file.results.summary.stars
    assert sum(stars.counts) == 40 and sum(stars.counts[:5]) == 20
    best = max(step for step, count in enumerate(stars.counts) if count)
    tip = hover(stars, QPointF((best + 0.5) * stars.width() / 11, stars.height() / 2))
    assert tip.startswith(f"별 {best / 2:g}개: {stars.counts[best]}줄")


def test_shares_over_time(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    rows = [("2024-01-05", GOOD), ("2024-01-20", BAD), ("2024-03-01", BAD), ("24.3.2", BAD)] * 3
    rows += [("언젠가", GOOD), ("", GOOD), ("2025-12-31", GOOD)]
    score(qtbot, reviews_tab, csv_file(tmp_path / "a.csv", ("날짜", "리뷰"), rows))
    click(qtbot, reviews_tab, "reviewsPage-time")
    page = reviews_tab.file.results.time
    assert page.filled and "2줄은 뺐어요" in page.note.text()
    periods = page.chart.periods
    january = next(part for part, period in enumerate(periods) if period.judged == 6)
    assert periods[january].positive_share == periods[january].negative_share == 0.5
    at = QPointF(page.chart._x(january), page.chart.height() / 2)
    assert page.chart.part_at(at) == january
    assert "긍정 50%" in hover(page.chart, at) and "글 6개" in QToolTip.text()
    runs = [[periods[part].judged for part in run] for run in page.chart._runs()]
    assert all(0 not in run for run in runs) and len(runs) > 1  # a gap is no share of zero


@pytest.mark.parametrize("count", [1, 2, 62])
def test_any_number_of_periods_is_painted(qtbot: Bot, count: int) -> None:
    chart = TimeChart()
    qtbot.addWidget(chart)
    chart.set_periods(
        tuple(Period(f"2024-{n:02}", n % 3, 0.5, 0.25, "2024-01-01") for n in range(1, count + 1))
    )
    chart.resize(500, 330)
    image = chart.grab().toImage()
    assert colours(image) >= {theme.css("positive").lower(), theme.css("negative").lower()}
    assert chart.part_at(QPointF(chart._x(count - 1), 10)) == count - 1


def colours(image: QImage) -> set[str]:
    rows, columns = range(0, image.height(), 3), range(0, image.width(), 3)
    return {image.pixelColor(x, y).name() for x in columns for y in rows}


def test_pages_without_their_column_say_what_to_do(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path))
    save = reviews_tab.findChild(QPushButton, "reviewsSaveChart")
    results = reviews_tab.file.results
    for name, page in (("time", results.time), ("groups", results.groups)):
        click(qtbot, reviews_tab, f"reviewsPage-{name}")
        assert page.isVisible() and not page.filled and not save.isEnabled()
        said = [label.text() for label in page.empty.findChildren(QLabel) if label.text()]
        assert any("열 고르기" in text for text in said)
    click(qtbot, reviews_tab, "reviewsPage-summary")
    assert save.isEnabled() and not results.summary.labels.isVisible()


def test_telling_words(qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path) -> None:
    score(qtbot, reviews_tab, table_file(tmp_path, rows=200))
    click(qtbot, reviews_tab, "reviewsPage-words")
    page = reviews_tab.file.results.words
    assert page.filled and "200개" in page.note.text()
    good = {word.text for word in page.chart.positive}
    bad = {word.text for word in page.chart.negative}
    assert "최고" in good and any("지루" in word for word in bad) and not good & bad
    tip = hover(page.chart, QPointF(page.chart.width() * 0.55, theme.px(28) + theme.px(10)))
    assert page.chart.positive[0].text in tip and "100번" in tip


def test_groups_are_compared_and_sorted(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    score(qtbot, reviews_tab, shop_file(tmp_path, 100))
    click(qtbot, reviews_tab, "reviewsPage-groups")
    table = reviews_tab.findChild(QTableView, "reviewsGroups")

    def names() -> list[str]:
        model = table.model()
        return [model.index(row, NAME).data() for row in range(model.rowCount())]

    assert sorted(names()) == sorted(SHOPS) and names()[0] == "강남점"  # 34 rows of 100
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(POSITIVE) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names()[0] == "제주점" and table.model().index(0, POSITIVE).data() == "0%"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names()[-1] == "제주점" and table.model().index(0, COUNT).data() in ("33", "34")


def test_the_picture_of_many_groups_is_whole(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    rows = [(f"{n % 40}호점", (GOOD, BAD)[n % 2]) for n in range(120)]
    score(qtbot, reviews_tab, csv_file(tmp_path / "a.csv", ("매장", "리뷰"), rows))
    click(qtbot, reviews_tab, "reviewsPage-groups")
    image = reviews_tab.file.results.picture()
    table = reviews_tab.file.results.groups.table
    assert image.height() / image.devicePixelRatio() > 40 * 34 > table.height()
    assert table.isVisible() and table.model().rowCount() == 40


def test_labels_of_the_file_are_compared(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path
) -> None:
    rows = [(GOOD, "긍정")] * 6 + [(BAD, "부정")] * 3 + [(BAD, "긍정"), (GOOD, ""), (GOOD, "?")]
    path = csv_file(tmp_path / "a.csv", ("리뷰", "라벨"), rows)
    score(qtbot, reviews_tab, path)
    card = reviews_tab.file.results.summary.labels
    if not card.isVisible():  # too few rows to be sure: the user says so
        click(qtbot, reviews_tab, "reviewsOtherColumn")
        pick(reviews_tab, "reviewsLabelColumn", "라벨")
        click(qtbot, reviews_tab, "reviewsGo")
        wait_read(qtbot, reviews_tab, path)
        qtbot.waitUntil(card.isVisible, timeout=WAIT)
    assert "10줄에서 90%" in card.said.text()
    assert card.chart.confusion == ((3, 0, 0), (0, 0, 0), (1, 0, 6))
    tip = hover(card.chart, card.chart._cell(6).center())
    assert tip == "파일에는 긍정, 읽은 결과는 부정: 1줄 (14%)"
    assert "1줄" in card.left_out.text() and "?" in card.left_out.text()


@pytest.mark.parametrize("page", ["summary", "time", "words", "groups"])
def test_a_page_is_saved_as_a_picture(
    qtbot: Bot,
    reviews_tab: ReviewsTab,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
) -> None:
    score(qtbot, reviews_tab, shop_file(tmp_path, 100))
    click(qtbot, reviews_tab, f"reviewsPage-{page}")
    target = tmp_path / "그림.png"
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: target)
    click(qtbot, reviews_tab, "reviewsSaveChart")
    qtbot.waitUntil(lambda: target.exists() and not reviews_tab.job_bar.isVisible(), timeout=WAIT)
    image = QImage(str(target))
    widget = reviews_tab.file.results.pages[page]
    assert image.width() >= 2 * widget.width() and image.height() > 200
    assert theme.css("positive").lower() in colours(image)
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: tmp_path / "no" / "a.png")
    click(qtbot, reviews_tab, "reviewsSaveChart")
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert "저장할 수 없어요" in reviews_tab.banner.text()


def test_pages_follow_the_theme_and_fit_a_small_window(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, qapp: QApplication
) -> None:
    long = "매우_긴_이름의_파일_" * 8 + ".csv"
    score(qtbot, reviews_tab, shop_file(tmp_path, 100, long))
    reviews_tab.resize(800, 620)
    name = reviews_tab.findChild(QLabel, "reviewsFileName")
    qtbot.waitUntil(lambda: name.width() < name.fontMetrics().horizontalAdvance(long))
    assert long in name.toolTip()
    try:
        for mode in ("dark", "light"):
            theme.apply(qapp, mode)
            for page in ("summary", "time", "words", "groups", "rows"):
                click(qtbot, reviews_tab, f"reviewsPage-{page}")
                qtbot.wait(20)
                assert reviews_tab.scroller.horizontalScrollBar().maximum() == 0, page
                assert theme.css("surface").lower() in colours(reviews_tab.grab().toImage())
    finally:
        theme.apply(qapp, "light")
    view = show_rows(qtbot, reviews_tab)
    assert view.width() > 500
