"""A person's own neutral face, and how expressions are re-centred by it."""

from __future__ import annotations

import functools
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.core import paths
from engine.core.errors import InputError, Message, StorageError
from engine.core.state import StateFile, whole
from engine.faces.expression import network, prediction
from engine.faces.live.smoothing import FLOOR
from engine.faces.measure import gaze
from engine.faces.measure.eyes import LONGEST_STEP_MS
from engine.faces.measure.features import openness
from engine.faces.result import LABELS, Face
from engine.learning import trainer

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
        return self.model == prediction.model_name()

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
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`.
    """
    shipped = network.network()
    head = trainer.active_head("faces", shipped.head.weights.shape) or shipped.head
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

    A damaged one is set aside and told (``engine.core.state``).

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


# ----------------------------------------------------------------------------------------
# Ten seconds of one person's calm face -> a baseline.

LENGTH_MS = 10_000
"""Observed time that a calibration takes."""

LEAST_FRAMES = 30
"""Fewer frames than this are too few, however long they took."""

LONGEST_MS = 25_000
"""A calibration that has not seen enough after so long has failed."""

RESTLESS = 8.0
"""Degrees (standard deviation of yaw or pitch) from which the head moved too much."""

AWAY = 30.0
"""Degrees of median yaw or pitch from which the face was not turned to the camera."""


class Calibration:
    """Collects one person's neutral face; frames without the person do not count."""

    def __init__(self) -> None:
        self._faces: list[tuple[list[float], dict[str, float], tuple[float, float]]] = []
        self._poses: list[tuple[float, float]] = []
        self._views: list[tuple[float, float]] = []
        self._seen = 0
        self._model = ""
        self._first: int | None = None
        self._last: int | None = None

    @property
    def seen_ms(self) -> int:
        """Observed time so far."""
        return self._seen

    @property
    def done(self) -> bool:
        """Whether enough was seen."""
        return self._seen >= LENGTH_MS and len(self._faces) >= LEAST_FRAMES

    def add(self, face: Face | None, timestamp_ms: int) -> None:
        """Look at the person in one more frame, or at nobody.

        Args:
            face: as it was read: neither smoothed nor re-centred.

        Raises:
            InputError: the person was not seen enough, or the rules judged.
        """
        if self._first is None:
            self._first = timestamp_ms
        if face is None:
            self._last = None
        else:
            self._collect(face, timestamp_ms)
        if timestamp_ms - self._first > LONGEST_MS and not self.done:
            raise InputError(
                "얼굴이 충분히 보이지 않아서 기준 얼굴을 맞추지 못했어요. 화면을 정면으로 보고 "
                "다시 해 주세요.",
                "The face was not seen long enough to calibrate. Face the camera and try again.",
            )

    def baseline(self) -> Baseline:
        """Return the baseline of what was seen.

        Raises:
            InputError: too little was seen, or the head moved or was turned away.
        """
        if not self.done:
            raise InputError(
                "기준 얼굴을 맞추기에는 아직 본 시간이 짧아요.",
                "Too little was seen to calibrate.",
            )
        turns = np.array(self._poses)
        if turns.std(axis=0).max() > RESTLESS or np.abs(np.median(turns, axis=0)).max() > AWAY:
            raise InputError(
                "고개가 움직이거나 돌아가 있어서 기준 얼굴을 맞추지 못했어요. 화면을 보고 "
                "가만히 다시 해 주세요.",
                "The head moved or was turned away. Face the camera, keep still, and try again.",
            )
        names = self._faces[0][1]
        shapes = np.median([[face[1][name] for name in names] for face in self._faces], axis=0)
        ear, shape = np.median([face[2] for face in self._faces], axis=0).tolist()
        view = np.median(self._views or [(0.0, 0.0)], axis=0).tolist()
        return Baseline(
            expression=tuple(np.mean([face[0] for face in self._faces], axis=0).tolist()),
            blendshapes=dict(zip(names, shapes.tolist(), strict=True)),
            open_eyes=(ear, shape),
            gaze=(view[0], view[1]),
            model=self._model,
            frames=len(self._faces),
        )

    def _collect(self, face: Face, now: int) -> None:
        said = face.expression
        if said.source != "model":
            raise InputError(
                "간단한 규칙이 답하는 동안에는 기준 얼굴을 맞출 수 없어요. 규칙을 끄고 다시 "
                "해 주세요.",
                "A baseline needs the expression model, not the rules. Switch them off first.",
            )
        self._model = said.model
        step = LONGEST_STEP_MS + 1 if self._last is None else now - self._last
        self._last = now
        self._seen += step if step <= LONGEST_STEP_MS else 0
        logs = np.log(np.maximum([said.probabilities[name] for name in LABELS], FLOOR)).tolist()
        blink = (face.blendshapes["eyeBlinkLeft"] + face.blendshapes["eyeBlinkRight"]) / 2
        self._faces.append((logs, face.blendshapes, (openness(face.landmarks), blink)))
        self._poses.append((face.pose.yaw, face.pose.pitch))
        view = gaze.measure(face.landmarks, face.pose)
        if view is not None:
            self._views.append(view)
