"""Sessions made of numbers, and live frames to record."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.faces import LABELS
from engine.faces.live.session import LiveFrame, LiveSession
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.session import ROW, About, Event, Session
from tests.engine import faces_made as made

BLANK = np.zeros((480, 640, 3), dtype=np.uint8)


def live(seconds: float, rate: float = 20.0, start: int = 0) -> list[LiveFrame]:
    """Return frames of one happy person who blinks once a second."""
    session, frames = LiveSession(), []
    for ms in made.times(seconds, rate, start):
        shut = 500 <= ms % 1000 < 650
        face = made.face(
            said=made.chances("행복"), ear=0.03 if shut else 0.3, blink=0.9 if shut else 0.1
        )
        frames.append(session.update(made.frame(face), ms))
    return frames


def session(
    seconds: float = 60.0, rate: float = 10.0, persons: int = 1, events: tuple[Event, ...] = ()
) -> Session:
    """Return a session: person 1 happy and attentive up to its middle, then sad and not.

    Person 2, if any, comes in the middle and is neutral; everybody blinks every 5 s.
    """
    times = np.arange(round(seconds * rate), dtype=np.int64) * 1000 / rate
    times = times.astype(np.int32)
    parts = [_rows(times, 1, seconds)]
    if persons > 1:
        parts.append(_rows(times[times >= 500 * seconds], 2, seconds))
    rows = np.concatenate(parts)
    rows = rows[np.argsort(rows["ms"], kind="stable")]
    about = About("made", "live", "카메라", "2026-01-02T03:04:05+00:00", size=(640, 480),
                  finished=True)  # fmt: skip
    return Session(about, times, rows, events)


def _rows(times: np.ndarray, person: int, seconds: float) -> np.ndarray:  # type: ignore[type-arg]
    rows = np.zeros(len(times), dtype=ROW)
    rows["ms"], rows["person"] = times, person
    late = times >= 500 * seconds
    label = np.where(late, LABELS.index("슬픔"), LABELS.index("행복"))
    if person > 1:
        label[:] = LABELS.index("중립")
    rows["label"] = label
    rows["chances"] = 0.05
    rows["chances"][np.arange(len(times)), label] = 0.7
    rows["box"] = (100 * person, 80, 120, 150)
    rows["attentive"] = ~late
    rows["perclos"] = np.nan
    rows["tired"] = rows["view"] = -1
    rows["gaze"] = np.nan
    rows["blinks"] = (times % 5000 == 0) & (times > 0)
    return rows


def stored(kept: Session, folder: Path | None = None, video: str = "") -> str:
    """Put a session into the store, and return its number."""
    with shelf.new("live", kept.about.name, folder=folder) as store:
        half = int(np.searchsorted(kept.rows["ms"], kept.times[len(kept.times) // 2]))
        middle = len(kept.times) // 2
        store.append(kept.times[:middle], kept.rows[:half])
        store.append(kept.times[middle:], kept.rows[half:])
        for event in kept.events:
            store.add_event(event.time, event.label, event.colour)
        about = store.about
        store.put(About(**{**vars(about), "size": (640, 480), "finished": True, "video": video}))
        return about.id
