"""Running a batch: the same answers as the window's, odd rows, progress."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import reviews
from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reviews import batch
from engine.reviews.batch import aggregate, scoring
from engine.tables import Reader, look
from tests.engine.batch_files import BAD, GOOD, plan_of, put, table
from tests.engine.batch_files import reviews as rows_of

MARGIN = 1e-6


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files have many chunks, and Okt read few of their rows."""
    monkeypatch.setattr(aggregate, "SAMPLE", 60)
    monkeypatch.setattr(scoring, "CHUNK_ROWS", {"instant": 50, "precise": 20})


@pytest.mark.parametrize("mode", reviews.MODES)
def test_a_batch_answers_as_the_window_does(tmp_path: Path, mode: str) -> None:
    path = table(tmp_path, 60)
    outcome = batch.run(plan_of(path, mode=mode), tmp_path / "store")
    expected = reviews.predict_many([row[1] for row in rows_of(60)], mode=mode)
    found = outcome.page(0, 100)
    assert [row.cells for row in found] == rows_of(60)
    assert [row.row for row in found] == list(range(1, 61))
    for row, result in zip(found, expected, strict=True):
        assert (row.label, row.three_way, row.stars) == (
            result.label, result.three_way, result.stars,
        )  # fmt: skip
        assert row.positive == pytest.approx(result.positive, abs=MARGIN)
        assert row.confidence == pytest.approx(result.confidence, abs=MARGIN)
    assert outcome.identity.model == expected[0].model


def test_rows_without_a_judgement_are_counted_and_explained(tmp_path: Path) -> None:
    texts = [GOOD, "", "NaN", "   ", "\u200b", "!?", "가" * 100_001, BAD]
    lines = ["번호,리뷰", *(f'{i},"{text}"' for i, text in enumerate(texts))]
    outcome = batch.run(plan_of(put(tmp_path, "a.csv", "\n".join(lines))), tmp_path / "store")
    summary = outcome.summary
    assert (summary.judged, summary.skipped, summary.failed) == (3, 4, 1)
    assert summary.rows == len(outcome) == 8
    assert [row.label == "" for row in outcome.page(0, 8)] == [
        False, True, True, True, True, False, True, False,
    ]  # fmt: skip
    (problem,) = summary.problems
    assert problem.row == 7 and "100,000자" in problem.message.ko
    assert outcome.page(6, 1)[0].problem == problem.message


def test_a_megabyte_of_text_fails_alone(tmp_path: Path) -> None:
    long = "아주 긴 글 " * 170_000
    path = put(tmp_path, "a.csv", f"번호,리뷰\n1,{GOOD}\n2,{long}\n3,{BAD}\n")
    summary = batch.run(plan_of(path), tmp_path / "store").summary
    assert (summary.positive + summary.neutral, summary.failed, summary.negative) == (1, 1, 1)


def test_mixed_encodings_are_read_and_reported(tmp_path: Path) -> None:
    lines = [f"{i},{(GOOD, BAD)[i % 2]}" for i in range(20)]
    content = "번호,리뷰\n".encode() + b"".join(
        f"{line}\n".encode("cp949" if i % 5 == 0 else "utf-8") for i, line in enumerate(lines)
    )
    outcome = batch.run(plan_of(put(tmp_path, "a.csv", content)), tmp_path / "store")
    assert [row.cells[1] for row in outcome.page(0, 20)] == [(GOOD, BAD)[i % 2] for i in range(20)]
    assert dict(outcome.summary.odd) == {"other_encoding": 4}
    assert [problem.row for problem in outcome.summary.problems] == [1, 6, 11, 16]


def test_a_column_without_text_and_unclear_columns_are_refused(tmp_path: Path) -> None:
    empty = put(tmp_path, "a.csv", "번호,리뷰\n1,\n2,  \n")
    with pytest.raises(InputError, match="holds no text"):
        batch.run(plan_of(empty), tmp_path / "store")
    unclear = put(tmp_path, "b.csv", "본문,댓글\n좋아요,싫어요\n")
    with pytest.raises(InputError, match="unclear"):
        batch.run(plan_of(unclear, text_column=None), tmp_path / "other")
    for column in ("없는 열", "7", 9, -1):
        with pytest.raises(InputError, match="no column"):
            batch.run(plan_of(unclear, text_column=column), tmp_path / "other")
    assert len(batch.run(plan_of(unclear, text_column="2"), tmp_path / "third")) == 1


def test_a_mode_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Unknown mode"):
        batch.run(plan_of(table(tmp_path, 3), mode="fast"), tmp_path / "store")


LINES = st.binary(max_size=30) | st.sampled_from(
    [f'1,"{GOOD}"'.encode(), f"2,{BAD}".encode("cp949"), b'3,"open', b"4", b"5,a,b,c", b"\0,\0"]
)


@settings(max_examples=25)
@given(st.lists(LINES, max_size=8))
def test_any_lines_are_judged_or_refused_and_none_is_lost(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "a.csv", b"\n".join([b"id,review", *lines]))
        try:
            outcome = batch.run(batch.Plan(path, "review", mode="instant"), Path(folder) / "store")
        except InputError as error:
            assert error.message.ko and error.message.en
            return
        found = look(path)[0]
        assert [row.cells for row in outcome.page(0, 99)] == [row.cells for row in Reader(found)]
        assert outcome.summary.rows == len(outcome)
        outcome.close()


def test_progress_and_summaries_come_while_it_runs(tmp_path: Path) -> None:
    seen: list[batch.BatchSummary] = []
    reported: list[tuple[float, Message | None]] = []
    progress = Progress(lambda share, said: reported.append((share or 0.0, said)))
    outcome = batch.run(
        plan_of(table(tmp_path, 500)), tmp_path / "store", progress, on_summary=seen.append
    )
    assert [summary.rows for summary in seen] == [*range(50, 501, 50), 500]
    assert seen[-1] == outcome.summary and seen[-1].words_positive
    assert reported[-1][0] == 1.0
    assert any(said is not None and "500줄" in said.ko for _, said in reported)
