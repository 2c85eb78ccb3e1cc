"""Emotion labels out of the 감성대화말뭉치: JSON, CSV, TSV, or folders of them."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TextIO

from engine.core.errors import InputError
from engine.core.jobs import Progress
from engine.emotions.corpus.codes import GROUPS, code_of
from engine.tables.delimited import is_empty, quoted

_SNIFFED = 1 << 20
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
        while chunk := stream.read(_SNIFFED):
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


# ----------------------------------------------------------------------------------------
# Records of a JSON file, one after another, in bounded memory.

_CHUNK = 1 << 16
_LONGEST = 1 << 24
"""Characters that one record may have: a broken file is given up then, not read whole."""
_SPACE = re.compile(r"[\s\ufeff]*")


def json_labels(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """Yield (emotion code or "", "") of each record: a list of them, or one a line.

    Args:
        name: the file's name, for the errors.
        tick: called now and then; may raise to stop.

    Raises:
        InputError: it is not JSON, or JSON without the corpus's ``profile.emotion``.
    """
    met = False
    for record in _records(stream, name, tick):
        label = _label(record)
        met |= label is not None
        yield label or "", ""
    if not met:
        raise _other_shape(name)


def _label(record: object) -> str | None:
    """Return ``profile.emotion.type``, else the emotion-id that ends in it; ``None``: neither."""
    for key in ("profile", "emotion"):
        if not isinstance(record, dict):
            return None
        record = record.get(key)
    if not isinstance(record, dict):
        return None
    found = record.get("type") or record.get("emotion-id")
    return found if isinstance(found, str) else None


def _records(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[object]:
    decoder = json.JSONDecoder()
    text, at = stream.read(_CHUNK), 0
    at = _skip(text, at)
    if text[at : at + 1] not in ("[", "{"):
        raise _not_json(name)
    listed = text[at] == "["
    at += listed
    separated = True
    while True:
        at = _skip(text, at)
        if at == len(text):
            text, at = stream.read(_CHUNK), 0
            if not text:
                break
            tick()
            continue
        if listed and text[at] == "]":
            if (text[at + 1 :] + stream.read(_CHUNK)).strip():
                raise _not_json(name)
            return
        if listed and text[at] == "," and not separated:
            at, separated = at + 1, True
            continue
        if listed and not separated:
            raise _not_json(name)
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            rest = text[at:]
            more = stream.read(max(_CHUNK, len(rest))) if len(rest) < _LONGEST else ""
            if not more:
                raise _not_json(name) from error
            text, at = rest + more, 0
            tick()
            continue
        separated = False
        yield value
    if listed:  # it ends before its bracket does
        raise _not_json(name)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _not_json(name: str) -> InputError:
    return InputError(
        f"올바른 JSON이 아니에요: {name}. 파일이 잘리지 않았는지 확인해 주세요.",
        f"Not valid JSON: {name}. Check that the file is whole.",
    )


def _other_shape(name: str) -> InputError:
    return InputError(
        f"감성대화말뭉치 형식이 아니에요: {name}. 대화마다 profile.emotion.type이 있어야 해요.",
        f"Not in the corpus's layout: {name}. Each dialogue needs profile.emotion.type.",
    )


# ----------------------------------------------------------------------------------------
# The emotion column of a CSV or TSV, row after row, in bounded memory.

Quoting = Literal[0, 3]
_FORMS: tuple[tuple[str, Quoting], ...] = (
    (",", csv.QUOTE_MINIMAL),
    ("\t", csv.QUOTE_MINIMAL),
    (";", csv.QUOTE_MINIMAL),
    ("|", csv.QUOTE_MINIMAL),
    ("\t", csv.QUOTE_NONE),  # texts in a TSV may hold stray quotes
)
_HEAD = 1 << 22
_EVERY = 1000
_SAMPLE = 200
"""Characters that one row may have: an unclosed quote must not swallow the whole file."""


def table_labels(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """Yield (emotion, group) of each row as they are written; group "" where no column has it.

    The emotion column is the one whose cells are codes or names of the corpus.

    Raises:
        InputError: no column holds emotions, or a row is endless.
    """
    rows = _rows(stream, name, tick)
    sample = list(itertools.islice(rows, _SAMPLE))
    column, group = _columns(sample, name)
    if sample and not code_of(_cell(sample[0], column)):  # the names of the columns
        sample = sample[1:]
    for row in itertools.chain(sample, rows):
        yield _cell(row, column), _cell(row, group)


def _rows(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[Sequence[str]]:
    fed = 0

    def lines() -> Iterator[str]:
        nonlocal fed
        while line := stream.readline(_LONGEST):
            fed += len(line)
            if fed > _LONGEST:
                raise InputError(
                    f"끝나지 않는 행이 있어요: {name}. 닫히지 않은 따옴표가 있는지 봐 주세요.",
                    f"A row never ends in {name}; look for a quote that is not closed.",
                )
            yield line

    source = lines()
    head: list[str] = []
    while len(head) < 2 * _SAMPLE and fed < _HEAD and (line := next(source, "")):
        head.append(line)
    fed = 0
    csv.field_size_limit(1 << 30)
    try:
        mark, quoting = max(_FORMS, key=lambda form: _known(head, *form))
        for number, row in enumerate(_cut(itertools.chain(head, source), mark, quoting)):
            if number % _EVERY == 0:
                tick()
            fed = 0
            if not is_empty(row):
                yield row
    except csv.Error as error:
        raise InputError(
            f"표를 나눌 수 없어요: {name} ({error})",
            f"The table cannot be split into cells: {name} ({error})",
        ) from error


def _cut(lines: Iterable[str], mark: str, quoting: Quoting) -> Iterator[Sequence[str]]:
    """Yield the cells of each row; a quote that is never closed takes one line only."""
    if quoting == csv.QUOTE_NONE:
        return csv.reader(lines, delimiter=mark, quoting=quoting)
    numbered = ((line, 0, number) for number, line in enumerate(lines, start=1))
    return (row.cells for row in quoted(numbered, mark))


def _known(head: Sequence[str], mark: str, quoting: Quoting) -> int:
    """Return how many emotions the fullest column holds when *head* is split at *mark*."""
    met = Counter(
        column
        for row in _cut(head, mark, quoting)
        for column, cell in enumerate(row)
        if code_of(cell)
    )
    return max(met.values(), default=0)


def _columns(sample: Sequence[Sequence[str]], name: str) -> tuple[int, int | None]:
    """Return the emotion column, the finest if several are, and the column of its group."""
    found: list[tuple[int, int, int]] = []
    groups: list[int] = []
    for column in range(max(map(len, sample), default=0)):
        cells = [cell for row in sample if (cell := _cell(row, column).strip())]
        known = [code for cell in cells if (code := code_of(cell))]
        below = max(len(cells) - 1, 1)  # the first may name the column
        if len(known) * 2 < below or not known:
            continue
        fine = sum(not code.endswith("0") for code in known)  # the others name a group
        found.append((fine, len(known), -column))
        if all(cell in GROUPS for cell in cells[1:]):
            groups.append(column)
    if not found:
        raise InputError(
            f"감정 열을 찾을 수 없어요: {name}. 감정 코드(E10~E69)나 감정 이름이 든 열이 필요해요.",
            f"No emotion column in {name}: a column of codes (E10 to E69) or Korean names is "
            "needed.",
        )
    best = -max(found)[2]
    return best, next((column for column in groups if column != best), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


JSON_SUFFIXES = (".json", ".jsonl")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
IN_FOLDERS = (".json", ".jsonl", ".csv", ".tsv")


def files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read, folders searched to the bottom, none of them twice.

    Raises:
        InputError: there is nothing to read in any of *paths*.
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        for inner in _below(path) if os.path.isdir(path) else [path]:
            found.setdefault(os.path.realpath(inner), inner)
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise InputError(
            f"읽을 JSON, CSV, TSV 파일이 없어요: {names}",
            f"There is no JSON, CSV or TSV file to read in {names}",
        )
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    """Yield what is to be read, folders too that cannot be entered: reading them says why."""
    closed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(IN_FOLDERS) and not name.startswith("."):
                yield Path(place) / name
    yield from closed


def labels(path: Path, progress: Progress) -> Iterator[tuple[str, str]]:
    """Yield (emotion, group) of each dialogue or row as the file writes them.

    Raises:
        InputError: the file is missing, empty, unreadable, or holds no emotions.
        Cancelled: *progress* was cancelled.
    """
    suffix = path.suffix.lower()
    if os.path.isfile(path) and suffix not in JSON_SUFFIXES + TABLE_SUFFIXES:
        raise InputError(
            f"JSON, CSV, TSV만 읽을 수 있어요: {path.name}",
            f"Only JSON, CSV and TSV are read: {path}",
        )
    read = json_labels if suffix in JSON_SUFFIXES else table_labels
    try:
        encoding = detect(path, progress)
        size = path.stat().st_size
        with (
            path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=encoding, newline="") as stream,
        ):
            tick = _ticker(progress, raw.tell, size)
            yield from read(stream, path.name, tick)
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error


def _ticker(progress: Progress, position: Callable[[], int], size: int) -> Callable[[], None]:
    return lambda: progress.report(position() / max(size, 1))
