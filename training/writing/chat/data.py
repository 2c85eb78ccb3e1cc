"""Chatbot_data as training and test material: reading, keys, and the paraphrase split."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.chat.safety import presentable
from engine.chat.words import key
from engine.core.errors import InputError

TEST, TUNE = 3, 2
"""Tenths of the answers of which one question is kept out: for figures; for choices."""


@dataclass(frozen=True)
class Pair:
    """What was asked and what was answered."""

    question: str
    answer: str

    @property
    def key(self) -> str:
        """The question without spaces and marks: equal keys are one question."""
        return key(self.question)


def read_pairs(path: Path, limit: int | None = None) -> list[Pair]:
    """Read a CSV with the columns Q and A; rows with an empty cell are left out.

    Raises:
        InputError: a column is missing, it is no UTF-8, or no pair is in it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"Q", "A"} <= set(reader.fieldnames or ()):
                raise _unfit(path, "it has no columns Q and A")
            rows = [((row["Q"] or "").strip(), (row["A"] or "").strip()) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unfit(path, str(error)) from error
    pairs = [Pair(question, answer) for question, answer in rows if key(question) and answer]
    if not pairs:
        raise _unfit(path, "no row has both a question and an answer")
    return pairs[:limit]


def _unfit(path: Path, why: str) -> InputError:
    return InputError(
        f"질문과 답의 표로 읽을 수 없어요: {path.name}. Q, A 열이 있는 CSV를 골라 주세요.",
        f"{path.name} is no table of questions and answers: {why}.",
    )


def kept(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose answer a program may give, in order."""
    return [pair for pair in pairs if presentable(pair.answer)]


@dataclass(frozen=True)
class Split:
    """Row numbers: to learn from, to choose by, to report; the last two are asked only.

    Two questions with one answer are paraphrases, as the data's authors saw it. Of three
    tenths of the answers that have several questions, one question is for the report; of two
    tenths one is for choices.
    """

    fit: tuple[int, ...]
    tune: tuple[int, ...]
    test: tuple[int, ...]


def split(pairs: Sequence[Pair]) -> Split:
    """Part the rows by hashes of answer and question, the same on every machine."""
    by_answer: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, pair in enumerate(pairs):
        by_answer[pair.answer][pair.key].append(row)
    elsewhere: dict[str, int] = defaultdict(int)
    for pair in pairs:
        elsewhere[pair.key] += 1
    held: dict[str, list[int]] = {"tune": [], "test": []}
    for answer, questions in by_answer.items():
        share = _hash(answer) % 10
        # A question that has other answers too would be found with one of those.
        single = [k for k, rows in questions.items() if len(rows) == elsewhere[k]]
        if len(questions) < 2 or not single or share >= TEST + TUNE:
            continue
        chosen = min(single, key=_hash)
        held["test" if share < TEST else "tune"] += questions[chosen]
    out = {row for rows in held.values() for row in rows}
    fit = tuple(row for row in range(len(pairs)) if row not in out)
    return Split(fit, _first_each(pairs, held["tune"]), _first_each(pairs, held["test"]))


def _first_each(pairs: Sequence[Pair], rows: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({pairs[row].key: row for row in reversed(sorted(rows))}.values()))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])
