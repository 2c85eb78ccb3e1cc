"""Crops and features -> expressions: the trained model, or the rules that stand in for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine import learning, manifest
from engine.errors import Message, ModelCorruptError, ModelMissingError
from engine.faces import network, rules
from engine.faces.crop import Crop
from engine.faces.features import FaceFeatures
from engine.faces.result import LABELS, Expression


class Judge(Protocol):
    """What turns prepared faces into expressions."""

    warnings: tuple[Message, ...]

    @property
    def name(self) -> str:
        """Name and version as results show them."""

    def judge(
        self,
        crops: Sequence[Crop],
        vectors: Sequence[npt.NDArray[np.float32]],
        features: Sequence[FaceFeatures],
    ) -> list[Expression]:
        """Return one expression a face."""


def model_name() -> str:
    """Return the model's name and version, with the personal version if one answers."""
    return learning.model_name(manifest.entry(network.MODEL).label, learning.answering("faces"))


class ModelJudge:
    """The trained network under its shipped head, or the personal one if there is one.

    Args:
        once: look at each face as it is only, not mirrored, too: half the time, a little less sure.
    """

    warnings: tuple[Message, ...] = ()

    def __init__(self, once: bool = False) -> None:
        self._network, self._both = network.network(), not once

    @property
    def name(self) -> str:
        """Name and version, with the personal version if one answers."""
        return model_name()

    def judge(
        self,
        crops: Sequence[Crop],
        vectors: Sequence[npt.NDArray[np.float32]],
        features: Sequence[FaceFeatures],
    ) -> list[Expression]:
        """Return the calibrated expressions of the faces."""
        if not crops:
            return []
        shipped = self._network.head
        personal = learning.answering("faces", shipped.weights.shape)
        head = personal.head or shipped
        name = learning.model_name(manifest.entry(network.MODEL).label, personal)
        seen = self._network.embed(np.stack(crops), np.stack(vectors), self._both)
        logits = head.logits(seen)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return [_expression(row, f, name) for row, f in zip(chances, features, strict=True)]


def _expression(chances: npt.NDArray[np.float32], features: FaceFeatures, name: str) -> Expression:
    best = int(chances.argmax())
    return Expression(
        label=LABELS[best],
        confidence=float(chances[best]),
        probabilities={label: float(p) for label, p in zip(LABELS, chances, strict=True)},
        drowsy=features.drowsy,
        source="model",
        model=name,
    )


class RulesJudge:
    """The classic rules; *warnings* say why they answer."""

    name = rules.NAME

    def __init__(self, warnings: tuple[Message, ...] = ()) -> None:
        self.warnings = warnings

    def judge(
        self,
        crops: Sequence[Crop],
        vectors: Sequence[npt.NDArray[np.float32]],
        features: Sequence[FaceFeatures],
    ) -> list[Expression]:
        """Return what the rules say of the features; crops and vectors are not looked at."""
        found = []
        for face in features:
            said = rules.judge(face)
            found.append(
                Expression(
                    label=said.label,
                    confidence=said.confidence,
                    probabilities=said.probabilities,
                    drowsy=face.drowsy,
                    source="rules",
                    model=rules.NAME,
                )
            )
        return found


def open_judge(use_rules: bool = False, once: bool = False) -> Judge:
    """Return the model, or the rules when asked for or when the model cannot be loaded."""
    if use_rules:
        return RulesJudge()
    try:
        return ModelJudge(once)
    except (ModelMissingError, ModelCorruptError) as error:
        why = Message(
            f"표정 모델 대신 간단한 규칙으로 판단했어요. {error.message.ko}",
            f"Simple rules answered instead of the expression model. {error.message.en}",
        )
        return RulesJudge((why,))
