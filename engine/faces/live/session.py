"""A live session: what the frames of a stream say of each person over time."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.faces.live.smoothing import ExpressionSmoother
from engine.faces.live.tracks import Tracker
from engine.faces.measure.baseline import Baseline
from engine.faces.measure.eyes import Attention, AttentionMeter, BlinkCounter, Eyes
from engine.faces.measure.features import openness
from engine.faces.measure.gaze import Gaze, GazeFollower
from engine.faces.result import Face, FacesResult

TURNED = 40.0
"""Degrees of yaw or pitch from which the far eye, or both, cannot be measured."""


@dataclass(frozen=True, eq=False)
class Person:
    """One person in one frame.

    Attributes:
        id: number of the person in this session, from 1, never used for somebody else.
        face: its expression smoothed, and re-centred where a baseline is at work.
        raw: the face as it was read in this frame.
        label, confidence, probabilities: the smoothed expression.
        eyes: closure, blinks and their rate; ``None`` until the eyes were seen.
        attention: PERCLOS, drowsiness and yawns.
        gaze: where the person looks; ``None`` while the eyes hide it.
        seen_ms: time since the person came.
        baseline: whether the person's own baseline is at work.
    """

    id: int
    face: Face
    raw: Face
    label: str
    confidence: float
    probabilities: dict[str, float]
    eyes: Eyes | None
    attention: Attention
    gaze: Gaze | None
    seen_ms: int
    baseline: bool

    @property
    def blinks(self) -> int:
        """Blinks since the person came."""
        return self.eyes.blinks if self.eyes else 0

    @property
    def blink_rate(self) -> float | None:
        """Blinks a minute; ``None`` until enough was seen."""
        return self.eyes.rate if self.eyes else None

    @property
    def perclos(self) -> float | None:
        """Share of the last minute with the eyes closed; ``None`` until enough was seen."""
        return self.attention.perclos

    @property
    def drowsy(self) -> bool:
        """Whether PERCLOS says so; never after one blink."""
        return self.attention.state == "tired"

    @property
    def yawns(self) -> int:
        """Yawns since the person came."""
        return self.attention.yawns

    def to_dict(self) -> dict[str, Any]:
        """Return what was measured over time, as plain types for JSON."""
        return {
            "id": self.id,
            "label": self.label,
            "confidence": self.confidence,
            "probabilities": self.probabilities,
            "eyes": asdict(self.eyes) if self.eyes else None,
            "attention": asdict(self.attention),
            "gaze": asdict(self.gaze) if self.gaze else None,
            "seen_ms": self.seen_ms,
            "baseline": self.baseline,
        }


@dataclass(frozen=True, eq=False)
class LiveFrame:
    """One frame of a session.

    Attributes:
        timestamp_ms: time of the frame, as it was given.
        result: the faces, smoothed, in the order of *persons*.
        persons: by number.
    """

    timestamp_ms: int
    result: FacesResult
    persons: tuple[Person, ...]

    def person(self, number: int) -> Person | None:
        """Return the person called *number*, if here."""
        return next((person for person in self.persons if person.id == number), None)


class LiveSession:
    """Follows the persons of one stream; nothing of it depends on the clock.

    Args:
        baseline: the neutral face of the user, see :mod:`engine.faces.measure.baseline`.
        owner: number of the person whose baseline it is; with 0, the largest face of the
            first frame that shows one.
    """

    def __init__(self, baseline: Baseline | None = None, owner: int = 0) -> None:
        self._baseline = baseline
        self._owner = owner
        self._tracker = Tracker()
        self._followed: dict[int, _Followed] = {}
        self._size: tuple[int, int] | None = None
        self._last_ms: int | None = None

    def use(self, baseline: Baseline | None, owner: int = 0) -> None:
        """Re-centre the person called *owner* from now on, or nobody; counts go on."""
        self._baseline, self._owner = baseline, owner
        for number, followed in self._followed.items():
            followed.centre(baseline if number == owner else None)

    def update(self, result: FacesResult, timestamp_ms: int) -> LiveFrame:
        """Return the persons of the next frame.

        Args:
            result: the frame's faces; pictures may change their size.
            timestamp_ms: of the source, never less than before, at any rate of frames.

        Raises:
            ValueError: the time runs backwards.
        """
        if self._last_ms is not None and timestamp_ms < self._last_ms:
            raise ValueError(f"frame at {timestamp_ms} ms after one at {self._last_ms} ms")
        self._last_ms = timestamp_ms
        if self._size is not None and self._size != result.image_size:
            (w0, h0), (w1, h1) = self._size, result.image_size
            self._tracker.rescale(w1 / w0, h1 / h0)
        self._size = result.image_size
        numbers = self._tracker.update([face.box for face in result.faces], timestamp_ms)
        if numbers and not self._owner:
            self._owner = numbers[0]
        for gone in set(self._followed) - set(self._tracker.known):
            del self._followed[gone]
        persons = sorted(
            (
                self._follow(number, timestamp_ms).update(face, timestamp_ms)
                for number, face in zip(numbers, result.faces, strict=True)
            ),
            key=lambda person: person.id,
        )
        faces = tuple(person.face for person in persons)
        return LiveFrame(timestamp_ms, replace(result, faces=faces), tuple(persons))

    def _follow(self, number: int, now: int) -> _Followed:
        if number not in self._followed:
            self._followed[number] = _Followed(number, now)
            self._followed[number].centre(self._baseline if number == self._owner else None)
        return self._followed[number]


class _Followed:
    """What is kept of one person between frames."""

    def __init__(self, number: int, now: int) -> None:
        self._number = number
        self._since = now
        self._baseline: Baseline | None = None
        self._smoother = ExpressionSmoother()
        self._blinks = BlinkCounter()
        self._attention = AttentionMeter()
        self._gaze = GazeFollower()
        self._eyes: Eyes | None = None

    def centre(self, baseline: Baseline | None) -> None:
        self._baseline = baseline
        self._gaze = GazeFollower(baseline.gaze if baseline else (0.0, 0.0))
        if baseline is not None:
            self._blinks.set_open(baseline.open_eyes)

    def update(self, raw: Face, now: int) -> Person:
        face = raw if self._baseline is None else self._baseline.recentre(raw)
        said = self._smoother.update(face.expression.probabilities, now)
        facing = max(abs(face.pose.yaw), abs(face.pose.pitch)) < TURNED
        if facing:
            shapes = raw.blendshapes
            shape = (shapes["eyeBlinkLeft"] + shapes["eyeBlinkRight"]) / 2
            self._eyes = self._blinks.update(openness(raw.landmarks), shape, now)
        closure = self._eyes.closure if facing and self._eyes else None
        attention = self._attention.update(closure, face.features.mouth_open, now)
        expression = replace(
            face.expression,
            label=said.label,
            confidence=said.confidence,
            probabilities=said.probabilities,
            drowsy=attention.state == "tired",
        )
        return Person(
            id=self._number,
            face=replace(face, expression=expression),
            raw=raw,
            label=said.label,
            confidence=said.confidence,
            probabilities=said.probabilities,
            eyes=self._eyes,
            attention=attention,
            gaze=self._gaze.update(raw, now) if facing else None,
            seen_ms=now - self._since,
            baseline=self._baseline is not None,
        )
