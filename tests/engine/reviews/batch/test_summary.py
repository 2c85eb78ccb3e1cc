"""What the rows amount to: dates, labels, groups, words; all of it in bounded memory."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reviews.batch import aggregate, columns
from engine.reviews.batch.aggregate import Tally
from engine.reviews.batch.plan import Columns
from engine.reviews.batch.result import OTHERS, BatchSummary
from engine.reviews.batch.store import Stored
from engine.tables import dates, delimited
from tests.engine.batch_files import table

DAY = datetime.date(2024, 1, 5)


def stored(verdict: int, *cells: str, positive: float | None = None) -> Stored:
    chance = (0.1, 0.6, 0.9)[verdict] if positive is None else positive
    return Stored(verdict, chance, (1.0, 3.0, 4.5)[verdict], 0, cells)


# --- dates -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "2024-01-05", "2024.01.05", "2024/1/5", "2024. 1. 5.", "24.01.05", "'24.1.5", "20240105",
        "2024년 1월 5일", "2024년1월5일 금요일", "2024-01-05T23:59:59Z", "2024-01-05 00:00:00",
        "20240105123000", "20240105T1230", "1/5/2024", "01/05/2024 3:00 PM", "45296", "45296.75",
        "1704412800", "1704412800000", "1704412800.5", " 2024-01-05 ",
    ],
)  # fmt: skip
def test_dates_as_people_and_programs_write_them(cell: str) -> None:
    assert dates.parse(cell) == DAY


def test_a_month_and_a_day_first_date() -> None:
    assert dates.parse("2024-01") == datetime.date(2024, 1, 1) == dates.parse("2024년 1월")
    assert dates.parse("31/01/2024") == datetime.date(2024, 1, 31)


@pytest.mark.parametrize(
    "cell",
    ["", "nan", "어제", "3점", "5", "10", "2024", "2024-13-01", "2024-02-30", "99999999", "0.5",
     "1900-01-01", "3000-01-01", "12.5", "①", "-1", "1e400", "9" * 400, "12345678901234567890"],
)  # fmt: skip
def test_what_is_no_date_is_none(cell: str) -> None:
    assert dates.parse(cell) is None


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(cell: str) -> None:
    found = dates.parse(cell)
    assert found is None or 1970 <= found.year <= 2100


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_is_read_as_it_was_written(day: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y년 %m월 %d일", "%m/%d/%Y"):
        assert dates.parse(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("days", "unit", "most"), [(0, "day", 1), (60, "day", 62), (61 * 7, "week", 63),
                               (4 * 365, "month", 62), (40 * 365, "year", 62)]
)  # fmt: skip
def test_the_stretches_suit_the_span(days: int, unit: str, most: int) -> None:
    last = DAY + datetime.timedelta(days)
    assert dates.unit(DAY, last) == unit
    starts = list(dates.starts(DAY, last, unit))
    assert len(starts) <= most and starts == sorted(set(starts))
    assert {dates.start(DAY + datetime.timedelta(n), unit) for n in range(days + 1)} == set(starts)


# --- labels ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "scale", "meanings"),
    [
        (["0", "1"], "0/1", [0, 2]),
        (["1", "1.0"], "0/1", [2, 2]),
        (["-1", "0", "1"], "-1..1", [0, 1, 2]),
        (["0", "1", "2"], "0..2", [0, 1, 2]),
        (["1", "2", "3", "4", "5"], "1..5", [0, 0, 1, 2, 2]),
        (["1", "4.5점", "5/5"], "1..5", [0, 2, 2]),
        (["1", "4", "5", "8", "9", "10"], "0..10", [0, 0, 1, 1, 2, 2]),
        (["10", "50", "90"], "0..100", [0, 1, 2]),
        (["긍정", "부정적", "Neutral", "NEG", "positive", "중립"], "words", [2, 0, 1, 0, 2, 1]),
        (["긍정", "0", "1"], "0/1", [2, 0, 2]),
        (["좋았음!", "글쎄", "500"], "words", [None, None, None]),
    ],
)
def test_labels_are_understood_by_their_column(
    cells: list[str], scale: str, meanings: list[int | None]
) -> None:
    assert columns.scale(cells) == scale
    assert [columns.meaning(cell, scale) for cell in cells] == meanings


@given(st.lists(st.text(max_size=12) | st.floats().map(str), max_size=8))
def test_any_labels_mean_something_or_nothing(cells: list[str]) -> None:
    scale = columns.scale(cells)
    assert all(columns.meaning(cell, scale) in (None, 0, 1, 2) for cell in cells)


def test_known_labels_are_compared_and_strange_ones_reported() -> None:
    counted = Tally(Columns(0, None, None, 1))
    counted.add([stored(2, "글", "1")] * 6 + [stored(0, "글", "0")] * 3)
    counted.add([stored(0, "글", "1"), stored(1, "글", "1.0", positive=0.6)])
    counted.add([stored(2, "글", cell) for cell in ("NaN", "", " null ", "모름", "모름", "?!")])
    scores = counted.summary().scores
    assert scores is not None and scores.scale == "0/1"
    assert (scores.compared, scores.unlabelled, scores.unknown) == (11, 3, 3)
    assert scores.accuracy == pytest.approx(10 / 11)
    assert scores.confusion == ((3, 0, 0), (0, 0, 0), (1, 1, 6))
    assert scores.examples == ("모름", "?!")


def test_labels_of_words_only_and_no_label_at_all() -> None:
    counted = Tally(Columns(0, None, None, 1))
    counted.add([stored(2, "글", "아주 좋음"), stored(2, "글", "nan")])
    scores = counted.summary().scores
    assert scores is not None and scores.accuracy is None
    assert (scores.compared, scores.unknown, scores.unlabelled) == (0, 1, 1)


def test_the_scale_follows_labels_that_come_late() -> None:
    counted = Tally(Columns(0, None, None, 1))
    counted.add([stored(2, "글", "5")] * 10)
    early = counted.summary().scores
    assert early is not None and early.scale == "1..5" and early.compared == 10
    counted.add([stored(2, "글", "10")])
    late = counted.summary().scores
    assert late is not None and late.scale == "0..10" and late.compared == 1


# --- counts ----------------------------------------------------------------------------


def test_time_and_groups() -> None:
    counted = Tally(Columns(0, 1, 2, None))
    counted.add([stored(2, "글", "2024-01-05", "가"), stored(0, "글", "2024.01.08", " 가 ")])
    counted.add([stored(1, "글", "2024-01-08", "나"), stored(2, "글", "언젠가", "nan")])
    found = counted.summary()
    assert (found.positive, found.neutral, found.negative, found.undated) == (2, 1, 1, 1)
    assert found.time_unit == "day" and [p.label for p in found.over_time] == [
        "2024-01-05", "2024-01-06", "2024-01-07", "2024-01-08",
    ]  # fmt: skip
    assert [(p.judged, p.positive_share, p.negative_share) for p in found.over_time] == [
        (1, 1.0, 0.0), (0, 0.0, 0.0), (0, 0.0, 0.0), (2, 0.0, 0.5),
    ]  # fmt: skip
    assert [(g.name, g.judged, g.positive_share, g.mean_stars) for g in found.groups] == [
        ("가", 2, 0.5, 2.75), ("나", 1, 0.0, 3.0),
    ]  # fmt: skip
    assert found.mean_stars == pytest.approx((4.5 + 1 + 3 + 4.5) / 4)


def test_what_is_kept_does_not_grow_with_the_rows() -> None:
    counted = Tally(Columns(0, 1, 2, 3))
    bad = delimited.OPEN_QUOTE | delimited.DAMAGED
    for i in range(20_000):
        cells = ("글", f"{1900 + i % 400}-01-01", f"묶음 {i}", f"이름표 {i}")
        counted.add([Stored(i % 3, 0.5, 3.0, bad, cells)])
    found = counted.summary()
    assert len(found.problems) == 100 and dict(found.odd) == {"damaged": 20_000,
                                                               "open_quote": 20_000}  # fmt: skip
    assert found.groups[-1].name == OTHERS and len(found.groups) == 51
    assert sum(group.judged for group in found.groups) == 20_000
    assert found.scores is not None and found.scores.unknown == 20_000
    kept = counted._groups, counted._days, counted._known_labels
    assert [len(one) for one in kept] == [aggregate._KEPT_GROUPS + 1, 131, aggregate._KEPT_LABELS]


def test_a_summary_survives_being_stored() -> None:
    counted = Tally(Columns(0, 1, 2, 3))
    counted.add([stored(2, "글", "2024-01-05", "가", "1"), Stored(None, None, None, delimited.CUT |
                 delimited.TOO_LONG, ("글", "", "", ""))])  # fmt: skip
    found = counted.summary()
    assert found.failed == 1
    assert BatchSummary.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    empty = Tally(Columns(0, None, None, None)).summary()
    assert BatchSummary.from_dict(json.loads(json.dumps(empty.to_dict()))) == empty
    assert empty.mean_stars is None and empty.rows == 0


# --- words -----------------------------------------------------------------------------


def test_the_most_telling_words_come_first() -> None:
    def counts(**given: int) -> aggregate.Counts:
        return Counter({(word, "명사"): count for word, count in given.items()})

    ranked = aggregate.weighed(
        counts(최고=60, 감동=20, 영화=200, 우연=3), counts(최악=50, 지루=30, 영화=210, 최고=2)
    )
    assert [word.text for word in ranked] == ["최고", "감동", "지루", "최악"]
    assert [word.count for word in ranked] == [60, 20, 30, 50]
    assert ranked[0].weight > ranked[1].weight > 1.96 and ranked[-1].weight < -1.96


@given(*[st.dictionaries(st.sampled_from("가나다라마바"), st.integers(1, 500), max_size=6)] * 2)
def test_turning_the_sides_round_turns_the_weights_round(
    one: dict[str, int], other: dict[str, int]
) -> None:
    first, second = (Counter({(k, "명사"): v for k, v in side.items()}) for side in (one, other))
    there, back = aggregate.weighed(first, second), aggregate.weighed(second, first)
    turned = {word.text: -word.weight for word in back}
    assert {word.text: word.weight for word in there} == pytest.approx(turned)


def test_only_nouns_verbs_and_adjectives_in_their_dictionary_form() -> None:
    found = dict(
        aggregate._words("배우들이 아주 훌륭했고 재밌었습니다!! " + "가" * 50, by_okt=True)
    )
    assert found["배우"] == "명사" and found["재밌다"] == "형용사"
    assert set(found.values()) <= {"명사", "동사", "형용사"} and "가" * 50 not in found
    assert list(aggregate._words("  ", by_okt=True)) == []


WITHOUT_OKT = """
import sys
from pathlib import Path
from engine.reviews import batch
summary = batch.run(batch.Plan(Path(sys.argv[1]), mode="instant"), Path(sys.argv[2])).summary
print(summary.words_by, *(word.text for word in summary.words_positive))
"""


def test_words_are_cut_by_rules_where_okt_cannot_run(tmp_path: Path) -> None:
    path = table(tmp_path, 100)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_OKT, str(path), str(tmp_path / "store")],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "MAUMGYEOL_JVM": str(tmp_path / "none"), "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert done.stdout.startswith("어절 규칙 ") and "최고" in done.stdout
