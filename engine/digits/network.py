"""The digit CNN: (N, 28, 28) pictures -> embeddings and logits, and the head that ships with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.digits.result import Prepared
from engine.learning.linear_head import LinearHead
from engine.models import store

MODEL = "digits-cnn"

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """The loaded network.

    Attributes:
        session: onnxruntime session; input ``images`` (N, 1, 28, 28) float in 0..1,
            outputs ``embedding`` (N, F) and calibrated ``logits`` (N, 10).
        head: the last layer, as float32 arrays.
        anchors: (M, F) float32 embeddings of training digits.
        anchor_labels: (M,) their digits.
        familiar: cosine similarity to the nearest anchor below which a picture is unlike
            all but a thousandth of the training digits.
    """

    session: Any
    head: LinearHead
    anchors: FloatArray
    anchor_labels: npt.NDArray[np.int64]
    familiar: float

    def run(self, pictures: Prepared) -> tuple[FloatArray, FloatArray]:
        """Return (embeddings (N, F), logits (N, 10)) of prepared *pictures* (N, 28, 28)."""
        images = pictures[:, None].astype(np.float32) / np.float32(255.0)
        embedding, logits = self.session.run(["embedding", "logits"], {"images": images})
        return embedding, logits

    def likeness(self, embedding: FloatArray) -> FloatArray:
        """Return (N,) cosine similarities of *embedding* (N, F) to the nearest anchor."""
        return np.asarray((_unit(embedding) @ _unit(self.anchors).T).max(axis=1), dtype=np.float32)


def _unit(rows: FloatArray) -> FloatArray:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6), np.float32)


def network() -> Network:
    """Return the shipped network, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`.
    """
    return store.load(MODEL, _read)


def warm_up() -> None:
    """Load the network, so that the first answer comes at once."""
    network()


def _read(folder: Path) -> Network:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # half a millisecond a digit: threads would only wait
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "digits.onnx"), options, providers=["CPUExecutionProvider"]
    )
    with np.load(folder / "head.npz", allow_pickle=False) as stored:
        return Network(
            session=session,
            head=LinearHead(stored["weights"], stored["bias"]),
            anchors=stored["anchor_features"].astype(np.float32),
            anchor_labels=stored["anchor_labels"].astype(np.int64),
            familiar=float(stored["familiar"]),
        )
