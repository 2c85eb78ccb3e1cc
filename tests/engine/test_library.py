"""History and corrections in SQLite: kept, replaced, shared by threads, refused clearly."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import StorageError
from engine.library import Library


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


def test_a_damaged_file_is_a_storage_error_and_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError) as caught:
        Library(path).history()
    assert str(path) in caught.value.message.ko
    assert path.read_bytes().startswith(b"this is no database")


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
