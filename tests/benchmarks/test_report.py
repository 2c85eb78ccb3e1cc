"""The bench's table and texts; what it measures is no matter for a test."""

from __future__ import annotations

from tests.benchmarks.report import row, table
from tests.benchmarks.texts import reviews


def test_marks_are_judged_by_value_or_by_ratio() -> None:
    assert row("a", 500, "MB", most=450).reached is False
    assert row("a", 3.0, "ms", bare=2.0, most_ratio=1.6).reached is True
    fast = row("a", 2000, "/s", bare=100, least_ratio=10)
    assert fast.reached is True
    assert fast.ratio == 20
    assert row("a", 1.0, "ms").reached is None


def test_the_table_aligns_and_carries_the_notes() -> None:
    text = table([row("한글 이름", 1234.5, "ms", bare=1000, most_ratio=1.0, note="by turns")])
    assert "1,234 ms" in text
    assert "1.23x" in text
    assert "MISSED" in text
    assert text.endswith("한글 이름: by turns")


def test_synthetic_reviews_are_the_same_everywhere_and_differ_among_themselves() -> None:
    texts, sides = reviews(500)
    assert (texts, sides) == reviews(500)
    assert len(set(texts)) > 450
    assert {0, 1} == set(sides)
    assert 15 < sum(map(len, texts)) / len(texts) < 80
