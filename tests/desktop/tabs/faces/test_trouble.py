"""The faces tab with bad videos, streams and folders: it lives, and the work so far is kept."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import pytest
from PySide6.QtWidgets import QPushButton

from desktop.tabs.faces.live.persons import PersonsTable
from desktop.tabs.faces.read.annotated_frame import LIVE_SIDE
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples
from tests.engine.faces.test_trouble import write_8k


def kept(faces: Faces) -> bool:
    """Whether the photo's answer still stands, and the tab takes another."""
    return (
        faces.text("faceLabel") == "행복"
        and faces.child(QPushButton, "faceSave").isEnabled()
        and faces.child(QPushButton, "faceStart").text() == "시작"
    )


def test_a_video_without_a_frame_is_said_and_the_photo_stays(faces: Faces, tmp_path: Path) -> None:
    faces.open(SAMPLE)
    path = tmp_path / "none.avi"
    cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 64)).release()
    faces.tab.open_paths([path])
    faces.wait_banner("none.avi")
    assert faces.tab.banner.kind == "error" and kept(faces)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions")
def test_a_folder_without_permission_is_said_and_the_photo_stays(
    faces: Faces, tmp_path: Path
) -> None:
    faces.open(SAMPLE)
    folder = tmp_path / "closed"
    folder.mkdir()
    samples.video(folder / "a.avi", frames=2)
    cv2.imwrite(str(folder / "b.png"), samples.head())
    with samples.closed(folder):
        for name in ("a.avi", "b.png"):
            faces.tab.open_paths([folder / name])
            faces.wait_banner(name)
            assert faces.tab.banner.kind == "error" and kept(faces)


def test_a_camera_that_stalls_and_comes_back_in_another_size(faces: Faces) -> None:
    said: list[str] = []
    faces.tab._live.stalled.connect(lambda seconds: said.append(faces.banner()))
    with samples.changing_stream() as (url, turn):
        faces.tab.start_live(url)
        faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
        turn.set()
        faces.bot.waitUntil(lambda: bool(said), timeout=WAIT)
        assert "새 화면이 오지 않아요" in said[0]
        assert faces.tab._shot is not None and faces.pixels().width() > 100
        faces.wait_banner("160×160에서 320×240")
        faces.bot.waitUntil(lambda: "320×240" in faces.text("faceStatus"), timeout=WAIT)
        assert faces.tab._live.running
        persons = faces.child(PersonsTable, "facePersons")
        assert [row.id for row in persons.rows] == [1]  # the same person still
        faces.tab.stop_live()
    assert faces.child(QPushButton, "faceSave").isEnabled()


def test_a_video_of_8k_is_read_to_its_end(faces: Faces, tmp_path: Path) -> None:
    path = write_8k(tmp_path / "large.avi", frames=2)
    faces.tab.open_paths([path])
    faces.wait_banner("영상이 끝났어요")
    shot = faces.tab._shot
    assert shot is not None and shot.result.image_size == (LIVE_SIDE, LIVE_SIDE * 9 // 16)
    (face,) = shot.result.faces
    assert face.box[0] > LIVE_SIDE / 2 and not faces.tab._live.running
    faces.open(SAMPLE)
    assert kept(faces)
