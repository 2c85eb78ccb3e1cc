"""A person's own neutral face, and how expressions are re-centred by it."""

from __future__ import annotations

import functools
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine import learning, paths
from engine.errors import Message, StorageError
from engine.faces import expression, network
from engine.faces.result import LABELS, Face
from engine.faces.smoothing import FLOOR
from engine.state import StateFile, whole

Logs: TypeAlias = npt.NDArray[np.float64]

NEUTRAL = LABELS.index("중립")
LEAD = 0.2
"""Log-odds by which a person's own neutral face reads neutral, at the least."""

MARK = "baseline"
"""What is added to the model's name where a baseline was at work."""


@dataclass(frozen=True)
class Baseline:
    """A neutral face, as a calibration measured it.

    Attributes:
        expression: mean log-probability of every label, in the order of ``LABELS``.
        blendshapes: medians, by name.
        open_eyes: medians of eye aspect ratio and of eyeBlink, for the blinks.
        gaze: medians of the view's (yaw, pitch) in degrees, looking straight ahead.
        model: which expression model it was measured with.
        frames: how many frames it is made of.
    """

    expression: tuple[float, ...]
    blendshapes: dict[str, float]
    open_eyes: tuple[float, float]
    gaze: tuple[float, float]
    model: str
    frames: int

    @property
    def fits_model(self) -> bool:
        """Whether the expression model is still the one that it was measured with."""
        return self.model == expression.model_name()

    def recentre(self, face: Face) -> Face:
        """Return *face* with expression and blendshapes as seen from this neutral face.

        A log-probability moves by ``S(m - r, s)``: *m* this person's neutral mean, *r* and
        *s* mean and standard deviation of the neutral faces that the model was not trained
        on, and S the soft threshold ``sign(d) * max(|d| - s, 0)`` (Donoho 1995), which leaves
        alone what is within the usual. If the neutral face still would not read neutral, it is
        lifted to lead by ``LEAD``. Blendshapes become what exceeds the neutral face's.
        The rules' answers, and those of another model, stay as they are.
        """
        over = {
            name: max(value - self.blendshapes.get(name, 0.0), 0.0)
            for name, value in face.blendshapes.items()
        }
        said = face.expression
        if said.source == "model" and said.model == self.model:
            logs = np.log(np.maximum([said.probabilities[name] for name in LABELS], FLOOR))
            chances = np.exp(
                shifted(logs[None, :], np.array(self.expression), *reference(self.model))
            )[0].tolist()
            best = max(range(len(LABELS)), key=lambda i: chances[i])
            said = replace(
                said,
                label=LABELS[best],
                confidence=chances[best],
                probabilities=dict(zip(LABELS, chances, strict=True)),
                model=f"{said.model} + {MARK}",
            )
        return replace(face, expression=said, blendshapes=over)


def shifted(logs: Logs, neutral: Logs, usual: Logs, spread: Logs) -> Logs:
    """Return log-probabilities (N, 7) re-centred; see :meth:`Baseline.recentre`.

    Args:
        neutral: (7,) the person's neutral means.
        usual, spread: (7,) mean and standard deviation of other neutral faces.
    """
    gap = neutral - usual
    shift = np.sign(gap) * np.maximum(np.abs(gap) - spread, 0.0)
    own = neutral - shift
    shift[NEUTRAL] -= max(float(np.delete(own, NEUTRAL).max()) + LEAD - own[NEUTRAL], 0.0)
    moved = logs - shift
    return np.asarray(moved - np.log(np.exp(moved).sum(axis=1, keepdims=True)))


@functools.lru_cache(maxsize=4)
def reference(model: str) -> tuple[Logs, Logs]:
    """Return mean and standard deviation (7,) of neutral faces' log-probabilities.

    They are of the neutral ones among the shipped faces that were not trained on, under the
    head that answers as *model*.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`.
    """
    shipped = network.network()
    head = learning.active_head("faces", shipped.head.weights.shape) or shipped.head
    logits = head.logits(shipped.anchors[shipped.anchor_labels == NEUTRAL]).astype(np.float64)
    logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    logs = np.maximum(logs, np.log(FLOOR))
    return logs.mean(axis=0), logs.std(axis=0)


def place() -> Path:
    """Return where the user's baseline is kept."""
    return paths.data_place() / "face-baseline.json"


def save(baseline: Baseline) -> None:
    """Keep *baseline* for the next sessions.

    Raises:
        StorageError: the file cannot be written.
    """
    _STATE.change(place(), lambda _: baseline)


def load() -> Baseline | None:
    """Return the user's baseline, or ``None`` when there is none.

    A damaged one is set aside and told (``engine.state``).

    Raises:
        StorageError: it cannot be read.
    """
    return _STATE.read(place())


def forget() -> None:
    """Delete the user's baseline.

    Raises:
        StorageError: the file cannot be deleted.
    """
    try:
        place().unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"기준 얼굴을 지울 수 없어요: {place()} ({error.strerror})",
            f"The baseline {place()} cannot be deleted: {error.strerror}",
        ) from error


def _from_row(row: dict[str, Any]) -> Baseline:
    expression = tuple(float(value) for value in row["expression"])
    (ear, shape), (yaw, pitch) = row["open_eyes"], row["gaze"]
    numbers = (*expression, float(ear), float(shape), float(yaw), float(pitch))
    if len(expression) != len(LABELS) or not np.isfinite(numbers).all():
        raise ValueError("its numbers are not those of a face")
    return Baseline(
        expression=expression,
        blendshapes={str(name): float(value) for name, value in row["blendshapes"].items()},
        open_eyes=(float(ear), float(shape)),
        gaze=(float(yaw), float(pitch)),
        model=str(row["model"]),
        frames=int(row["frames"]),
    )


_STATE: StateFile[Baseline | None] = StateFile(
    title=Message("기준 얼굴", "the neutral face"),
    decode=whole(_from_row),
    encode=lambda baseline: None if baseline is None else asdict(baseline),
    empty=None,
)
