"""The words that tell 긍정 from 부정 most, from a bounded sample of a store's rows.

Weighted log-odds with an informative Dirichlet prior: Monroe, Colaresi, Quinn, "Fightin'
Words" (Political Analysis 16, 2008), with the words of both sides together as the prior.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine import morphemes
from engine.batch.results import Word
from engine.batch.store import Store
from engine.errors import Message
from engine.jobs import Progress

SAMPLE = 1_000
"""Rows a side: Okt reads a few hundred a second."""

SHOWN = 30
LEAST_COUNT = 3
LEAST_WEIGHT = 1.96
PRIOR = 500.0
"""Words that the prior is worth: a word must be met more often than by chance."""

_LONGEST = 400
_LONGEST_WORD = 30
_KINDS = ("명사", "동사", "형용사")
_LIGHT = frozenset(("하다", "되다", "이다", "있다", "같다", "스럽다"))
"""Verbs that carry the ending of the word before them and mean nothing by themselves."""

_EVERY = 50

Counts = Counter[tuple[str, str]]
"""Occurrences by dictionary form and part of speech."""


@dataclass(frozen=True)
class Telling:
    """The words of both sides, what cut them, and from how many rows."""

    positive: tuple[Word, ...]
    negative: tuple[Word, ...]
    tokenizer: str
    sampled: int


def telling(store: Store, column: int, progress: Progress) -> Telling:
    """Return the words of a store's judged rows.

    Raises:
        Cancelled: *progress* was cancelled.
    """
    progress.report(None, Message("중요한 낱말을 찾고 있어요.", "Finding the telling words."))
    problem = morphemes.warm_up()
    sides: list[Counts] = []
    sampled = 0
    for number, verdict in enumerate((0, 2)):
        rows = store.select("verdict = ?", (verdict,), "row")
        chosen = (
            [rows[i * len(rows) // SAMPLE] for i in range(SAMPLE)]
            if len(rows) > SAMPLE
            else list(rows)
        )
        counts: Counts = Counter()
        for done, row in enumerate(store.take(chosen)):
            if done % _EVERY == 0:
                progress.report((number + done / len(chosen)) / 2)
            counts.update(set(_words(row.cells[column], problem is None)))
        sides.append(counts)
        sampled += len(chosen)
    ranked = weighed(sides[1], sides[0])
    return Telling(
        positive=tuple(word for word in ranked if word.weight > 0)[:SHOWN],
        negative=tuple(word for word in reversed(ranked) if word.weight < 0)[:SHOWN],
        tokenizer=morphemes.OKT if problem is None else morphemes.RULES,
        sampled=sampled,
    )


def weighed(positive: Counts, negative: Counts) -> list[Word]:
    """Return the words that tell one side from the other, those of 긍정 first."""
    both = positive + negative
    if len(both) < 2:
        return []
    total = both.total()
    sizes = positive.total(), negative.total()
    found = []
    for (form, kind), count in both.items():
        prior = PRIOR * count / total
        odds, spread = 0.0, 0.0
        for sign, counts, size in ((1, positive, sizes[0]), (-1, negative, sizes[1])):
            mass = counts[form, kind] + prior
            odds += sign * math.log(mass / (size + PRIOR - mass))
            spread += 1 / mass
        weight = odds / math.sqrt(spread)
        own = (positive if weight > 0 else negative)[form, kind]
        if own >= LEAST_COUNT and abs(weight) >= LEAST_WEIGHT:
            found.append(Word(form, weight, own, kind))
    return sorted(found, key=lambda word: (-word.weight, word.text))


def _words(text: str, by_okt: bool) -> Iterator[tuple[str, str]]:
    """Yield the nouns, verbs and adjectives in their dictionary form."""
    short = " ".join(w for w in text[:_LONGEST].split() if len(w) <= _LONGEST_WORD)
    if not by_okt:
        for item in morphemes.analyse(short, wait=False).morphemes:
            if item.content and len(item.text) > 1:
                yield item.text, item.kind
        return
    if not short:
        return
    sent = short.encode("utf-16-le", "replace").decode("utf-16-le")
    found: Any = morphemes.okt().pos(sent, stem=True)
    for form, tag in found:
        kind = morphemes.KINDS.get(tag, "")
        if kind in _KINDS and form not in _LIGHT and (len(form) > 1 or kind != "명사"):
            yield form, kind
