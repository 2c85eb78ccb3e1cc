"""Which encoding a large file is in, found out without holding it in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from engine.errors import InputError
from engine.jobs import Progress

_CHUNK = 1 << 20
_HANGUL = re.compile("[가-힣]")
_UTF8_HANGUL = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}){3}")
"""Three syllables in UTF-8; as CP949 they would be hanja between syllables, never met."""


def detect(path: Path, progress: Progress) -> str:
    """Return UTF-8, UTF-16 (with BOM) or CP949, whichever the whole file is in.

    Raises:
        InputError: the file is empty, no text, or in more than one encoding.
        OSError: it cannot be read.
        Cancelled: *progress* was cancelled.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        _raise_if_blank(path)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        broken, _ = _broken(path, "utf-16", progress)
        if broken:
            raise _not_text(path)
        return "utf-16"
    if b"\0" in head:
        raise _not_text(path)
    broken, hangul = _broken(path, "utf-8-sig", progress)
    if not broken:
        return "utf-8-sig"
    if hangul or _has_utf8(path, progress):
        raise InputError(
            f"한 파일에 여러 인코딩이 섞여 있어요: {path.name}. UTF-8 하나로 다시 저장해 주세요.",
            f"More than one encoding is mixed in {path}; save it again as UTF-8.",
        )
    if _broken(path, "cp949", progress)[0]:
        raise _not_text(path)
    return "cp949"


def _chunks(path: Path, progress: Progress) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            progress.raise_if_cancelled()
            yield chunk


def _raise_if_blank(path: Path) -> None:
    if not any(chunk.strip(b"\xef\xbb\xbf \t\r\n") for chunk in _chunks(path, Progress())):
        raise InputError(f"빈 파일이에요: {path.name}", f"The file is empty: {path}")


def _broken(path: Path, encoding: str, progress: Progress) -> tuple[bool, bool]:
    """Return whether the file is not in *encoding*, and whether Hangul was met till then."""
    decoder = codecs.getincrementaldecoder(encoding)()
    hangul = False
    try:
        for chunk in _chunks(path, progress):
            for line in chunk.splitlines(keepends=True):
                hangul |= bool(_HANGUL.search(decoder.decode(line)))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return True, hangul
    return False, hangul


def _has_utf8(path: Path, progress: Progress) -> bool:
    tail = b""
    for chunk in _chunks(path, progress):
        if _UTF8_HANGUL.search(tail + chunk):
            return True
        tail = chunk[-8:]
    return False


def _not_text(path: Path) -> InputError:
    return InputError(
        f"글자를 읽을 수 없는 파일이에요: {path.name}. UTF-8이나 CP949(EUC-KR)로 저장해 주세요.",
        f"Cannot be read as text (UTF-8, UTF-16 or CP949): {path}",
    )
