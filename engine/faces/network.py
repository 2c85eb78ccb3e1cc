"""The expression network: crops and features -> embeddings, and the head that ships with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import models
from engine.adapt import LinearHead

MODEL = "face-expression"


@dataclass(frozen=True)
class Network:
    """The loaded network.

    Attributes:
        session: onnxruntime session; inputs ``crops`` uint8 (N, 64, 64) and ``features``
            float32 (N, 62), outputs ``embedding`` (N, F) and ``logits`` (N, 7).
        head: the last layer; its softmax is calibrated.
        anchors: (M, F) float32 embeddings of faces that were not trained on.
        anchor_labels: (M,) their classes.
    """

    session: Any
    head: LinearHead
    anchors: npt.NDArray[np.float32]
    anchor_labels: npt.NDArray[np.int64]

    def embed(
        self, crops: npt.NDArray[np.uint8], features: npt.NDArray[np.float32], both: bool = True
    ) -> npt.NDArray[np.float32]:
        """Return (N, F) embeddings of crops (N, 64, 64) and features (N, 62).

        Args:
            both: look at each crop as it is and mirrored, and take the mean: surer, but twice
                the time.
        """
        views = [crops, np.ascontiguousarray(crops[:, :, ::-1])] if both else [crops]
        found = [
            self.session.run(["embedding"], {"crops": view, "features": features})[0]
            for view in views
        ]
        return np.mean(found, axis=0, dtype=np.float32)


def network() -> Network:
    """Return the shipped network, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`.
    """
    return models.load(MODEL, _read)


def _read(folder: Path) -> Network:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # milliseconds a face: threads would only wait
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "expression.onnx"), options, providers=["CPUExecutionProvider"]
    )
    with np.load(folder / "head.npz", allow_pickle=False) as stored:
        return Network(
            session=session,
            head=LinearHead(stored["weights"], stored["bias"]),
            anchors=stored["anchor_features"].astype(np.float32),
            anchor_labels=stored["anchor_labels"].astype(np.int64),
        )
