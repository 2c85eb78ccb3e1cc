"""Expressions of face pictures, judged as the product judges them: zip or folder CLASS/NAME.jpg."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError
from engine.faces import FaceReader
from engine.faces.expression import network, prediction
from engine.faces.expression.learn import unpack
from engine.faces.measure.features import VECTOR_NAMES, HeadPose
from engine.faces.result import LABELS
from engine.learning.metrics import class_scores
from engine.reports.answers import faces
from engine.reports.scoring import Answer, Scored, score

TURN = ("turned by", "°", (0.0, 10.0, 25.0, 180.0))
NOD = ("up or down by", "°", (0.0, 10.0, 20.0, 180.0))
SIZE = ("face", "px", (0.0, 40.0, 80.0, 160.0, 1e5))
LIGHT = ("light", "of 255", (0.0, 80.0, 120.0, 160.0, 256.0))
EDGES = ("sharpness", "", (0.0, 8.0, 14.0, 22.0, 1e5))

CONFUSIONS = 8
SURE = 0.8
"""Confidence of a disagreement that counts as confident."""


@dataclass(frozen=True, eq=False)
class Seen:
    """A judged face.

    Attributes:
        label: the picture's.
        chances: probability of each of ``LABELS``.
        pose: of the head.
        size: shorter side of the face in pixels.
        crop: (64, 64) uint8, as the model saw it.
    """

    label: str
    chances: Sequence[float]
    pose: HeadPose
    size: float
    crop: npt.NDArray[np.uint8]

    @property
    def said(self) -> str:
        """The likeliest label."""
        return LABELS[int(np.argmax(self.chances))]

    @property
    def sharpness(self) -> float:
        """Mean change from pixel to pixel over the crop's contrast, in percent."""
        grey = self.crop.astype(np.float64)
        change = np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean()
        return float(50 * change / max(float(grey.std()), 1.0))


def grouped(seen: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """Return n, accuracy and macro_f1 of the faces of each bin."""
    found: dict[str, dict[str, float]] = {}
    for (name, unit, edges), values in (
        (TURN, [abs(s.pose.yaw) for s in seen]),
        (NOD, [abs(s.pose.pitch) for s in seen]),
        (SIZE, [s.size for s in seen]),
        (LIGHT, [float(s.crop.mean()) for s in seen]),
        (EDGES, [s.sharpness for s in seen]),
    ):
        for low, high in itertools.pairwise(edges):
            rows = [s for s, value in zip(seen, values, strict=True) if low <= value < high]
            if rows:
                reach = f"{low:.0f}+" if high == edges[-1] else f"{low:.0f}-{high:.0f}"
                found[f"{name} {reach} {unit}".strip()] = _figures(rows)
    return found


def _figures(rows: Sequence[Seen]) -> dict[str, float]:
    truth, said = [s.label for s in rows], [s.said for s in rows]
    scores = class_scores(truth, said, LABELS)
    return {
        "n": len(rows),
        "accuracy": sum(t == p for t, p in zip(truth, said, strict=True)) / len(rows),
        "macro_f1": float(np.mean([row["f1"] for row in scores.values()])),
    }


def confusions(seen: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """Return the commonest mistakes, ``label -> answer``: how many, and their share of the label's
    faces."""
    sizes = Counter(s.label for s in seen)
    pairs = Counter((s.label, s.said) for s in seen if s.label != s.said)
    return {
        f"{label} -> {said}": {"n": count, "share": count / sizes[label]}
        for (label, said), count in pairs.most_common(CONFUSIONS)
    }


def doubtful(seen: Sequence[Seen]) -> dict[str, float]:
    """Return how many labels the model doubts, counted in two ways.

    ``confident``: disagreements with a confidence of ``SURE`` or more; ``share`` of all faces.
    ``confident_learning``: faces whose likeliest class, among those that they reach the class's
    own mean probability of, is not their label (Northcutt et al. 2021, "Confident Learning"),
    as a share of all; it counts the model's own systematic mistakes as well.
    """
    if not seen:
        return {"confident": 0, "share": 0.0, "confident_learning": 0.0}
    chances = np.array([s.chances for s in seen])
    labels = np.array([LABELS.index(s.label) for s in seen])
    sure = (chances.argmax(1) != labels) & (chances.max(1) >= SURE)
    means = np.array(
        [chances[labels == c, c].mean() if (labels == c).any() else 2.0 for c in range(len(LABELS))]
    )
    reached = np.where(chances >= means, chances, 0.0)
    doubted = (reached.max(1) > 0) & (reached.argmax(1) != labels)
    return {
        "confident": int(sure.sum()),
        "share": float(sure.mean()),
        "confident_learning": float(doubted.mean()),
    }


def network_milliseconds(runs: int = 60) -> float:
    """Return the median time of the expression network for one face."""
    net = network.network()
    crop = np.random.default_rng(0).integers(0, 256, (1, 64, 64), dtype=np.uint8)
    vector = np.zeros((1, len(VECTOR_NAMES)), dtype=np.float32)
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        net.embed(crop, vector)
        times.append(1000 * (time.perf_counter() - started))
    return float(np.median(times))


def evaluate(data: Sequence[Path], limit: int | None = None) -> dict[str, object]:
    """Return the metrics of the shipped model on the largest face of each picture.

    A picture that cannot be read, or in which no face is found, is wrong and counted as
    unanswered. ``rules_accuracy`` and ``rules_macro_f1`` are what the fall-back rules get
    on the same pictures, ``majority_accuracy`` what always the commonest class gets;
    ``network_ms`` is the expression network's own time a face. The rest is what
    :mod:`training.evaluate.faces` makes of the faces: figures by head turn, size,
    light and sharpness (``groups``), ``confusions``, and ``doubtful_labels``.

    Args:
        limit: use only this many pictures, evenly spread over the classes.

    Raises:
        InputError: the data holds no picture of a known class.
    """
    scored = score("faces", data, limit)
    seen, ruled = _look(scored)
    by_rules = replace(scored, answers=tuple(ruled)).metrics()
    return {
        **scored.metrics(),
        "rules_accuracy": by_rules["accuracy"],
        "rules_macro_f1": by_rules["macro_f1"],
        "majority_accuracy": max(map(scored.truth.count, faces.LABELS)) / len(scored.truth),
        "network_ms": network_milliseconds(),
        "groups": grouped(seen),
        "confusions": confusions(seen),
        "doubtful_labels": doubtful(seen),
    }


def _look(scored: Scored) -> tuple[list[Seen], list[Answer]]:
    """Return what was seen of each picture with a face, and the rules' answers to all."""
    seen: list[Seen] = []
    ruled: list[Answer] = []
    with FaceReader(max_faces=1) as reader:
        for answer in scored.answers:
            item = answer.item
            try:
                found = reader.read(item.picture()).faces if item.picture else ()
            except InputError:
                found = ()
            if not found:
                ruled.append(Answer(item, None, 0.0))
                continue
            face = found[0]
            said = prediction.judge(face.features)
            ruled.append(Answer(item, said.label, said.confidence))
            chances = [face.expression.probabilities[label] for label in faces.LABELS]
            crop = unpack([face.payload])[0][0]
            seen.append(Seen(item.label or "", chances, face.pose, min(face.box[2:]), crop))
    return seen, ruled
