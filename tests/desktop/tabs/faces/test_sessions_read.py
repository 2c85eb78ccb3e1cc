"""Sessions in the faces tab: read along the timeline, marked, saved, deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
)

from engine.faces.sessions import repository as shelf
from engine.faces.sessions.session import Event
from tests.desktop.faces_kit import Faces
from tests.desktop.sessions_kit import LEFT, LONG, line, panel, press, show, table, wait_rows
from tests.engine import faces_samples as samples
from tests.engine import sessions_made as made


def test_marks_are_added_renamed_and_deleted(faces: Faces) -> None:
    number = show(faces, made.session(60))
    plot = line(faces)
    faces.bot.mouseClick(plot, LEFT, pos=QPoint(plot.width() // 2, plot.height() // 2))
    assert plot.cursor_time == pytest.approx(30, abs=3)
    faces.click("sessionMark")
    faces.bot.mouseDClick(plot, LEFT, pos=QPoint(plot.width() * 3 // 4, plot.height() // 2))
    faces.bot.keyClick(plot, Qt.Key.Key_End)
    marks = table(faces, "sessionMarks")
    assert marks.rowCount() == 2 and wait_rows(faces, 3).item(2, 0).text() == "표시 2"
    marks.selectRow(0)
    assert plot.cursor_time == pytest.approx(30, abs=3)
    press(faces, "sessionMarkRename")
    editor = next(one for one in marks.findChildren(QLineEdit) if one.isVisible())
    editor.selectAll()
    faces.bot.keyClicks(editor, "Break")
    faces.bot.keyClick(editor, Qt.Key.Key_Return)
    press(faces, "sessionMarkColour")
    (first, second) = shelf.load(number).events
    assert first.label == "Break" and first.colour != "#D55E00"
    rows = table(faces, "sessionSegments")
    faces.bot.waitUntil(lambda: rows.item(1, 0).text() == "Break", timeout=LONG)
    marks.selectRow(1)
    press(faces, "sessionMarkDelete")
    assert [event.id for event in shelf.load(number).events] == [first.id] != [second.id]
    marks.item(0, 1).setText("   ")
    assert marks.item(0, 1).text() == "Break"


def test_keys_move_zoom_and_mark(faces: Faces) -> None:
    show(faces, made.session(60))
    plot = line(faces)
    plot.setFocus()
    faces.bot.keyClick(plot, Qt.Key.Key_Right)
    faces.bot.keyClick(plot, Qt.Key.Key_Right)
    faces.bot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.cursor_time == pytest.approx(0.1)
    faces.bot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plot.cursor_time == pytest.approx(5.1)
    faces.bot.keyClick(plot, Qt.Key.Key_M)
    assert table(faces, "sessionMarks").rowCount() == 1
    faces.bot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.part[1] - plot.part[0] == pytest.approx(48)
    faces.bot.keyClick(plot, Qt.Key.Key_End)
    assert plot.cursor_time == pytest.approx(60) and plot.part[1] == pytest.approx(60)
    faces.bot.keyClick(plot, Qt.Key.Key_0)
    assert plot.part == pytest.approx((0, 60))
    assert faces.text("sessionTime").endswith("/ 1:00")


def test_space_plays_and_stops(faces: Faces, tmp_path: Path) -> None:
    video = samples.video(tmp_path / "a.avi", frames=40)
    show(faces, made.session(4), str(video))
    plot = line(faces)
    faces.bot.keyClick(plot, Qt.Key.Key_Space)
    faces.bot.waitUntil(lambda: plot.cursor_time > 0.3, timeout=LONG)
    faces.bot.keyClick(plot, Qt.Key.Key_Space)
    still = plot.cursor_time
    faces.bot.wait(120)
    assert plot.cursor_time == still
    press(faces, "sessionPlay")
    faces.bot.waitUntil(lambda: plot.cursor_time == pytest.approx(4.0), timeout=LONG)
    assert not panel(faces).view._clock.isActive()


def test_the_wheel_zooms_around_the_pointer_and_the_bar_follows(faces: Faces) -> None:
    show(faces, made.session(600))
    plot = line(faces)
    before = plot._room().seconds(200.0)
    for _ in range(8):
        event = QWheelEvent(
            QPointF(200, 60), plot.mapToGlobal(QPointF(200, 60)), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(plot, event)
    low, high = plot.part
    assert high - low == pytest.approx(600 / 1.25**8) and low < before < high
    assert plot._room().seconds(200.0) == pytest.approx(before, abs=0.5)
    panel(faces).view._bar.setValue(0)
    assert plot.part[0] == 0.0
    press(faces, "sessionZoomAll")
    assert plot.part == pytest.approx((0, 600))


def test_colours_follow_the_expression_and_the_pointer_reads_it_out(faces: Faces) -> None:
    show(faces, made.session(60, persons=2))
    plot = line(faces)
    room = plot._room()
    picture = plot.grab().toImage()
    ratio = picture.devicePixelRatio()
    y = round((room.plot.bottom() - 20) * ratio)
    happy = picture.pixelColor(round(room.x(15) * ratio), y)
    assert happy.red() > happy.blue() + 60  # orange
    faces.click("sessionLook-lines")
    assert plot.grab().toImage() != picture
    faces.bot.mouseMove(plot, QPoint(round(room.x(15)), 60))
    faces.bot.waitUntil(lambda: plot._hover is not None, timeout=LONG)
    assert [text for text, _ in plot._said(15.0)][1] == "행복 70%"
    persons = faces.child(QComboBox, "sessionPerson")
    persons.setCurrentIndex(1)
    persons.activated.emit(1)
    assert plot.track.person == 2 and plot._said(1.0)[1][0] == "화면에 없음"
    assert plot._said(45.0)[1][0] == "중립 70%"


def test_a_segment_leads_to_its_time_and_person(faces: Faces) -> None:
    show(faces, made.session(60, persons=2, events=(Event(0, 40.0, "끝", "#0072B2"),)))
    rows = wait_rows(faces, 4)
    assert rows.item(3, 2).text() == "2"
    rows.cellClicked.emit(3, 0)
    assert line(faces).cursor_time == 40.0 and line(faces).track.person == 2


@pytest.mark.parametrize("suffix", [".csv", ".json", ".png", ".mp4"])
def test_a_session_is_saved(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    video = samples.video(tmp_path / "a.avi", frames=10)
    show(faces, made.session(1), str(video))
    target = tmp_path / f"out{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    faces.click(f"sessionSave{suffix}")
    faces.wait_banner("저장했어요")
    assert target.stat().st_size > 100
    if suffix == ".mp4":
        assert "소리가 없어요" in faces.banner()
    if suffix == ".json":
        assert len(json.loads(target.read_text(encoding="utf-8"))["samples"]) == 10


def test_without_a_video_there_is_no_mp4_and_no_play(faces: Faces) -> None:
    show(faces, made.session(5))
    assert not faces.child(QPushButton, "sessionSave.mp4").isEnabled()
    assert faces.child(QPushButton, "sessionSave.csv").isEnabled()
    assert not faces.child(QToolButton, "sessionPlay").isVisible()


def test_a_session_is_deleted_after_a_question(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(faces, made.session(5))
    faces.click("sessionBack")
    rows = table(faces, "sessionList")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    for left in (1, 0):
        faces.bot.waitUntil(lambda: rows.isVisible(), timeout=LONG)
        rows.selectRow(0)
        monkeypatch.setattr(QMessageBox, "question", lambda *args: answers[1 - left])  # noqa: B023
        faces.click("sessionDelete")
        assert len(shelf.sessions()) == left
    faces.bot.waitUntil(lambda: not rows.isVisible(), timeout=LONG)


def test_the_chosen_session_stays_chosen_when_the_list_is_read_again(faces: Faces) -> None:
    show(faces, made.session(5))
    faces.click("sessionBack")
    made.stored(made.session(5))
    rows = table(faces, "sessionList")
    faces.bot.waitUntil(lambda: rows.isVisible(), timeout=LONG)
    rows.selectRow(rows.rowCount() - 1)
    panel(faces).show_list()
    faces.bot.waitUntil(lambda: rows.rowCount() == 2, timeout=LONG)
    assert faces.child(QPushButton, "sessionDelete").isEnabled()
