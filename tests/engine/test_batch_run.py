"""Running a batch: the same answers, nothing lost, no row twice, whatever stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import batch, reviews
from engine.batch import scoring, source, words
from engine.batch.source import Reader
from engine.batch.store import FILE, Store
from engine.errors import InputError, Message, StorageError
from engine.jobs import Cancelled, Progress
from tests.engine.batch_files import BAD, GOOD, put, table
from tests.engine.batch_files import reviews as rows_of

MARGIN = 1e-6


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files have many chunks, and Okt read few of their rows."""
    monkeypatch.setattr(words, "SAMPLE", 60)
    monkeypatch.setattr(scoring, "CHUNK_ROWS", {"instant": 50, "precise": 20})


def plan_of(path: Path, **options: str | int | None) -> batch.Plan:
    return batch.Plan(path, **{"text_column": "리뷰", "mode": "instant", **options})  # type: ignore[arg-type]


def numbers(outcome: batch.Outcome) -> list[str]:
    return [row.cells[0] for row in outcome.page(0, 10**6)]


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
        found = source.look(path)[0]
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


def cancelled_after(rows: int, plan: batch.Plan, store: Path) -> None:
    progress = Progress()

    def stop(summary: batch.BatchSummary) -> None:
        if summary.rows >= rows:
            progress.cancel()

    with pytest.raises(Cancelled):
        batch.run(plan, store, progress, on_summary=stop)


def test_a_cancelled_batch_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path, store = table(tmp_path, 330), tmp_path / "store"
    plan = plan_of(path, date_column="날짜", group_column="지점", label_column="평점")
    whole = batch.run(plan, tmp_path / "whole")
    cancelled_after(100, plan, store)
    assert len(batch.Outcome(store)) == 100 and not batch.Outcome(store).finished
    cancelled_after(250, plan, store)
    first = []
    again = batch.run(plan, store, on_summary=first.append)
    assert first[0].rows == 300
    assert numbers(again) == [row[0] for row in rows_of(330)]
    assert again.page(0, 400) == whole.page(0, 400)
    assert again.summary == whole.summary


def test_a_finished_batch_is_not_read_again(tmp_path: Path) -> None:
    plan, store = plan_of(table(tmp_path, 60)), tmp_path / "store"
    first = batch.run(plan, store).summary
    seen: list[batch.BatchSummary] = []
    assert batch.run(plan, store, on_summary=seen.append).summary == first and not seen


def test_a_held_batch_waits_and_can_be_cancelled(tmp_path: Path) -> None:
    plan, store = plan_of(table(tmp_path, 400)), tmp_path / "store"
    pause, progress = batch.Pause(), Progress()
    ended: list[BaseException] = []

    def job() -> None:
        try:
            batch.run(plan, store, progress, pause, lambda summary: pause.set())
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=job)
    thread.start()
    wait_until(lambda: pause.is_set)
    time.sleep(0.3)
    held = len(batch.Outcome(store))
    assert held == 50
    pause.clear()
    wait_until(lambda: len(batch.Outcome(store)) > held)
    progress.cancel()
    thread.join(20)
    assert not thread.is_alive() and ended
    assert len(batch.run(plan, store)) == 400


def wait_until(done: object) -> None:
    limit = time.monotonic() + 60
    while not done():  # type: ignore[operator]
        assert time.monotonic() < limit
        time.sleep(0.01)


KILLED = """
import sys
from pathlib import Path
from engine import batch
from engine.batch import scoring, source, words
from engine.batch.source import Reader
scoring.CHUNK_ROWS = {"instant": 50, "precise": 20}
def shown(summary):
    print(summary.rows, flush=True)
batch.run(batch.Plan(Path(sys.argv[1]), 1, mode="instant"), Path(sys.argv[2]), on_summary=shown)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_batch_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    path, store = table(tmp_path, 6_000), tmp_path / "store"
    before = 0
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path), str(store)],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()},
        )  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= before + 500:
                break
        process.send_signal(signal.SIGKILL)
        process.communicate()
        stored = len(batch.Outcome(store))
        assert before + 500 <= stored < 6_000 and stored % 50 == 0
        before = stored
    (left,) = batch.unfinished(tmp_path)
    assert (left.store, left.source, left.rows) == (store, path, before)
    first: list[batch.BatchSummary] = []
    outcome = batch.run(left.plan, left.store, on_summary=first.append)
    assert first[0].rows == before + 50
    assert numbers(outcome) == [str(i) for i in range(6_000)]
    assert outcome.summary.judged == 6_000
    assert not batch.unfinished(tmp_path)


def test_a_file_that_changed_is_not_gone_on_with(tmp_path: Path) -> None:
    path, store = table(tmp_path, 300), tmp_path / "store"
    cancelled_after(100, plan_of(path), store)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("300,덧붙인 글,2024.01.01,가점,1\n")
    with pytest.raises(InputError) as caught:
        batch.run(plan_of(path), store)
    assert "파일이 바뀌어서" in caught.value.message.ko
    assert len(batch.Outcome(store)) == 100
    batch.forget(store)
    assert not store.exists()
    assert len(batch.run(plan_of(path), store)) == 301


def test_a_file_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    path, store = table(tmp_path, 300), tmp_path / "store"

    def touch(summary: batch.BatchSummary) -> None:
        if summary.rows == 300:
            os.utime(path, ns=(1, 1))

    with pytest.raises(InputError, match="changed while it was read"):
        batch.run(plan_of(path), store, on_summary=touch)


def test_another_plan_another_model_and_another_file_do_not_go_on(tmp_path: Path) -> None:
    path, store = table(tmp_path, 300), tmp_path / "store"
    cancelled_after(100, plan_of(path), store)
    with pytest.raises(InputError, match="columns or the mode"):
        batch.run(plan_of(path, group_column="지점"), store)
    with pytest.raises(InputError, match="another file"):
        batch.run(plan_of(table(tmp_path, 300, "다른.csv")), store)
    with Store(store, writing=True) as kept:
        kept.put("identity", {**kept.get("identity"), "model": "older 0.1"})
    with pytest.raises(InputError, match=r"older 0\.1"):
        batch.run(plan_of(path), store)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    path, store = table(tmp_path, 300), tmp_path / "store"
    with Store(store, writing=True):
        with pytest.raises(StorageError, match="Another window"):
            batch.run(plan_of(path), store)
        with pytest.raises(StorageError, match="Another window"):
            batch.forget(store)
    assert len(batch.run(plan_of(path), store)) == 300


def test_a_store_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    path = table(tmp_path, 30)
    with pytest.raises(StorageError):
        batch.run(plan_of(path), put(tmp_path, "file", "no folder"))
    broken = tmp_path / "broken"
    broken.mkdir()
    put(broken, FILE, "no database")
    with pytest.raises(StorageError, match="cannot be used"):
        batch.run(plan_of(path), broken)
    assert not batch.unfinished(tmp_path)
    for nothing in (tmp_path / "none", tmp_path):
        with pytest.raises(StorageError, match="no batch"):
            batch.Outcome(nothing)


def test_a_full_disk_keeps_what_was_stored(tmp_path: Path) -> None:
    plan, store = plan_of(table(tmp_path, 2_000)), tmp_path / "store"
    limit = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
"""
    if sys.platform == "win32":
        pytest.skip("needs a limit of the file size")
    done = subprocess.run(
        [sys.executable, "-c", limit + KILLED, str(plan.source), str(store)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert "StorageError" in done.stderr and "What was stored is kept" in done.stderr
    kept = len(batch.Outcome(store))
    assert 0 < kept < 2_000 and kept % 50 == 0
    assert numbers(batch.run(batch.Plan(plan.source, 1, mode="instant"), store)) == [
        str(i) for i in range(2_000)
    ]


def test_the_users_stores_are_found_by_plan(tmp_path: Path, data_env: Path) -> None:
    path = table(tmp_path, 200)
    store = batch.store_for(plan_of(path))
    assert store.parent == data_env / "batches"
    assert store == batch.store_for(plan_of(path, text_column=1, backend="loky", jobs=2))
    assert store != batch.store_for(plan_of(path, group_column="지점"))
    assert batch.unfinished() == []
    cancelled_after(100, plan_of(path), store)
    (left,) = batch.unfinished()
    assert left.rows == 100 and batch.store_for(left.plan) == store
    path.unlink()
    assert batch.unfinished() == []


def test_pages_selections_and_takes(tmp_path: Path) -> None:
    outcome = batch.run(plan_of(table(tmp_path, 120)), tmp_path / "store")
    assert [row.row for row in outcome.page(100, 50)] == list(range(101, 121))
    assert outcome.page(120, 5) == []
    bad = outcome.select("부정")
    assert list(bad) == list(range(1, 120, 2))
    assert list(outcome.select(word="17번째")) == [17, 117]
    assert list(outcome.select("긍정", word="17번째")) == []
    assert list(outcome.select("")) == []
    ranked = outcome.take(outcome.select(order="positive", descending=True))
    chances = [row.positive for row in ranked]
    assert chances == sorted(chances, reverse=True) and len(chances) == 120  # type: ignore[type-var]
    assert list(outcome.select(descending=True))[:2] == [119, 118]
