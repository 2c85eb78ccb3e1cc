"""A table ``image_path,label`` -> names and labels, row by row, in any usual encoding."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.errors import InputError
from engine.images import SUFFIXES as PICTURES
from engine.paths import as_spelled
from engine.tables import layout
from engine.tables.delimited import records
from engine.tables.encoding import Lines, detect_file, read_head, sample_lines
from engine.tables.flags import is_empty
from engine.text import name_key

SUFFIXES = (".csv", ".tsv", ".txt")

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
