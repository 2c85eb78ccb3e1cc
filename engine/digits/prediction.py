"""Prepared picture -> result: the network, the personal head if there is one, the doubts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.core.errors import Message
from engine.digits import result
from engine.digits.network import MODEL, Network, network
from engine.digits.prepare import DOT, SEVERAL, TOUCHED, Picture, prepare
from engine.digits.result import LABELS, DigitResult
from engine.learning import trainer
from engine.models import manifest

UNLIKE = Message(
    "숫자처럼 보이지 않아서 답이 틀릴 수 있어요.",
    "This does not look like a digit, so the answer may be wrong.",
)
JOINED = Message(
    "숫자가 둘 이상 붙어 있는 것 같아요. 하나씩 나누어 그려 주세요.",
    "Two digits or more seem to touch. Draw them one at a time.",
)
CLOSE = Message(
    "두 숫자 사이에서 망설였어요. 답이 틀릴 수 있어요.",
    "It was a close call between digits; the answer may be wrong.",
)

SURE = 0.8
"""Confidence below which an answer counts as unsure."""

_HALF = 0.9  # how surely either half has to be a digit for two to touch
_BROAD, _BROADER, _BROADEST = 1.15, 1.45, 2.2  # few, 1 in 100 and none of MNIST's digits


def predict(image: npt.NDArray[np.uint8]) -> DigitResult:
    """Read the digit in *image*: uint8, grey (H, W), BGR (H, W, 3) or BGRA (H, W, 4).

    Raises:
        InputError: the picture is empty or blank.
        ModelMissingError, ModelCorruptError: the network cannot be loaded.
    """
    picture = prepare(image)
    loaded = network()
    embedding, logits = loaded.run(picture.pixels[None])
    personal = trainer.answering("digits", loaded.head.weights.shape)
    model = trainer.model_name(manifest.entry(MODEL).label, personal)
    if personal.head is not None:
        logits = personal.head.logits(embedding)
    chances = np.exp(logits[0] - logits[0].max())
    chances /= chances.sum()
    best = int(chances.argmax())
    familiar = float(loaded.likeness(embedding)[0]) >= loaded.familiar
    reading, doubts = _reading(picture, float(chances[best]), familiar, loaded)
    return DigitResult(
        label=LABELS[best],
        confidence=float(chances[best]),
        probabilities=chances.astype(np.float32),
        prepared=picture.pixels,
        payload=picture.pixels.tobytes(),
        model=model,
        warnings=picture.warnings + doubts,
        reading=reading,
    )


def _reading(
    picture: Picture, confidence: float, familiar: bool, loaded: Network
) -> tuple[str, tuple[Message, ...]]:
    """Return what the picture was read as, and what is to be said of it besides its warnings."""
    if SEVERAL in picture.warnings:
        return result.SEVERAL, ()
    dot, halves = DOT in picture.warnings, _surest_halves(picture, loaded)
    doubtful = picture.aspect >= 1.0 and (confidence < _HALF or not familiar)
    if not dot and halves >= _HALF and (doubtful or picture.apart or picture.aspect >= _BROADER):
        return result.SEVERAL, (JOINED,)
    if dot or not familiar or picture.aspect > _BROADEST:
        return result.NOT_A_DIGIT, () if dot else (UNLIKE,)
    if halves >= _HALF and picture.aspect >= _BROAD:
        return result.UNSURE, (JOINED,)
    if confidence < SURE:
        return result.UNSURE, (CLOSE,)
    return (result.UNSURE if TOUCHED in picture.warnings else result.DIGIT), ()


def _surest_halves(picture: Picture, loaded: Network) -> float:
    """Return how surely both sides of the best cut are digits; 0 where there is none."""
    if not picture.halves or (picture.aspect < 1.0 and not picture.apart):
        return 0.0
    embedding, logits = loaded.run(np.stack([side for pair in picture.halves for side in pair]))
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    surest = (chances / chances.sum(axis=1, keepdims=True)).max(axis=1)
    surest[loaded.likeness(embedding) < loaded.familiar] = 0.0
    return float(surest.reshape(-1, 2).min(axis=1).max())
