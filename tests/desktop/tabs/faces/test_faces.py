"""The faces tab as a person uses it, on real models, pictures and videos."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QPushButton

from desktop.app.context import AppContext
from desktop.widgets.buttons import ChipRow
from desktop.widgets.ratings import ProbabilityBars
from engine.core import paths
from engine.faces import LABELS
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples


def test_the_empty_tab_invites(faces: Faces) -> None:
    assert not faces.child(QPushButton, "faceSave").isEnabled()
    assert faces.child(QPushButton, "dropOpen").isVisible()
    assert faces.text("faceMeasure_ear") == "–"


def test_a_photo_is_read(faces: Faces, context: AppContext) -> None:
    faces.open(SAMPLE)
    assert faces.text("faceLabel") == "행복"
    assert faces.text("faceModel").startswith("face-expression")
    bars = faces.child(ProbabilityBars, "faceBars")
    assert [name for name, _ in bars.values] == list(LABELS) and bars.highlight == "행복"
    assert faces.child(ProbabilityBars, "faceMoves").values[0][0] == "미소"
    assert float(faces.text("faceMeasure_ear")) > 0.2
    assert faces.text("faceMeasure_yaw").endswith("°")
    assert "512×512" in faces.text("faceStatus") and "얼굴 1" in faces.text("faceStatus")
    assert faces.banner() == ""
    (row,) = context.library.history("faces")
    assert row.summary == "face.jpg: 행복" and "landmarks" not in row.payload["faces"][0]


def test_a_photo_is_opened_by_the_button(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(SAMPLE), ""))
    faces.click("faceOpen")
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
    assert faces.text("faceLabel") == "행복"


def test_the_rules_answer_when_asked(faces: Faces) -> None:
    faces.open(SAMPLE)
    before = faces.tab._shot
    box = faces.child(QCheckBox, "faceRules")
    faces.bot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    if not box.isChecked():  # the style may only take clicks on the indicator
        box.click()
    faces.bot.waitUntil(lambda: faces.tab._shot is not before, timeout=WAIT)
    assert faces.text("faceModel") == "rules 1.0" and faces.banner() == ""


def test_of_several_faces_one_is_chosen(faces: Faces, tmp_path: Path) -> None:
    head = samples.head()
    small = cv2.resize(head, (140, 140))
    canvas = np.full((260, 460, 3), 120, np.uint8)
    canvas[30:230, 10:210] = head
    canvas[60:200, 280:420] = small
    cv2.imwrite(str(tmp_path / "two.png"), canvas)
    faces.open(tmp_path / "two.png")
    assert faces.child(ChipRow, "faceChoices").texts() == ["얼굴 1", "얼굴 2"]
    first = faces.tab._expression.face
    faces.bot.mouseClick(faces.chip("faceChoices", "얼굴 2"), Qt.MouseButton.LeftButton)
    second = faces.tab._expression.face
    assert first is not None and second is not None and second.box[0] > first.box[0]


def test_a_correction_is_kept_with_its_face(faces: Faces, context: AppContext) -> None:
    faces.open(SAMPLE)
    faces.click("correctionNo")
    faces.bot.mouseClick(faces.chip("correctionChoices", "놀람"), Qt.MouseButton.LeftButton)
    (kept,) = context.library.corrections("faces")
    assert (kept.predicted, kept.corrected) == ("행복", "놀람")
    assert faces.tab._shot is not None
    assert kept.payload == faces.tab._shot.result.faces[0].payload
    assert kept.preview is not None and kept.preview.startswith(b"\x89PNG")


def test_a_correction_begun_on_one_photo_never_lands_on_the_next(
    faces: Faces, context: AppContext, tmp_path: Path
) -> None:
    faces.open(SAMPLE)
    first = faces.tab._shot
    faces.click("correctionNo")
    darker = (cv2.imread(str(SAMPLE)) * 0.8).astype(np.uint8)
    cv2.imwrite(str(tmp_path / "other.png"), darker[20:, 20:])
    faces.open(tmp_path / "other.png")
    assert not faces.child(ChipRow, "correctionChoices").isVisible()
    faces.click("correctionNo")
    answered = faces.text("faceLabel")
    assert answered not in faces.child(ChipRow, "correctionChoices").texts()
    faces.bot.mouseClick(faces.chip("correctionChoices", "분노"), Qt.MouseButton.LeftButton)
    (kept,) = context.library.corrections("faces")
    assert first is not None and faces.tab._shot is not None
    assert kept.payload == faces.tab._shot.result.faces[0].payload
    assert kept.payload != first.result.faces[0].payload
    assert faces.tab.focusWidget() is faces.tab._picture.view


def test_picture_and_json_are_saved(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces.open(SAMPLE)
    target = tmp_path / "saved.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    with faces.bot.waitSignal(faces.tab.message, timeout=WAIT) as told:
        faces.click("faceSave")
    assert "saved.png" in told.args[0]
    drawn = cv2.imread(str(target))
    assert drawn.shape == (512, 512, 3) and (drawn != cv2.imread(str(SAMPLE))).any()
    found = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    assert found["file"] == "face.jpg" and len(found["faces"][0]["landmarks"]) == 478


def test_a_folder_that_cannot_be_written_is_said(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces.open(SAMPLE)
    target = tmp_path / "no such folder" / "saved.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    faces.click("faceSave")
    faces.wait_banner("저장할 수 없어요")


def test_picture_and_result_are_copied(faces: Faces) -> None:
    faces.open(SAMPLE)
    faces.click("faceCopy")
    clipboard = QApplication.clipboard()
    assert json.loads(clipboard.text())["faces"][0]["expression"]["label"] == "행복"
    assert not clipboard.image().isNull()


def test_an_answer_of_the_history_is_shown_again(faces: Faces, context: AppContext) -> None:
    faces.open(SAMPLE)
    ear = faces.text("faceMeasure_ear")
    (row,) = context.library.history("faces")
    faces.open(write_blank(paths.data_dir() / "blank.png"))
    assert faces.text("faceMeasure_ear") == "–"
    faces.tab.show_history(row)
    assert faces.text("faceLabel") == "행복" and faces.text("faceMeasure_ear") == ear
    assert "face.jpg" in faces.banner() and not faces.child(QPushButton, "faceSave").isEnabled()


def write_blank(path: Path) -> Path:
    cv2.imwrite(str(path), np.full((300, 300, 3), 130, np.uint8))
    return path


def test_a_picture_without_a_face_is_said(faces: Faces, tmp_path: Path) -> None:
    faces.open(write_blank(tmp_path / "blank.png"))
    assert "얼굴을 찾지 못했어요" in faces.banner()
    assert faces.tab._expression.face is None


@pytest.mark.parametrize("kind", ["empty", "cut", "text", "gone", "huge"])
def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    faces: Faces, tmp_path: Path, kind: str
) -> None:
    faces.open(SAMPLE)
    path = tmp_path / "bad.jpg"
    if kind == "huge":
        header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (20000).to_bytes(4, "big") * 2
        path.write_bytes(header + b"\x08\x02\x00\x00\x00" + b"\x00" * 200)
    elif kind != "gone":
        whole = SAMPLE.read_bytes()
        path.write_bytes({"empty": b"", "cut": whole[:5000], "text": b"hello"}[kind])
    faces.tab.open_paths([path])
    faces.wait_banner("bad.jpg")
    assert faces.tab.banner.kind == "error"
    assert faces.text("faceLabel") == "행복" and faces.child(QPushButton, "faceSave").isEnabled()
    faces.open(SAMPLE)
    assert faces.banner() == ""


def test_a_photo_is_judged_anew_when_another_model_answers(
    faces: Faces, context: AppContext
) -> None:
    faces.open(SAMPLE)
    shot = faces.tab._shot
    context.signals.model_changed.emit("digits")
    faces.bot.wait(50)
    assert faces.tab._shot is shot and not context.workers.busy
    context.signals.model_changed.emit("faces")
    faces.bot.waitUntil(lambda: faces.tab._shot is not shot, timeout=WAIT)
    faces.tab.show_history(context.library.history("faces")[0])  # without its picture
    context.signals.model_changed.emit("faces")
    assert faces.text("faceModel").endswith("이전 모델의 답")
