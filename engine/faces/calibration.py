"""Ten seconds of one person's calm face -> a baseline."""

from __future__ import annotations

import numpy as np

from engine.errors import InputError
from engine.faces import gaze
from engine.faces.baseline import Baseline
from engine.faces.eyes import openness
from engine.faces.result import LABELS, Face
from engine.faces.smoothing import FLOOR
from engine.faces.spans import LONGEST_STEP_MS

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
