"""A row as it is read, and what can be odd about it or its text: bits that are kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.errors import Message
from engine.text import MAX_CHARACTERS, normalize


class Record(NamedTuple):
    """A row as it stands in the file: its cells, what is odd about it, where it begins."""

    cells: Sequence[str]
    flags: int
    line: int


def is_empty(cells: Sequence[str]) -> bool:
    """Whether none of *cells* holds anything."""
    return not any(map(str.strip, cells))


BLANK, TOO_LONG, OTHER_ENCODING, DAMAGED, NULS, MORE_CELLS, FEWER_CELLS, OPEN_QUOTE, CUT = (
    1 << bit for bit in range(9)
)

NAMES = {
    BLANK: "blank",
    TOO_LONG: "too_long",
    OTHER_ENCODING: "other_encoding",
    DAMAGED: "damaged",
    NULS: "nuls",
    MORE_CELLS: "more_cells",
    FEWER_CELLS: "fewer_cells",
    OPEN_QUOTE: "open_quote",
    CUT: "cut",
}
"""Keys of ``BatchSummary.odd``."""

LONGEST_LINE = 1 << 22
"""Characters of a row that are kept; what goes beyond is cut off."""

BLANK_WORDS = frozenset(("", "nan", "null", "none", "na", "n/a", "<na>", "nat", "-"))
"""What stands for nothing in a cell, lower case."""

_LONGEST_BLANK = 6
"""Longest of ``BLANK_WORDS``: longer cells need not be looked up."""

_MESSAGES = {
    TOO_LONG: Message(
        f"글이 {MAX_CHARACTERS:,}자를 넘어서 판단하지 않았어요.",
        f"The text is over {MAX_CHARACTERS:,} characters long and was not judged.",
    ),
    OPEN_QUOTE: Message(
        "따옴표가 닫히지 않아서 이 줄만 따로 읽었어요.",
        "A quote is never closed; this line was read by itself.",
    ),
    CUT: Message(
        f"한 줄이 {LONGEST_LINE:,}자를 넘어서 뒷부분을 잘랐어요.",
        f"The line is over {LONGEST_LINE:,} characters long; the rest was cut off.",
    ),
    DAMAGED: Message(
        "UTF-8도 CP949도 아닌 글자가 있어서 �로 바꿨어요.",
        "Some bytes are neither UTF-8 nor CP949; they are shown as �.",
    ),
    MORE_CELLS: Message(
        "열 이름보다 칸이 많아서 남는 칸을 마지막 칸에 붙였어요.",
        "More cells than columns; the rest was joined to the last cell.",
    ),
    FEWER_CELLS: Message(
        "열 이름보다 칸이 적어서 빈칸으로 채웠어요.",
        "Fewer cells than columns; the rest was left blank.",
    ),
    OTHER_ENCODING: Message(
        "이 줄은 파일의 다른 줄과 인코딩이 달라요. 줄에 맞게 읽었어요.",
        "This line is in another encoding than the rest; it was read in its own.",
    ),
    NULS: Message("줄 안의 널(NUL) 바이트를 뺐어요.", "NUL bytes inside the line were left out."),
    BLANK: Message("읽을 글이 없는 줄이에요.", "The row has no text."),
}

REPORTED = TOO_LONG | OPEN_QUOTE | CUT | DAMAGED | MORE_CELLS | OTHER_ENCODING | NULS
"""Bits that make a row one of ``BatchSummary.problems``: a blank or short row is common."""


def message(flags: int) -> Message | None:
    """Return the gravest of what is odd about a row, ``None`` for an even row."""
    return next((said for bit, said in _MESSAGES.items() if flags & bit), None)


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing: empty, NaN, NULL …

    >>> is_blank(" NaN "), is_blank("나")
    (True, False)
    """
    return (len(cell) <= _LONGEST_BLANK and cell.strip().lower() in BLANK_WORDS) or not cell.strip()


def of_text(cell: str) -> int:
    """Return why the text of a row cannot be judged: ``BLANK``, ``TOO_LONG``, or 0 if it can."""
    if len(cell) > MAX_CHARACTERS:
        return TOO_LONG
    if is_blank(cell):
        return BLANK
    if any(map(str.isalnum, cell)):  # quicker than normalising, which keeps nearly all of these
        return 0
    return 0 if normalize(cell) else BLANK
