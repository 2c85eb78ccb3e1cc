"""The faces tab as a person uses it, on real models, pictures and videos."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.tabs.faces import FacesTab
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.image_view import ImageView
from desktop.widgets.probability_bars import ProbabilityBars
from engine import models, paths
from engine.faces import LABELS
from tests.engine import faces_samples as samples

SAMPLE = paths.resources_dir() / "samples" / "face.jpg"
WAIT = 20_000


class Faces:
    """The tab with short names for what a test looks at."""

    def __init__(self, tab: FacesTab, bot: QtBot) -> None:
        self.tab, self.bot = tab, bot

    def child(self, kind, name):  # type: ignore[no-untyped-def]
        found = self.tab.findChild(kind, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return str(self.child(QLabel, name).text())

    def click(self, name: str) -> None:
        self.bot.mouseClick(self.child(QPushButton, name), Qt.MouseButton.LeftButton)

    def open(self, path: Path) -> None:
        before = self.tab._shot
        self.tab.open_paths([path])
        self.bot.waitUntil(lambda: self.tab._shot is not before, timeout=WAIT)

    def banner(self) -> str:
        return self.tab.banner.text()

    def wait_banner(self, part: str) -> None:
        self.bot.waitUntil(lambda: part in self.banner(), timeout=WAIT)

    def pixels(self) -> QImage:
        return QImage(self.child(ImageView, "faceView").image)

    def chip(self, row: str, text: str) -> Chip:
        return next(c for c in self.child(ChipRow, row).chips() if c.text() == text)


@pytest.fixture
def faces(context: AppContext, qtbot: QtBot) -> Faces:
    tab = FacesTab(context)
    tab.resize(1100, 800)
    qtbot.addWidget(tab, before_close_func=lambda widget: widget.shutdown())
    tab.show()
    return Faces(tab, qtbot)


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


def test_layers_are_switched(faces: Faces) -> None:
    faces.open(SAMPLE)
    for name in ("그물", "윤곽", "상자", "중심", "이름표"):
        before = faces.pixels()
        faces.bot.mouseClick(faces.chip("faceLayers", name), Qt.MouseButton.LeftButton)
        faces.bot.waitUntil(lambda old=before: faces.pixels() != old, timeout=WAIT)
    plain = cv2.imread(str(SAMPLE))
    shown = faces.pixels().convertToFormat(QImage.Format.Format_BGR888)
    width = shown.width() * 3
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), -1)[:, :width]
    assert np.abs(rows.reshape(plain.shape).astype(int) - plain).mean() < 2


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
    faces.chip("faceLayers", "상자").click()
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
    models.forget()
    faces.open(SAMPLE)
    assert faces.text("faceLabel") == "행복"


def test_warming_up_loads_the_models(faces: Faces, context: AppContext) -> None:
    models.forget()
    faces.tab.warm_up()
    faces.bot.waitUntil(lambda: models.is_loaded("face-expression"), timeout=WAIT)
    faces.bot.waitUntil(lambda: not context.workers.busy, timeout=WAIT)
    assert faces.banner() == ""


def test_files_of_the_tab(faces: Faces) -> None:
    assert faces.tab.accepts(Path("A.JPG")) and faces.tab.accepts(Path("b.mp4"))
    assert not faces.tab.accepts(Path("c.txt"))
    faces.tab.open_paths([])
