"""Sessions in the faces tab: recorded live, analysed from a file, read along the timeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QToolButton,
)

from desktop.context import AppContext
from desktop.tabs.faces_session import SessionPanel
from desktop.tabs.faces_session_timeline import Timeline
from desktop.widgets.image_view import ImageView
from engine.faces import session_shelf as shelf
from engine.faces.session import Event, Session
from tests.desktop.faces_kit import Faces
from tests.engine import faces_samples as samples
from tests.engine import sessions_made as made

LEFT = Qt.MouseButton.LeftButton
LONG = 60_000
"""Milliseconds: the first face of a run waits for its models, on a busy machine too."""


def panel(faces: Faces) -> SessionPanel:
    return faces.tab._mosaic.session


def line(faces: Faces) -> Timeline:
    found: Timeline = faces.child(Timeline, "sessionTimeline")
    return found


def table(faces: Faces, name: str) -> QTableWidget:
    found: QTableWidget = faces.child(QTableWidget, name)
    return found


def wait_rows(faces: Faces, count: int) -> QTableWidget:
    """Return the segments, once there are so many."""
    rows = table(faces, "sessionSegments")
    faces.bot.waitUntil(lambda: rows.rowCount() == count, timeout=LONG)
    return rows


def press(faces: Faces, name: str) -> None:
    faces.bot.mouseClick(faces.child(QToolButton, name), LEFT)


def show(faces: Faces, session: Session, video: str = "") -> str:
    """Store a session, and open it from the list by double clicking."""
    number = made.stored(session, video=video)
    faces.click("faceMode-session")
    rows = table(faces, "sessionList")
    faces.bot.waitUntil(lambda: rows.rowCount() == 1, timeout=LONG)
    rows.selectRow(0)
    faces.click("sessionOpen")
    faces.bot.waitUntil(lambda: panel(faces).showing, timeout=LONG)
    return number


def start(faces: Faces, spec: str) -> None:
    faces.child(QComboBox, "faceSource").setEditText(spec)
    faces.click("faceStart")
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=LONG)


def test_a_live_view_is_recorded_without_pictures_and_opened(
    faces: Faces, context: AppContext, tmp_path: Path
) -> None:
    start(faces, str(samples.video(tmp_path / "long.avi", frames=400)))
    assert not faces.child(QCheckBox, "sessionKeepVideo").isChecked()
    faces.click("sessionRecord")
    state = faces.child(QLabel, "sessionRecordState")
    faces.bot.waitUntil(lambda: "표본" in state.text(), timeout=LONG)
    faces.click("sessionRecordMark")
    recorder = faces.tab._live.recorder
    assert recorder is not None
    faces.bot.waitUntil(lambda: recorder.state.frames >= 3, timeout=LONG)
    faces.click("sessionRecord")
    faces.wait_banner("세션을 저장했어요")
    assert faces.tab._live.running  # the view goes on
    (listed,) = shelf.sessions()
    assert listed.about.kind == "live" and listed.about.video == ""
    assert [path.suffix for path in shelf.place().iterdir()] == [".session"]
    button = next(b for b in faces.tab.banner.findChildren(QPushButton) if b.text() == "세션 열기")
    faces.bot.mouseClick(button, LEFT)
    faces.bot.waitUntil(lambda: panel(faces).showing, timeout=LONG)
    assert not faces.tab._live.running
    assert table(faces, "sessionMarks").rowCount() == 1
    assert line(faces).track is not None
    (row,) = context.library.history("faces")
    assert row.payload["session_id"] == listed.about.id


def test_the_video_is_kept_only_where_asked_and_the_place_is_said(
    faces: Faces, tmp_path: Path
) -> None:
    start(faces, str(samples.video(tmp_path / "long.avi", frames=400)))
    said = faces.child(QLabel, "sessionRecordState")
    assert "영상은 저장하지 않아요" in said.text()
    faces.child(QCheckBox, "sessionKeepVideo").click()
    assert str(shelf.place()) in said.text()
    faces.click("sessionRecord")
    recorder = faces.tab._live.recorder
    assert recorder is not None
    faces.bot.waitUntil(lambda: recorder.state.frames >= 3, timeout=LONG)
    faces.click("faceStart")  # stopping the camera ends the recording too
    faces.wait_banner("세션을 저장했어요")
    (listed,) = shelf.sessions()
    assert listed.about.video_path == shelf.kept_video(listed.about.id)


def test_closing_while_recording_keeps_it(faces: Faces, tmp_path: Path) -> None:
    start(faces, str(samples.video(tmp_path / "long.avi", frames=400)))
    faces.click("sessionRecord")
    recorder = faces.tab._live.recorder
    assert recorder is not None
    faces.bot.waitUntil(lambda: recorder.state.frames >= 3, timeout=LONG)
    faces.tab.shutdown()
    (listed,) = shelf.sessions()
    assert listed.about.finished and len(shelf.load(listed.about.id).times) >= 3


def test_a_folder_that_cannot_be_used_is_said(faces: Faces, tmp_path: Path) -> None:
    start(faces, str(samples.video(tmp_path / "long.avi", frames=400)))
    shelf.place().parent.mkdir(parents=True, exist_ok=True)
    shelf.place().write_text("no folder")
    faces.click("sessionRecord")
    assert "폴더" in faces.banner() and not faces.tab._record.recording
    assert faces.tab._live.running


def test_a_video_is_analysed_shown_and_found_again(
    faces: Faces, context: AppContext, tmp_path: Path
) -> None:
    faces.click("faceMode-session")
    faces.click("sessionRate-all")
    faces.tab.open_paths([samples.video(tmp_path / "short.avi", frames=12)])
    faces.bot.waitUntil(lambda: panel(faces).showing, timeout=LONG)
    assert "배속으로 분석했어요" in faces.banner()
    picture = faces.child(ImageView, "sessionPicture")
    faces.bot.waitUntil(lambda: not picture.image.isNull(), timeout=LONG)
    assert line(faces).track is not None and len(line(faces).track.times) == 12
    assert wait_rows(faces, 1).item(0, 3).text().startswith("행복")
    faces.click("sessionBack")
    faces.click("faceMode-read")
    (row,) = context.library.history("faces")
    faces.tab.show_history(row)
    faces.bot.waitUntil(lambda: panel(faces).showing, timeout=LONG)
    assert panel(faces).isVisible()
    shelf.delete(row.payload["session_id"])
    faces.tab.show_history(row)
    faces.wait_banner("지워졌거나")


def test_an_analysis_that_is_cancelled_keeps_what_it_read(faces: Faces, tmp_path: Path) -> None:
    faces.click("faceMode-session")
    faces.click("sessionRate-all")
    faces.tab.open_paths([samples.video(tmp_path / "long.avi", frames=400)])
    text = faces.child(QLabel, "jobText")
    faces.bot.waitUntil(lambda: "배속" in text.text(), timeout=LONG)
    faces.click("jobCancel")
    faces.bot.waitUntil(lambda: panel(faces).showing or "멈췄" in faces.banner(), timeout=LONG)
    faces.wait_banner("멈췄")
    if panel(faces).showing:  # a chunk was stored before
        assert 0 < len(line(faces).track.times) < 400
    assert faces.child(QPushButton, "sessionRate-5").isEnabled()


@pytest.mark.parametrize("content", [b"", b"no video " * 99])
def test_a_file_that_is_no_video_is_said(faces: Faces, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    faces.click("faceMode-session")
    faces.tab.open_paths([tmp_path / "a.mp4"])
    faces.bot.waitUntil(lambda: faces.tab.banner.kind == "error", timeout=LONG)
    assert shelf.sessions() == [] and not panel(faces).showing


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
