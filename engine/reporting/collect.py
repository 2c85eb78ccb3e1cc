"""From a model and a labelled set to a report's values."""

from __future__ import annotations

import math
import shlex
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from engine import metrics
from engine.errors import Message
from engine.jobs import Progress
from engine.reporting import surroundings
from engine.reporting.hardest import hardest, shown
from engine.reporting.report import ClassRow, DataFacts, Report, Scores
from engine.reporting.scoring import Scored, score
from engine.reporting.tasks import task_of
from engine.reporting.words import say
from engine.reviews.results import THREE_WAY

_ANSWERED = 0.97
_UNANSWERED_SHOWN = 12
_FEW = 50
_NORMAL_95 = 1.959964


def collect(
    key: str,
    data: Sequence[Path],
    *,
    out: Path,
    limit: int | None = None,
    mode: str | None = None,
    title: str = "",
    language: str = "ko",
    progress: Progress | None = None,
) -> Report:
    """Have the model of task *key* answer a labelled set, and return what that shows.

    Args:
        out: where the report will be written (named in the command that repeats it).
        limit, mode: see :func:`engine.reporting.scoring.score`.
        title: heading; the task's name when empty.

    Raises:
        InputError: there is no such task, or the data cannot be read or holds no label.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
        Cancelled: *progress* was cancelled.
    """
    progress = progress or Progress()
    task = task_of(key, mode)
    scored = score(key, data, limit, progress.part(0.0, _ANSWERED), mode)
    progress.report(_ANSWERED, Message("결과를 세는 중이에요.", "Counting the results."))
    answered = [answer for answer in scored.labelled if answer.label is not None]
    sure, right = [a.confidence for a in answered], [a.right for a in answered]
    modes = dict(task.modes)
    chosen = (mode or task.modes[0][0]) if modes else ""
    return Report(
        task=key,
        title=shown(title) or f"{task.title.text(language)} · {say('kind', language)}",
        model=scored.model,
        mode=modes[chosen].text(language) if chosen else "",
        created=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"),
        scores=_scores(scored),
        labels=scored.labels,
        matrix=metrics.confusion_matrix(scored.truth, scored.predicted, scored.labels),
        bins=metrics.reliability(sure, right),
        coverage=metrics.coverage_curve(sure, right, len(scored.labelled)),
        verdicts=_verdicts(scored),
        rated=_rated(scored),
        mistakes=hardest(scored),
        data=_facts(scored, limit, language),
        cards=surroundings.cards(task, scored.model),
        notes=_notes(scored, language),
        environment=surroundings.environment(),
        command=_command(key, data, out, limit, mode, title),
        language=language,
    )


def _verdicts(scored: Scored) -> tuple[tuple[int, ...], ...]:
    truth, answered = scored.verdicts()
    return metrics.confusion_matrix(truth, answered, THREE_WAY) if truth else ()


def _rated(scored: Scored) -> tuple[tuple[int, int, int], ...]:
    counts = Counter((truth, round(2 * stars)) for truth, _, stars in scored.rated())
    return tuple((*pair, count) for pair, count in sorted(counts.items()))


def _scores(scored: Scored) -> Scores:
    found = scored.metrics()
    per_class = cast(dict[str, dict[str, float]], found["per_class"])
    classes = tuple(
        (label, row["precision"], row["recall"], row["f1"], int(row["support"]))
        for label, row in per_class.items()
    )
    three = cast("dict[str, float] | None", found.get("three_way"))
    n, right = len(scored.labelled), sum(answer.right for answer in scored.labelled)
    return Scores(
        n=n,
        right=right,
        unanswered=cast(int, found["unanswered"]),
        accuracy=cast(float, found["accuracy"]),
        interval=wilson(right, n),
        balanced=cast(float, found["balanced_accuracy"]),
        macro_f1=cast(float, found["macro_f1"]),
        ece=cast(float, found["ece"]),
        classes=classes,
        averages=(_average(classes, False), _average(classes, True)),
        stars_mae=cast("float | None", found.get("stars_mae")),
        kappa=cast("float | None", found.get("quadratic_kappa")),
        stars_n=cast(int, found.get("stars_n", 0)),
        three_way=(three["accuracy"], three["macro_f1"]) if three else None,
        milliseconds=cast(float, found["ms_per_item"]),
    )


def _average(classes: Sequence[ClassRow], weighted: bool) -> ClassRow:
    total = sum(row[4] for row in classes)
    weights = [row[4] / total if weighted else 1 / len(classes) for row in classes]
    means = (
        sum(w * share for w, share in zip(weights, column, strict=True))
        for column in list(zip(*classes, strict=True))[1:4]
    )
    return ("", *means, total)  # type: ignore[return-value]


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927, score interval).

    >>> [round(bound, 3) for bound in wilson(8, 10)]
    [0.49, 0.943]
    """
    z2 = _NORMAL_95**2
    share = right / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _NORMAL_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _facts(scored: Scored, limit: int | None, language: str) -> DataFacts:
    counts = Counter(scored.truth)
    missed = [answer for answer in scored.answers if answer.problem is not None]
    return DataFacts(
        files=tuple(map(shown, scored.data.files)),
        counts=tuple((label, counts[label]) for label in scored.labels),
        rated_only=len(scored.answers) - len(scored.labelled),
        unlabelled=scored.data.unlabelled,
        unknown=tuple((shown(label), count) for label, count in scored.data.unknown.items()),
        unanswered=tuple(
            (shown(answer.item.name), shown(answer.problem.text(language)))
            for answer in missed[:_UNANSWERED_SHOWN]
            if answer.problem is not None
        ),
        limit=limit,
    )


def _notes(scored: Scored, language: str) -> tuple[str, ...]:
    met = [label for label in scored.labels if label in set(scored.truth)]
    absent = [label for label in scored.labels if label not in met]
    notes = [note.text(language) for note in scored.data.notes]
    if len(met) == 1:
        notes.append(say("one_class", language, label=met[0]))
    elif absent:
        notes.append(say("absent", language, labels=", ".join(absent)))
    if len(scored.truth) < _FEW:
        notes.append(say("few_note", language, n=len(scored.truth)))
    if None in scored.predicted:
        notes.append(say("unanswered_note", language))
    return tuple(notes)


def _command(
    key: str, data: Sequence[Path], out: Path, limit: int | None, mode: str | None, title: str
) -> str:
    words = ["maumgyeol", "report", key, "--data", *(Path(path).name for path in data)]
    words += ["--out", Path(out).name]
    words += ["--limit", str(limit)] if limit is not None else []
    words += ["--mode", mode] if mode is not None else []
    words += ["--title", title] if title else []
    return shown(shlex.join(words))
