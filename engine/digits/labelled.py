"""Digits as labelled pictures teach them; the module is a ``LabelledDomain``."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from engine.digits.learn import anchors, base_head, domain, embed, labels, model
from engine.digits.prepare import prepare
from engine.errors import InputError, Message
from engine.images import Bgr
from engine.labelled.results import NOTHING, Prepared, Unfit

__all__ = [
    "anchors", "base_head", "class_names", "domain", "embed", "labels", "model", "only_these",
    "open_preparer", "preparation", "reads_with",
]  # fmt: skip

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
