"""Faces that the first look misses, as a person meets them; and the live view's privacy."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.app.context import AppContext
from engine.media.images import read_image
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples


def look_more(faces: Faces) -> None:
    before = faces.tab._shot
    faces.click("faceMore")
    faces.bot.waitUntil(lambda: faces.tab._shot is not before, timeout=WAIT)


def test_more_faces_are_looked_for_on_request(faces: Faces, tmp_path: Path) -> None:
    head = samples.head()
    canvas = np.full((500, 1100, 3), 120, np.uint8)
    canvas[150:350, 60:260] = head
    canvas[150:350, 460:660] = cv2.rotate(head, cv2.ROTATE_180)
    cv2.imwrite(str(tmp_path / "two.png"), canvas)
    more = faces.child(QPushButton, "faceMore")
    assert not more.isVisible()
    faces.open(tmp_path / "two.png")
    assert more.isVisible() and faces.tab._shot is not None
    look_more(faces)
    found = faces.tab._shot.result.faces
    assert sorted(round(abs(face.pose.roll), -1) for face in found) in ([0, 180], [0, 170])
    assert "얼굴 2" in faces.text("faceStatus")


def test_a_picture_turned_upside_down_is_read(faces: Faces, tmp_path: Path) -> None:
    upside_down = np.ascontiguousarray(samples.sample()[::-1, ::-1])
    cv2.imwrite(str(tmp_path / "turned.png"), upside_down)
    faces.open(tmp_path / "turned.png")
    assert faces.text("faceLabel") == "행복" and faces.banner() == ""


def test_a_profile_is_shown_with_its_sentence(faces: Faces, context: AppContext) -> None:
    spec = importlib.util.find_spec("ultralytics")
    if spec is None or spec.origin is None:
        pytest.skip("the training extra (ultralytics) is not installed: no zidane.jpg")
    faces.open(Path(spec.origin).parent / "assets" / "zidane.jpg")
    assert faces.banner() == "얼굴은 찾았지만 옆모습이라 점을 찍을 수 없어요."
    assert "얼굴 1 · 점 없는 얼굴 1" in faces.text("faceStatus")
    (row,) = context.library.history("faces")
    faces.open(SAMPLE)
    assert faces.banner() == ""
    faces.tab.show_history(row)
    assert faces.tab._result is not None and len(faces.tab._result.faces_without_landmarks) == 1


def test_the_live_view_hides_faces_when_asked(faces: Faces, tmp_path: Path) -> None:
    path = samples.video(tmp_path / "clip.avi", frames=30)
    faces.bot.mouseClick(faces.child(QPushButton, "facePrivate"), Qt.MouseButton.LeftButton)
    faces.tab.start_live(str(path))
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
    shot = faces.tab._shot
    assert shot is not None and len(shot.result.faces) == 1
    x, y, width, height = (int(value) for value in shot.result.faces[0].box)
    face = shot.image[y : y + height, x : x + width]
    open_face = cv2.resize(read_image(SAMPLE)[71:176, 180:269], (width, height))
    assert len(np.unique(face.reshape(-1, 3), axis=0)) < 120
    assert len(np.unique(open_face.reshape(-1, 3), axis=0)) > 500
    assert not faces.child(QPushButton, "faceMore").isVisible()
    faces.tab.stop_live()
