"""What reading a digit gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError, Message

LABELS = tuple("0123456789")
"""The classes, in the order of the network's outputs."""

DIGIT, UNSURE, SEVERAL, NOT_A_DIGIT = "digit", "unsure", "several digits", "not a digit"
READINGS = {
    DIGIT: Message("숫자예요", "A digit"),
    UNSURE: Message("확실하지 않아요", "Not sure"),
    SEVERAL: Message("숫자가 여러 개 같아요", "Several digits, it seems"),
    NOT_A_DIGIT: Message("숫자가 아닌 것 같아요", "Not a digit, it seems"),
}
"""What a picture was read as, and how that is said."""

Prepared = npt.NDArray[np.uint8]
"""A digit as MNIST holds it: (28, 28) uint8, light ink on black, centred by mass."""


@dataclass(frozen=True, eq=False)
class DigitResult:
    """One digit that was read.

    Attributes:
        label: ``"0"`` to ``"9"``.
        confidence: calibrated probability of *label*, in 0..1.
        probabilities: (10,) float32, one a digit; they sum to 1.
        prepared: (28, 28) uint8, the picture that the network saw.
        payload: the bytes that a correction stores (*prepared*, row by row).
        model: name and version of what answered, with the personal version if one did.
        warnings: what makes the answer doubtful, in words.
        reading: one of ``READINGS``. Of all but ``DIGIT``, *label* is only the nearest digit,
            whatever *confidence* says.
    """

    label: str
    confidence: float
    probabilities: npt.NDArray[np.float32]
    prepared: Prepared
    payload: bytes
    model: str
    warnings: tuple[Message, ...] = ()
    reading: str = DIGIT

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON; the prepared picture as 28 rows of 28 numbers."""
        return {
            "label": self.label,
            "reading": self.reading,
            "confidence": self.confidence,
            "probabilities": dict(zip(LABELS, map(float, self.probabilities), strict=True)),
            "prepared": self.prepared.tolist(),
            "model": self.model,
            "warnings": [warning._asdict() for warning in self.warnings],
        }

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> DigitResult:
        """Return the result that :meth:`to_dict` made *row* of.

        Raises:
            InputError: *row* is no such dict.
        """
        try:
            prepared = np.array(row["prepared"], dtype=np.uint8)
            reading = row.get("reading", DIGIT)  # older rows have none
            if prepared.shape != (28, 28) or reading not in READINGS:
                raise ValueError(prepared.shape, reading)
            return cls(
                label=row["label"],
                confidence=row["confidence"],
                probabilities=np.array([row["probabilities"][x] for x in LABELS], np.float32),
                prepared=prepared,
                payload=prepared.tobytes(),
                model=row["model"],
                warnings=tuple(Message(**warning) for warning in row["warnings"]),
                reading=reading,
            )
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise InputError(
                "저장된 결과를 읽을 수 없어요.", f"The stored result cannot be read: {error!r}."
            ) from error
