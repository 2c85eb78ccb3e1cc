"""From a model and a labelled set to a report's values."""

from __future__ import annotations

import math
import os
import platform
import shlex
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import numpy as np

import engine
from engine.core import paths
from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.learning import metrics
from engine.media.images import encode_png
from engine.models import manifest
from engine.reports.report import Card, ClassRow, DataFacts, Mistake, Report, Scores
from engine.reports.scoring import Answer, Scored, Task, score, task_of
from engine.reports.words import say
from engine.reviews.result import THREE_WAY

_LIBRARIES = ("numpy", "onnxruntime", "mediapipe")
_FINDS_FACES = "face-landmarker"


def cards(task: Task, model: str) -> tuple[Card, ...]:
    """Return the cards of the models that answered, of all of the task's if that is unclear.

    Args:
        model: what the results say of who answered: ``"digits-cnn 1.0 + …"``.
    """
    entries = manifest.entries()
    known = [name for name in task.models if name in entries]
    named = [name for name in known if name in model or name == _FINDS_FACES]
    made = []
    for name in named if any(name in model for name in named) else known:
        file = paths.models_dir() / "cards" / f"{name}.md"
        if file.is_file():
            made.append(Card(entries[name].label, file.read_text(encoding="utf-8")))
    return tuple(made)


def environment() -> tuple[tuple[str, str], ...]:
    """Return program, system and library versions."""
    rows = [
        ("마음결", engine.__version__),
        ("Python", platform.python_version()),
        ("OS", f"{platform.system()} {platform.release()} · {platform.machine()}"),
        ("CPU", f"{os.cpu_count() or 1}"),
    ]
    rows += [(name, version) for name in _LIBRARIES if (version := _version(name))]
    return tuple(rows)


def _version(name: str) -> str:
    """Return a library's version; empty where a package leaves the particulars out."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


# ----------------------------------------------------------------------------------------
# The surest wrong answers, each with its text or a small picture.

MOST = 24
_TEXT = 280
_SIDE = 112
_DIGIT_SIDE = 28


def hardest(scored: Scored, most: int = MOST) -> tuple[Mistake, ...]:
    """Return the *most* confident wrong answers, the surest first."""
    wrong = [a for a in scored.labelled if a.label is not None and not a.right]
    wrong.sort(key=lambda answer: -answer.confidence)
    return tuple(map(_mistake, wrong[:most]))


def _mistake(answer: Answer) -> Mistake:
    return Mistake(
        name=shown(answer.item.name),
        truth=answer.item.label or "",
        answer=answer.label or "",
        confidence=answer.confidence,
        text=shown(answer.item.text),
        picture=thumbnail(answer),
    )


def thumbnail(answer: Answer) -> bytes:
    """Return the item's picture as a small PNG; empty without one, or if it has gone since."""
    if answer.item.picture is None:
        return b""
    try:
        image = answer.item.picture()
    except InputError:
        return b""
    return encode_png(_small(image))


def _small(image: Any) -> Any:
    """Return BGR (h, w, 3) uint8 that fits into ``_SIDE``; small drawings keep their pixels."""
    import cv2

    if image.ndim == 2:
        image = np.repeat(image[:, :, None], 3, axis=2)
    height, width = image.shape[:2]
    scale = _SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if max(height, width) <= _DIGIT_SIDE:
        return cv2.resize(image, size, interpolation=cv2.INTER_NEAREST)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, size, interpolation=way)


def shown(text: str, longest: int = _TEXT) -> str:
    """Return data fit to be shown: one line, no control characters, of bounded length.

    >>> shown("가\\x00나  다\\n라")
    '가 나 다 라'
    """
    head = unicodedata.normalize("NFC", text[: 4 * longest])
    head = head.encode("utf-8", "replace").decode()  # half a surrogate pair
    line = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in head)
    line = " ".join(line.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


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
        limit, mode: see :func:`engine.reports.scoring.score`.
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
        cards=cards(task, scored.model),
        notes=_notes(scored, language),
        environment=environment(),
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
