"""Counting emotions of files that are broken, empty, endless or large; progress and cancel."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import InputError, Message
from engine.core.jobs import Cancelled, Progress
from engine.emotions.corpus import distribution
from engine.emotions.corpus.distribution import measure
from tests.engine.emotion_files import corpus, counted, dialogue, put

SENTENCE = json.dumps([dialogue("E10", "오늘은 정말 힘든 하루였어요")], ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "content", "ko", "en"),
    [
        ("a.json", b"", "빈 파일", "empty"),
        ("a.json", b"\xef\xbb\xbf \n", "빈 파일", "empty"),
        ("a.csv", b"\n\n", "빈 파일", "empty"),
        ("a.json", b"hello", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[{]", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b'[{"a": 1}', "올바른 JSON이", "Not valid JSON"),
        ("a.json", b'[{"a": 1} {"b": 2}]', "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[]]", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[" * 100_000, "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[" + b"9" * 10_000 + b"]", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[]", "말뭉치 형식이", "layout"),
        ("a.json", b"[1, null, [2]]", "말뭉치 형식이", "layout"),
        ("a.json", b'{"data": []}', "말뭉치 형식이", "layout"),
        ("a.json", b'[{"profile": {"emotion": "E10"}}]', "말뭉치 형식이", "layout"),
        ("a.json", b'[{"profile": {"emotion": {"type": 10}}}]', "말뭉치 형식이", "layout"),
        ("a.json", b'[{"profile": {"emotion": {"type": "E99"}}}]', "코드", "No known"),
        ("a.csv", "글,점수\n좋아요,3\n".encode(), "감정 열을", "No emotion column"),
        ("a.csv", b"id,text\n", "감정 열을", "No emotion column"),
        ("a.tsv", b"text\temotion\nhi\tnan\nyo\tnan\n", "감정 열을", "No emotion column"),
        ("a.csv", bytes(range(256)) * 20, "글자를 읽을 수 없는", "as text"),
        ("a.json", b"\xff\xfe\x00", "글자를 읽을 수 없는", "as text"),
        ("a.csv", b"\x81\xff\xfe\xfd" * 50, "글자를 읽을 수 없는", "as text"),
        ("a.xlsx", b"PK\x03\x04", "JSON, CSV, TSV만", "Only JSON"),
        ("a.json", SENTENCE.encode() + b"\n" + SENTENCE.encode("cp949"), "인코딩이 섞여", "mixed"),
        ("a.json", SENTENCE.encode("cp949") + b"\n" + SENTENCE.encode(), "인코딩이 섞여", "mixed"),
        ("a.csv", "감정,글\n분노,힘들었어요\n".encode() + "불안,두렵다\n".encode("cp949"),
         "인코딩이 섞여", "mixed"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, ko: str, en: str
) -> None:
    with pytest.raises(InputError, match=en) as caught:
        measure([put(tmp_path, name, content)])
    assert ko in caught.value.message.ko
    assert "a." in caught.value.message.ko


def test_missing_files_and_empty_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Cannot open"):
        measure([tmp_path / "none.json"])
    with pytest.raises(InputError, match="Cannot open"):
        measure([tmp_path / ("긴" * 500)])
    with pytest.raises(InputError, match="no JSON"):
        measure([tmp_path])
    for name in ("a.json", "b.json"):
        put(tmp_path, name, "nothing")
    with pytest.raises(InputError, match="None of 2 files"):
        measure([tmp_path])


def test_a_quote_that_is_never_closed_takes_one_line_only(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", 'id,emotion\n1,E10\n2,"E11\n' + "3,E12\n" * 200_000)
    result = measure([path])
    assert (result.total, result.skipped) == (200_001, 1)


def test_a_row_of_a_megabyte_is_a_row(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", f"text,emotion\n{'가' * 1_000_000},E10\n짧은 글,E20\n")
    assert counted(path) == {"E10": 1, "E20": 1}
    long = put(tmp_path, "b.json", json.dumps([dialogue("E33", "가" * 1_000_000)]))
    assert counted(long) == {"E33": 1}


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a.json", ["E10", "E27"] * 15_000)
    measure([path])
    tracemalloc.start()
    result = measure([path])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.total == 30_000
    assert peak < path.stat().st_size / 2


@given(st.binary(max_size=300), st.sampled_from([".json", ".csv", ".tsv", ".txt"]))
def test_any_bytes_end_in_a_result_or_a_sentence(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = put(Path(folder), f"a{suffix}", content)
        try:
            assert measure([path]).total > 0
        except InputError as error:
            assert error.message.ko and error.message.en


# --- progress --------------------------------------------------------------------------


def test_progress_grows_to_one_and_names_the_files(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        corpus(tmp_path / name, ["E10"] * 3000)
    seen: list[tuple[float | None, Message | None]] = []
    measure([tmp_path], Progress(lambda *report: seen.append(report)))
    shares = [fraction for fraction, _ in seen if fraction is not None]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(set(shares)) > 5
    assert any(message and "b.json" in message.ko for _, message in seen)


def test_counting_can_be_cancelled_within_a_file(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a.json", ["E10"] * 3000)
    progress = Progress(lambda fraction, _: progress.cancel() if fraction else None)
    with pytest.raises(Cancelled):
        measure([path], progress)


def test_a_result_cannot_be_changed(tmp_path: Path) -> None:
    result = measure([corpus(tmp_path / "a.json", ["E10"])])
    with pytest.raises(AttributeError):
        result.total = 5  # type: ignore[misc]
    assert isinstance(result, distribution.Distribution)
