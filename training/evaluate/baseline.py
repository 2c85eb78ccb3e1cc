"""What a person's own neutral face is worth: pictures CLASS/PERSON_NUMBER.jpg, with and without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError
from engine.faces import LABELS, FaceReader
from engine.faces.live.smoothing import FLOOR
from engine.faces.measure import baseline
from engine.media.images import decode_image
from engine.reports.sets.faces import CLASSES
from engine.reports.sets.pictures import Place, Shelf, find

NEUTRALS = 4
"""Neutral pictures of a person that a baseline is made of; the others are judged."""

DRAWS = 8
"""How often the neutral pictures are drawn anew; the figures are means."""

RESAMPLES = 1000
"""Bootstrap samples of persons, for the interval of the gain."""

Rows = npt.NDArray[np.float64]


def evaluate(data: Sequence[Path], limit: int | None = None) -> dict[str, object]:
    """Return accuracy and macro-F1 with and without baselines, on persons with enough pictures.

    Whom a picture shows is told by its name. Of each person with more than ``NEUTRALS``
    neutral pictures, as many make a baseline, as a calibration does of a camera's frames; the
    person's other pictures are judged with it and without. The interval of the gain in
    accuracy is of persons drawn with replacement. Pictures without a face are left out.

    Args:
        limit: use only this many persons.

    Raises:
        InputError: nobody has enough neutral pictures.
    """
    persons = _persons(data, limit)
    with FaceReader(max_faces=1) as reader, Shelf() as shelf:
        read = [_read(reader, shelf, places) for places in persons.values()]
        usual, spread = baseline.reference(reader.model)
        model = reader.model
    rng = np.random.default_rng(0)
    draws = [_draw(rng, read, usual, spread) for _ in range(DRAWS)]
    truth, plain, own, who = (np.concatenate(part) for part in zip(*draws, strict=True))
    right = np.array([[(plain == truth)[who == n].sum() for n in range(len(read))],
                      [(own == truth)[who == n].sum() for n in range(len(read))]])  # fmt: skip
    counts = np.array([(who == n).sum() for n in range(len(read))])
    picks = rng.integers(0, len(read), (RESAMPLES, len(read)))
    gains = (right[1] - right[0])[picks].sum(axis=1) / np.maximum(counts[picks].sum(axis=1), 1)
    before, after = _scores(truth, plain), _scores(truth, own)
    low, high = np.percentile(gains, [2.5, 97.5]).tolist()
    return {
        "model": model,
        "persons": len(read),
        "n": len(truth) // DRAWS,
        "without": before,
        "with": after,
        "gain": {name: after[name] - before[name] for name in before},
        "gain_accuracy_95": {"low": low, "high": high},
    }


def _persons(data: Sequence[Path], limit: int | None) -> dict[str, list[Place]]:
    """Return the pictures of each person who has enough neutral ones, and others besides."""
    found: dict[str, list[Place]] = {}
    for place in find(data, CLASSES)[0]:
        name = re.sub(r"_\d{1,4}$", "", Path(place.name).stem)
        found.setdefault(name, []).append(place)
    neutral = LABELS[baseline.NEUTRAL]
    enough = {
        name: places
        for name, places in sorted(found.items())
        if sum(place.label == neutral for place in places) > NEUTRALS
    }
    if not enough:
        raise InputError(
            f"무표정 사진이 {NEUTRALS}장보다 많은 사람이 없어요. 파일 이름이 '이름_번호'여야 "
            "누구인지 알 수 있어요.",
            f"Nobody has more than {NEUTRALS} neutral pictures. Files have to be called "
            "PERSON_NUMBER, which tells whom they show.",
        )
    return dict(list(enough.items())[:limit])


def _read(
    reader: FaceReader, shelf: Shelf, places: Sequence[Place]
) -> tuple[Rows, npt.NDArray[np.int64]]:
    """Return log-probabilities (N, 7) and classes (N,) of one person's pictures."""
    logs, labels = [], []
    for place in places:
        try:
            faces = reader.read(decode_image(shelf.read(place), place.name)).faces
        except InputError:
            continue
        if faces:
            said = faces[0].expression.probabilities
            logs.append(np.log(np.maximum([said[name] for name in LABELS], 1e-12)))
            labels.append(LABELS.index(place.label))
    return np.array(logs).reshape(-1, len(LABELS)), np.array(labels, dtype=np.int64)


def _draw(
    rng: np.random.Generator,
    read: Sequence[tuple[Rows, npt.NDArray[np.int64]]],
    usual: Rows,
    spread: Rows,
) -> tuple[npt.NDArray[np.int64], ...]:
    """Return truth, answers without and with a baseline, and persons, of one draw."""
    parts: list[tuple[npt.NDArray[np.int64], ...]] = []
    for number, (logs, labels) in enumerate(read):
        neutral = rng.permutation(np.flatnonzero(labels == baseline.NEUTRAL))[:NEUTRALS]
        rest = np.setdiff1d(np.arange(len(labels)), neutral)
        if len(neutral) < NEUTRALS or not len(rest):
            continue
        own = np.maximum(logs[neutral], np.log(FLOOR)).mean(axis=0)
        moved = baseline.shifted(np.maximum(logs[rest], np.log(FLOOR)), own, usual, spread)
        who = np.full(len(rest), number)
        parts.append((labels[rest], logs[rest].argmax(axis=1), moved.argmax(axis=1), who))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _scores(truth: npt.NDArray[np.int64], said: npt.NDArray[np.int64]) -> dict[str, float]:
    """Return accuracy, macro-F1 of the classes that occur, and the recall of neutral."""
    f1 = []
    for label in np.unique(truth):
        hits = ((truth == label) & (said == label)).sum()
        f1.append(2 * hits / ((truth == label).sum() + (said == label).sum()))
    neutral = truth == baseline.NEUTRAL
    return {
        "accuracy": float((truth == said).mean()),
        "macro_f1": float(np.mean(f1)),
        "neutral_recall": float((said[neutral] == truth[neutral]).mean()),
    }
