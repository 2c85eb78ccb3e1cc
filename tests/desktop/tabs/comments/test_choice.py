"""Choosing, editing, own comments, tones and what is looked for: clicked as a person does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.comments.labels import FIRST
from desktop.tabs.comments.tab import CommentsTab
from engine.comments import taste
from engine.comments.tone.tone import TONES
from tests.desktop.comments_kit import SECONDS, click, find, photos, settle, write_labels


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> Iterator[CommentsTab]:
    made = CommentsTab(context)
    qtbot.addWidget(made)
    made.resize(1100, 1000)
    made.show()
    yield made
    made.shutdown()


def test_a_chosen_comment_is_copied_kept_and_learnt_until_forgotten(
    qtbot: QtBot, tab: CommentsTab, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_labels(qtbot, tab, "기쁨, 나무")
    offered = tab.answer.list.comments()
    click(qtbot, tab, "commentTake2")
    assert QApplication.clipboard().text() == offered[1]
    assert tab.entry.chosen == offered[1]
    assert find(tab, QWidget, "commentTake2").text() == "골랐어요"  # type: ignore[attr-defined]
    assert find(tab, QWidget, "commentTake1").text() == "이 댓글 쓰기"  # type: ignore[attr-defined]
    assert taste.count() == 1
    worth = taste.preference(offered, tab.entry.labels)
    assert worth[1] == max(worth)
    assert "1개" in find(tab, QLabel, "commentTaste").text()
    row = context.library.history("comments", 1)[0]
    assert row.summary == offered[1]
    assert row.payload["chosen"] == offered[1]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    click(qtbot, tab, "commentForget")
    assert taste.count() == 0
    assert not find(tab, QWidget, "commentForget").isVisible()


def test_a_comment_is_edited_in_place_and_the_edit_is_learnt(
    qtbot: QtBot, tab: CommentsTab
) -> None:
    write_labels(qtbot, tab, "기쁨, 나무")
    click(qtbot, tab, "commentEdit1")
    box = find(tab, QPlainTextEdit, "commentBox1")
    assert box.isVisible()
    assert box.toPlainText() == tab.entry.written.comments[0]
    box.setPlainText("나무 아래에서 쉬고 싶어요")
    click(qtbot, tab, "commentEdit1")
    assert not box.isVisible()
    assert find(tab, QLabel, "commentNote1").text() == "고쳤어요"
    click(qtbot, tab, "commentTake1")
    assert QApplication.clipboard().text() == "나무 아래에서 쉬고 싶어요"
    assert tab.entry.chosen == "나무 아래에서 쉬고 싶어요"
    choice = taste._choices()[0]
    assert (choice.chosen, choice.edited) == (0, "나무 아래에서 쉬고 싶어요")


def test_an_edit_to_nothing_gives_the_comment_back(qtbot: QtBot, tab: CommentsTab) -> None:
    write_labels(qtbot, tab, "기쁨")
    click(qtbot, tab, "commentEdit1")
    find(tab, QPlainTextEdit, "commentBox1").setPlainText("  ")
    click(qtbot, tab, "commentEdit1")
    assert find(tab, QLabel, "commentText1").text() == tab.entry.written.comments[0]


def test_a_choice_that_cannot_be_kept_is_told(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_labels(qtbot, tab, "기쁨")
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MAUMGYEOL_DATA", str(tmp_path / "file"))
    click(qtbot, tab, "commentTake1")
    assert tab.banner.kind == "error"
    assert tab.entry.chosen == tab.entry.written.comments[0]


def test_a_damaged_record_of_choices_is_told(qtbot: QtBot, context: AppContext) -> None:
    taste._place().parent.mkdir(parents=True, exist_ok=True)
    taste._place().write_text("{")
    notices: list[str] = []
    context.signals.notice.connect(notices.append)
    made = CommentsTab(context)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: any("손상" in notice for notice in notices))
    made.shutdown()


def test_an_own_comment_is_felt_while_it_is_typed_and_never_blocked(
    qtbot: QtBot, tab: CommentsTab
) -> None:
    write_labels(qtbot, tab, "기쁨, 나무")
    box = find(tab, QPlainTextEdit, "commentOwn")
    feeling, advice = find(tab, QLabel, "commentOwnFeeling"), find(tab, QLabel, "commentAdvice")
    assert not find(tab, QWidget, "commentOwnTake").isEnabled()
    box.insertPlainText("정말 멋지고 행복해 보여요")
    qtbot.waitUntil(lambda: feeling.text().startswith("긍정"), timeout=SECONDS)
    assert "%" in find(tab, QLabel, "commentOwnEmotion").text()
    assert not advice.isVisible()
    box.setPlainText("얼굴이 정말 못생겼네, 살 좀 빼라")
    qtbot.waitUntil(advice.isVisible, timeout=SECONDS)
    assert "상처가 될 수 있어요" in advice.text()
    assert feeling.text().startswith("부정")
    click(qtbot, tab, "commentOwnTake")
    assert QApplication.clipboard().text() == "얼굴이 정말 못생겼네, 살 좀 빼라"
    assert tab.entry.own
    box.clear()
    assert feeling.text() == ""
    assert not advice.isVisible()


def test_hashtags_go_behind_what_is_copied(qtbot: QtBot, tab: CommentsTab) -> None:
    write_labels(qtbot, tab, "기쁨, 나무")
    chips = tab.answer.tags.chips.chips()
    tree = next(chip for chip in chips if chip.text() == "#나무")
    qtbot.mouseClick(tree, Qt.MouseButton.LeftButton)
    click(qtbot, tab, "commentCopy1")
    first = tab.answer.list.comments()[0]
    assert QApplication.clipboard().text() == f"{first}\n#나무"
    find(tab, QPlainTextEdit, "commentOwn").setPlainText("좋아요")
    click(qtbot, tab, "commentOwnTake")
    assert QApplication.clipboard().text() == "좋아요\n#나무"
    click(qtbot, tab, "commentAgain")
    settle(qtbot, tab)
    assert tab.answer.tags.on() == ("#나무",)
    click(qtbot, tab, "commentTake1")
    assert tab.entry.chosen is not None
    assert "#" not in tab.entry.chosen


@pytest.mark.parametrize("tone", TONES[1:])
def test_a_tone_is_chosen_and_kept(
    tone: str, qtbot: QtBot, tab: CommentsTab, context: AppContext
) -> None:
    write_labels(qtbot, tab, "기쁨, 나무")
    chip = next(chip for chip in tab.answer.sound.tones.chips() if chip.text() == tone)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.entry.written.tone == tone, timeout=SECONDS)
    settle(qtbot, tab)
    assert tab.answer.list.comments() == list(tab.entry.written.comments)
    again = CommentsTab(context)
    qtbot.addWidget(again)
    assert again.answer.sound.style_asked().tone == tone
    again.shutdown()


def test_emoji_and_length_are_limited(qtbot: QtBot, tab: CommentsTab) -> None:
    find(tab, QCheckBox, "commentPlain").setChecked(True)
    length = find(tab, QComboBox, "commentLength")
    length.setCurrentIndex(length.findData(25))
    write_labels(qtbot, tab, "기쁨, 나무")
    for comment in tab.entry.written.comments:
        assert len(comment) <= 25
        assert not any(ord(character) > 0x1F000 for character in comment)


def test_other_settings_of_the_detector_look_again(
    qtbot: QtBot, tab: CommentsTab, tmp_path: Path
) -> None:
    tab.open_paths(photos(tmp_path)[:1])
    qtbot.waitUntil(lambda: tab.entry.photo is not None, timeout=SECONDS)
    settle(qtbot, tab)
    click(qtbot, tab, "commentDetectOpen")
    popup = tab.detect
    assert popup.isVisible()
    assert find(tab, QComboBox, "commentDetector").currentData() == "objects-coco"
    classes = find(tab, QListWidget, "commentClasses")
    for wanted in ("Cats", "고양"):
        find(tab, QLineEdit, "commentClassFind").setText(wanted)
        shown = [classes.item(n) for n in range(classes.count()) if not classes.item(n).isHidden()]
        assert [item.text() for item in shown] == ["고양이"]
    shown[0].setCheckState(Qt.CheckState.Checked)
    find(tab, QSlider, "commentThreshold").setValue(70)
    popup.hide()
    qtbot.waitUntil(lambda: tab.entry.photo is not None and tab.entry.empty, timeout=SECONDS)
    assert popup.options().threshold == 0.7
    settle(qtbot, tab)
    click(qtbot, tab, "commentDetectOpen")
    click(qtbot, tab, "commentDetectReset")
    popup.hide()
    qtbot.waitUntil(lambda: tab.entry.photo is not None and not tab.entry.empty, timeout=SECONDS)
    settle(qtbot, tab)


def test_closing_the_settings_unchanged_does_nothing(qtbot: QtBot, tab: CommentsTab) -> None:
    click(qtbot, tab, "commentDetectOpen")
    with qtbot.assertNotEmitted(tab.detect.changed):
        tab.detect.hide()


def test_sixty_labels_in_any_language(qtbot: QtBot, tab: CommentsTab) -> None:
    write_labels(qtbot, tab, ", ".join(["happy", "Cat", *(f"물건{n}" for n in range(58))]))
    assert len(tab.labels.labels()) == 60
    assert tab.entry.written.labels[:2] == ("기쁨", "고양이")
    assert len(tab.entry.written.labels) == 8
    assert "8개까지" in find(tab, QLabel, "commentLeftOut").text()
    visible = [chip for chip in tab.labels.chips.chips() if chip.isVisible()]
    assert len(visible) == FIRST
    click(qtbot, tab, "commentLabelsMore")
    assert all(chip.isVisible() for chip in tab.labels.chips.chips())
