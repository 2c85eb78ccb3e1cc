"""Figures of written comments: like the reference, of the labels, of the feeling, varied.

Figures are comparable with recipe F's: BLEU is nltk's ``corpus_bleu`` on strings, so on
characters; ROUGE is the package ``rouge`` on words; METEOR is nltk's on the words of ``\\w+``
without WordNet, which knows no Korean.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from engine.comments.labels import EXPRESSIONS, mentions, select
from training.comments_data import Pair, sentences

_DARK = frozenset({"슬픔", "분노", "공포"})
_OPPOSED = {"glad": frozenset({"슬픔", "분노", "공포", "혐오"}), "dark": frozenset({"행복"})}
"""What the text-emotion model must not hear in a comment for a glad, or a dark, face."""


def text_metrics(pairs: Sequence[Pair], written: Sequence[str]) -> dict[str, float]:
    """Return bleu_1..4, rouge_1/2/l, meteor and :func:`free_metrics`, each in 0..1."""
    references = [pair.comment for pair in pairs]
    return {
        **bleu(references, written),
        **rouge(references, written),
        "meteor": meteor(references, written),
        **free_metrics(pairs, written),
    }


def free_metrics(pairs: Sequence[Pair], written: Sequence[str]) -> dict[str, float]:
    """Return what needs no reference: label_coverage, emotion_match, distinct_1/2, self_bleu."""
    return {
        "label_coverage": label_coverage(pairs, written),
        "emotion_match": emotion_match(pairs, written),
        "distinct_1": distinct(written, 1),
        "distinct_2": distinct(written, 2),
        "self_bleu": self_bleu(written),
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


def emotion_match(pairs: Sequence[Pair], written: Sequence[str]) -> float:
    """Return the share of comments in whose first sentence the emotion model hears nothing opposed.

    The first sentence is where comments speak of the face; what follows praises things, which
    sounds glad beside any face. People's comments do not reach 1 either (``references``).

    Opposed is 행복 for faces with only 슬픔, 분노 or 공포, and 슬픔, 분노, 공포 or 혐오 for faces
    with only 기쁨. Prompts with both or neither, and empty answers, are left out.
    """
    from engine import emotions

    asked = [
        (_OPPOSED[mood], sentences(text)[0])
        for mood, text in ((_mood(pair), text) for pair, text in zip(pairs, written, strict=True))
        if mood and text.strip()
    ]
    heard = emotions.predict_many([text for _, text in asked])
    right = sum(
        found.label not in opposed for (opposed, _), found in zip(asked, heard, strict=True)
    )
    return right / len(asked) if asked else 1.0


def _mood(pair: Pair) -> str:
    shown = frozenset(select(pair.labels)[0]) & frozenset(EXPRESSIONS)
    if shown == {"기쁨"}:
        return "glad"
    return "dark" if shown and shown <= _DARK else ""


def self_bleu(written: Sequence[str], orders: int = 4) -> float:
    """Return the mean BLEU of each answer against all others, on words (Zhu et al. 2018).

    1 is always the same. An order without a shared n-gram counts as 0.1 of one (method 1 of
    Chen and Cherry 2014).

    >>> round(self_bleu(["가 나 다 라", "가 나 다 라"]), 6), self_bleu(["가 나"])
    (1.0, 0.0)
    """
    words = [answer.split() for answer in written if answer.strip()]
    if len(words) < 2:
        return 0.0
    logs = [0.0] * len(words)
    for n in range(1, orders + 1):
        grams = [Counter(tuple(w[i : i + n]) for i in range(len(w) - n + 1)) for w in words]
        best = _two_largest(grams)
        for index, own in enumerate(grams):
            shared = sum(min(c, best[g][1 if best[g][0] == c else 0]) for g, c in own.items())
            logs[index] += math.log(max(shared, 0.1) / max(own.total(), 1))
    lengths = [len(w) for w in words]
    penalties = [_brevity(length, lengths) for length in lengths]
    return sum(p * math.exp(v / orders) for p, v in zip(penalties, logs, strict=True)) / len(words)


def _two_largest(grams: Sequence[Counter[tuple[str, ...]]]) -> dict[tuple[str, ...], list[int]]:
    """Return for each n-gram the largest count in one text, and in another text."""
    best: dict[tuple[str, ...], list[int]] = {}
    for own in grams:
        for gram, count in own.items():
            best[gram] = sorted([*best.get(gram, [0, 0]), count])[:0:-1]
    return best


def _brevity(length: int, lengths: Sequence[int]) -> float:
    """Return BLEU's penalty of a text shorter than the nearest of the others."""
    others = list(lengths)
    others.remove(length)
    nearest = min(others, key=lambda other: (abs(other - length), other))
    return 1.0 if length >= nearest else math.exp(1 - nearest / max(length, 1))
