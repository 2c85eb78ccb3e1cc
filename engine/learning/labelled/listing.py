"""A table or a folder -> which pictures there are for each class; none is opened yet."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.core.paths import as_spelled
from engine.learning.labelled.reading import LabelledDomain, domain_of
from engine.learning.labelled.results import DENIED, MISSING, UNKNOWN, Entry, LeftOut, Listing
from engine.media.images import SUFFIXES
from engine.media.images import SUFFIXES as PICTURES
from engine.tables import layout
from engine.tables.delimited import is_empty, records
from engine.tables.encoding import Lines, detect_file, read_head, sample_lines
from engine.text.normalize import name_key

_NUMBERED = re.compile(r"^\d+[\s._)-]+(?=\D)")
_LONGEST = 60


def class_of(given: str, names: Mapping[str, str]) -> str | None:
    """Return the class that *given* names, ``None`` for none.

    Hangul may be decomposed, as macOS writes it, and a number may lead, as in ``3_happy``.

    >>> class_of(" 3_Happy ", {"happy": "행복"}), class_of("3", {"happy": "행복"})
    ('행복', None)
    """
    name = name_key(given).strip('"')
    return names.get(name) or names.get(_NUMBERED.sub("", name))


def shown(given: str) -> str:
    """Return a given name on one line of bounded length.

    >>> shown("a\\n\\x00b")
    'a b'
    """
    clean = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", given))
    line = " ".join(clean.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


# ----------------------------------------------------------------------------------------
# A table ``image_path,label`` -> names and labels, row by row, in any usual encoding.

TABLE_SUFFIXES = (".csv", ".tsv", ".txt")

PATH_NAMES = frozenset((
    "image_path", "imagepath", "path", "image", "img", "img_path", "file", "filename",
    "file_name", "filepath", "file_path", "picture", "photo", "경로", "파일", "파일명",
    "이미지", "사진", "그림",
))  # fmt: skip
LABEL_NAMES = frozenset((
    "label", "labels", "class", "emotion", "expression", "target", "digit", "category",
    "라벨", "레이블", "표정", "감정", "정답", "숫자", "분류",
))  # fmt: skip

Row = tuple[int, str, str]
"""Line of the row (from 1), the picture's path, its label."""


def read_rows(path: Path, known: Callable[[str], bool]) -> Iterator[Row]:
    """Yield the rows of the table.

    Args:
        known: whether a cell names a class; tells labels from paths where there is no header.

    Raises:
        InputError: it cannot be opened, is no text, or its columns are others.
    """
    path = as_spelled(path)
    try:
        encoding = detect_file(path, read_head(path))
        mark = layout.delimiter(sample_lines(path, encoding)) or ","
        rows = (row for row in records(Lines(path, encoding), mark) if not is_empty(row.cells))
        first = next(rows, None)
        if first is None:
            raise InputError(f"빈 파일이에요: {path.name}", f"The file {path.name} is empty.")
        file, label, header = _columns(first.cells, known, path)
        for row in rows if header else itertools.chain([first], rows):
            yield row.line, *_cells(row.cells, file, label)
    except OSError as error:
        raise InputError(
            f"파일을 열 수 없어요: {path.name} ({error.strerror})",
            f"Cannot open {path}: {error.strerror}",
        ) from error


def _columns(
    cells: Sequence[str], known: Callable[[str], bool], path: Path
) -> tuple[int, int, bool]:
    """Return which columns hold path and label, and whether *cells* is a header."""
    names = [name_key(cell) for cell in cells]
    file = next((i for i, name in enumerate(names) if name in PATH_NAMES), None)
    label = next((i for i, name in enumerate(names) if name in LABEL_NAMES), None)
    if file is not None and label is not None:
        return file, label, True
    file = next((i for i, name in enumerate(names) if name.endswith(PICTURES)), None)
    others = [i for i in range(len(names)) if i != file]
    label = next((i for i in others if known(names[i])), others[0] if len(others) == 1 else None)
    if file is not None and label is not None:
        return file, label, False
    met = ", ".join(cell.strip() or "-" for cell in cells[:8])[:120]
    raise InputError(
        f"열 'image_path, label'이 필요해요: {path.name} (첫 줄: {met})",
        f"{path.name} needs the columns 'image_path, label' (first line: {met})",
    )


def _cells(cells: Sequence[str], file: int, label: int) -> tuple[str, str]:
    def cell(index: int) -> str:
        return cells[index].strip() if index < len(cells) else ""

    return cell(file).strip('"'), cell(label)


MOST = 200_000
"""Pictures beyond this are refused: one file an expression is enough to learn from."""

_EVERY = 200

_LOOSE = Message(
    "라벨 이름의 폴더 안에 있지 않은 사진이에요.", "The picture lies in no folder of a class."
)


def look(source: Path, key: str, progress: Progress | None = None) -> Listing:
    """List the labelled pictures of a table ``image_path,label`` or of a folder a class.

    Relative paths are found from the table's folder. In folders a picture belongs to the
    nearest folder above it that is named after a class.

    Args:
        key: what is to be learned: ``"faces"`` or ``"digits"``.

    Raises:
        InputError: it is neither, cannot be read, or holds no picture at all.
        Cancelled: *progress* was cancelled.
    """
    progress, domain = progress or Progress(), domain_of(key)
    progress.report(None, Message("사진을 찾는 중이에요.", "Looking for pictures."))
    source = Path(source)
    found = _Found(domain, progress)
    if os.path.isdir(source):
        _read_folder(source, found)
    elif source.suffix.lower() in TABLE_SUFFIXES or not os.path.exists(source):
        _read_table(source, found)
    else:
        raise InputError(
            f"CSV 파일이나 폴더를 골라 주세요: {source.name} "
            "(압축 파일은 먼저 풀고, 엑셀은 CSV로 저장해 주세요)",
            f"{source.name} is neither a CSV nor a folder (unpack archives, save sheets as CSV).",
        )
    if not found.entries and not found.left_out:
        raise InputError(
            f"사진이 없어요: {source.name}. {found.kinds_of_source(source)}",
            f"There are no pictures in {source.name}.",
        )
    return Listing(
        source,
        key,
        tuple(domain.labels),
        tuple(found.entries),
        tuple(found.left_out),
        domain.only_these,
        found.others,
    )


class _Found:
    """Collects pictures, and what is left out already here."""

    def __init__(self, domain: LabelledDomain, progress: Progress) -> None:
        self._domain, self._progress = domain, progress
        self.entries: list[Entry] = []
        self.left_out: list[LeftOut] = []
        self.others = 0

    def label(self, given: str) -> str | None:
        """Return the class that a name stands for."""
        return class_of(given, self._domain.class_names)

    def known(self, given: str) -> bool:
        """Whether a name stands for a class."""
        return self.label(given) is not None

    def add(self, name: str, path: Path, label: str) -> None:
        """Take a picture."""
        self.entries.append(Entry(name, path, label))
        self._count()

    def leave_out(self, name: str, given: str, kind: str, why: Message) -> None:
        """Leave a picture or folder out."""
        self.left_out.append(LeftOut(shown(name), shown(given), kind, why))
        self._count()

    def unknown(self, name: str, given: str) -> None:
        """Leave a picture out whose class is none of the domain's."""
        said = shown(given)
        if not said:
            why = Message("라벨이 비어 있어요.", "There is no label.")
        elif said.isdigit():
            why = Message(
                f"숫자 라벨 '{said}'의 뜻은 자료마다 달라요. 이름으로 적어 주세요.",
                f"What the number '{said}' stands for differs between data sets: use names.",
            )
        else:
            why = Message(f"모르는 라벨이에요: {said}", f"'{said}' is no known class.")
        self.leave_out(name, given, UNKNOWN, why)

    def kinds_of_source(self, source: Path) -> str:
        """Return what such a source should hold."""
        kinds = "행복, 슬픔" if self._domain.domain == "faces" else "0, 1"
        if source.is_dir():
            return f"폴더 안에 분류마다 폴더를 두고({kinds} …) 사진을 담아 주세요."
        return "줄마다 사진의 경로와 라벨을 적어 주세요."

    def _count(self) -> None:
        number = len(self.entries) + len(self.left_out)
        if number > MOST:
            raise InputError(
                f"사진이 {MOST:,}장을 넘어요. 나누어서 가르쳐 주세요.",
                f"There are more than {MOST:,} pictures. Teach them in parts.",
            )
        if number % _EVERY == 0:
            said = Message(f"사진 {number:,}장을 찾았어요.", f"{number:,} pictures found.")
            self._progress.report(None, said)


def _read_table(source: Path, found: _Found) -> None:
    for number, given, label in read_rows(source, found.known):
        name = given or f"#{number}"
        known = found.label(label)
        if known is None:
            found.unknown(name, label)
            continue
        why = None if given else Message("사진의 경로가 비어 있어요.", "There is no path.")
        path = None if why else _place(source.parent, given)
        if path is not None:
            found.add(shown(name), path, known)
        else:
            gone = Message(f"파일이 없어요: {shown(given)}", f"There is no file {shown(given)}.")
            found.leave_out(name, label, MISSING, why or gone)


def _place(folder: Path, given: str) -> Path | None:
    """Return the file that a table names, ``None`` where there is none."""
    for form in (given, given.replace("\\", "/")):
        try:
            path = as_spelled(folder / form)
            if os.path.lexists(path):
                return path
        except ValueError:  # a NUL in the name
            return None
    return None


def _read_folder(source: Path, found: _Found) -> None:
    for folder, names in _walk(source, found):
        below = folder.relative_to(source).parts
        label = next((got for part in reversed(below) if (got := found.label(part))), None)
        if not below:
            label = found.label(source.resolve().name)
        for file in names:
            path = folder / file
            if file.startswith("."):
                continue
            if not file.lower().endswith(SUFFIXES):
                found.others += 1
            elif label is None:
                name = path.relative_to(source).as_posix()
                if below:
                    found.unknown(name, below[-1])
                else:
                    found.leave_out(name, "", UNKNOWN, _LOOSE)
            else:
                found.add(shown(path.relative_to(source).as_posix()), path, label)


def _walk(source: Path, found: _Found) -> Iterator[tuple[Path, list[str]]]:
    """Yield the folders with their files, sorted; links are followed, each folder once."""
    waiting, seen = [source], set()
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as listed:
                items = sorted(listed, key=lambda item: item.name)
                folders = [Path(item.path) for item in items if item.is_dir()]
                files = [item.name for item in items if not item.is_dir()]
        except OSError as error:
            reason = error.strerror or str(error)
            if folder == source:
                raise InputError(
                    f"폴더를 열 수 없어요: {source.name} ({reason}). 권한을 확인해 주세요.",
                    f"Cannot open the folder {source}: {reason}. Check its permissions.",
                ) from error
            why = Message(f"폴더를 열 수 없어요 ({reason}).", f"Cannot open the folder: {reason}.")
            found.leave_out(f"{folder.relative_to(source).as_posix()}/", "", DENIED, why)
            continue
        waiting += [item for item in reversed(folders) if not item.name.startswith(".")]
        yield folder, files
