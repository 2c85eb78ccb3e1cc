"""Lines of any bytes: encodings, several in one file, NULs, line ends, endless lines."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import InputError
from engine.tables import delimited
from engine.tables.encoding import HEAD, Lines, detect
from tests.engine.batch_files import put

TEXTS = ["정말 재미있어요, 추천!", "뷁 똠방각하 힣", "지루해서 졸았다", "plain ascii"]


def read(path: Path, encoding: str | None = None) -> list[tuple[str, int]]:
    return list(Lines(path, encoding or detect(path.read_bytes()[:HEAD])))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    path = put(tmp_path, "a.txt", end.join(TEXTS) + end, encoding)
    assert read(path) == [(f"{text}\n", 0) for text in TEXTS]


@pytest.mark.parametrize(("main", "other"), [("utf-8", "cp949"), ("cp949", "utf-8")])
def test_lines_in_another_encoding_are_read_in_their_own(
    tmp_path: Path, main: str, other: str
) -> None:
    kinds = [main, main, other, main, other, main, main]
    texts = [f"{TEXTS[i % 3]} {i}" for i in range(len(kinds))]
    content = b"\n".join(t.encode(kind) for t, kind in zip(texts, kinds, strict=True))
    found = read(put(tmp_path, "a.txt", content))
    assert [line.strip() for line, _ in found] == texts
    assert [bool(bits & delimited.OTHER_ENCODING) for _, bits in found] == [
        k == other for k in kinds
    ]


def test_a_line_that_is_no_text_spoils_no_other(tmp_path: Path) -> None:
    content = "좋아요\n".encode() + b"\xff\xfe\x81\xff \x80bad\n" + "나빠요\n".encode() * 5
    found = read(put(tmp_path, "a.txt", content))
    assert found[0] == ("좋아요\n", 0) and found[2:] == [("나빠요\n", 0)] * 5
    assert found[1][1] == delimited.DAMAGED and "�" in found[1][0] and "bad" in found[1][0]


def test_nul_bytes_are_left_out_and_noted(tmp_path: Path) -> None:
    content = "좋아요\n".encode() * 40 + b"a\0b\0\n" + "나빠요\n".encode() * 40
    found = read(put(tmp_path, "a.txt", content))
    assert found[40] == ("ab\n", delimited.NULS) and len(found) == 81


def test_an_endless_line_is_cut_and_the_next_is_whole(tmp_path: Path) -> None:
    content = "가" * (delimited.LONGEST_LINE // 2) + "\n다음 줄\n끝"
    found = read(put(tmp_path, "a.txt", content))
    assert [bits for _, bits in found[1:]] == [0, 0]
    assert [line for line, _ in found[1:]] == ["다음 줄\n", "끝"]
    assert found[0][1] & delimited.CUT and len(found[0][0]) <= delimited.LONGEST_LINE + 1


def test_the_place_grows_to_the_end(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "좋아요\n" * 20_000)
    source = Lines(path, "utf-8")
    places = [source.place for _ in source]
    assert places == sorted(places) and places[-1] == path.stat().st_size
    assert len(set(places)) > 10


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + bytes(range(64)) * 20]
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        detect(content)
    assert "글자를 읽을 수 없는" in caught.value.message.ko


@given(st.binary(max_size=400))
def test_any_bytes_give_lines_or_a_sentence(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "a.txt", content)
        try:
            found = read(path)
        except InputError:
            return
    assert all("\0" not in line for line, _ in found)
    assert all(line.endswith("\n") for line, _ in found[:-1])


WORDS = st.text("가나다 힣ab12,.😂", min_size=1, max_size=20)


@given(st.lists(WORDS, min_size=1, max_size=12), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_what_was_written_is_read(texts: list[str], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "a.txt", "\n".join(texts), encoding)
        found = [line.rstrip("\n") for line, _ in read(path)]
    assert found == texts
