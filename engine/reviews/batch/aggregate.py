"""Counting rows as they come; what it keeps does not grow with the file."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.reviews.batch import columns as labels
from engine.reviews.batch.plan import Columns
from engine.reviews.batch.result import OTHERS, BatchSummary, Group, Period, Problem, Scores, Word
from engine.reviews.batch.store import Store, Stored
from engine.tables import dates, delimited
from engine.text import morphemes

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


_KEPT_GROUPS = 5_000
_SHOWN_GROUPS = 50
_KEPT_LABELS = 1_000
_KEPT_PROBLEMS = 100
_LONGEST_NAME = 100
_NEGATIVE, _NEUTRAL, _POSITIVE = range(3)


class Tally:
    """The counts of the rows added so far."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._rows = 0
        self._verdicts = [0, 0, 0]
        self._stars = [0] * 11
        self._days: dict[int, list[int]] = {}
        self._undated = 0
        self._groups: dict[str, list[float]] = {}
        self._labels: Counter[tuple[str, int, bool]] = Counter()
        self._known_labels: set[str] = set()
        self._other_labels = 0
        self._odd: Counter[int] = Counter()
        self._problems: list[Problem] = []

    def add(self, rows: Iterable[Stored]) -> None:
        """Count rows, which follow those added before."""
        columns = self._columns
        for row in rows:
            self._rows += 1
            if row.flags:
                self._note(row.flags, row.line)
            if row.verdict is None or row.stars is None or row.positive is None:
                continue
            self._verdicts[row.verdict] += 1
            self._stars[round(row.stars * 2)] += 1
            if columns.date is not None:
                self._add_date(row.cells[columns.date], row.verdict)
            if columns.group is not None:
                self._add_group(row.cells[columns.group], row.verdict, row.stars)
            if columns.label is not None:
                self._add_label(row.cells[columns.label], row.verdict, row.positive > 0.5)

    def _note(self, bits: int, line: int | None) -> None:
        for bit in delimited.NAMES:
            if bits & bit:
                self._odd[bit] += 1
        if bits & delimited.REPORTED and len(self._problems) < _KEPT_PROBLEMS:
            said = delimited.message(bits & delimited.REPORTED)
            if said is not None:
                self._problems.append(Problem(self._rows, said, line))

    def _add_date(self, cell: str, verdict: int) -> None:
        day = dates.parse(cell)
        if day is None:
            self._undated += 1
        else:
            self._days.setdefault(day.toordinal(), [0, 0, 0])[verdict] += 1

    def _add_group(self, cell: str, verdict: int, stars: float) -> None:
        name = " ".join(cell.split())[:_LONGEST_NAME]
        if delimited.is_blank(name):
            return
        if name not in self._groups and len(self._groups) >= _KEPT_GROUPS:
            name = OTHERS
        counts = self._groups.setdefault(name, [0, 0, 0, 0.0])
        counts[verdict] += 1
        counts[3] += stars

    def _add_label(self, cell: str, verdict: int, positive: bool) -> None:
        cell = "" if delimited.is_blank(cell) else cell.strip()[:_LONGEST_NAME]
        if cell not in self._known_labels:
            if len(self._known_labels) >= _KEPT_LABELS:
                self._other_labels += 1
                return
            self._known_labels.add(cell)
        self._labels[cell, verdict, positive] += 1

    def summary(self) -> BatchSummary:
        """Return what the rows so far amount to, without words."""
        judged = sum(self._verdicts)
        stars = sum(step / 2 * count for step, count in enumerate(self._stars))
        unit, periods = self._over_time()
        return BatchSummary(
            judged=judged,
            skipped=self._odd[delimited.BLANK],
            failed=self._odd[delimited.TOO_LONG],
            positive=self._verdicts[_POSITIVE],
            neutral=self._verdicts[_NEUTRAL],
            negative=self._verdicts[_NEGATIVE],
            stars=tuple(self._stars),
            mean_stars=stars / judged if judged else None,
            over_time=periods,
            time_unit=unit,
            undated=self._undated,
            groups=self._grouped(),
            scores=self._scores() if self._columns.label is not None else None,
            problems=tuple(self._problems),
            odd=tuple((delimited.NAMES[bit], count) for bit, count in self._odd.items()),
        )

    def _over_time(self) -> tuple[str, tuple[Period, ...]]:
        if not self._days:
            return "", ()
        first, last = (date.fromordinal(day) for day in (min(self._days), max(self._days)))
        unit = dates.unit(first, last)
        bins = {day: [0, 0, 0] for day in dates.starts(first, last, unit)}
        for day, counts in self._days.items():
            total = bins[dates.start(date.fromordinal(day), unit)]
            for verdict, count in enumerate(counts):
                total[verdict] += count
        return unit, tuple(
            Period(
                label=dates.label(day, unit),
                judged=sum(counts),
                positive_share=counts[_POSITIVE] / max(sum(counts), 1),
                negative_share=counts[_NEGATIVE] / max(sum(counts), 1),
                start=day.isoformat(),
            )
            for day, counts in bins.items()
        )

    def _grouped(self) -> tuple[Group, ...]:
        ranked = sorted(
            ((name, counts) for name, counts in self._groups.items() if name != OTHERS),
            key=lambda item: (-sum(item[1][:3]), item[0]),
        )
        rest = [counts for _, counts in ranked[_SHOWN_GROUPS:]]
        rest += [self._groups[OTHERS]] if OTHERS in self._groups else []
        shown = ranked[:_SHOWN_GROUPS]
        if rest:
            shown.append((OTHERS, [sum(column) for column in zip(*rest, strict=True)]))
        return tuple(_group(name, counts) for name, counts in shown)

    def _scores(self) -> Scores:
        scale = labels.scale(self._known_labels)
        confusion = [[0, 0, 0] for _ in range(3)]
        right = compared = unlabelled = 0
        strange: Counter[str] = Counter()
        for (cell, verdict, positive), count in self._labels.items():
            meant = labels.meaning(cell, scale)
            if not cell:
                unlabelled += count
            elif meant is None:
                strange[cell] += count
            else:
                confusion[meant][verdict] += count
                if meant != _NEUTRAL:
                    compared += count
                    right += count * (positive == (meant == _POSITIVE))
        return Scores(
            scale=scale,
            compared=compared,
            accuracy=right / compared if compared else None,
            confusion=tuple((row[0], row[1], row[2]) for row in confusion),
            unlabelled=unlabelled,
            unknown=strange.total() + self._other_labels,
            examples=tuple(labels.counted(strange)),
        )


def _group(name: str, counts: list[float]) -> Group:
    judged = sum(counts[:3])
    return Group(
        name=name,
        judged=int(judged),
        positive_share=counts[_POSITIVE] / judged,
        negative_share=counts[_NEGATIVE] / judged,
        mean_stars=counts[3] / judged,
    )
