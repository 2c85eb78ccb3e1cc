"""The comments tab under a person's hands: real clicks, real models, every odd photo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.comments.photo import paint
from desktop.tabs.comments.tab import CommentsTab
from desktop.widgets.image_view import ImageView
from engine.comments.detect import objects
from engine.comments.write import phrases
from engine.models import store
from tests.engine.comments_drawings import nothing, stop_sign

SECONDS = 60_000  # patience in ms; nothing is timed


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> Iterator[CommentsTab]:
    made = CommentsTab(context)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    yield made
    made.shutdown()


@pytest.fixture
def sign(tmp_path: Path) -> Path:
    path = tmp_path / "표지판 사진.png"
    Image.fromarray(stop_sign()[:, :, ::-1]).save(path)
    return path


def child(tab: CommentsTab, name: str) -> QWidget:
    found = tab.findChild(QWidget, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, tab: CommentsTab, name: str) -> None:
    button = child(tab, name)
    # Just shown and not laid out yet, it has no place to be hit.
    qtbot.waitUntil(lambda: min(button.width(), button.height()) > 4, timeout=SECONDS)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(tab: CommentsTab) -> list[str]:
    return tab.answer.list.comments()


def wait_for_comments(qtbot: QtBot, tab: CommentsTab) -> None:
    qtbot.waitUntil(lambda: bool(texts(tab)) and tab.answer.again.isEnabled(), timeout=SECONDS)


def open_photo(qtbot: QtBot, tab: CommentsTab, path: Path) -> None:
    tab.open_paths([path])
    qtbot.waitUntil(lambda: tab.entry.path == path and tab.entry.photo is not None, timeout=SECONDS)
    wait_for_comments(qtbot, tab)
    qtbot.waitUntil(lambda: tab.picture.image is not None, timeout=SECONDS)


def test_a_photo_gives_boxes_labels_and_three_comments(
    qtbot: QtBot, tab: CommentsTab, sign: Path
) -> None:
    open_photo(qtbot, tab, sign)
    assert tab.labels.labels() == ("정지 표지판",)
    assert len(set(texts(tab))) == 3
    view = tab.findChild(ImageView, "commentView")
    plain = stop_sign()
    assert view.isVisible()
    assert view.image.size().toTuple() == (640, 480)
    left, top = (round(value) for value in tab.entry.photo.objects[0].box[:2])
    drawn = paint(view.image, tab.picture.found, tab.entry.labels).pixelColor(left + 1, top + 60)
    assert (drawn.blue(), drawn.green(), drawn.red()) != tuple(plain[top + 60, left + 1])
    edge = view._target().topLeft() + QPointF(left + 1, top + 60) * view.scale()
    on_screen = view.grab().toImage().pixelColor(edge.toPoint())
    assert (on_screen.blue(), on_screen.green(), on_screen.red()) != tuple(
        plain[top + 60, left + 1]
    )
    assert "comments-gpt2" in child(tab, "commentModel").text()
    assert tab.grab().save(str(sign.with_suffix(".shot.png")))


def test_a_photo_is_dropped(qtbot: QtBot, tab: CommentsTab, sign: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sign))])
    area = child(tab, "commentDrop")
    spot = area.rect().center()
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(spot, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(area, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(area, drop)
    qtbot.waitUntil(lambda: tab.entry.photo is not None, timeout=SECONDS)
    wait_for_comments(qtbot, tab)


def test_a_photo_is_chosen_with_the_button(
    qtbot: QtBot, tab: CommentsTab, sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(sign)], ""))
    click(qtbot, tab, "commentOpen")
    qtbot.waitUntil(lambda: tab.entry.photo is not None, timeout=SECONDS)
    wait_for_comments(qtbot, tab)


def test_labels_are_unticked_and_added(qtbot: QtBot, tab: CommentsTab, sign: Path) -> None:
    open_photo(qtbot, tab, sign)
    qtbot.mouseClick(tab.labels.chips.chips()[0], Qt.MouseButton.LeftButton)
    assert tab.labels.labels() == ()
    qtbot.waitUntil(lambda: tab.entry.written.labels == (), timeout=SECONDS)
    field = tab.findChild(QLineEdit, "commentLabelInput")
    qtbot.keyClicks(field, "happy, ")
    field.insert("남자, 나무")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert tab.labels.labels() == ("기쁨", "남자", "나무")
    qtbot.waitUntil(lambda: tab.entry.written.labels == ("기쁨", "나무"), timeout=SECONDS)
    left_out = child(tab, "commentLeftOut")
    assert left_out.isVisible()
    assert "남자" in left_out.text()


def test_a_click_on_a_box_switches_its_label(qtbot: QtBot, tab: CommentsTab, sign: Path) -> None:
    open_photo(qtbot, tab, sign)
    view = tab.findChild(ImageView, "commentView")
    middle = view._target().topLeft() + QPointF(320, 160) * view.scale()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert tab.labels.labels() == ()
    wait_for_comments(qtbot, tab)


def test_labels_alone_are_enough(qtbot: QtBot, tab: CommentsTab) -> None:
    child(tab, "commentLabelInput").setText("슬픔, 바다")
    click(qtbot, tab, "commentLabelAdd")
    wait_for_comments(qtbot, tab)
    assert tab.entry.written.labels == ("슬픔", "바다")


@pytest.mark.parametrize("label", ["기쁨, 나무", "고양이"])
def test_writing_again_writes_new_ones_each_time(
    qtbot: QtBot, tab: CommentsTab, label: str
) -> None:
    child(tab, "commentLabelInput").setText(label)
    click(qtbot, tab, "commentLabelAdd")
    wait_for_comments(qtbot, tab)
    seen = list(texts(tab))
    for _ in range(4):
        written = tab.entry.written
        click(qtbot, tab, "commentAgain")
        qtbot.waitUntil(lambda: tab.entry.written is not written, timeout=SECONDS)  # noqa: B023
        seen += texts(tab)
    assert len(seen) == len(set(seen)) == 15


def test_when_nothing_new_is_left_that_is_said(
    qtbot: QtBot, tab: CommentsTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(tab, "commentLabelInput").setText("고양이")
    click(qtbot, tab, "commentLabelAdd")
    wait_for_comments(qtbot, tab)
    monkeypatch.setattr(phrases, "compose", lambda *rest: list(tab.entry.written.comments))
    written = tab.entry.written
    click(qtbot, tab, "commentAgain")
    qtbot.waitUntil(lambda: tab.entry.written is not written, timeout=SECONDS)
    assert set(texts(tab)) == set(written.comments)
    assert "3개는 다시 보여 드려요" in child(tab, "commentModel").text()


def test_a_comment_is_copied_told_and_remembered(
    qtbot: QtBot, tab: CommentsTab, context: AppContext, sign: Path
) -> None:
    open_photo(qtbot, tab, sign)
    assert len(context.library.history("comments", 10)) == 1
    with qtbot.waitSignal(tab.message):
        click(qtbot, tab, "commentCopy2")
    assert QApplication.clipboard().text() == texts(tab)[1]
    assert tab.findChild(QLabel, "commentNote2").text() == "복사했어요"
    rows = context.library.history("comments", 10)
    assert len(rows) == 2
    assert {row.summary for row in rows} == {texts(tab)[0], texts(tab)[1]}
    assert rows[0].payload["file"] == sign.name


def test_the_result_is_saved_as_picture_and_json(
    qtbot: QtBot, tab: CommentsTab, sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_photo(qtbot, tab, sign)
    target = sign.parent / "결과.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(tab.message, timeout=SECONDS):
        click(qtbot, tab, "commentSave")
    assert Image.open(target).size == (640, 480)
    saved = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
    assert saved["comments"] == texts(tab)
    assert saved["objects"][0]["name_ko"] == "정지 표지판"


def test_saving_where_nothing_can_be_written_is_told(
    qtbot: QtBot, tab: CommentsTab, sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_photo(qtbot, tab, sign)
    target = sign.parent / "no such folder" / "x.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(qtbot, tab, "commentSave")
    qtbot.waitUntil(lambda: tab.banner.isVisible(), timeout=SECONDS)
    assert tab.banner.kind == "error"
    assert "no such folder" in tab.banner.text()


def test_nothing_to_save_is_told(qtbot: QtBot, tab: CommentsTab) -> None:
    with qtbot.waitSignal(tab.message):
        tab.save_result()


def test_a_photo_without_a_find_says_so_and_still_gets_comments(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    Image.fromarray(nothing()).save(tmp_path / "wall.png")
    open_photo(qtbot, tab, tmp_path / "wall.png")
    assert tab.banner.kind == "info"
    assert "아무것도 찾지 못해" in tab.banner.text()
    assert tab.labels.labels() == ()


@pytest.mark.parametrize("fault", ["empty", "truncated", "text", "missing", "huge"])
def test_a_bad_file_is_told_and_the_tab_lives_on(
    fault: str, qtbot: QtBot, tab: CommentsTab, sign: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "나쁜.png"
    if fault == "empty":
        bad.write_bytes(b"")
    elif fault == "truncated":
        bad.write_bytes(sign.read_bytes()[:2000])
    elif fault == "text":
        bad.write_text("사진이 아니에요", encoding="utf-8")
    elif fault == "huge":
        Image.new("1", (20_000, 20_000)).save(bad)
    tab.open_paths([bad])
    qtbot.waitUntil(lambda: tab.banner.isVisible(), timeout=SECONDS)
    assert tab.banner.kind == "error"
    assert "나쁜.png" in tab.banner.text()
    qtbot.waitUntil(lambda: not tab.job_bar.isVisible(), timeout=SECONDS)
    open_photo(qtbot, tab, sign)
    assert not tab.banner.isVisible()


@pytest.mark.parametrize("fault", ["missing", "corrupt"])
def test_a_bad_model_is_told_and_labels_still_work(
    fault: str,
    qtbot: QtBot,
    tab: CommentsTab,
    sign: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shipped = store.paths.models_dir()
    broken = tmp_path / "models"
    broken.mkdir()
    for item in shipped.iterdir():
        if item.name != objects.FILE:
            (broken / item.name).symlink_to(item, target_is_directory=item.is_dir())
    if fault == "corrupt":
        (broken / objects.FILE).write_bytes(b"not a network")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(broken))
    store.forget()
    child(tab, "commentLabelInput").setText("슬픔")  # of before, not of this photo
    click(qtbot, tab, "commentLabelAdd")
    wait_for_comments(qtbot, tab)
    tab.open_paths([sign])
    qtbot.waitUntil(lambda: tab.banner.isVisible(), timeout=SECONDS)
    assert tab.banner.kind == "error"
    assert "objects-coco" in tab.banner.text()
    assert tab.labels.labels() == ()
    assert texts(tab) == []
    child(tab, "commentLabelInput").setText("기쁨")
    click(qtbot, tab, "commentLabelAdd")
    wait_for_comments(qtbot, tab)
    store.forget()


def test_a_photo_can_be_given_up(qtbot: QtBot, tab: CommentsTab, sign: Path) -> None:
    tab.open_paths([sign])
    click(qtbot, tab, "jobCancel")
    qtbot.waitUntil(lambda: not tab.context.workers.busy, timeout=SECONDS)
    qtbot.waitUntil(lambda: not tab.job_bar.isVisible(), timeout=SECONDS)
    open_photo(qtbot, tab, sign)


def test_photos_are_accepted_and_tables_are_not(tab: CommentsTab) -> None:
    assert tab.accepts(Path("a.JPG"))
    assert not tab.accepts(Path("a.csv"))
