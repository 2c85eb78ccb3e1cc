"""From starting the process to a window on the screen, seen from outside; and its memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from devtools import display
from tests.benchmarks import fresh
from tests.benchmarks.report import Row, row

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1200, 800)
window.show()
sys.exit(app.exec())
"""
SETTLED = 3.0
"""Seconds after which a window that nobody touches has finished starting."""


def start(rounds: int, data: Path | None) -> list[Row]:
    """Return the rows of the start: time and memory.

    Raises:
        RuntimeError: a window did not come, or there is no virtual screen to look at.
    """
    _need_xvfb()
    with display.virtual() as name, display.Screen(name) as screen:
        ours, bare, memory = [], [], []
        for turn in range(rounds + 1):  # the first turn warms the disk cache
            seconds, _ = _start(screen, name, ["-c", BARE])
            if turn:
                bare.append(seconds)
            seconds, bytes_ = _start(screen, name, ["-m", "desktop"], settle=turn == rounds)
            if turn:
                ours.append(seconds)
            memory.append(bytes_)
    return [
        row(
            "window shown",
            statistics.median(ours) * 1000,
            "ms",
            bare=statistics.median(bare) * 1000,
            most_ratio=2.0,
            note=f"from the process's start until mapped on Xvfb, {rounds} starts each, by turns",
        ),
        row(
            "memory after start",
            memory[-1] / 1e6,
            "MB",
            most=450,
            note=f"resident, {SETTLED:g} s after the window is shown",
        ),
    ]


def used(rounds: int, data: Path | None) -> list[Row]:
    """Return the memory's row after every tab was used in one window.

    Raises:
        RuntimeError: a tab did not answer, or there is no virtual screen.
    """
    _need_xvfb()
    with display.virtual() as name:
        found = fresh.run("all_tabs", display=name)
    note = "resident, after each tab has answered one input in the same window"
    return [row("memory, all tabs used", found["bytes"] / 1e6, "MB", note=note)]


def _need_xvfb() -> None:
    if not display.has_xvfb():
        raise RuntimeError("needs Xvfb, which looks at the window from outside")


def _start(
    screen: display.Screen, name: str, arguments: list[str], *, settle: bool = False
) -> tuple[float, int]:
    """Start a window; return the seconds until it is shown and, settled, its resident bytes."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**fresh.environment(Path(folder), name), "QT_QPA_PLATFORM": "xcb"}
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=fresh.ROOT, env=env, stderr=subprocess.PIPE
        )
        try:
            shown = screen.wait(lambda window: window.width >= 600, process, 60)
            seconds = time.perf_counter() - begin
            if shown is None:
                process.kill()
                wrote = process.communicate()[1].decode(errors="replace")
                raise RuntimeError(f"no window came from {arguments}: {wrote[-2000:]}")
            if settle:
                time.sleep(SETTLED)
            return seconds, _resident(process.pid)
        finally:
            process.terminate()
            process.communicate()
            while screen.windows():
                time.sleep(0.02)


def _resident(pid: int) -> int:
    """Return the resident bytes of a process and of its children."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return sum(int(member.memory_info().rss) for member in family)
