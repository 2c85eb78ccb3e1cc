"""What background learning needs of this domain; the module is its ``LearnableDomain``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.adapt import LinearHead
from engine.faces.network import MODEL, network
from engine.faces.payload import unpack
from engine.faces.result import LABELS

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
