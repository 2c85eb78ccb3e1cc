"""What lies over the picture of the faces tab: choices, remembered; sharp; words; moves."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QPushButton

from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.tabs.faces.read.annotated_frame import LIVE_SIDE, Overlay, reduced
from desktop.tabs.faces.read.layers import LayersPanel, stored
from desktop.widgets.ratings import ProbabilityBars
from engine.faces.overlay import marks
from engine.faces.overlay.layers import PRESETS
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples


@pytest.fixture
def panel(faces: Faces) -> LayersPanel:
    """The choices, opened by a click."""
    found: LayersPanel = faces.child(LayersPanel, "popover")
    assert not found.isVisible()
    faces.click("faceOverlay")
    assert found.isVisible()
    return found


def preset(faces: Faces, panel: LayersPanel, text: str) -> QPushButton:
    chip = next(c for c in panel.findChildren(QPushButton) if c.text() == text)
    faces.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    return chip


def test_each_layer_is_switched_on_the_photo(faces: Faces, panel: LayersPanel) -> None:
    faces.open(SAMPLE)
    assert preset(faces, panel, "없음").isChecked()
    plain = faces.pixels()
    for name in PRESETS["all"].names:
        faces.switch(name)
        assert faces.pixels() != plain, name
        faces.switch(name)
        assert faces.pixels() == plain, name


def test_presets_are_chosen_and_remembered(
    faces: Faces, panel: LayersPanel, context: AppContext
) -> None:
    simple = next(c for c in panel.findChildren(QPushButton) if c.text() == "간단히")
    assert simple.isChecked() and panel.layers == PRESETS["simple"]
    preset(faces, panel, "자세히")
    assert panel.layers == PRESETS["detailed"] and not simple.isChecked()
    faces.switch("mesh")
    assert not any(c.isChecked() for c in panel.findChildren(QPushButton))
    kept = stored(context.settings.get(keys.FACE_LAYERS))
    assert kept == panel.layers and not kept.mesh and kept.irises
    faces.bot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_layers_of_the_settings_are_taken_up_and_what_is_unknown_is_not() -> None:
    assert stored("mesh,gaze").names == ("mesh", "gaze")
    assert stored("").names == () and stored("hat,,mesh,\x00").names == ("mesh",)


def test_layers_switch_while_live_and_with_faces_hidden(faces: Faces, tmp_path: Path) -> None:
    faces.tab.start_live(str(samples.video(tmp_path / "long.avi", frames=60)))
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
    faces.switch("mesh")
    shot = faces.tab._shot
    faces.bot.waitUntil(lambda: faces.tab._shot is not shot, timeout=WAIT)
    found = faces.tab._picture._marks
    assert any(isinstance(mark, marks.Lines) and mark.opacity < 0.5 for mark in found)
    faces.tab.stop_live()
    faces.pixels()


def test_lines_are_sharp_where_the_picture_is_not(faces: Faces) -> None:
    """A picture of few pixels is blown up; the lines over it keep to the screen's pixels."""
    drawn = QImage(1600, 1200, QImage.Format.Format_RGB32)
    drawn.setDevicePixelRatio(2.0)
    drawn.fill(Qt.GlobalColor.black)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    target = QRectF(0, 0, 800, 600)
    line = np.array([[[10.5, 1.0], [10.5, 29.0]]], dtype=np.float32)
    Overlay(painter, target, 20.0, target).paint([marks.Lines(line, (255, 255, 255), 1.0, 100)])
    painter.end()
    row = [drawn.pixelColor(x, 600).red() for x in range(380, 460)]
    assert max(row) > 200 and sum(value > 10 for value in row) <= 4  # of 20 a picture's pixel


def test_words_are_painted_in_hangul(faces: Faces) -> None:
    def tag(text: str) -> QImage:
        drawn = QImage(200, 80, QImage.Format.Format_RGB32)
        drawn.fill(Qt.GlobalColor.black)
        painter = QPainter(drawn)
        room = QRectF(0, 0, 200, 80)
        Overlay(painter, room, 1.0, room).paint([marks.Tag((20, 60, 50, 15), text)])
        painter.end()
        return drawn

    assert tag("행복") != tag("슬픔")


def test_the_saved_picture_has_the_chosen_layers(faces: Faces, panel: LayersPanel) -> None:
    faces.open(SAMPLE)
    preset(faces, panel, "없음")
    assert faces.tab._shot is not None
    plain = faces.tab._shot.paint(faces.tab._picture.layers, "ko")
    assert (plain == cv2.imread(str(SAMPLE))).all()
    preset(faces, panel, "모두")
    assert (faces.tab._shot.paint(faces.tab._picture.layers, "ko") != plain).any()


def test_an_english_window_speaks_english_over_the_picture(
    faces: Faces, context: AppContext
) -> None:
    context.language = "en"
    faces.open(SAMPLE)
    (tag,) = [mark for mark in faces.tab._picture._marks if isinstance(mark, marks.Tag)]
    assert tag.text.startswith("Happy 9")


def test_the_moves_are_twelve_or_all(faces: Faces) -> None:
    faces.open(SAMPLE)
    faces.tab._measures._tabs.tabBar().setCurrentIndex(2)
    bars = faces.child(ProbabilityBars, "faceShapes")
    assert len(bars.values) == 12 and bars.values[0][0] == "미소" == bars.highlight
    faces.child(QCheckBox, "faceShapesAll").click()
    names = [name for name, _ in bars.values]
    assert len(names) == 52 and "미소 (왼쪽)" in names and names[0] == "움직임 없음"


def test_only_large_pictures_are_reduced() -> None:
    image = samples.sample()
    assert reduced(image, LIVE_SIDE) is image
    small = reduced(np.zeros((4320, 7680, 3), np.uint8), LIVE_SIDE)
    assert small.shape == (1152, 2048, 3)
