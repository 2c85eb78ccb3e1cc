"""What background learning needs of this domain; the module is its ``LearnableDomain``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.core.errors import InputError
from engine.faces.expression import network as crop
from engine.faces.expression.network import MODEL, network
from engine.faces.measure.features import VECTOR_NAMES
from engine.faces.result import LABELS
from engine.learning.linear_head import LinearHead

_MAGIC = b"face1\0"
_PIXELS = crop.SIZE * crop.SIZE
_LENGTH = len(_MAGIC) + _PIXELS + 4 * len(VECTOR_NAMES)


def pack(picture: crop.Crop, vector: npt.NDArray[np.float32]) -> bytes:
    """Return crop (64, 64) and features (62,) as bytes."""
    return _MAGIC + picture.tobytes() + vector.astype("<f4").tobytes()


def unpack(payloads: Sequence[bytes]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Return crops (N, 64, 64) and features (N, 62) of packed faces.

    Raises:
        InputError: one of them is no packed face.
    """
    if any(len(data) != _LENGTH or not data.startswith(_MAGIC) for data in payloads):
        raise InputError(
            "저장된 얼굴을 읽을 수 없어요. 학습 탭에서 지워 주세요.",
            "A stored face cannot be read. Delete it in the learning tab.",
        )
    start = len(_MAGIC)
    pixels = b"".join(data[start : start + _PIXELS] for data in payloads)
    values = b"".join(data[start + _PIXELS :] for data in payloads)
    return (
        np.frombuffer(pixels, dtype=np.uint8).reshape(-1, crop.SIZE, crop.SIZE),
        np.frombuffer(values, dtype="<f4").astype(np.float32).reshape(-1, len(VECTOR_NAMES)),
    )


domain = "faces"
labels = LABELS
model = MODEL


def base_head() -> LinearHead:
    """Return the shipped head, (7, F)."""
    return network().head


def anchors() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return features (M, F) and classes (M,) of the faces shipped as embeddings."""
    return network().anchors, network().anchor_labels


def embed(payloads: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """Return (N, F) embeddings of stored faces.

    Raises:
        InputError: a payload is no stored face.
    """
    return network().embed(*unpack(payloads))
