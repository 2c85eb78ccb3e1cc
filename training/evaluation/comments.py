"""Score the shipped comment writer against people's comments: ``training.evaluate comments``.

One comment an item, the most typical one (``write(labels, n=1, greedy=True)``), against
one reference. Figures are comparable with recipe F's: BLEU is nltk's ``corpus_bleu`` on
strings, so on characters; ROUGE is the package ``rouge`` on words; METEOR is nltk's on the
words of ``\\w+`` without WordNet, which knows no Korean.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine import comments
from engine.comments.labels import EXPRESSIONS, mentions, select
from engine.errors import InputError
from training.comments_data import Pair, read_pairs


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return the metrics of ``comments-t5`` on JSON lists of ``{labels, comment}``.

    Raises:
        InputError: the data cannot be read, is no such list or is empty.
    """
    pairs = read(data)[:limit]
    comments.write(("기쁨",), n=1, greedy=True)  # loading is not part of the time an item
    start = time.perf_counter()
    written: list[str] = []
    unanswered = 0
    model = ""
    for pair in pairs:
        try:
            result = comments.write(pair.labels, n=1, greedy=True)
            written.append(result.comments[0])
            model = result.model
        except InputError:
            written.append("")
            unanswered += 1
    seconds = time.perf_counter() - start
    return {
        **text_metrics(pairs, written),
        "n": len(pairs),
        "unanswered": unanswered,
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(pairs),
        "model": model,
    }


def read(data: Sequence[Path]) -> list[Pair]:
    """Read the pairs of all files."""
    try:
        pairs = [pair for path in data for pair in read_pairs(path)]
    except (OSError, ValueError, json.JSONDecodeError) as error:
        raise InputError(
            f"라벨과 댓글의 목록이 아니에요: {error}",
            f"No JSON list of labels and comments: {error}",
        ) from error
    if not pairs:
        raise InputError("평가할 댓글이 없어요.", "There is no comment to score.")
    return pairs


def text_metrics(pairs: Sequence[Pair], written: Sequence[str]) -> dict[str, float]:
    """Return bleu_1..4, rouge_1/2/l, meteor, label_coverage and distinct_2, each in 0..1."""
    references = [pair.comment for pair in pairs]
    return {
        **bleu(references, written),
        **rouge(references, written),
        "meteor": meteor(references, written),
        "label_coverage": label_coverage(pairs, written),
        "distinct_2": distinct(written, 2),
    }


def bleu(references: Sequence[str], written: Sequence[str]) -> dict[str, float]:
    """Return cumulative corpus BLEU on characters, orders 1 to 4."""
    from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu

    listed = [[reference] for reference in references]
    smooth = SmoothingFunction().method0
    return {
        f"bleu_{n}": float(
            corpus_bleu(listed, list(written), weights=(1 / n,) * n, smoothing_function=smooth)
        )
        for n in range(1, 5)
    }


def rouge(references: Sequence[str], written: Sequence[str]) -> dict[str, float]:
    """Return the mean F1 of ROUGE-1, -2 and -L on words; an empty answer counts 0."""
    from rouge import Rouge

    scorer = Rouge()
    totals = {"rouge-1": 0.0, "rouge-2": 0.0, "rouge-l": 0.0}
    for reference, answer in zip(references, written, strict=True):
        if answer.strip(" .") and reference.strip(" ."):
            scores = scorer.get_scores(answer, reference)[0]
            for key in totals:
                totals[key] += scores[key]["f"]
    return {key.replace("-", "_"): total / len(references) for key, total in totals.items()}


class _NoWordNet:
    """Stands for WordNet, which has no Korean words: nothing has a synonym."""

    def synsets(self, word: str) -> list[Any]:
        return []


def meteor(references: Sequence[str], written: Sequence[str]) -> float:
    """Return the mean METEOR on words."""
    from nltk.translate.meteor_score import meteor_score

    words = re.compile(r"\w+")
    total = sum(
        meteor_score([words.findall(reference)], words.findall(answer), wordnet=_NoWordNet())
        for reference, answer in zip(references, written, strict=True)
    )
    return float(total) / len(references)


def label_coverage(pairs: Sequence[Pair], written: Sequence[str]) -> float:
    """Return the share of all objects in the prompts that their comments name.

    Expressions are left out (기쁨 is written as 기쁜, 행복해 …), and so are labels that
    never reach the prompt.
    """
    named = asked = 0
    for pair, answer in zip(pairs, written, strict=True):
        things = [label for label in select(pair.labels)[0] if label not in EXPRESSIONS]
        named += sum(mentions(thing, answer) for thing in things)
        asked += len(things)
    return named / asked if asked else 1.0


def distinct(written: Sequence[str], n: int) -> float:
    """Return distinct word n-grams over all word n-grams of all answers.

    >>> distinct(["가 나 다", "가 나 라"], 2)
    0.75
    """
    grams = [
        tuple(words[i : i + n])
        for words in (answer.split() for answer in written)
        for i in range(len(words) - n + 1)
    ]
    return len(set(grams)) / len(grams) if grams else 0.0
