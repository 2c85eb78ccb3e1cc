"""Hiding faces in the window: preview, run, lists, stop, bad input; real files and clicks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QPushButton, QSlider, QTreeWidget

from desktop.tabs.faces.mosaic.tab import MosaicPanel
from desktop.widgets.buttons import ChipRow
from desktop.widgets.files import DropArea
from desktop.widgets.image_view import ImageView
from engine.faces.mosaic.cover import CUT_OFF
from tests.desktop.conftest import DropFiles
from tests.desktop.faces_kit import SAMPLE, WAIT, Faces
from tests.engine import faces_samples as samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a portrait, a blank and a broken picture, and a folder within."""
    made = tmp_path / "앨범"
    (made / "안쪽").mkdir(parents=True)
    shutil.copy(SAMPLE, made / "one.jpg")
    shutil.copy(SAMPLE, made / "안쪽" / "two.jpg")
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((120, 200, 3), 90, np.uint8))
    shutil.move(tmp_path / "blank.png", made / "blank.png")
    (made / "broken.jpg").write_bytes(SAMPLE.read_bytes()[:5000])
    return made


@pytest.fixture
def panel(faces: Faces) -> MosaicPanel:
    """The faces tab's panel, switched to by a click."""
    faces.click("faceMode-hide")
    return faces.tab._mosaic.panel


def look_at(faces: Faces, panel: MosaicPanel, paths: list[Path]) -> None:
    faces.tab.open_paths(paths)
    idle(faces, panel)


def idle(faces: Faces, panel: MosaicPanel) -> None:
    faces.bot.waitUntil(lambda: panel._job is None, timeout=WAIT)


def picture(faces: Faces) -> QImage:
    return QImage(faces.child(ImageView, "mosaicView").image)


def changed(faces: Faces, before: QImage) -> QImage:
    faces.bot.waitUntil(lambda: picture(faces) != before, timeout=WAIT)
    return picture(faces)


def lines(faces: Faces) -> dict[str, str]:
    tree = faces.child(QTreeWidget, "mosaicList")
    items = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return {item.text(0): item.text(1) for item in items if not item.isHidden()}


def test_the_mode_is_switched_and_back(faces: Faces, panel: MosaicPanel) -> None:
    assert faces.child(DropArea, "mosaicDrop").isVisible()
    assert not faces.child(QPushButton, "faceOpen").isVisible()
    assert not faces.child(QPushButton, "mosaicGo").isEnabled()
    assert faces.tab.accepts(Path(SAMPLE.parent)) and not faces.tab.accepts(Path("a.txt"))
    faces.click("faceMode-read")
    assert not faces.child(DropArea, "mosaicDrop").isVisible()
    assert faces.child(QPushButton, "faceOpen").isVisible()
    assert not faces.tab.accepts(Path(SAMPLE.parent))


def test_a_dropped_photo_is_previewed_in_every_style(
    faces: Faces, panel: MosaicPanel, drop_files: DropFiles
) -> None:
    assert drop_files(faces.child(DropArea, "mosaicDrop"), [SAMPLE])
    idle(faces, panel)
    assert faces.text("mosaicStatus") == "face.jpg · 얼굴 1"
    shown = changed(faces, QImage())
    for style in ("blur", "cover"):
        faces.click(f"mosaicStyle-{style}")
        shown = changed(faces, shown)
    assert not faces.child(QSlider, "mosaicStrength").isEnabled()
    faces.click("mosaicStyle-pixelate")
    shown = changed(faces, shown)
    faces.child(QSlider, "mosaicStrength").setValue(4)
    assert faces.text("mosaicBlock") == "32 px" and "가로 8칸" in faces.text("mosaicHint")
    shown = changed(faces, shown)
    faces.click("mosaicPlain")
    plain = changed(faces, shown).convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(512, -1)[:, : 512 * 3]
    assert (rows.reshape(512, 512, 3) == samples.sample()).all()


def test_a_folder_is_hidden_and_listed(
    faces: Faces,
    panel: MosaicPanel,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened_outside: Callable[[], list[str]],
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    look_at(faces, panel, [folder])
    assert faces.text("mosaicStatus") == "one.jpg · 얼굴 1 · 모두 사진 3장, 영상 0개"
    faces.click("mosaicGo")
    idle(faces, panel)
    out = folder.parent / "앨범-가림"
    assert [path.name for path in out.iterdir()] == ["one.jpg"]
    assert {path: path.read_bytes() for path in before} == before
    assert lines(faces) == {
        "blank.png": "얼굴을 찾지 못해 저장하지 않았어요. 얼굴이 있는지 직접 확인해 주세요.",
        "broken.jpg": "사진이 손상되었어요: broken.jpg",
        "one.jpg": "얼굴 1개를 가렸어요",
    }
    kinds = faces.child(ChipRow, "mosaicKinds")
    assert kinds.texts() == ["가림 1", "얼굴 없음 1", "실패 1"]
    assert faces.tab.banner.kind == "warning" and "2개는" in faces.banner()
    faces.bot.mouseClick(kinds.chips()[2], Qt.MouseButton.LeftButton)
    assert set(lines(faces)) == {"blank.png", "one.jpg"}
    faces.click("mosaicOpen")
    faces.bot.waitUntil(lambda: opened_outside() == [QUrl.fromLocalFile(str(out)).toString()])


def test_folders_within_and_another_target(
    faces: Faces, panel: MosaicPanel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at(faces, panel, [folder])
    faces.child(QCheckBox, "mosaicRecursive").click()
    idle(faces, panel)
    assert "사진 4장" in faces.text("mosaicStatus")
    target = folder.parent / "저쪽"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: str(target))
    faces.click("mosaicChoose")
    assert faces.child(QLabel, "mosaicFolder").text() == str(target)
    faces.click("mosaicGo")
    idle(faces, panel)
    assert (target / "one.jpg").is_file() and (target / "안쪽" / "two.jpg").is_file()


def test_a_stop_keeps_what_was_done(faces: Faces, panel: MosaicPanel, tmp_path: Path) -> None:
    paths = []
    for number in range(30):
        paths.append(tmp_path / f"{number:02}.jpg")
        shutil.copy(SAMPLE, paths[-1])
    look_at(faces, panel, paths)
    faces.click("mosaicGo")
    faces.bot.waitUntil(lambda: panel.results.counts[0] >= 1, timeout=WAIT)
    faces.click("jobCancel")
    idle(faces, panel)
    done = panel.results.counts[0]
    assert 1 <= done < 30 and "멈췄어요" in faces.banner() and f"{done}개" in faces.banner()
    written = len(list((tmp_path / "사진-가림").iterdir()))
    assert done <= written <= done + 1
    assert faces.child(QPushButton, "mosaicGo").isEnabled()


def test_a_video_is_hidden(faces: Faces, panel: MosaicPanel, tmp_path: Path) -> None:
    look_at(faces, panel, [samples.video(tmp_path / "clip.avi", frames=4)])
    assert faces.text("mosaicStatus") == "clip.avi · 얼굴 1"
    faces.click("mosaicGo")
    idle(faces, panel)
    assert lines(faces) == {"clip.avi": "얼굴 1개를 가렸어요 · 소리는 저장되지 않았어요."}
    assert faces.tab.banner.kind == "success"


@pytest.mark.parametrize("kind", ["gone.jpg", "text.txt", "empty.avi", "cut.jpg", "bare"])
def test_what_cannot_be_read_is_said_and_the_next_works(
    faces: Faces, panel: MosaicPanel, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / kind
    if kind == "bare":
        path.mkdir()
    elif kind == "cut.jpg":
        path.write_bytes(SAMPLE.read_bytes()[:5000])
    elif kind != "gone.jpg":
        path.write_bytes(b"" if kind == "empty.avi" else b"no picture")
    look_at(faces, panel, [path])
    assert faces.tab.banner.kind == "error"
    assert ("이 폴더에는" if kind == "bare" else kind) in faces.banner()
    assert not faces.child(QPushButton, "mosaicGo").isEnabled()
    look_at(faces, panel, [SAMPLE])
    assert faces.banner() == "" and faces.child(QPushButton, "mosaicGo").isEnabled()


def test_a_folder_that_cannot_be_written_is_said(
    faces: Faces, panel: MosaicPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    look_at(faces, panel, [SAMPLE])
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *a, **k: str(tmp_path / "file" / "out")
    )
    faces.click("mosaicChoose")
    faces.click("mosaicGo")
    idle(faces, panel)
    assert "폴더를 만들 수 없어요" in faces.banner()


def test_the_camera_stops_when_faces_are_hidden(faces: Faces, tmp_path: Path) -> None:
    faces.tab.start_live(str(samples.video(tmp_path / "clip.avi", frames=60)))
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=WAIT)
    faces.click("faceMode-hide")
    assert not faces.tab._live.running


def test_a_doubt_is_shown_before_and_after_the_run(
    faces: Faces, panel: MosaicPanel, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "cut.png"), samples.sample()[:, :235])
    look_at(faces, panel, [tmp_path / "cut.png"])
    assert CUT_OFF.ko in faces.child(QLabel, "mosaicStatus").text()
    faces.click("mosaicGo")
    idle(faces, panel)
    assert CUT_OFF.ko in lines(faces)["cut.png"]
    assert "1개는 얼굴이 다 가려졌는지" in faces.tab.banner.text()
