"""A report as plain values: everything that the page and the PDF show."""

from __future__ import annotations

from dataclasses import dataclass

from engine.learning.metrics import Bin, Coverage
from engine.reports.words import say

_NAME = 17

ClassRow = tuple[str, float, float, float, int]
"""Label, precision, recall, F1 (0..1), number of items."""


@dataclass(frozen=True)
class Scores:
    """The figures; shares in 0..1.

    Attributes:
        n: items with a label; *right*: those answered rightly; *unanswered*: not answered.
        interval: 95 % interval of *accuracy* (Wilson 1927).
        classes: one row a label that occurs.
        averages: macro and weighted precision, recall and F1.
        stars_mae, kappa: over *stars_n* rated reviews; ``None`` without ratings.
        three_way: accuracy and macro F1 of the verdicts of three, with ratings.
        milliseconds: per item, without loading the model.
    """

    n: int
    right: int
    unanswered: int
    accuracy: float
    interval: tuple[float, float]
    balanced: float
    macro_f1: float
    ece: float
    classes: tuple[ClassRow, ...]
    averages: tuple[ClassRow, ClassRow]
    stars_mae: float | None
    kappa: float | None
    stars_n: int
    three_way: tuple[float, float] | None
    milliseconds: float


@dataclass(frozen=True)
class Mistake:
    """A wrong answer: the text, or a picture as the bytes of a PNG."""

    name: str
    truth: str
    answer: str
    confidence: float
    text: str = ""
    picture: bytes = b""

    @property
    def short(self) -> str:
        """The name without folders and ending, not longer than a picture is wide."""
        return self.name.rsplit("/", 1)[-1].rsplit(".", 1)[0][-_NAME:]


@dataclass(frozen=True)
class DataFacts:
    """What the labelled set holds.

    Attributes:
        files: names without folders.
        counts: number of items by label, in the labels' order.
        rated_only: rated reviews whose rating is no label.
        unlabelled, unknown: rows that were left out, see ``LabelledSet``.
        unanswered: the first few items without an answer, each with its reason.
    """

    files: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    rated_only: int
    unlabelled: int
    unknown: tuple[tuple[str, int], ...]
    unanswered: tuple[tuple[str, str], ...]
    limit: int | None


@dataclass(frozen=True)
class Card:
    """A model's card: its name and version, and its Markdown."""

    name: str
    markdown: str


@dataclass(frozen=True)
class Report:
    """All of a report.

    Attributes:
        task: its key; *title*: the heading, made of data: to be escaped.
        labels: of the matrix, whose rows are truths and whose last column is no answer.
        verdicts: the matrix of the verdicts 부정, 중립, 긍정; empty without ratings.
        rated: (rating 1..10, half stars 0..10, number of reviews).
        notes: sentences that warn of something.
        environment: (name, value).
        language: ``"ko"`` or ``"en"``.
    """

    task: str
    title: str
    model: str
    mode: str
    created: str
    scores: Scores
    labels: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    bins: tuple[Bin, ...]
    coverage: tuple[Coverage, ...]
    verdicts: tuple[tuple[int, ...], ...]
    rated: tuple[tuple[int, int, int], ...]
    mistakes: tuple[Mistake, ...]
    data: DataFacts
    cards: tuple[Card, ...]
    notes: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    command: str
    language: str

    def say(self, key: str, **values: object) -> str:
        """Return the words called *key* in the report's language."""
        return say(key, self.language, **values)

    def heading(self, figure: str) -> str:
        """Return the heading of a figure."""
        if figure == "per_class":  # the table beside it has this name
            return " · ".join(map(self.say, ("precision", "recall", "f1")))
        return self.say(figure)

    def hint(self, figure: str) -> str:
        """Return the sentence that explains a figure; empty where the heading does."""
        if figure in ("per_class", "balance"):
            return ""
        if figure == "three_way" and self.scores.three_way is not None:
            accuracy, f1 = self.scores.three_way
            return self.say("three_way_text", accuracy=f"{accuracy:.1%}", f1=f"{f1:.3f}")
        return self.say(f"{figure}_text")

    @property
    def wrong(self) -> int:
        """Number of wrong answers."""
        return self.scores.n - self.scores.right - self.scores.unanswered

    def tiles(self) -> list[tuple[str, str, str]]:
        """Return the headline figures: name, value, a hint."""
        s = self.scores
        low, high = (f"{share:.1%}" for share in s.interval)
        made = [
            (self.say("accuracy"), f"{s.accuracy:.1%}", self.say("interval", low=low, high=high)),
            (self.say("macro_f1"), f"{s.macro_f1:.3f}", self.say("macro_hint")),
            (self.say("balanced"), f"{s.balanced:.1%}", self.say("balanced_hint")),
            (self.say("ece"), f"{s.ece:.3f}", self.say("ece_hint")),
        ]
        if s.stars_mae is not None:
            hint = self.say("stars_hint", n=f"{s.stars_n:,}")
            made.append((self.say("stars_mae"), f"{s.stars_mae:.2f}", hint))
        if s.kappa is not None:
            made.append((self.say("kappa"), f"{s.kappa:.3f}", self.say("kappa_hint")))
        unanswered = self.say("unanswered_hint", n=f"{s.unanswered:,}")
        made.append((self.say("items"), f"{s.n:,}", unanswered))
        made.append((self.say("speed"), f"{s.milliseconds:.3g} ms", self.say("speed_hint")))
        return made
