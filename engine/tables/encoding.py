"""Bytes to lines: which encoding a file is in, and each line in its own if need be."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from engine.core.errors import InputError
from engine.tables.delimited import CUT, DAMAGED, LONGEST_LINE, NULS, OTHER_ENCODING

HEAD = 1 << 18
"""Bytes that the encoding is told from."""

MOST_SAMPLED = 1 << 22
"""Characters that are looked at to tell how a file is laid out: fewer rows of a huge kind."""

_SAMPLED_LINES = 400
_WIDE = ("utf-16", "utf-16-le", "utf-16-be")
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_BINARY = 0.02
"""Share of control bytes from which a head is no text."""


def detect(head: bytes) -> str:
    """Return the encoding that most lines of *head* are in.

    ``"utf-8"``, ``"utf-8-sig"``, ``"cp949"``, or one of UTF-16's three.

    Raises:
        InputError: the bytes are no text.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) > len(head) / 8 and min(odd, even) < max(odd, even) / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    if len(head) - len(head.translate(None, _CONTROLS)) > _BINARY * len(head):
        raise _not_text()
    votes = {"utf-8": 0, "cp949": 0, "": 0}
    for line in head.splitlines()[: -1 if len(head) >= HEAD else None]:
        if not line.isascii():
            votes[next((e for e in ("utf-8", "cp949") if _fits(line, e)), "")] += 1
    if votes[""] > votes["utf-8"] + votes["cp949"]:
        raise _not_text()
    return "cp949" if votes["cp949"] > votes["utf-8"] else "utf-8"


def _fits(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _not_text() -> InputError:
    return InputError(
        "글자를 읽을 수 없는 파일이에요. UTF-8, UTF-16, CP949(EUC-KR) 텍스트인지 확인해 주세요.",
        "This file cannot be read as text; it should be UTF-8, UTF-16 or CP949 (EUC-KR).",
    )


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        InputError: the file is empty.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        rest = head
        while rest and not rest.strip(b"\xef\xbb\xbf \t\r\n\0"):
            rest = stream.read(HEAD)
    if not rest:
        raise InputError(f"빈 파일이에요: {path.name}", f"The file is empty: {path}")
    return head


def detect_file(path: Path, head: bytes) -> str:
    """Return the encoding of a file, told from its first part that is not plain ASCII.

    Raises:
        InputError: the bytes are no text.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        stream.seek(len(head))
        part = head
        while part.isascii() and (block := stream.read(HEAD)):
            part = block if block.isascii() else block.split(b"\n", 1)[-1]
    return detect(head if part.isascii() else part)


def sample_lines(path: Path, encoding: str) -> list[str]:
    """Return some lines that are not blank, fewer if they are huge."""
    found: list[str] = []
    size = 0
    for line, _ in Lines(path, encoding):
        if line.strip():
            found.append(line)
            size += len(line)
        if len(found) >= _SAMPLED_LINES or size > MOST_SAMPLED:
            break
    return found


class Lines:
    """Iterates over (line, flags); every line but perhaps the last ends with a newline.

    Attributes:
        place: bytes read so far, 0 in a pipe.
    """

    def __init__(self, source: Path | IO[bytes], encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self.place = 0

    def __iter__(self) -> Iterator[tuple[str, int]]:
        wide = self._encoding in _WIDE
        # Latin-1 keeps every byte, so that each line can be decoded by itself afterwards.
        outer = self._encoding if wide else "latin-1"
        decode = _same if wide else _decoder(self._encoding)
        with self._opened() as raw:
            stream = io.TextIOWrapper(raw, outer, "replace")
            try:
                first = True
                for line, cut in self._cut(stream, raw):
                    line, found = decode(line)
                    if first:
                        line, first = line.removeprefix("\ufeff"), False
                    if "\0" in line:
                        line, found = line.replace("\0", ""), found | NULS
                    yield line, cut | found
            finally:
                stream.detach()  # what was handed over is not ours to close

    def _cut(self, stream: io.TextIOWrapper, raw: IO[bytes]) -> Iterator[tuple[str, int]]:
        """Yield the lines, endless ones cut short."""
        tells = raw.seekable()
        while line := stream.readline(LONGEST_LINE):
            flags = 0
            if len(line) == LONGEST_LINE and line[-1] != "\n":
                flags = CUT
                while (rest := stream.readline(LONGEST_LINE)) and rest[-1] != "\n":
                    pass
                line += "\n"
            self.place = raw.tell() if tells else 0
            yield line, flags

    def _opened(self) -> AbstractContextManager[IO[bytes]]:
        """Return the bytes; a stream that was handed over stays open."""
        source = self._source
        return source.open("rb") if isinstance(source, Path) else nullcontext(source)


def _same(line: str) -> tuple[str, int]:
    return line, DAMAGED if "\ufffd" in line else 0


def _decoder(main: str) -> Callable[[str], tuple[str, int]]:
    """Return what turns the Latin-1 reading of a line into its text."""
    first, second = ("cp949", "utf-8") if main == "cp949" else ("utf-8", "cp949")

    def decode(line: str) -> tuple[str, int]:
        if line.isascii():
            return line, 0
        raw = line.encode("latin-1")
        if first == "cp949" and _is_utf8_korean(raw):
            return raw.decode("utf-8"), OTHER_ENCODING
        for encoding, flags in ((first, 0), (second, OTHER_ENCODING)):
            try:
                return raw.decode(encoding), flags
            except UnicodeDecodeError:
                continue
        return raw.decode(first, "replace"), DAMAGED

    return decode


def _is_utf8_korean(raw: bytes) -> bool:
    """Whether a line of a CP949 file is UTF-8 after all; in CP949 it would be rare hanja."""
    try:
        return any("가" <= c <= "힣" for c in raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False
