"""The beginning of a text file: enough of it to tell how it is laid out, and no more."""

from __future__ import annotations

from pathlib import Path

from engine.batch.lines import HEAD, Lines
from engine.errors import InputError

CHARACTERS = 1 << 22
"""Characters that are looked at: a sample of huge rows has fewer of them."""

_LINES = 400


def read(path: Path) -> bytes:
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


def with_letters(path: Path, head: bytes) -> bytes:
    """Return the first part of a file that says something about its encoding."""
    with path.open("rb") as stream:
        stream.seek(len(head))
        part = head
        while part.isascii() and (block := stream.read(HEAD)):
            part = block if block.isascii() else block.split(b"\n", 1)[-1]
    return head if part.isascii() else part


def lines_of(path: Path, encoding: str) -> list[str]:
    """Return some lines that are not blank, fewer if they are huge."""
    found: list[str] = []
    size = 0
    for line, _ in Lines(path, encoding):
        if line.strip():
            found.append(line)
            size += len(line)
        if len(found) >= _LINES or size > CHARACTERS:
            break
    return found
