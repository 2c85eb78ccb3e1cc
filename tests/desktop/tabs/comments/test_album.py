"""Many photos in the comments tab: dropped, gone through, stopped, exported, brought back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.comments.filmstrip import PICTURE, AlbumModel
from desktop.tabs.comments.tab import CommentsTab
from desktop.widgets.image_view import ImageView
from tests.desktop.comments_kit import SECONDS, click, find, photos, settle
from tests.desktop.conftest import DropFiles


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> Iterator[CommentsTab]:
    made = CommentsTab(context)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    yield made
    made.shutdown()


def states(tab: CommentsTab) -> list[str]:
    return [entry.state for entry in tab.album.entries]


def test_a_folder_is_dropped_gone_through_and_exported(
    qtbot: QtBot,
    tab: CommentsTab,
    tmp_path: Path,
    drop_files: DropFiles,
    monkeypatch: pytest.MonkeyPatch,
    context: AppContext,
) -> None:
    files = photos(tmp_path / "사진")
    assert drop_files(find(tab, QWidget, "commentDrop"), [files[0].parent])
    qtbot.waitUntil(lambda: states(tab) == ["done", "failed", "done", "done"], timeout=SECONDS)
    settle(qtbot, tab)
    strip = tab.picture.strip
    assert strip.isVisible()
    assert "사진 1장은 읽지 못했어요" in tab.banner.text()
    assert len(context.library.history("comments", 10)) == 3
    # the front
    assert tab.entry.path == files[0]
    assert tab.labels.labels() == ("정지 표지판",)
    assert tab.album.index(0).data(PICTURE).width() == 176
    # by the arrows: a failed one says why, and the next is shown again
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert "2 손상.jpg" in tab.banner.text()
    assert tab.banner.kind == "error"
    assert find(tab, QWidget, "commentFailed").isVisible()
    assert tab.labels.labels() == ()
    assert tab.answer.list.comments() == []
    qtbot.keyClick(tab, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: tab.picture.image is not None, timeout=SECONDS)
    assert "아무것도 찾지 못해" in tab.banner.text()
    assert len(tab.answer.list.comments()) == 3
    # by a click on the last thumbnail
    place = strip.visualRect(tab.album.index(3)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "첫 장면" in tab.banner.text()
    qtbot.waitUntil(lambda: tab.picture.image is not None, timeout=SECONDS)
    # what was chosen is in the table
    click(qtbot, tab, "commentTake1")
    chosen = tab.entry.chosen
    assert chosen == tab.answer.list.comments()[0]
    target = tmp_path / "앨범.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(tab.message, timeout=SECONDS):
        tab.exporter.csv.trigger()
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["상태"] for row in rows] == ["완료", "실패", "완료", "완료"]
    assert rows[3]["고른 댓글"] == chosen
    target = tmp_path / "앨범.json"
    with qtbot.waitSignal(tab.message, timeout=SECONDS):
        tab.exporter.json.trigger()
    assert json.loads(target.read_text(encoding="utf-8"))[3]["chosen"] == chosen
    # copies with boxes, beside which nothing is written over
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "1 표지판-댓글.png").write_text("mine")
    before = {path: path.read_bytes() for path in files}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    with qtbot.waitSignal(tab.message, timeout=SECONDS):
        tab.exporter.pictures.trigger()
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["1 표지판-댓글 (2).png", "1 표지판-댓글.png", "3 벽-댓글.png", "4-댓글.png"]
    assert (tmp_path / "out" / "1 표지판-댓글.png").read_text() == "mine"
    drawn = Image.open(tmp_path / "out" / names[0]).convert("RGB")
    assert drawn.size == (640, 480)
    assert drawn.tobytes() != Image.open(files[0]).convert("RGB").tobytes()
    assert {path: path.read_bytes() for path in files} == before


def test_a_stop_leaves_the_rest_and_goes_on_later(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    files = photos(tmp_path / "사진")
    tab.open_paths(files)
    assert len(states(tab)) == 4
    click(qtbot, tab, "jobCancel")
    qtbot.waitUntil(lambda: not tab.flow.running, timeout=SECONDS)
    assert "looking" not in states(tab)
    assert "waiting" in states(tab)
    assert "남았어요" in tab.banner.text()
    qtbot.mouseClick(tab.banner._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: states(tab) == ["done", "failed", "done", "done"], timeout=SECONDS)


def test_one_photo_has_no_strip_and_the_album_can_be_emptied(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    files = photos(tmp_path)
    tab.open_paths(files[:1])
    qtbot.waitUntil(lambda: states(tab) == ["done"], timeout=SECONDS)
    assert not tab.picture.strip.isVisible()
    tab.open_paths(files[2:3])
    qtbot.waitUntil(lambda: states(tab) == ["done", "done"], timeout=SECONDS)
    assert tab.picture.strip.isVisible()
    assert tab.entry.path == files[2]
    click(qtbot, tab, "commentEmpty")
    assert states(tab) == []
    assert find(tab, QWidget, "commentDrop").isVisible()
    assert tab.answer.list.comments() == []
    assert not find(tab, QWidget, "commentSave").isEnabled()


def test_the_pointer_brings_out_boxes_and_chips_both_ways(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    tab.open_paths(photos(tmp_path)[:1])
    qtbot.waitUntil(lambda: states(tab) == ["done"], timeout=SECONDS)
    qtbot.waitUntil(lambda: tab.picture.image is not None, timeout=SECONDS)
    settle(qtbot, tab)
    view, chip = find(tab, ImageView, "commentView"), tab.labels.chips.chips()[0]
    plain = view.grab().toImage()
    middle = (view._target().topLeft() + QPointF(320, 160) * view.scale()).toPoint()
    qtbot.mouseMove(view, middle)
    qtbot.waitUntil(lambda: "border: 2px" in chip.styleSheet(), timeout=SECONDS)
    assert view.grab().toImage() != plain
    qtbot.mouseMove(view, QPoint(2, 2))
    qtbot.waitUntil(lambda: not chip.styleSheet(), timeout=SECONDS)
    assert view.grab().toImage() == plain
    tab.labels.hovered.emit(chip.text())
    assert view.grab().toImage() != plain
    tab.labels.hovered.emit("")
    assert view.grab().toImage() == plain


def test_a_record_of_the_history_is_brought_back(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path, context: AppContext
) -> None:
    files = photos(tmp_path)
    tab.open_paths(files[:1])
    qtbot.waitUntil(lambda: states(tab) == ["done"], timeout=SECONDS)
    comments = tab.answer.list.comments()
    row = context.library.history("comments", 1)[0]
    click(qtbot, tab, "commentEmpty")
    tab.show_history(row)
    assert tab.answer.list.comments() == comments
    assert tab.labels.labels() == ("정지 표지판",)
    assert len(tab.picture.found) == 1
    qtbot.waitUntil(lambda: tab.picture.image is not None, timeout=SECONDS)
    files[0].unlink()
    click(qtbot, tab, "commentEmpty")
    tab.show_history(row)
    assert tab.answer.list.comments() == comments
    failed = find(tab, QWidget, "commentFailed")
    qtbot.waitUntil(failed.isVisible, timeout=SECONDS)
    assert files[0].name in " ".join(label.text() for label in failed.findChildren(QLabel))


def test_a_record_of_another_kind_is_told(
    tab: CommentsTab, context: AppContext, data_env: Path
) -> None:
    context.library.add_history("comments", "?", {"text": "no comment"})
    tab.show_history(context.library.history("comments", 1)[0])
    assert tab.banner.kind == "error"


def test_an_empty_folder_is_told(tab: CommentsTab, tmp_path: Path) -> None:
    (tmp_path / "빈 폴더").mkdir()
    assert tab.accepts(tmp_path / "빈 폴더")
    tab.open_paths([tmp_path / "빈 폴더"])
    assert tab.banner.kind == "info"
    assert states(tab) == []


def test_the_model_keeps_a_thumbnail_while_the_photo_is_looked_at_again(tmp_path: Path) -> None:
    model = AlbumModel()
    assert model.add([tmp_path / "a.png", tmp_path / "b.png", tmp_path / "a.png"]) == [0, 1]
    assert model.add([tmp_path / "b.png", tmp_path / "c.png"]) == [1, 2]
    assert [path.name for _, path in model.waiting()] == ["a.png", "b.png", "c.png"]
    assert model.data(model.index(1)) == "b.png"
    assert model.data(model.index(1), PICTURE) is None


def test_another_tone_is_offered_for_the_other_photos(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    files = photos(tmp_path)
    tab.open_paths([files[0], files[2]])
    qtbot.waitUntil(lambda: states(tab) == ["done", "done"], timeout=SECONDS)
    settle(qtbot, tab)
    chip = next(chip for chip in tab.answer.sound.tones.chips() if chip.text() == "짧게")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.entry.written.tone == "짧게", timeout=SECONDS)
    assert tab.album.entry(1).written.tone == "기본"
    settle(qtbot, tab)
    qtbot.mouseClick(tab.banner._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.album.entry(1).written.tone == "짧게", timeout=SECONDS)
    settle(qtbot, tab)


def test_an_own_comment_that_is_begun_stays_with_its_photo(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    files = photos(tmp_path)
    tab.own.box.setPlainText("먼저 써 둔 말")
    tab.open_paths([files[0], files[2]])
    assert tab.own.text == "먼저 써 둔 말"  # begun before there was a photo
    tab.own.box.setPlainText("첫 사진에 쓰던 말")
    strip = tab.picture.strip
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert tab.own.text == ""
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert tab.own.text == "첫 사진에 쓰던 말"
    settle(qtbot, tab)
