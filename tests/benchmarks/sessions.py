"""A video analysed into a session: how much faster than it plays."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks import camera, fresh
from tests.benchmarks.report import Row, row

SECONDS = 20
WIDTHS = {1: camera.SIZE[0], 3: 1280}
"""Pixels that so many people are shown on, each as large as the others."""


def sessions(rounds: int, data: Path | None) -> list[Row]:
    """Return how fast videos of one and of several people are analysed."""
    found = fresh.run("session")
    return [
        row(
            f"a video of {people} analysed",
            found[f"speed_{people}"],
            "s of it a second",
            bare=1.0,
            least_ratio=1.0,
            note=f"{SECONDS} s, {width}x480 at {camera.RATE:g} frames a second, the portrait "
            "moving; 10 frames a second read; bare: playing it",
        )
        for people, width in WIDTHS.items()
    ]


def probe() -> dict[str, float]:
    """Make the videos, analyse each, and return their speeds.

    Raises:
        SystemExit: somebody was not found.
    """
    from engine.faces.sessions import repository
    from engine.faces.sessions.analyse import analyse

    speeds = {}
    with tempfile.TemporaryDirectory() as folder:
        for people in (1, *WIDTHS):  # the first is not counted: models are loaded
            video = Path(folder) / f"{people}.avi"
            write_video(video, people)
            found = analyse(video, folder=Path(folder) / "sessions")
            session = repository.load(found.about.id, Path(folder) / "sessions")
            if len(session.persons) != people:
                raise SystemExit(f"{len(session.persons)} of {people} people were found")
            speeds[f"speed_{people}"] = found.speed
    return speeds


def write_video(path: Path, people: int) -> None:
    """Write *people* portraits side by side, each moving by itself, as motion JPEG."""
    import cv2
    import numpy as np

    from engine.media.images import decode_image

    frames = [decode_image(data) for data in camera.pictures()]
    wide = WIDTHS[people] // people
    cut = (camera.SIZE[0] - wide) // 2
    size = (wide * people, camera.SIZE[1])
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), camera.RATE, size)
    for number in range(round(SECONDS * camera.RATE)):
        row = [frames[(number + 17 * person) % len(frames)] for person in range(people)]
        writer.write(np.hstack([frame[:, cut : cut + wide] for frame in row]))
    writer.release()
