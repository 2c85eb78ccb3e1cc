"""Score the small talk: is the right answer found for a question that is asked otherwise?

A CSV with the columns Q and A: the questions for the report (``training.writing.chat.data.split``)
are asked of an index of the rest, and an answer is right when it is the question's own. A TSV
``said about``: a sentence is right when the question found fits the regular expression.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

from engine.chat import retrieval
from engine.chat.retrieval import NAME, Index
from engine.core.errors import InputError
from engine.models import manifest
from engine.reports.sets.rows import read_tsv
from engine.text import encoder
from training.writing.chat.data import kept, read_pairs, split

MOST = 5


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return recall_1, recall_5, n, ms_per_item, model, and what each likeness finds alone.

    Raises:
        InputError: the data has neither layout, or is not what the index was made from.
    """
    if data[0].suffix.lower() == ".tsv":
        return _by_topic(data[0], limit)
    return _by_answer(data[0], limit)


def _by_answer(path: Path, limit: int | None) -> dict[str, object]:
    """Ask the questions that were kept out."""
    every = read_pairs(path)
    pairs = kept(every)
    stored = retrieval.load()
    if tuple(" ".join(pair.question.split()) for pair in pairs) != stored.questions:
        raise InputError(
            "모델을 만든 표가 아니에요. 같은 ChatbotData.csv를 주세요.",
            "These are not the pairs that the index was made from.",
        )
    parts = split(pairs)
    asked = stored.subset(parts.fit)
    rows = parts.test[:limit]
    if not rows:
        raise InputError("물어볼 질문이 없어요.", "No question is left to ask.")
    asked.find("준비", 1)
    start = time.perf_counter()
    found = [[f.answer for f in asked.find(pairs[row].question, MOST)] for row in rows]
    seconds = time.perf_counter() - start
    truth = [" ".join(pairs[row].answer.split()) for row in rows]
    alone = {
        name: _ranked([_alone(asked, pairs[row].question, part) for row in rows], truth)
        for name, part in (("n-grams", 0), ("encoder", 1), ("answers", 2))
    }
    return {
        **_ranked(found, truth),
        "n": len(rows),
        "left_out": len(every) - len(pairs),
        "ms_per_item": 1000 * seconds / len(rows),
        "model": _model(),
        "alone": alone,
    }


def _alone(asked: Index, question: str, part: int) -> list[str]:
    """Return the answers that one likeness alone finds."""
    scores = asked.parts(question)[part]
    order = (-scores).argsort(kind="stable")[: 20 * MOST]
    return list(dict.fromkeys(asked.answers[row] for row in order.tolist()))[:MOST]


def _ranked(found: Sequence[Sequence[str]], truth: Sequence[str]) -> dict[str, float]:
    pairs = list(zip(found, truth, strict=True))
    return {
        "recall_1": sum(answers[:1] == [right] for answers, right in pairs) / len(pairs),
        "recall_5": sum(right in answers for answers, right in pairs) / len(pairs),
    }


def _by_topic(path: Path, limit: int | None) -> dict[str, object]:
    """Say sentences of one's own; the question found must be about the same thing."""
    rows = [(row.get("said", ""), row.get("about", "")) for row in read_tsv(path)][:limit]
    if not rows or not all(said and about for said, about in rows):
        raise InputError(
            "said와 about 열이 있는 TSV가 필요해요.",
            "A TSV with the columns said and about is needed.",
        )
    stored = retrieval.load()
    stored.find("준비", 1)
    start = time.perf_counter()
    found = [[f.question for f in stored.find(said, MOST)] for said, _ in rows]
    seconds = time.perf_counter() - start
    fits = [
        [bool(re.search(about, question)) for question in questions]
        for questions, (_, about) in zip(found, rows, strict=True)
    ]
    return {
        "recall_1": sum(row[0] for row in fits) / len(rows),
        "recall_5": sum(any(row) for row in fits) / len(rows),
        "n": len(rows),
        "ms_per_item": 1000 * seconds / len(rows),
        "model": _model(),
    }


def _model() -> str:
    return f"{manifest.entry(NAME).label} + {encoder.label()}"
