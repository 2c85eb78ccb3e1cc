"""The classic rules on the seven features: the named fall-back of the expression model."""

from __future__ import annotations

from dataclasses import dataclass

from engine.faces.features import FaceFeatures
from engine.faces.result import LABELS

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
