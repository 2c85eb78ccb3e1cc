"""What the tests of the reviews tab do and wait for."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QTableView, QWidget

from desktop.tabs.reviews.tab import ReviewsTab
from engine.reviews.batch.readings import Reading

GOOD = "정말 재미있어요. 배우들 연기도 훌륭하고 최고의 영화!"
BAD = "지루하고 실망스러웠다. 돈이 아깝다"
WAIT = 60_000

Bot = Any


def write(qtbot: Bot, tab: ReviewsTab, text: str) -> None:
    """Put a text into the box and wait for its answer."""
    box = tab.findChild(QPlainTextEdit, "reviewInput")
    box.setPlainText(text)
    qtbot.waitUntil(lambda: answered(tab, text), timeout=WAIT)


def answered(tab: ReviewsTab, text: str) -> bool:
    result = tab.one.result.result
    return result is not None and result.text == text


def click(qtbot: Bot, tab: QWidget, name: str) -> None:
    button = tab.findChild(QPushButton, name)
    assert button is not None and button.isVisible() and button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def score(qtbot: Bot, tab: ReviewsTab, path: Path) -> Reading:
    """Open a file that is clear and wait until all of it was read."""
    tab.open_paths([path])
    return wait_read(qtbot, tab, path)


def wait_read(qtbot: Bot, tab: ReviewsTab, path: Path) -> Reading:
    """Wait until all of a file was read and is shown."""

    def done() -> bool:
        reading = tab.file.reading
        return reading is not None and reading.finished and reading.source == path.resolve()

    qtbot.waitUntil(done, timeout=WAIT)
    assert tab.file.reading is not None
    return tab.file.reading


def settle(qtbot: Bot, tab: ReviewsTab) -> None:
    """Wait until the table shows what it was asked for."""
    qtbot.waitUntil(lambda: not tab.file.results.rows.model.busy, timeout=WAIT)


def show_rows(qtbot: Bot, tab: ReviewsTab) -> QTableView:
    """Go to the page of all rows and return its table, filled."""
    click(qtbot, tab, "reviewsPage-rows")
    settle(qtbot, tab)
    view = tab.findChild(QTableView, "reviewsTable")
    assert view.isVisible()
    return view


def cell(qtbot: Bot, tab: ReviewsTab, row: int, column: int) -> str:
    """Return what a cell shows once it was read."""
    index: QModelIndex = tab.file.results.rows.model.index(row, column)
    qtbot.waitUntil(lambda: index.data() != "…", timeout=WAIT)
    return str(index.data())


def pick(tab: ReviewsTab, name: str, text: str) -> None:
    """Choose an entry of a combo box."""
    box = tab.findChild(QComboBox, name)
    assert box.isVisible() and box.findText(text) >= 0, text
    box.setCurrentText(text)


def table_file(folder: Path, rows: int = 40, name: str = "리뷰.csv", **options: str) -> Path:
    """Write a table whose odd rows are bad."""
    lines = [(i, (GOOD, BAD)[i % 2]) for i in range(rows)]
    return csv_file(folder / name, ("번호", "리뷰"), lines, **({"encoding": "cp949"} | options))


def csv_file(
    path: Path, header: Sequence[str], rows: Sequence[Sequence[object]], encoding: str = "utf-8"
) -> Path:
    """Write a table."""
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


SHOPS = ("강남점", "홍대점", "제주점")


def shop_file(folder: Path, rows: int, name: str = "매장.csv") -> Path:
    """Write a table with a date, a shop and a label; every third row is bad."""
    lines = [
        (
            f"2024-{1 + i % 12:02}-{1 + i % 28:02}",
            SHOPS[i % 3],
            0 if i % 3 == 2 else 1,
            f"{BAD} {i}" if i % 3 == 2 else f"{GOOD} {i}",
        )
        for i in range(rows)
    ]
    return csv_file(folder / name, ("날짜", "매장", "라벨", "리뷰"), lines)
