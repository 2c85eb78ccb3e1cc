"""Crops and features -> expressions: the trained model, or the rules that stand in for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.core.errors import Message, ModelCorruptError, ModelMissingError
from engine.faces.detect.tiling import Box, overlap
from engine.faces.expression import network
from engine.faces.expression.network import Crop
from engine.faces.measure.features import FaceFeatures
from engine.faces.result import LABELS, Expression
from engine.learning import trainer
from engine.models import manifest

NAME = "rules 1.0"

WIDE_EYES = 0.30
"""Best F1 of 놀람 on the training faces, in steps of 0.02."""

OPEN_MOUTH = 0.35
CLOSED_MOUTH = 0.25
SMILE = 0.01
SUNKEN = -0.04

_SEEN = {
    "행복": (0.336, 0.183, 0.096, 0.142, 0.031, 0.077, 0.135),
    "슬픔": (0.069, 0.167, 0.126, 0.144, 0.123, 0.176, 0.196),
    "분노": (0.009, 0.021, 0.143, 0.013, 0.007, 0.769, 0.039),
    "놀람": (0.058, 0.018, 0.160, 0.149, 0.522, 0.083, 0.010),
    "중립": (0.115, 0.149, 0.160, 0.145, 0.118, 0.155, 0.158),
}
"""Which expressions the training faces had where each rule fired (every class weighing the
same): the rules' own honest probabilities, 32,132 faces."""


@dataclass(frozen=True)
class Ruling:
    """What the rules say.

    Attributes:
        label: one of ``LABELS``, not always the likeliest; the rules know no 공포 and no 혐오.
        confidence: probability of *label*.
        probabilities: of every class, given which rule fired (see ``_SEEN``).
    """

    label: str
    confidence: float
    probabilities: dict[str, float]


def judge(features: FaceFeatures) -> Ruling:
    """Return the first rule that fires; see ``features.DROWSY_EAR`` for the drowsy state."""
    label = _first(features)
    seen = dict(zip(LABELS, _SEEN[label], strict=True))
    return Ruling(label, seen[label], seen)


def _first(f: FaceFeatures) -> str:
    if f.ear > WIDE_EYES and f.mouth_open > OPEN_MOUTH:
        return "놀람"
    if f.smile_score > SMILE:
        return "행복"
    down = f.smile_lift < SUNKEN and f.mouth_open < CLOSED_MOUTH
    if down and f.furrow:
        return "분노"
    if down:
        return "슬픔"
    return "중립"


class Judge(Protocol):
    """What turns prepared faces into expressions."""

    warnings: tuple[Message, ...]

    @property
    def name(self) -> str:
        """Name and version as results show them."""

    def judge(
        self,
        crops: Sequence[Crop],
        vectors: Sequence[npt.NDArray[np.float32]],
        features: Sequence[FaceFeatures],
    ) -> list[Expression]:
        """Return one expression a face."""


def model_name() -> str:
    """Return the model's name and version, with the personal version if one answers."""
    return trainer.model_name(manifest.entry(network.MODEL).label, trainer.answering("faces"))


class ModelJudge:
    """The trained network under its shipped head, or the personal one if there is one.

    Args:
        once: look at each face as it is only, not mirrored, too: half the time, a little less sure.
    """

    warnings: tuple[Message, ...] = ()

    def __init__(self, once: bool = False) -> None:
        self._network, self._both = network.network(), not once

    @property
    def name(self) -> str:
        """Name and version, with the personal version if one answers."""
        return model_name()

    def judge(
        self,
        crops: Sequence[Crop],
        vectors: Sequence[npt.NDArray[np.float32]],
        features: Sequence[FaceFeatures],
    ) -> list[Expression]:
        """Return the calibrated expressions of the faces."""
        if not crops:
            return []
        shipped = self._network.head
        personal = trainer.answering("faces", shipped.weights.shape)
        head = personal.head or shipped
        name = trainer.model_name(manifest.entry(network.MODEL).label, personal)
        seen = self._network.embed(np.stack(crops), np.stack(vectors), self._both)
        logits = head.logits(seen)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return [_expression(row, f, name) for row, f in zip(chances, features, strict=True)]


def _expression(chances: npt.NDArray[np.float32], features: FaceFeatures, name: str) -> Expression:
    best = int(chances.argmax())
    return Expression(
        label=LABELS[best],
        confidence=float(chances[best]),
        probabilities={label: float(p) for label, p in zip(LABELS, chances, strict=True)},
        drowsy=features.drowsy,
        source="model",
        model=name,
    )


class RulesJudge:
    """The classic rules; *warnings* say why they answer."""

    name = NAME

    def __init__(self, warnings: tuple[Message, ...] = ()) -> None:
        self.warnings = warnings

    def judge(
        self,
        crops: Sequence[Crop],
        vectors: Sequence[npt.NDArray[np.float32]],
        features: Sequence[FaceFeatures],
    ) -> list[Expression]:
        """Return what the rules say of the features; crops and vectors are not looked at."""
        found = []
        for face in features:
            said = judge(face)
            found.append(
                Expression(
                    label=said.label,
                    confidence=said.confidence,
                    probabilities=said.probabilities,
                    drowsy=face.drowsy,
                    source="rules",
                    model=NAME,
                )
            )
        return found


def open_judge(use_rules: bool = False, once: bool = False) -> Judge:
    """Return the model, or the rules when asked for or when the model cannot be loaded."""
    if use_rules:
        return RulesJudge()
    try:
        return ModelJudge(once)
    except (ModelMissingError, ModelCorruptError) as error:
        why = Message(
            f"표정 모델 대신 간단한 규칙으로 판단했어요. {error.message.ko}",
            f"Simple rules answered instead of the expression model. {error.message.en}",
        )
        return RulesJudge((why,))


# ----------------------------------------------------------------------------------------
# The expressions of a stream's last moment, so that not every frame of a quick one is judged.

FRESH_MS = 50
"""For so long an expression stays a face's own: at 30 frames a second every other frame is
judged, at 10 every one. Most expressions last half a second to four (Matsumoto and Hwang 2011)."""

SAME = 0.6
"""Overlap (IoU) from which a box is of the same face as in the frame before."""


class Recent:
    """What was judged last, and when."""

    def __init__(self) -> None:
        self._known: list[tuple[Box, Expression]] = []
        self._judged_ms: int | None = None

    def keep(
        self, boxes: Sequence[Box], said: Sequence[Expression], timestamp_ms: int | None
    ) -> None:
        """Keep what was judged of the faces in these boxes."""
        self._known, self._judged_ms = list(zip(boxes, said, strict=True)), timestamp_ms

    def expressions(
        self, boxes: Sequence[Box], features: Sequence[FaceFeatures], timestamp_ms: int | None
    ) -> list[Expression] | None:
        """Return the expressions of the same faces, each of this moment's eyes.

        ``None`` unless the same faces, and as many, were judged within ``FRESH_MS``.
        """
        if timestamp_ms is None or self._judged_ms is None:
            return None
        if not 0 <= timestamp_ms - self._judged_ms < FRESH_MS or len(boxes) != len(self._known):
            return None
        left, found = list(self._known), []
        for box, measured in zip(boxes, features, strict=True):
            best = max(left, key=lambda item: overlap(item[0], box))
            if overlap(best[0], box) < SAME:
                return None
            left.remove(best)
            found.append(replace(best[1], drowsy=measured.drowsy))
        return found
