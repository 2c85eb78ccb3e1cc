"""Pictures of every tab with a real result, light and dark, from the real window.

``python -m tests.gallery --out docs/screenshots`` renews those of the readme. The user's
data is not touched: the window works on a folder of its own, which is deleted at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from engine import reviews as engine_reviews
from engine.core import paths
from tests.window_driver import Stage

SIZE = (1280, 940)
THEMES = ("light", "dark")
REVIEW = "배우들 연기는 정말 훌륭했고 마지막 장면은 감동이었어요. 다만 중간이 조금 지루했네요 😊"
TALK = ("안녕하세요", "오늘 면접에서 떨어져서 너무 속상해", "고마워요")
FEELING = "오랜만에 친구를 만나서 정말 행복했어. 그런데 헤어질 때는 조금 서운하더라 😢"
SEVEN = ((0.28, 0.26), (0.72, 0.26), (0.60, 0.44), (0.50, 0.62), (0.44, 0.80))
THREE = (
    *((0.32, 0.24), (0.50, 0.18), (0.66, 0.26), (0.64, 0.40), (0.46, 0.48)),
    *((0.66, 0.56), (0.68, 0.72), (0.52, 0.82), (0.32, 0.76)),
)
TWO = (
    *((0.32, 0.32), (0.42, 0.20), (0.60, 0.22), (0.66, 0.36), (0.54, 0.54)),
    *((0.32, 0.78), (0.50, 0.78), (0.72, 0.78)),
)
HARD = (
    ("이 영화 덕분에 푹 잤습니다 감사합니다", "부정"),
    ("휴지 없이는 못 보는 영화", "긍정"),
    ("현실이 더 영화 같다", "부정"),
    ("이 감독 천재 아니면 바보", "긍정"),
    ("수면제로 최고", "부정"),
    ("눈이 퉁퉁 부었다", "긍정"),
    ("명작의 반대말", "부정"),
)
"""Reviews that are hard to read, with the right answer."""


def reviews(stage: Stage) -> None:
    """Type a review."""
    stage.find(QPlainTextEdit, "reviewInput").setPlainText(REVIEW)
    stage.settle()


def emotions(stage: Stage) -> None:
    """Type a text of mixed feelings."""
    stage.find(QPlainTextEdit, "emotionInput").setPlainText(FEELING)
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


def chat(stage: Stage) -> None:
    """Greet, tell of a sad day, give thanks."""
    for text in TALK:
        stage.find(QLineEdit, "chatInput").setText(text)
        stage.find(QAbstractButton, "chatSend").click()
        stage.settle()


def learning(stage: Stage) -> None:
    """Correct the reviews that are read wrongly and train again."""
    library = stage.running.context.library
    for text, right in HARD:
        read = engine_reviews.predict(text, explain=False)
        if read.label != right:
            library.add_correction("reviews", text.encode(), read.label, right, read.model)
    stage.find(QTabBar, "learningDomains").setCurrentIndex(1)
    stage.find(QTabBar, "learningDomains").setCurrentIndex(0)
    stage.settle()
    stage.find(QAbstractButton, "learningRetrain").click()
    stage.settle()


SCENES: dict[str, Callable[[Stage], None]] = {
    "reviews": reviews,
    "emotions": emotions,
    "faces": faces,
    "digits": digits,
    "comments": comments,
    "chat": chat,
    "learning": learning,
}


def take(app: QApplication, out: Path, tabs: Sequence[str]) -> list[Path]:
    """Play the scenes of *tabs* and save TAB-THEME.png into *out*; return the files.

    Raises:
        RuntimeError: a tab shows an error instead of a result.
    """
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("MAUMGYEOL_DATA")
        stage = Stage(app, Path(folder), SIZE)
        try:
            for tab in tabs:
                stage.window.set_theme(THEMES[0])
                stage.show(tab)
                SCENES[tab](stage)
                stage.check()
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
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--tabs", nargs="+", choices=list(SCENES), default=list(SCENES))
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for file in take(QApplication(sys.argv[:1]), options.out, options.tabs):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
