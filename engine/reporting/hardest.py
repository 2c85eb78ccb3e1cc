"""The surest wrong answers, each with its text or a small picture."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

from engine.errors import InputError
from engine.images import encode_png
from engine.reporting.report import Mistake
from engine.reporting.scoring import Answer, Scored

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
