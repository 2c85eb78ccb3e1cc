"""What a batch answers: frozen values with plain-type twins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from engine.core.errors import Message


@dataclass(frozen=True)
class Problem:
    """A row that was not read as it stands.

    Attributes:
        row: number among the data rows, from 1.
        line: where it begins in the file, from 1; ``None``: read by an older program.
    """

    row: int
    message: Message
    line: int | None = None


@dataclass(frozen=True)
class ScoredRow:
    """One row of the file with its judgement.

    Attributes:
        row: number among the data rows, from 1.
        cells: the file's own cells, as wide as the header.
        label: ``"긍정"`` or ``"부정"``, "" without a judgement.
        three_way: the same with ``"중립"``.
        positive: calibrated P(긍정) in 0..1, ``None`` without a judgement.
        stars: 0..5 in steps of 0.5, ``None`` without a judgement.
        problem: why there is no judgement, or what is odd about the row.
    """

    row: int
    cells: tuple[str, ...]
    label: str
    three_way: str
    positive: float | None
    stars: float | None
    problem: Message | None

    @property
    def confidence(self) -> float | None:
        """Calibrated probability of *label*, 0.5..1."""
        return None if self.positive is None else max(self.positive, 1.0 - self.positive)


@dataclass(frozen=True)
class Period:
    """A stretch of time: *label* as shown, *start* its first day in ISO 8601.

    The shares, 0..1, are those of the judged rows with 긍정 and with 부정; the rest is 중립.
    """

    label: str
    judged: int
    positive_share: float
    negative_share: float
    start: str


@dataclass(frozen=True)
class Group:
    """The rows that share a value of the group column; ``OTHERS`` gathers the rarest."""

    name: str
    judged: int
    positive_share: float
    negative_share: float
    mean_stars: float


OTHERS = "그 밖"
"""Name of the group that gathers those beyond the commonest."""


@dataclass(frozen=True)
class Word:
    """A telling word.

    Attributes:
        text: dictionary form.
        weight: z-score of its log-odds ratio, above 0 towards 긍정.
        count: sampled rows of its side that hold it.
        kind: part of speech in Korean.
    """

    text: str
    weight: float
    count: int
    kind: str


@dataclass(frozen=True)
class Scores:
    """The judgements against the file's own labels.

    Attributes:
        scale: how the labels were understood: ``"words"``, ``"0/1"``, ``"-1..1"``, ``"0..2"``,
            ``"1..5"``, ``"0..10"`` or ``"0..100"``.
        compared: judged rows with a label of either side.
        accuracy: share of them with the same side (two-way); ``None`` without any.
        confusion: (3, 3) rows by label and by judgement (three-way), both 부정, 중립, 긍정.
        unlabelled: judged rows whose label is blank or NaN.
        unknown: judged rows whose label says nothing; *examples*: some such labels.
    """

    scale: str
    compared: int
    accuracy: float | None
    confusion: tuple[tuple[int, int, int], ...]
    unlabelled: int
    unknown: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class BatchSummary:
    """What the rows read so far amount to.

    Attributes:
        judged, skipped, failed: rows with a judgement, blank ones, and those too long.
        positive, neutral, negative: judged rows by three-way label.
        stars: (11,) rows with 0, 0.5 … 5 stars.
        mean_stars: mean of the stars, ``None`` without any judgement.
        over_time: by day, week, month or year (*time_unit*), oldest first, empty ones too.
        undated: judged rows whose date cannot be read.
        groups: the largest first, ``OTHERS`` last.
        words_positive, words_negative: most telling first; empty until the file is read.
        words_by: what cut the words: ``"Okt"`` or ``"어절 규칙"``, "" without words.
        sampled: rows that the words were taken from.
        scores: ``None`` without a label column.
        problems: the first 100 rows that were not read as they stand.
        odd: number of rows by kind of oddity (``engine.tables.delimited.NAMES``).
    """

    judged: int
    skipped: int
    failed: int
    positive: int
    neutral: int
    negative: int
    stars: tuple[int, ...]
    mean_stars: float | None
    over_time: tuple[Period, ...] = ()
    time_unit: str = ""
    undated: int = 0
    groups: tuple[Group, ...] = ()
    words_positive: tuple[Word, ...] = ()
    words_negative: tuple[Word, ...] = ()
    words_by: str = ""
    sampled: int = 0
    scores: Scores | None = None
    problems: tuple[Problem, ...] = ()
    odd: tuple[tuple[str, int], ...] = ()

    @property
    def rows(self) -> int:
        """Number of data rows read."""
        return self.judged + self.skipped + self.failed

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as JSON-able plain types."""
        plain = asdict(self)
        plain["problems"] = [
            {"row": item.row, "line": item.line, **item.message._asdict()} for item in self.problems
        ]
        plain["odd"] = dict(self.odd)
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> BatchSummary:
        """Return the summary that :meth:`to_dict` was made from.

        Raises:
            KeyError, TypeError: it was made from something else.
        """
        scores = plain["scores"]
        if scores is not None:
            confusion = tuple(tuple(row) for row in scores["confusion"])
            scores = Scores(
                **{**scores, "confusion": confusion, "examples": tuple(scores["examples"])}
            )
        lists: dict[str, Any] = {
            "stars": tuple(plain["stars"]),
            "over_time": tuple(Period(**item) for item in plain["over_time"]),
            "groups": tuple(Group(**item) for item in plain["groups"]),
            "words_positive": tuple(Word(**item) for item in plain["words_positive"]),
            "words_negative": tuple(Word(**item) for item in plain["words_negative"]),
            "problems": tuple(
                Problem(item["row"], Message(item["ko"], item["en"]), item.get("line"))
                for item in plain["problems"]
            ),
            "odd": tuple(plain["odd"].items()),
            "scores": scores,
        }
        return cls(**{**plain, **lists})
