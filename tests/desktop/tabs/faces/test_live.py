"""The faces tab with videos, streams and cameras, and without its models."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton

from desktop.app.context import AppContext
from engine.faces import LABELS
from engine.models import store
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples


def start(faces: Faces, spec: str) -> None:
    faces.child(QComboBox, "faceSource").setEditText(spec)
    faces.click("faceStart")


def test_a_video_is_read_to_its_end_and_again(faces: Faces, tmp_path: Path) -> None:
    start(faces, str(samples.video(tmp_path / "short.avi", frames=6)))
    assert faces.child(QPushButton, "faceStart").text() == "멈춤"
    faces.wait_banner("영상이 끝났어요")
    assert faces.text("faceLabel") in LABELS and faces.tab._shot is not None
    assert faces.child(QPushButton, "faceStart").text() == "시작"
    assert not faces.tab._live.running
    again = next(b for b in faces.tab.banner.findChildren(QPushButton) if b.text() == "다시 보기")
    faces.bot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert faces.tab._live.running
    faces.wait_banner("영상이 끝났어요")


def test_layers_rules_and_correction_while_live(
    faces: Faces, context: AppContext, tmp_path: Path
) -> None:
    faces.tab.open_paths([samples.video(tmp_path / "long.avi", frames=80)])
    faces.bot.waitUntil(lambda: faces.text("faceModel").startswith("face-exp"), timeout=WAIT)
    faces.switch("boxes")
    faces.child(QCheckBox, "faceRules").click()
    faces.bot.waitUntil(lambda: faces.text("faceModel") == "rules 1.0", timeout=WAIT)
    faces.click("correctionNo")
    held = faces.tab._expression.face
    shot = faces.tab._shot
    faces.bot.waitUntil(lambda: faces.tab._shot is not shot, timeout=WAIT)
    wrong = "분노" if held is None or held.expression.label != "분노" else "중립"
    faces.bot.mouseClick(faces.chip("correctionChoices", wrong), Qt.MouseButton.LeftButton)
    (kept,) = context.library.corrections("faces")
    assert held is not None and kept.payload == held.payload and kept.corrected == wrong
    faces.click("faceStart")
    assert not faces.tab._live.running
    faces.bot.waitUntil(lambda: not context.workers.busy, timeout=WAIT)


def test_leaving_the_tab_stops_the_video(faces: Faces, context: AppContext, tmp_path: Path) -> None:
    start(faces, str(samples.video(tmp_path / "long.avi", frames=80)))
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
    faces.tab.hide()
    assert not faces.tab._live.running and "멈췄어요" in faces.banner()
    faces.bot.waitUntil(lambda: not context.workers.busy, timeout=WAIT)


def test_closing_stops_the_video(faces: Faces, context: AppContext, tmp_path: Path) -> None:
    start(faces, str(samples.video(tmp_path / "long.avi", frames=80)))
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
    faces.tab.shutdown()
    faces.bot.waitUntil(lambda: not context.workers.busy, timeout=WAIT)
    assert not faces.tab._live.running


def test_no_camera_is_said_and_can_be_tried_again(faces: Faces) -> None:
    start(faces, "77")
    faces.wait_banner("77번 카메라를 열 수 없어요")
    assert faces.tab.banner.kind == "error"
    assert faces.child(QPushButton, "faceStart").text() == "시작"
    assert any(b.text() == "다시 시도" for b in faces.tab.banner.findChildren(QPushButton))
    faces.open(SAMPLE)
    assert faces.text("faceLabel") == "행복"


def test_a_video_that_breaks_off_is_said(faces: Faces, tmp_path: Path) -> None:
    whole = samples.video(tmp_path / "whole.avi", frames=12)
    cut = tmp_path / "cut.avi"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    start(faces, str(cut))
    faces.wait_banner("중간에 손상되었어요")
    assert faces.tab._shot is not None and not faces.tab._live.running


def test_a_stream_that_dies_while_live_is_said(faces: Faces) -> None:
    with samples.dying_stream() as url:
        start(faces, url)
        faces.wait_banner("스트림이 끊겼어요")
    assert faces.child(QPushButton, "faceStart").text() == "시작"


def test_a_missing_expression_model_is_said_and_the_rules_answer(
    faces: Faces, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = samples.models_without(monkeypatch, tmp_path / "models")
    samples.keep(folder, "face_landmarker.task")
    faces.open(SAMPLE)
    assert "간단한 규칙" in faces.banner() and faces.tab.banner.kind == "warning"
    assert faces.text("faceModel") == "rules 1.0"


@pytest.mark.parametrize("damaged", ["", "face_landmarker.task"])
def test_a_missing_or_corrupt_landmarker_is_said(
    faces: Faces, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damaged: str
) -> None:
    samples.models_without(monkeypatch, tmp_path / "models", damaged)
    faces.tab.open_paths([SAMPLE])
    faces.wait_banner("face-landmarker")
    start(faces, str(samples.video(tmp_path / "short.avi")))
    faces.wait_banner("face-landmarker")
    monkeypatch.undo()
    store.forget()
    faces.open(SAMPLE)
    assert faces.text("faceLabel") == "행복"


def test_warming_up_loads_the_models(faces: Faces, context: AppContext) -> None:
    store.forget()
    faces.tab.warm_up()
    faces.bot.waitUntil(lambda: store.is_loaded("face-expression"), timeout=WAIT)
    faces.bot.waitUntil(lambda: not context.workers.busy, timeout=WAIT)
    assert faces.banner() == ""


def test_files_of_the_tab(faces: Faces) -> None:
    assert faces.tab.accepts(Path("A.JPG")) and faces.tab.accepts(Path("b.mp4"))
    assert not faces.tab.accepts(Path("c.txt"))
    faces.tab.open_paths([])


def test_black_pictures_clear_the_face(faces: Faces, tmp_path: Path) -> None:
    head = cv2.resize(cv2.imread(str(SAMPLE)), (320, 320))
    path = tmp_path / "black.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 320))
    for number in range(18):
        writer.write(head if number < 12 else np.zeros_like(head))
    writer.release()
    faces.tab.open_paths([path])
    faces.bot.waitUntil(lambda: faces.tab._expression.face is not None, timeout=WAIT)
    faces.wait_banner("영상이 끝났어요")
    assert faces.tab._shot is not None and faces.tab._shot.result.faces == ()
    assert faces.tab._expression.face is None and not faces.child(QLabel, "faceLabel").isVisible()
    assert "얼굴 0" in faces.text("faceStatus")
