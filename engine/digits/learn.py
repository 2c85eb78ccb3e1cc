"""Digits as labelled pictures teach them; the module is a ``LabelledDomain``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError, Message
from engine.digits.network import MODEL, network
from engine.digits.prepare import SIDE, prepare
from engine.digits.result import LABELS
from engine.learning.labelled.results import NOTHING, Prepared, Unfit
from engine.learning.linear_head import LinearHead
from engine.media.images import Bgr

__all__ = [
    "anchors",
    "base_head",
    "class_names",
    "domain",
    "embed",
    "labels",
    "model",
    "only_these",
    "open_preparer",
    "preparation",
    "reads_with",
]

domain = "digits"
labels = LABELS
model = MODEL


def base_head() -> LinearHead:
    """Return the shipped head, (10, F)."""
    return network().head


def anchors() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return features (M, F) and digits (M,) of the training digits shipped as embeddings."""
    return network().anchors, network().anchor_labels


def embed(payloads: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """Return (N, F) embeddings of prepared pictures of 28 x 28 bytes each.

    Raises:
        InputError: a payload is no prepared picture.
    """
    if any(len(payload) != SIDE * SIDE for payload in payloads):
        raise InputError(
            "저장된 숫자 그림을 읽을 수 없어요. 학습 탭에서 지워 주세요.",
            "A stored digit cannot be read. Delete it in the learning tab.",
        )
    pictures = np.frombuffer(b"".join(payloads), dtype=np.uint8).reshape(-1, SIDE, SIDE)
    return network().run(pictures)[0]


_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

class_names = {**{label: label for label in labels}, **dict(zip(_WORDS, labels, strict=True))}

only_these = Message(
    "개인 모델은 기본 모델의 마지막 층이라 숫자 0부터 9까지만 배워요.",
    "A personal model is the shipped model's last layer, so it learns the digits 0 to 9 only.",
)

reads_with = (model,)
preparation = 1


class Preparer:
    """Brings a picture into the form of MNIST, as the digits tab does."""

    def prepare(self, image: Bgr) -> Prepared | Unfit:
        """Return the prepared digit, or why there is none."""
        try:
            return Prepared(prepare(image).pixels.tobytes())
        except InputError as error:
            return Unfit(NOTHING, error.message)


def open_preparer() -> AbstractContextManager[Preparer]:
    """Return what prepares digits; it needs no model."""
    return nullcontext(Preparer())
