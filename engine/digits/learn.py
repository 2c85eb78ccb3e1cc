"""What background learning needs of this domain; the module is its ``LearnableDomain``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.adapt import LinearHead
from engine.digits.network import MODEL, network
from engine.digits.prepare import SIDE
from engine.digits.result import LABELS
from engine.errors import InputError

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
