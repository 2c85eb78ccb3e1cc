"""Prepared picture -> result: the network, the personal head if there is one, the doubts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine import learning, manifest
from engine.digits.network import MODEL, network
from engine.digits.prepare import prepare
from engine.digits.result import LABELS, DigitResult
from engine.errors import Message

UNLIKE = Message(
    "숫자처럼 보이지 않아서 답이 틀릴 수 있어요.",
    "This does not look like a digit, so the answer may be wrong.",
)


def predict(image: npt.NDArray[np.uint8]) -> DigitResult:
    """Read the digit in *image*: uint8, grey (H, W), BGR (H, W, 3) or BGRA (H, W, 4).

    Raises:
        InputError: the picture is empty or blank.
        ModelMissingError, ModelCorruptError: the network cannot be loaded.
    """
    picture = prepare(image)
    loaded = network()
    embedding, logits = loaded.run(picture.pixels[None])
    personal = learning.answering("digits", loaded.head.weights.shape)
    model = learning.model_name(manifest.entry(MODEL).label, personal)
    if personal.head is not None:
        logits = personal.head.logits(embedding)
    chances = np.exp(logits[0] - logits[0].max())
    chances /= chances.sum()
    best = int(chances.argmax())
    unlike = (UNLIKE,) if float(loaded.likeness(embedding)[0]) < loaded.familiar else ()
    return DigitResult(
        label=LABELS[best],
        confidence=float(chances[best]),
        probabilities=chances.astype(np.float32),
        prepared=picture.pixels,
        payload=picture.pixels.tobytes(),
        model=model,
        warnings=picture.warnings + unlike,
    )
