"""A camera in the real window for minutes: frames painted, stalls of the window, memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from devtools import display
from tests.benchmarks import camera, fresh
from tests.benchmarks.report import Row, row

if TYPE_CHECKING:
    from desktop.tabs.faces.tab import FacesTab

MINUTES = 30.0
BEAT_MS = 17
"""The window is looked at as often as a screen of 60 Hz shows it."""

WARM_UP = 0.2
"""Share of the run that does not count: models load, buffers fill."""

LOOKS = (1 / 6, 1 / 3, 2 / 3, 1.0)
"""Shares of the run after which the memory is told: of 30 minutes, 5, 10, 20 and 30."""


def live(rounds: int, data: Path | None, minutes: float = MINUTES) -> list[Row]:
    """Return the rows of one long run.

    Raises:
        RuntimeError: no face was read, or there is no virtual screen.
    """
    if not display.has_xvfb():
        raise RuntimeError("needs Xvfb, on which the window is painted")
    with display.virtual() as name:
        found = fresh.run("live", str(60 * minutes), display=name)
    series = ", ".join(
        f"{minutes * share:.3g} min {found[f'mb_{number}']:.0f} MB"
        for number, share in enumerate(LOOKS)
    )
    made = f"{minutes:g} min of a 640x480 network camera (motion JPEG) in the faces tab, all layers"
    return [
        row(
            "live, frames painted",
            found["frames"],
            "/s",
            bare=camera.RATE,
            least_ratio=0.95,
            note=f"{made}; bare: what the camera sends",
        ),
        row(
            "live, capture to paint",
            found["latency"],
            "ms",
            note=f"median, from the frame's read to its paint; 99th percentile "
            f"{found['latency_99']:.0f} ms",
        ),
        row(
            "live, stalls of the window",
            found["stall_99"],
            "ms",
            most=20,
            note="99th percentile of how much later than due a timer at 60 Hz ran; "
            f"median {found['stall']:.1f} ms, longest {found['stall_most']:.0f} ms",
        ),
        row(
            "live, memory growth",
            found["growth_mb"],
            "MB",
            most=15,
            note="resident, median of the last tenth less that of the first after "
            f"{WARM_UP:.0%} of the run; at {series}",
        ),
    ]


def probe(seconds: str) -> dict[str, float]:
    """Run the camera in the window of this process.

    Raises:
        RuntimeError: too few frames were painted, or the tab showed an error.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.app import settings
    from desktop.app.application import Application
    from desktop.widgets.image_view import ImageView
    from engine.faces.overlay.layers import PRESETS

    length = float(seconds)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, _camera() as url:
        told = _tell_paints(ImageView)
        running = Application(app, Path(folder) / "log.txt")
        running.context.settings.set(settings.FACE_LAYERS, ",".join(PRESETS["all"].names))
        window = running.window
        window.resize(1280, 900)
        window.show()
        index = window.tabs.index_of("faces")
        window.navigation.buttons()[index or 0].click()
        tab: FacesTab = window.tabs.tab(index or 0)  # type: ignore[assignment]
        watch = _Watch(tab, length)
        told.append(watch.painted)
        QTimer.singleShot(0, lambda: tab.start_live(url))
        QTimer.singleShot(round(1000 * length), app.quit)
        app.exec()
        wrong = tab.banner.text() if tab.banner.kind == "error" else ""
        numbers = watch.numbers(length)
        window.close()
        running.close()
    if wrong or numbers["frames"] < 1:
        raise RuntimeError(wrong or "no frames were painted")
    return numbers


class _Series:
    """Times and values; all of its memory is taken at once, so that the bench itself grows not.

    Args:
        most: of how many there is room.
    """

    def __init__(self, most: int) -> None:
        self._rows = np.full((most, 2), -1.0)
        self._count = 0

    def add(self, when: float, value: float) -> None:
        self._rows[self._count] = when, value
        self._count += 1

    def between(self, first: float, last: float = np.inf) -> NDArray[np.float64]:
        """Return the values from the second *first* to *last*."""
        rows = self._rows[: self._count]
        return rows[(rows[:, 0] >= first) & (rows[:, 0] <= last), 1]


class _Watch:
    """Notes when the window's timer ran, how old painted frames were, and the memory."""

    def __init__(self, tab: FacesTab, length: float) -> None:
        import psutil
        from PySide6.QtCore import Qt, QTimer

        self._tab = tab
        self._process = psutil.Process()
        self._start = self._due = time.perf_counter()
        most = round(1100 * length / BEAT_MS) + 100
        self._late, self._ages, self._memory = _Series(most), _Series(most), _Series(most)
        self._last = 0.0
        self._beat = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._beat.setSingleShot(True)
        self._beat.timeout.connect(self._tick)
        self._tick()
        self._slow = QTimer(interval=1000)
        self._slow.timeout.connect(self._weigh)
        self._slow.start()

    def numbers(self, length: float) -> dict[str, float]:
        """Return the figures of what came after the warm-up."""
        first = WARM_UP * length
        late = 1000 * self._late.between(first)
        ages = 1000 * self._ages.between(first)
        weights = self._memory.between(first) / 1e6
        tenth = max(len(weights) // 10, 1)
        return {
            "frames": len(ages) / (length - first),
            "latency": float(np.median(ages)) if len(ages) else 0.0,
            "latency_99": float(np.percentile(ages, 99)) if len(ages) else 0.0,
            "stall": float(np.median(late)),
            "stall_99": float(np.percentile(late, 99)),
            "stall_most": float(late.max()),
            "growth_mb": float(np.median(weights[-tenth:]) - np.median(weights[:tenth])),
            **{f"mb_{n}": self._weight(share * length) for n, share in enumerate(LOOKS)},
        }

    def painted(self) -> None:
        """A picture was painted: that of the newest shot."""
        shot = self._tab._shot
        if shot is not None and shot.captured != self._last:
            self._last = shot.captured
            age = time.monotonic() - shot.captured
            self._ages.add(time.perf_counter() - self._start, age)

    def _weight(self, second: float) -> float:
        """Return the resident megabytes around *second*: the median of ten looks."""
        before = self._memory.between(0, second + 5)
        return float(np.median(before[-10:])) / 1e6

    def _tick(self) -> None:
        now = time.perf_counter()
        self._late.add(now - self._start, max(now - self._due, 0.0))
        self._due = now + BEAT_MS / 1000
        self._beat.start(BEAT_MS)

    def _weigh(self) -> None:
        now = time.perf_counter() - self._start
        self._memory.add(now, self._process.memory_info().rss)


def _tell_paints(kind: type) -> list[Callable[[], None]]:
    """Have every paint of *kind* call, at its end, what is in the list that is returned."""
    paint: Callable[[object, object], None] = kind.paintEvent  # type: ignore[attr-defined]
    told: list[Callable[[], None]] = []

    def noted(self: object, event: object) -> None:
        paint(self, event)
        for call in told:
            call()

    kind.paintEvent = noted  # type: ignore[attr-defined]
    return told


@contextmanager
def _camera() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.camera"]
    process = subprocess.Popen(command, cwd=fresh.ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/live.mjpg"
    finally:
        process.terminate()
        process.wait()
