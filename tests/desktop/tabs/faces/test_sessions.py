"""Sessions in the faces tab: recorded live, analysed from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
)

from desktop.app.context import AppContext
from desktop.widgets.image_view import ImageView
from engine.faces.sessions import repository as shelf
from tests.desktop.faces_kit import Faces
from tests.desktop.sessions_kit import LEFT, LONG, line, panel, start, table, wait_rows
from tests.engine import faces_samples as samples


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
        assert "까지만 분석했어요" in faces.text("sessionPartial")
        assert faces.child(QPushButton, "sessionAgain").isVisible()
        (row,) = faces.tab.context.library.history("faces")
        assert "까지만 분석했어요" in row.summary
        faces.click("sessionBack")
        rows = table(faces, "sessionList")
        faces.bot.waitUntil(lambda: rows.rowCount() == 1, timeout=LONG)
        assert rows.item(0, 0).text() == "long.avi (여기까지만 분석했어요)"
    assert faces.child(QPushButton, "sessionRate-5").isEnabled()


@pytest.mark.parametrize("content", [b"", b"no video " * 99])
def test_a_file_that_is_no_video_is_said(faces: Faces, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    faces.click("faceMode-session")
    faces.tab.open_paths([tmp_path / "a.mp4"])
    faces.bot.waitUntil(lambda: faces.tab.banner.kind == "error", timeout=LONG)
    assert shelf.sessions() == [] and not panel(faces).showing
