"""State files: changed by one at a time, set aside when damaged, told, and never in the way."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.app import settings as keys
from desktop.app.settings import Settings
from engine.chat.taught import Personal
from engine.comments import taste
from engine.core import paths, state
from engine.core.errors import Message, StorageError
from engine.core.library import Library
from engine.core.state import StateFile, entries, whole
from engine.faces.measure import baseline
from engine.faces.measure.baseline import Baseline
from engine.models import downloads
from engine.models.downloads import catalogue
from tests.engine.damage import damages

NUMBERS: StateFile[list[int]] = StateFile(
    Message("수", "the numbers"), lambda data: entries(data, lambda n: n + 0), list, []
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "numbers.json"


def test_a_change_is_on_the_disk_and_an_unchanged_file_is_not_read_again(place: Path) -> None:
    assert NUMBERS.read(place) == []
    assert NUMBERS.change(place, lambda known: [*known, 1]) == [1]
    read = NUMBERS.read(place)
    assert read == [1] and NUMBERS.read(place) is read
    place.write_text("[2]")
    assert NUMBERS.read(place) == [2]
    assert sorted(path.name for path in place.parent.glob("*.json*")) == ["numbers.json"]


def test_programs_and_threads_change_one_file_without_losing_anything(place: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.engine.core.test_state import NUMBERS\n"
        "for n in range(30): NUMBERS.change(Path(sys.argv[1]), lambda known: [*known, n])"
    )
    programs = [subprocess.Popen([sys.executable, "-c", code, str(place)]) for _ in range(2)]

    def change() -> None:
        for number in range(30):
            NUMBERS.change(place, lambda known, n=number: [*known, n])

    threads = [threading.Thread(target=change) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [program.wait() for program in programs] == [0, 0]
    assert sorted(NUMBERS.read(place)) == sorted(list(range(30)) * 4)


def test_the_lock_is_reentrant_waits_and_gives_up_with_a_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys; from pathlib import Path; from engine.core.state import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with state.locked(place.parent), state.locked(place.parent):
        NUMBERS.change(place, lambda known: [7])
    monkeypatch.setattr(state, "WAIT_SECONDS", 0.2)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(place.parent)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(StorageError, match="Another program"):
            NUMBERS.change(place, lambda known: [])
        assert NUMBERS.read(place) == [7]  # reading never waits
        holder.kill()  # the system frees the lock
        holder.wait()
        assert NUMBERS.change(place, lambda known: [8]) == [8]


def test_a_damaged_file_is_told_once_and_entries_are_salvaged(place: Path) -> None:
    place.write_text('[1, "two", 3, null]')
    assert NUMBERS.read(place) == [1, 3]
    (news,) = state.take_news()
    (aside,) = place.parent.glob("numbers.json.damaged-*")
    assert news.en.startswith("2 damaged entries of the numbers") and aside.name in news.ko
    assert aside.read_text() == '[1, "two", 3, null]'
    place.write_text("[")
    assert NUMBERS.change(place, lambda known: [*known, 5]) == [5]
    assert "begun anew" in state.take_news()[0].en
    assert len(list(place.parent.glob("numbers.json.damaged-*"))) == 2


def test_a_damaged_file_that_cannot_be_moved_is_told_and_not_in_the_way(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    place.write_text("[")
    monkeypatch.setattr(state.os, "replace", refused)
    assert NUMBERS.read(place) == [] and NUMBERS.read(place) == []
    (news,) = state.take_news()
    assert "cannot be moved" in news.en


def test_a_newer_version_is_left_untouched(tmp_path: Path) -> None:
    place = tmp_path / "values.json"
    values: StateFile[dict[str, int]] = StateFile(
        Message("값", "the values"), whole(dict), dict, {}, version=2
    )
    place.write_text('{"version": 3, "a": [1]}')
    assert values.read(place) == {}
    assert values.change(place, lambda known: {**known, "b": 1}) == {"b": 1}
    assert values.read(place) == {"b": 1} and place.read_text() == '{"version": 3, "a": [1]}'
    (news,) = state.take_news()
    assert "values-v2.json" in news.ko and "newer version" in news.en


def test_news_wait_for_a_listener_and_each_is_told_once() -> None:
    one, two = Message("하나", "one"), Message("둘", "two")
    state.tell(one)
    state.tell(one)
    heard: list[Message] = []
    state.listen(heard.append)
    state.tell(two)
    state.tell(two)
    assert heard == [one, two] and state.take_news() == []


# Random damages of every state file

NEUTRAL = Baseline(
    expression=(-2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -0.5),
    blendshapes={"jawOpen": 0.1, "eyeBlinkLeft": 0.2},
    open_eyes=(0.3, 0.1),
    gaze=(1.0, -2.0),
    model="m 1.0",
    frames=40,
)


def _use_settings() -> None:
    settings = Settings()
    for value in vars(keys).values():
        if isinstance(value, keys.Key):
            assert type(settings.get(value)) is type(value.default)
    settings.set(keys.THEME, "light")
    settings.set(keys.THEME, "dark")
    assert Settings().get(keys.THEME) == "dark"


def _use_taught() -> None:
    personal = Personal()
    personal.find("안녕하세요")
    personal.teach("새 질문이에요", "새 답")
    found = Personal().find("새 질문이에요")
    assert found is not None and found.answer == "새 답"


def _use_choices() -> None:
    taste.preference(["강아지가 귀여워요"], ["강아지"])
    before = taste.count()
    assert taste.record(["나무"], ["나무가 좋아요", "숲이다"], 1) in (before + 1, taste.MOST)


def _use_baseline() -> None:
    baseline.load()
    baseline.save(NEUTRAL)
    assert baseline.load() == NEUTRAL


def _use_records() -> None:
    item = catalogue()[0]
    downloads.state(item)
    downloads.remove(item, forget=True)
    assert downloads.state(item).record is None


def _use_library() -> None:
    library = Library()
    library.history()
    library.history("reviews")
    library.corrections()
    before = len(library.corrections("digits"))
    number = library.add_correction("digits", b"new", "1", "7", "m")
    row_id = library.add_history("reviews", "new", {"a": 1})
    assert library.history()[0].id == row_id
    assert [row.id for row in library.corrections("digits")][before:] == [number]
    library.close()


def _fill() -> None:
    _use_settings()
    for name in ("첫째 질문", "둘째 물음", "셋째 이야기"):
        Personal().teach(name, f"{name}의 답")
        taste.record(["나무"], [name, "숲이다"], 0)
    baseline.save(NEUTRAL)
    for number, item in enumerate(catalogue()[:3]):
        record = downloads.Record(number, "0" * 64, "2026-01-01", item.url)
        downloads._STATE.change(
            downloads._records_place(), lambda known, n=item.name, r=record: {**known, n: r}
        )
    library = Library()
    for number in range(60):
        library.add_history("reviews", f"{number}", {"text": "가" * 300})
        library.add_correction("digits", bytes([number]) * 784, "3", "8", "m", b"png" * 50)
    library.close()


FILES: dict[str, Callable[[], None]] = {
    "settings.json": _use_settings,
    "chat.json": _use_taught,
    "comment-choices.json": _use_choices,
    "face-baseline.json": _use_baseline,
    "downloads/records.json": _use_records,
    "library.sqlite3": _use_library,
}


@pytest.mark.parametrize("name", FILES)
def test_no_random_damage_of_a_state_file_is_in_the_way(name: str, data_env: Path) -> None:
    """``MAUMGYEOL_FUZZ=500`` tries 500 damages of each file."""
    _fill()
    place = data_env / name
    assert place.is_file() and paths.data_place() == data_env
    content, told = place.read_bytes(), 0
    for damaged in damages(content):
        for path in (*place.parent.glob(f"{place.name}*"), *place.parent.glob(f"{place.stem}-v*")):
            path.unlink()
        state.forget_news()
        place.write_bytes(damaged)
        FILES[name]()
        news = state.take_news()
        kept = [p for p in place.parent.glob(f"{place.name}.damaged-*") if p.suffix[-1].isdigit()]
        assert bool(kept) <= bool(news), "a file was set aside without a word"
        told += bool(news)
    print(f"{name}: {told} damages told")
    assert told > 0


def test_most_of_a_library_is_salvaged_from_a_damaged_page(data_env: Path) -> None:
    _fill()
    path = data_env / "library.sqlite3"
    content = bytearray(path.read_bytes())
    for page in range(len(content) // 4096):
        damaged = bytearray(content)
        damaged[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
        for old in data_env.glob("library*"):
            old.unlink()
        path.write_bytes(damaged)
        library = Library()
        rows = len(library.history()) + len(library.corrections())
        library.close()
        roots = (1, 3)  # of the two tables
        assert rows >= (50 if page in roots else 95), f"page {page}: {rows} of 120 rows"


def test_a_library_without_its_tables_is_begun_anew(data_env: Path) -> None:
    data_env.mkdir()
    with sqlite3.connect(data_env / "library.sqlite3") as connection:
        connection.execute("CREATE TABLE other (a)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    library = Library()
    assert library.history() == [] and "damaged" in state.take_news()[0].en
    library.close()
