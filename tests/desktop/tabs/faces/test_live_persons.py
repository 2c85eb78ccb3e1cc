"""Persons over time in the faces tab: chosen, calibrated, kept; sources that stall or change."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFileDialog, QPushButton

from desktop.app.context import AppContext
from desktop.tabs.faces.live import live
from desktop.tabs.faces.live.persons import HEAD, ROW, LiveCard, PersonsTable
from desktop.tabs.faces.names import strongest_moves
from engine.faces.measure import baseline
from engine.media.images import Bgr
from engine.media.video import Frame
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples


class Lockstep:
    """A camera that takes its next picture when the last one was shown.

    Args:
        images: the pictures; the last one is repeated for ever.
        step: milliseconds from one to the next by the camera's clock.
    """

    def __init__(self, images: list[Bgr], step: int) -> None:
        self.images, self.step = images, step
        self.wanted: Callable[[], bool] = lambda: True
        self._go = threading.Semaphore(1)

    def shown(self) -> None:
        self._go.release()

    def __iter__(self) -> Iterator[Frame]:
        number = 0
        while self.wanted():
            if self._go.acquire(timeout=0.05):
                image = self.images[min(number, len(self.images) - 1)]
                yield Frame(image, number * self.step)
                number += 1


Play = Callable[[Lockstep], None]


@pytest.fixture
def play(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Return a call that starts the tab on such a camera and waits for a face."""

    def start(source: Lockstep) -> None:
        monkeypatch.setattr(live, "FrameSource", lambda spec: source)
        faces.tab._live.shot.connect(lambda shot: source.shown())
        faces.tab.start_live("0")
        stream = faces.tab._live._stream
        assert stream is not None
        source.wanted = lambda: not stream._stopped.is_set()
        faces.bot.waitUntil(lambda: faces.tab._expression.face is not None, timeout=WAIT)

    return start


def pair(shift: int = 0) -> Bgr:
    """Return a picture of two faces, (260, 520, 3)."""
    canvas = np.full((260, 520, 3), 120, np.uint8)
    canvas[30:230, 10 + shift : 210 + shift] = samples.head()
    canvas[60:200, 320:460] = cv2.resize(samples.head(), (140, 140))
    return canvas


def table(faces: Faces) -> PersonsTable:
    found: PersonsTable = faces.child(PersonsTable, "facePersons")
    return found


def button(faces: Faces, name: str) -> QAbstractButton:
    found: QAbstractButton = faces.child(QAbstractButton, name)
    return found


def test_two_persons_are_listed_and_one_is_chosen(
    faces: Faces, play: Play, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(Lockstep([pair(4 * n) for n in range(8)], 40))
    faces.bot.waitUntil(lambda: len(table(faces).rows) == 2, timeout=WAIT)
    first, second = table(faces).rows
    assert (first.id, second.id) == (1, 2) and first.cells[0] == ("1", "행복")
    assert first.cells[2][0] == "–" and first.cells[2][1].endswith("초 뒤")
    assert table(faces).accessibleDescription().count("행복") == 2
    row = QPoint(40, HEAD + ROW + ROW // 2)
    faces.bot.mouseClick(table(faces), Qt.MouseButton.LeftButton, pos=row)
    faces.bot.waitUntil(lambda: faces.chip("faceChoices", "사람 2").isChecked(), timeout=WAIT)
    face = faces.tab._expression.face
    shot = faces.tab._shot
    faces.bot.waitUntil(lambda: faces.tab._shot is not shot, timeout=WAIT)
    assert face is not None and face.box[0] > 300
    assert faces.chip("faceChoices", "사람 2").isChecked()  # and stays so
    faces.tab.stop_live()
    target = tmp_path / "live.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    with faces.bot.waitSignal(faces.tab.message, timeout=WAIT):
        faces.click("faceSave")
    kept = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    assert [person["id"] for person in kept["persons"]] == [1, 2]
    assert kept["persons"][0]["attention"]["state"] == "unknown"


def test_a_person_hidden_for_a_moment_stays_chosen(faces: Faces, play: Play) -> None:
    blank = np.full((260, 520, 3), 120, np.uint8)
    play(Lockstep([pair(), *[blank] * 3, pair()], 200))
    faces.bot.waitUntil(lambda: len(table(faces).rows) == 2, timeout=WAIT)
    assert [row.id for row in table(faces).rows] == [1, 2]
    assert faces.tab._expression.face is not None


def test_the_numbers_go_when_a_photo_is_opened(faces: Faces, play: Play) -> None:
    card = faces.tab.findChild(LiveCard)
    assert card is not None and card.isHidden()
    play(Lockstep([pair()], 40))
    assert card.isVisible()
    faces.open(SAMPLE)
    faces.bot.waitUntil(card.isHidden, timeout=WAIT)
    assert faces.text("faceLabel") == "행복" and not faces.tab._live.running


def test_a_calibration_is_made_used_and_forgotten(
    faces: Faces, play: Play, context: AppContext
) -> None:
    play(Lockstep([samples.head()], 200))
    assert not button(faces, "faceBaseline").isEnabled()
    faces.click("faceCalibrate")
    assert not button(faces, "faceCalibrate").isEnabled()
    faces.wait_banner("기준 얼굴을 맞췄어요")
    kept = baseline.load()
    assert kept is not None and kept.frames == 51 and kept.fits_model
    faces.bot.waitUntil(lambda: faces.text("faceModel").endswith("baseline"), timeout=WAIT)
    use = faces.child(QCheckBox, "faceBaseline")
    assert use.isChecked()
    use.click()
    faces.bot.waitUntil(lambda: not faces.text("faceModel").endswith("baseline"), timeout=WAIT)
    use.click()
    faces.bot.waitUntil(lambda: faces.text("faceModel").endswith("baseline"), timeout=WAIT)
    button(faces, "faceForget").click()
    faces.bot.waitUntil(lambda: not faces.text("faceModel").endswith("baseline"), timeout=WAIT)
    assert baseline.load() is None and not use.isEnabled()


def test_a_calibration_can_be_given_up_and_needs_a_face_and_the_model(
    faces: Faces, play: Play
) -> None:
    source = Lockstep([samples.head()], 200)
    play(source)
    faces.click("faceCalibrate")
    card = faces.tab.findChild(LiveCard)
    assert card is not None
    cancel = card.findChild(QPushButton, "jobCancel")
    assert cancel is not None and cancel.isVisible()
    faces.bot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert cancel.isHidden() or not cancel.isVisible()
    assert button(faces, "faceCalibrate").isEnabled() and baseline.load() is None
    faces.child(QCheckBox, "faceRules").click()
    faces.bot.waitUntil(lambda: faces.text("faceModel") == "rules 1.0", timeout=WAIT)
    faces.click("faceCalibrate")
    faces.wait_banner("규칙을 끄고")
    source.images = [np.full((200, 200, 3), 120, np.uint8)]
    faces.bot.waitUntil(lambda: faces.tab._expression.face is None, timeout=WAIT)
    faces.click("faceCalibrate")
    faces.wait_banner("얼굴이 보이지 않아요")


def test_a_damaged_baseline_is_said_and_the_camera_runs(
    faces: Faces, play: Play, context: AppContext, data_env: Path
) -> None:
    notices: list[str] = []
    context.signals.notice.connect(notices.append)
    data_env.mkdir(parents=True, exist_ok=True)
    baseline.place().write_text("{", encoding="utf-8")
    play(Lockstep([samples.head()], 40))
    assert "기준 얼굴: 파일이 손상되어" in notices[0] and faces.tab._live.running


def test_a_stream_that_stalls_is_said_and_goes_on(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STALLED_SECONDS", 0.6)
    said: list[str] = []
    faces.tab._live.stalled.connect(lambda seconds: said.append(faces.banner()))
    with samples.stalling_stream() as url:
        faces.tab.start_live(url)
        faces.wait_banner("다시 이어져요")
        assert "새 화면이 오지 않아요" in said[0] and faces.tab._live.running
        shot = faces.tab._shot
        faces.bot.waitUntil(lambda: faces.tab._shot is not shot, timeout=WAIT)
        assert [row.id for row in table(faces).rows] == [1]  # the same person still
        faces.tab.stop_live()


def test_pictures_of_another_size_are_said_and_the_person_stays(faces: Faces, play: Play) -> None:
    large = cv2.resize(samples.head(), (400, 400))
    source = Lockstep([*[samples.head()] * 4, np.asarray(large, dtype=np.uint8)], 200)
    play(source)
    faces.wait_banner("200×200에서 400×400")
    assert faces.tab._live.running
    faces.bot.waitUntil(lambda: "400×400" in faces.text("faceStatus"), timeout=WAIT)
    assert [row.id for row in table(faces).rows] == [1]


def test_a_baseline_of_another_model_is_said(faces: Faces, play: Play) -> None:
    shapes = {"eyeBlinkLeft": 0.2}
    kept = baseline.Baseline((-2.0,) * 7, shapes, (0.3, 0.1), (0.0, 0.0), "an older model", 200)
    baseline.save(kept)
    play(Lockstep([samples.head()], 40))
    assert "기준 얼굴을 다시 맞추면" in faces.banner()
    assert not faces.text("faceModel").endswith("baseline")
    assert faces.tab._shot is not None and faces.tab._shot.frame is not None
    assert faces.tab._shot.frame.persons[0].baseline  # for eyes and view


def test_moves_keep_their_places_until_others_are_clearly_stronger() -> None:
    before = {"jawOpen": 0.5, "mouthSmileLeft": 0.48, "browInnerUp": 0.2, "cheekPuff": 0.1}
    shown = [said for said, _ in strongest_moves(before, 2)]
    assert [said.en for said in shown] == ["Jaw open", "Smile"]
    wobble = before | {"mouthSmileLeft": 0.55, "browInnerUp": 0.56}
    assert [said for said, _ in strongest_moves(wobble, 2, shown)] == shown
    turn = before | {"browInnerUp": 0.7}
    assert [said.en for said, _ in strongest_moves(turn, 2, shown)] == ["Jaw open", "Inner brow up"]
    assert [said.en for said, _ in strongest_moves(wobble, 2)] == ["Inner brow up", "Smile"]
