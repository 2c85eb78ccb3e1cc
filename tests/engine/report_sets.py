"""Small labelled sets that the reports' tests write."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from engine.digits.prepare import prepare
from tests.engine import faces_samples
from tests.engine.digit_drawings import STROKES, drawn

REVIEWS = (
    ("정말 재미있고 감동적인 최고의 영화", "1"),
    ("지루하고 돈이 아까운 쓰레기 영화", "0"),
    ("배우들 연기가 훌륭하고 음악도 좋았어요", "1"),
    ("스토리가 엉망이고 연기도 최악이에요", "0"),
    ("다시 보고 싶은 명작", "1"),
    ("최고의 영화 정말 재미있어요", "0"),
)
"""Reviews with labels; the last one is labelled wrongly, so that it is a sure mistake."""

EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)> 최고예요 & 정말 재미있어요'


def reviews(path: Path, extra: tuple[tuple[str, str], ...] = ()) -> Path:
    """Write a TSV ``id document label``."""
    rows = [f"{n}\t{text}\t{label}" for n, (text, label) in enumerate(REVIEWS + extra)]
    path.write_text("\n".join(["id\tdocument\tlabel", *rows]) + "\n", encoding="utf-8")
    return path


def rated(path: Path) -> Path:
    """Write a TSV ``review_id movie_id rating text`` with ratings 1, 2, 6, 9 and 10."""
    rows = [
        (10, "최고의 영화 정말 재미있어요"), (9, "감동적이고 훌륭해요"), (6, "그럭저럭 볼만해요"),
        (2, "지루하고 재미없어요"), (1, "돈이 아까운 쓰레기 영화"), (10, "최악이에요 지루해요"),
    ]  # fmt: skip
    lines = [f"{n}\t{n}\t{rating}\t{text}" for n, (rating, text) in enumerate(rows)]
    path.write_text("\n".join(["review_id\tmovie_id\trating\ttext", *lines]), encoding="utf-8")
    return path


def emotions(path: Path) -> Path:
    """Write a TSV ``text emotion`` with an unknown, a missing and two English labels."""
    rows = [
        ("오늘 너무 행복하고 즐거워", "행복"), ("눈물이 나고 너무 슬퍼", "sadness"),
        ("화가 나서 미치겠어", "분노"), ("무서워서 잠을 못 자겠어", "Fear"),
        ("오늘 너무 행복하고 즐거워", "슬픔"), ("그냥 그래", "권태"), ("몰라", "NaN"), ("", "중립"),
    ]  # fmt: skip
    lines = [f"{text}\t{label}" for text, label in rows]
    path.write_text("\n".join(["text\temotion", *lines]), encoding="utf-8")
    return path


def faces(path: Path) -> Path:
    """Write a zip CLASS/NAME.jpg: four smiling heads, one without a face, one broken."""
    head = cv2.imencode(".jpg", faces_samples.head())[1].tobytes()
    grey = cv2.imencode(".jpg", np.full((64, 64, 3), 128, np.uint8))[1].tobytes()
    with zipfile.ZipFile(path, "w") as archive:
        for number, folder in enumerate(("happy", "happy", "행복", "sadness")):
            archive.writestr(f"set/{folder}/face{number}.jpg", head)
        archive.writestr("set/neutral/nobody.jpg", grey)
        archive.writestr("set/fear/broken.jpg", b"no picture")
        archive.writestr("set/boredom/face.jpg", head)
        archive.writestr("readme.txt", "no picture")
    return path


def digits(folder: Path, wrong: bool = True) -> Path:
    """Write DIGIT/NAME.png of ten drawn digits; with *wrong* a 7 lies among the 1s."""
    for digit in STROKES:
        place = folder / digit
        place.mkdir(parents=True)
        Image.fromarray(prepare(drawn(digit)).pixels).save(place / "drawn.png")
    if wrong:
        Image.fromarray(prepare(drawn("7")).pixels).save(folder / "1" / "seven.png")
    return folder
