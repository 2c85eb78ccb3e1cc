"""Small files of reviews that the tests of the batch read."""

from __future__ import annotations

import csv
from pathlib import Path

from engine.reviews import batch

GOOD = "정말 재미있어요. 배우들 연기도 훌륭하고 최고의 영화!"
BAD = "지루하고 실망스러웠다. 돈이 아깝다"
HEADER = ("번호", "리뷰", "날짜", "지점", "평점")


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def reviews(count: int) -> list[tuple[str, ...]]:
    """Return rows under ``HEADER``; each text is one of its kind."""
    return [
        (
            str(i),
            f"{(GOOD, BAD)[i % 2]} {i}번째 이야기",
            f"2024.{1 + i * 12 // count:02}.05",
            f"{'가나다'[i % 3]}점",
            str((10, 1)[i % 2]),
        )
        for i in range(count)
    ]


def table(folder: Path, count: int, name: str = "리뷰.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(reviews(count))
    return path


def plan_of(path: Path, **options: str | int | None) -> batch.Plan:
    return batch.Plan(path, **{"text_column": "리뷰", "mode": "instant", **options})  # type: ignore[arg-type]


def numbers(outcome: batch.Outcome) -> list[str]:
    return [row.cells[0] for row in outcome.page(0, 10**6)]
