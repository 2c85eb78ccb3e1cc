"""Pictures of every tab with a real result, light and dark, from the real window.

``python -m desktop.gallery --out docs/screenshots`` renews those of the readme. The user's
data is not touched: the window works on a folder of its own, which is deleted at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from desktop.app import Application
from desktop.window import MainWindow
from engine import paths

SIZE = (1280, 940)
THEMES = ("light", "dark")
REVIEW = "배우들 연기는 정말 훌륭했고 마지막 장면은 감동이었어요. 다만 중간이 조금 지루했네요 😊"
SEVEN = ((0.28, 0.26), (0.72, 0.26), (0.60, 0.44), (0.50, 0.62), (0.44, 0.80))
THREE = (
    *((0.32, 0.24), (0.50, 0.18), (0.66, 0.26), (0.64, 0.40), (0.46, 0.48)),
    *((0.66, 0.56), (0.68, 0.72), (0.52, 0.82), (0.32, 0.76)),
)
TWO = (
    *((0.32, 0.32), (0.42, 0.20), (0.60, 0.22), (0.66, 0.36), (0.54, 0.54)),
    *((0.32, 0.78), (0.50, 0.78), (0.72, 0.78)),
)
CORRECTED = (
    ("이 영화 덕분에 푹 잤습니다 감사합니다", "부정"),
    ("휴지 없이는 못 보는 영화", "긍정"),
    ("현실이 더 영화 같다", "부정"),
    ("이 감독 천재 아니면 바보", "긍정"),
    ("수면제로 최고", "부정"),
)
"""Reviews that the shipped model reads the wrong way round, with the right answer."""

PATIENCE = 90.0

W = TypeVar("W", bound=QWidget)


class Stage:
    """A window on an empty data folder, with hands that type, draw, press and wait."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        os.environ["MAUMGYEOL_DATA"] = str(folder)
        self.running = Application(app, folder / "maumgyeol.log")
        self.window: MainWindow = self.running.window
        self.window.resize(*SIZE)
        self.window.show()
        self.wait(0.3)

    def close(self) -> None:
        """Close the window and end what runs."""
        self.window.close()
        self.running.close()

    def show(self, key: str) -> None:
        """Go to a tab."""
        index = self.window.tabs.index_of(key)
        if index is None:
            raise LookupError(f"there is no tab {key!r}")
        self.window.navigation.buttons()[index].click()
        self.settle()

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget called *name* of the current tab."""
        found = self.window.tabs.tab(self.window.tabs.current).findChild(kind, name)
        if found is None:
            raise LookupError(f"the tab has no {kind.__name__} called {name!r}")
        return found

    def draw(self, name: str, points: Sequence[tuple[float, float]]) -> None:
        """Draw a smooth stroke on a widget with the mouse; points in parts of its square."""
        sheet = self.find(QWidget, name)
        side = min(sheet.width(), sheet.height())
        corner = QPointF(sheet.width() - side, sheet.height() - side) / 2
        places = [corner + QPointF(x, y) * side for x, y in _smooth(points)]
        self._mouse(sheet, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            self._mouse(sheet, QEvent.Type.MouseMove, place)
        self._mouse(sheet, QEvent.Type.MouseButtonRelease, places[-1])

    def wait(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            flags = QEventLoop.ProcessEventsFlag.AllEvents
            QCoreApplication.processEvents(flags, 20)
            time.sleep(0.002)

    def settle(self) -> None:
        """Wait until nothing has run for a moment.

        Raises:
            TimeoutError: something runs on and on.
        """
        end, quiet = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() - quiet < 0.5:
            self.wait(0.02)
            if self.running.context.workers.busy:
                quiet = time.monotonic()
            if time.monotonic() > end:
                raise TimeoutError(f"a tab was still busy after {PATIENCE:g} s")

    def picture(self, theme: str) -> QPixmap:
        """Return the window as it looks in a theme."""
        self.window.set_theme(theme)
        self.wait(0.2)
        return self.window.grab()

    def _mouse(self, widget: QWidget, kind: QEvent.Type, place: QPointF) -> None:
        button = Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        cause = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        there = QPointF(widget.mapToGlobal(place))
        modifiers = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QMouseEvent(kind, place, there, cause, held, modifiers))


def _smooth(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points along the Catmull-Rom curve through *points*."""
    padded = [points[0], *points, points[-1]]
    made = [points[0]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(1, 9):
            t = step / 8
            made.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return made


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = 2 * a - 5 * b + 4 * c - d
    twist = 3 * b - a - 3 * c + d
    return 0.5 * (2 * b + (c - a) * t + bend * t * t + twist * t * t * t)


def reviews(stage: Stage) -> None:
    """Type a review."""
    stage.find(QPlainTextEdit, "reviewInput").setPlainText(REVIEW)
    stage.settle()


def faces(stage: Stage) -> None:
    """Open a portrait."""
    stage.window.open_paths([paths.resources_dir() / "samples" / "face.jpg"])
    stage.settle()


def digits(stage: Stage) -> None:
    """Draw three digits, one after the other."""
    for points in (SEVEN, TWO, THREE):
        stage.draw("digitCanvas", points)
        stage.wait(1.5)
        stage.settle()
        if points is not THREE:
            stage.find(QWidget, "digitCanvas").clear()  # type: ignore[attr-defined]


def comments(stage: Stage) -> None:
    """Open a photo and have comments written."""
    stage.window.open_paths([paths.resources_dir() / "samples" / "face.jpg"])
    stage.settle()


def learning(stage: Stage) -> None:
    """Correct a few reviews and train again."""
    library = stage.running.context.library
    for text, label in CORRECTED:
        wrong = "긍정" if label == "부정" else "부정"
        library.add_correction("reviews", text.encode(), wrong, label, "reviews-ngram 1.0")
    stage.find(QTabBar, "learningDomains").setCurrentIndex(1)
    stage.find(QTabBar, "learningDomains").setCurrentIndex(0)
    stage.settle()
    stage.find(QAbstractButton, "learningRetrain").click()
    stage.settle()


SCENES: dict[str, Callable[[Stage], None]] = {
    "reviews": reviews,
    "faces": faces,
    "digits": digits,
    "comments": comments,
    "learning": learning,
}


def take(app: QApplication, out: Path, tabs: Sequence[str]) -> list[Path]:
    """Play the scenes of *tabs* and save TAB-THEME.png into *out*; return the files."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("MAUMGYEOL_DATA")
        stage = Stage(app, Path(folder))
        try:
            for tab in tabs:
                stage.window.set_theme(THEMES[0])
                stage.show(tab)
                SCENES[tab](stage)
                for theme in THEMES:
                    file = out / f"{tab}-{theme}.png"
                    if not stage.picture(theme).save(str(file)):
                        raise OSError(f"cannot write {file}")
                    made.append(file)
        finally:
            stage.close()
            _restore_environment(before)
    return made


def _restore_environment(before: str | None) -> None:
    if before is None:
        del os.environ["MAUMGYEOL_DATA"]
    else:
        os.environ["MAUMGYEOL_DATA"] = before


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m desktop.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--tabs", nargs="+", choices=list(SCENES), default=list(SCENES))
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for file in take(QApplication(sys.argv[:1]), options.out, options.tabs):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
