"""From live frames to the rows of a session, with who pays attention."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.faces.blinks import LONGEST_BLINK_MS
from engine.faces.live import LiveFrame, Person
from engine.faces.result import LABELS
from engine.faces.session import DIRECTIONS, ROW, Rows

FACING = 25.0
"""Degrees of yaw or pitch up to which a head faces the camera, and so the screen below it."""


@dataclass
class _Seen:
    blinks: int = 0
    yawns: int = 0
    attentive: int = -1
    open_ms: int = 0


class Rower:
    """Makes rows of the frames of one session, in their order.

    Somebody is attentive whose head faces the camera within ``FACING`` degrees, whose view is
    called central, and whose eyes have not been shut for longer than a blink; unknown where
    the eyes cannot be measured. The camera is taken to stand at the screen.

    Args:
        scale: factor from the pixels of the frames to those of the rows.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self._seen: dict[int, _Seen] = {}

    def rows(self, frame: LiveFrame, ms: int) -> Rows:
        """Return a row a person, in the order of their numbers.

        Args:
            ms: time from the session's start.
        """
        made = np.zeros(len(frame.persons), dtype=ROW)
        for row, person in zip(made, frame.persons, strict=True):
            self._fill(row, person, ms)
        return made

    def _fill(self, row: np.void, person: Person, ms: int) -> None:
        seen = self._seen.setdefault(person.id, _Seen(person.blinks, person.yawns))
        gaze, eyes, pose = person.gaze, person.eyes, person.face.pose
        row["ms"], row["person"] = ms, person.id
        row["box"] = np.array(person.face.box, dtype=np.float64) * self.scale
        row["chances"] = [person.probabilities[label] for label in LABELS]
        row["label"] = LABELS.index(person.label)
        row["blinks"] = min(person.blinks - seen.blinks, 255)
        row["yawns"] = min(person.yawns - seen.yawns, 255)
        row["closure"] = eyes.closure if eyes else np.nan
        row["shut"] = bool(eyes and eyes.shut)
        row["perclos"] = np.nan if person.perclos is None else person.perclos
        row["tired"] = {"unknown": -1, "awake": 0, "tired": 1}[person.attention.state]
        row["yawning"] = person.attention.yawning
        row["gaze"] = (gaze.yaw, gaze.pitch) if gaze else (np.nan, np.nan)
        row["view"] = DIRECTIONS.index(gaze.direction) if gaze else -1
        row["pose"] = (pose.yaw, pose.pitch, pose.roll)
        row["centred"] = person.baseline
        row["attentive"] = self._attentive(seen, person, ms)
        seen.blinks, seen.yawns = person.blinks, person.yawns

    def _attentive(self, seen: _Seen, person: Person, ms: int) -> int:
        """Return 1, 0, or -1 where it is unknown; a blink changes nothing."""
        pose = person.face.pose
        if max(abs(pose.yaw), abs(pose.pitch)) > FACING:
            seen.attentive = 0
            seen.open_ms = ms
        elif person.eyes is not None and person.eyes.shut:
            if ms - seen.open_ms > LONGEST_BLINK_MS:
                seen.attentive = 0
        elif person.gaze is None:
            seen.attentive = -1
            seen.open_ms = ms
        else:
            seen.attentive = int(person.gaze.direction == "centre")
            seen.open_ms = ms
        return seen.attentive
