"""A batch that is held, cancelled, killed or cannot go on: nothing lost, no row twice."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.core import state
from engine.core.errors import InputError, MaumgyeolError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.reviews import batch
from engine.reviews.batch import aggregate, repository, scoring
from engine.reviews.batch.store import FILE, Store
from tests.engine.batch_files import numbers, plan_of, put, table
from tests.engine.batch_files import reviews as rows_of
from tests.engine.damage import damages

MARGIN = 1e-6


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files have many chunks, and Okt read few of their rows."""
    monkeypatch.setattr(aggregate, "SAMPLE", 60)
    monkeypatch.setattr(scoring, "CHUNK_ROWS", {"instant": 50, "precise": 20})


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
from engine.reviews import batch
from engine.reviews.batch import scoring; from engine.reviews.batch import aggregate as words
from engine.tables import Reader
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
    with pytest.raises(InputError, match="damaged"):
        batch.run(plan_of(path), broken)
    assert not batch.unfinished(tmp_path)
    (news,) = state.take_news()
    (aside,) = broken.glob(f"{FILE}.damaged-*")
    assert str(aside) in news.ko and aside.read_text() == "no database"
    assert len(batch.run(plan_of(path), broken)) == 30 and not state.take_news()
    for nothing in (tmp_path / "none", tmp_path):
        with pytest.raises(StorageError, match="no batch"):
            batch.Outcome(nothing)


@pytest.mark.parametrize("value", ["{", "[1]", "[" * 100_000, '{"header": 3}', "null", "7"])
def test_a_stopped_batch_with_a_damaged_note_is_set_aside(tmp_path: Path, value: str) -> None:
    folder = tmp_path / "store"
    with Store(folder, writing=True) as store:
        store.put("identity", "x")
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'identity'", (value,))
    connection.close()
    assert batch.unfinished(tmp_path) == []
    damaged = list(folder.glob(f"{FILE}.damaged-*[0-9]"))
    assert len(damaged) == len(state.take_news()) == (value != "null")


def test_no_random_damage_of_a_stopped_batch_is_in_the_way(tmp_path: Path) -> None:
    """``MAUMGYEOL_FUZZ=500`` tries 500 damages."""
    plan, folder = plan_of(table(tmp_path, 30)), tmp_path / "store"
    batch.run(plan, folder)
    with Store(folder, writing=True) as store, store._guarded() as connection, connection:
        connection.execute("DELETE FROM meta WHERE key = 'summary'")
    content = (folder / FILE).read_bytes()
    for damaged in damages(content):
        for path in folder.glob("*"):
            path.unlink()
        folder.mkdir(exist_ok=True)
        (folder / FILE).write_bytes(damaged)
        for found in batch.unfinished(tmp_path):
            with contextlib.suppress(MaumgyeolError), Store(found.store, writing=False) as store:
                store.rows(0, 30)
        repository.forget(folder)
        assert not (folder / FILE).exists()


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


def test_a_store_of_an_older_program_is_shown_but_not_gone_on_with(tmp_path: Path) -> None:
    plan = plan_of(table(tmp_path, 30))
    batch.run(plan, tmp_path / "store").close()
    with contextlib.closing(sqlite3.connect(tmp_path / "store" / FILE)) as older, older:
        older.execute("ALTER TABLE rows DROP COLUMN line")
        older.execute("UPDATE meta SET value = '1' WHERE key = 'version'")
        (kept,) = older.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
        plain = {key: value for key, value in json.loads(kept).items() if key != "reading"}
        older.execute("UPDATE meta SET value = ? WHERE key = 'identity'", (json.dumps(plain),))
    with contextlib.closing(batch.Outcome(tmp_path / "store")) as outcome:
        assert numbers(outcome) == [str(i) for i in range(30)]
    with pytest.raises(InputError, match="Start anew"):
        batch.run(plan, tmp_path / "store")


def test_rows_without_an_answer_come_last_either_way(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    texts = ("", "지루하고 실망스러웠다", "", "정말 재미있어요")
    path.write_text("".join(f"{n},{text}\n" for n, text in enumerate(("리뷰", *texts))), "utf-8")
    outcome = batch.run(batch.Plan(path, text_column=1, mode="instant"), tmp_path / "store")
    for order in ("positive", "stars"):
        assert list(outcome.select(order=order)) == [1, 3, 0, 2]
        assert list(outcome.select(order=order, descending=True)) == [3, 1, 0, 2]
