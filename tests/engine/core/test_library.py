"""History and corrections in SQLite: kept, replaced, shared by threads, refused clearly."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core import state
from engine.core.errors import StorageError
from engine.core.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "sub" / "library.sqlite3")
    yield made
    made.close()


def test_history_comes_newest_first_and_by_domain(library: Library) -> None:
    first = library.add_history("reviews", "긍정", {"text": "좋아요"})
    second = library.add_history("digits", "5", {"label": "5"})
    assert [row.id for row in library.history()] == [second, first]
    (row,) = library.history("reviews")
    assert (row.summary, row.payload) == ("긍정", {"text": "좋아요"})
    library.delete_history([first])
    assert [row.id for row in library.history()] == [second]
    library.delete_history()
    assert library.history() == []


def test_history_survives_a_restart(library: Library) -> None:
    library.add_history("reviews", "부정", {})
    library.close()
    again = Library(library.path)
    assert len(again.history()) == 1
    again.close()


def test_correcting_the_same_input_again_replaces_the_correction(library: Library) -> None:
    library.add_correction("digits", b"x", "3", "8", "digits-cnn 1.0", b"png")
    library.add_correction("digits", b"x", "3", "5", "digits-cnn 1.0")
    library.add_correction("faces", b"x", "중립", "행복", "m")
    (row,) = library.corrections("digits")
    assert (row.corrected, row.preview) == ("5", None)
    assert len(library.corrections()) == 2
    library.delete_correction(row.id)
    assert library.corrections("digits") == []


def test_threads_write_without_losing_a_row(library: Library) -> None:
    def write(name: int) -> None:
        for number in range(25):
            library.add_correction("d", f"{name}-{number}".encode(), "a", "b", "m")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(library.corrections("d")) == 100


def _filled(path: Path, answers: int = 200, corrections: int = 60) -> None:
    library = Library(path)
    for number in range(answers):
        library.add_history("reviews", f"답 {number}", {"text": "가" * 100, "n": number})
    for number in range(corrections):
        library.add_correction("digits", bytes([number]) * 784, "3", "8", "m", b"png")
    library.close()


def _asides(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.damaged-*[0-9]"))


def test_a_file_that_is_no_database_is_set_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"this is no database" * 100)
    library = Library(path)
    assert library.history() == []
    library.add_history("d", "kept", {})
    library.close()
    (aside,) = _asides(path)
    assert aside.read_bytes() == b"this is no database" * 100
    (news,) = state.take_news()
    assert aside.name in news.ko and "damaged" in news.en
    again = Library(path)
    assert [row.summary for row in again.history()] == ["kept"] and state.take_news() == []
    again.close()


@pytest.mark.parametrize("what", ["header", "first page", "a page", "the end"])
def test_what_can_be_read_of_a_damaged_file_is_kept(tmp_path: Path, what: str) -> None:
    path = tmp_path / "library.sqlite3"
    _filled(path)
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    with sqlite3.connect(path) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'history'"
        ).fetchone()[0]
    connection.close()
    if what == "header":
        content[:100] = bytes(100)
    elif what == "first page":
        content[:4096] = b"\xff" * 4096
    elif what == "a page":  # a leaf of the history, not the root
        leaf = next(n for n in range(8, pages) if content[n * 4096] == 0x0D and n + 1 != root)
        content[leaf * 4096 : (leaf + 1) * 4096] = b"\xaa" * 4096
    else:
        del content[-3 * 4096 - 1000 :]
    path.write_bytes(content)
    library = Library(path)
    answers, corrections = library.history(), library.corrections()
    library.close()
    whole = what in ("header", "first page")
    assert len(answers) == 200 if whole else 150 <= len(answers) < 201
    assert len(corrections) == 60 if whole else len(corrections) >= 30
    assert len(answers) + len(corrections) < 260 or whole
    assert all(row.payload["n"] == int(row.summary.split()[1]) for row in answers)
    (aside,) = _asides(path)
    assert aside.read_bytes() == content
    (news,) = state.take_news()
    assert f"{len(answers)} answers and {len(corrections)} corrections" in news.en


def test_what_was_written_last_is_salvaged_from_the_log(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    library = Library(path)
    library.add_correction("d", b"x", "a", "b", "m")
    for name in (path, path.with_name(path.name + "-wal")):  # a program that was killed
        (tmp_path / "killed").mkdir(exist_ok=True)
        (tmp_path / "killed" / name.name).write_bytes(name.read_bytes())
    library.close()
    killed = Library(tmp_path / "killed" / path.name)
    assert len(killed.corrections()) == 1
    killed.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", "{"),
        ("payload", "[1]"),
        ("payload", "[" * 100_000),
        ("payload", b"\xff\x00"),
        ("summary", b"\xff"),
        ("created", "yesterday"),
        ("domain", b"reviews"),
    ],
)
def test_one_damaged_row_is_set_aside_and_the_others_are_read(
    library: Library, column: str, value: object
) -> None:
    for number in range(3):
        library.add_history("reviews", str(number), {})
    library.close()
    with sqlite3.connect(library.path) as connection:
        connection.execute(f"UPDATE history SET {column} = ? WHERE id = 2", (value,))
    connection.close()
    assert [row.summary for row in library.history()] == ["2", "0"]
    (news,) = state.take_news()
    assert "1 damaged row of the history" in news.en and "기록" in news.ko
    assert [row.summary for row in library.history()] == ["2", "0"] and state.take_news() == []
    with sqlite3.connect(library.path) as connection:
        ((row_id, kept),) = connection.execute(f"SELECT id, {column} FROM history_damaged")
    connection.close()
    assert (row_id, kept) == (2, value)


def test_a_damaged_correction_is_set_aside(library: Library) -> None:
    for payload in (b"x", b"y"):
        library.add_correction("d", payload, "a", "b", "m")
    library.close()
    with sqlite3.connect(library.path) as connection:
        connection.execute("UPDATE corrections SET payload = 'a text' WHERE id = 1")
    connection.close()
    assert [row.payload for row in library.corrections()] == [b"y"]
    assert "corrections" in state.take_news()[0].en


def test_a_newer_library_is_left_untouched_and_told(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    _filled(path, 2, 1)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = path.read_bytes()
    library = Library(path)
    assert library.history() == []
    library.add_correction("d", b"x", "a", "b", "m")
    library.close()
    assert path.read_bytes() == before
    (news,) = state.take_news()
    assert "newer version" in news.en and "library-v1.sqlite3" in news.ko
    again = Library(path)
    assert len(again.corrections()) == 1 and again.path.name == "library-v1.sqlite3"
    again.close()


def test_a_place_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        Library(tmp_path / "file" / "library.sqlite3").add_history("d", "s", {})


def test_a_full_disk_keeps_what_was_there(library: Library) -> None:
    library.add_history("d", "first", {})
    with sqlite3.connect(library.path) as limit:
        pages = limit.execute("PRAGMA page_count").fetchone()[0]
    assert library._connection is not None
    library._connection.execute(f"PRAGMA max_page_count = {pages}")  # what a full disk answers
    with pytest.raises(StorageError, match="full"):
        library.add_history("d", "second", {"text": "가" * 100_000})
    assert [row.summary for row in library.history()] == ["first"]
