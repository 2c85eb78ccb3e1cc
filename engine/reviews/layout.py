"""Guessing how a file of texts is laid out: encoding, delimiter, header, text column."""

from __future__ import annotations

import codecs
import csv
import statistics
from collections.abc import Sequence

from engine.errors import InputError
from engine.text import has_hangul, name_key

DELIMITERS = ("\t", ",", ";", "|")
_SAMPLE = 200
_MINORITY = 0.1
_LONGEST_NAME = 100
_CLEAR = 2.0
"""How many times longer than the next the text column's cells must be to be chosen unasked."""

TEXT_NAMES = frozenset((
    "text", "document", "review", "reviews", "comment", "comments", "content", "contents",
    "sentence", "utterance", "body", "review_text", "reviewtext", "리뷰", "내용", "본문", "댓글",
    "텍스트", "문장", "후기", "리뷰내용", "리뷰본문", "한줄평", "평", "글",
))  # fmt: skip
OTHER_NAMES = frozenset((
    "id", "label", "rating", "score", "star", "stars", "date", "time", "user", "name", "title",
    "movie_id", "review_id", "emotion", "no", "index", "번호", "라벨", "평점", "별점", "점수",
    "날짜", "작성일", "작성자", "이름", "제목", "감정", "아이디", "상품",
))  # fmt: skip


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the encoding it was in: UTF-8, UTF-16 or CP949, with BOM or not.

    Raises:
        InputError: it is none of them, so it is no text file.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _strictly(content, [encoding])
    head = content[:4096]
    if b"\0" in head:
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) < len(head) / 16:
            raise _not_text()
        return _strictly(content, ["utf-16-le" if odd > even else "utf-16-be"])
    return _strictly(content, ["utf-8", "cp949"])


def _strictly(content: bytes, encodings: Sequence[str]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _not_text()


def _not_text() -> InputError:
    return InputError(
        "글자를 읽을 수 없는 파일이에요. UTF-8, UTF-16, CP949(EUC-KR) 텍스트인지 확인해 주세요.",
        "This file cannot be read as text; it should be UTF-8, UTF-16 or CP949 (EUC-KR).",
    )


def delimiter(lines: Sequence[str]) -> str | None:
    """Return what separates the columns, ``None`` when every line is one text.

    The delimiter that gives the same number of columns, above one, on nearly every line.
    """
    best: tuple[float, str] | None = None
    for mark in DELIMITERS:
        counts = [len(row) for row in rows_of(lines[:_SAMPLE], mark) if row]
        if not counts:
            continue
        usual = statistics.mode(counts)
        agree = counts.count(usual) / len(counts)
        if usual > 1 and agree >= 1 - _MINORITY and (best is None or agree > best[0]):
            best = (agree, mark)
    return None if best is None else best[1]


def rows_of(lines: Sequence[str], mark: str) -> list[list[str]]:
    """Return the cells of delimited lines; quotes count in CSV, and around whole TSV cells.

    Raises:
        InputError: a quote is never closed or a cell is endless.
    """
    if mark == "\t":  # texts in a TSV hold stray quotes; only Excel's own quoting is undone
        return [[_unquoted(cell) for cell in line.rstrip("\r\n").split("\t")] for line in lines]
    csv.field_size_limit(1 << 30)
    try:
        return list(csv.reader(lines, delimiter=mark))
    except csv.Error as error:
        raise InputError(
            f"표를 나눌 수 없어요: {error}", f"The table cannot be split into cells: {error}"
        ) from error


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        return cell[1:-1].replace('""', '"')
    return cell


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns.

    It does if a cell is a usual column name, or if a column holds numbers everywhere but
    in its first row.
    """
    if not rows or not all(cell.strip() for cell in rows[0]):
        return False
    names = {_name(cell) for cell in rows[0]}
    if names & TEXT_NAMES or (len(rows) > 1 and names & OTHER_NAMES):
        return True
    for column, first in enumerate(rows[0]):
        below = [row[column] for row in rows[1:_SAMPLE] if column < len(row)]
        if below and not _number(first) and all(_number(cell) for cell in below):
            return True
    return False


def text_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column that holds the texts, ``None`` when that is unclear.

    By its name if exactly one has a usual name, else by content: letters, and much longer
    cells than in any other column.
    """
    named = [i for i, cell in enumerate(header) if _name(cell) in TEXT_NAMES]
    if len(named) == 1:
        return named[0]
    width = max((len(row) for row in [header, *rows[:_SAMPLE]]), default=0)
    lengths = sorted(
        ((_letters([row[i] for row in rows[:_SAMPLE] if i < len(row)]), i) for i in range(width)),
        reverse=True,
    )
    if not lengths or lengths[0][0] == 0:
        return None
    if len(lengths) == 1 or lengths[0][0] >= _CLEAR * lengths[1][0]:
        return lengths[0][1]
    return None


def _letters(cells: Sequence[str]) -> float:
    """Return the mean number of letters a cell; Hangul weighs double, as its syllables do."""
    texts = [cell for cell in cells if cell.strip()]
    if not texts:
        return 0.0
    return sum(
        sum(c.isalpha() for c in text) * (2 if has_hangul(text) else 1) for text in texts
    ) / len(texts)


def _name(cell: str) -> str:
    return name_key(cell[:_LONGEST_NAME]).strip("#").replace(" ", "")


def _number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True
