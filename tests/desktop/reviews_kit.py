"""What the tests of the reviews tab do and wait for."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from desktop.tabs.reviews import ReviewsTab

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


def click(qtbot: Bot, tab: ReviewsTab, name: str) -> None:
    qtbot.mouseClick(tab.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def score(qtbot: Bot, tab: ReviewsTab, path: Path) -> None:
    tab.open_paths([path])
    qtbot.waitUntil(
        lambda: tab.file.scored is not None and tab.file.scored.table.path == path, timeout=WAIT
    )


def table_file(folder: Path, rows: int = 40, name: str = "리뷰.csv", **options: str) -> Path:
    path = folder / name
    with path.open("w", newline="", **({"encoding": "cp949"} | options)) as stream:  # type: ignore[call-overload]
        writer = csv.writer(stream)
        writer.writerow(["번호", "리뷰"])
        writer.writerows([(i, (GOOD, BAD)[i % 2]) for i in range(rows)])
    return path
