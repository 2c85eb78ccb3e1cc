"""The conversation as a person meets it: typing, clicking, teaching; real models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.chat.bubbles import MOST
from desktop.tabs.chat.tab import ChatTab
from engine.chat.taught import FILE
from engine.models import store
from tests.desktop.conftest import shown

WAIT = 60_000


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> Iterator[ChatTab]:
    yield from shown(qtbot, ChatTab(context), 1000, 640)


def say(qtbot: QtBot, tab: ChatTab, text: str) -> None:
    """Type into the line and press Enter; wait for the answer."""
    line = tab.findChild(QLineEdit, "chatInput")
    line.setText(text)
    before = len(tab._turns)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab._turns) == before + 1 and not tab._busy(), timeout=WAIT)


def click(qtbot: QtBot, tab: ChatTab, name: str) -> None:
    """Press the visible button of this name."""

    def seen() -> list[QAbstractButton]:
        return [b for b in tab.findChildren(QAbstractButton, name) if b.isVisible()]

    qtbot.waitUntil(lambda: len(seen()) == 1)
    qtbot.mouseClick(seen()[0], Qt.MouseButton.LeftButton)


def answers(tab: ChatTab) -> list[str]:
    return [bubble.words.label.text() for bubble in tab.talk.bubbles if not bubble.mine]


def test_an_example_starts_the_conversation_and_enter_goes_on(qtbot: QtBot, tab: ChatTab) -> None:
    assert tab.talk.empty.isVisible() and not tab.input.button.isEnabled()
    qtbot.mouseClick(tab.talk.examples.chips()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(tab._turns) == 1 and not tab._busy(), timeout=WAIT)
    assert not tab.talk.empty.isVisible() and len(tab.talk.bubbles) == 2
    say(qtbot, tab, "오늘 너무 힘들었어")
    feeling = [mark.text() for mark in tab.findChildren(QLabel, "chatEmotion")]
    assert len(feeling) == 1 and feeling[0].startswith("슬픔")
    sources = [label.text() for label in tab.findChildren(QLabel, "chatSource")]
    assert sources[0] == "정해 둔 답이에요" and sources[1].startswith("비슷한 말에서 골랐어요 · ")
    say(qtbot, tab, "감사합니다")
    assert len(tab.talk.bubbles) == 6 and not tab.talk.typing.isVisible()


def test_typing_shows_while_the_answer_is_looked_for(qtbot: QtBot, tab: ChatTab) -> None:
    tab.send("심심해")
    assert tab.talk.typing.isVisible() and not tab.input.button.isEnabled()
    tab.send("또 심심해")
    qtbot.waitUntil(lambda: not tab._busy(), timeout=WAIT)
    assert len(tab._turns) == 1 and not tab.talk.typing.isVisible()


def test_markup_and_long_words_are_shown_as_text(qtbot: QtBot, tab: ChatTab) -> None:
    text = "<b>굵게</b> <script>alert(1)</script> " + "가" * 10_000
    say(qtbot, tab, text)
    label = tab.talk.bubbles[0].words.label
    assert label.text() == text and label.textFormat() == Qt.TextFormat.PlainText
    assert tab.talk.bubbles[0].words.width() <= tab.talk.width()


def test_another_answer_and_chosen_ones_take_the_place(qtbot: QtBot, tab: ChatTab) -> None:
    say(qtbot, tab, "심심해")
    first = tab._turns[-1].reply
    click(qtbot, tab, "chatAgain")
    qtbot.waitUntil(lambda: tab._turns[-1].reply != first and not tab._busy(), timeout=WAIT)
    assert answers(tab) == [tab._turns[-1].reply.text] and len(tab.talk.bubbles) == 2
    wanted = tab._turns[-1].reply.alternatives[0]
    qtbot.mouseClick(tab.input.others.chips()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab._turns[-1].reply.answer == wanted, timeout=WAIT)
    qtbot.waitUntil(lambda: not tab._busy())
    click(qtbot, tab, "chatCopy")
    assert QGuiApplication.clipboard().text() == tab._turns[-1].reply.text


def test_an_answer_is_taught_and_taken_back(qtbot: QtBot, tab: ChatTab, data_env: Path) -> None:
    say(qtbot, tab, "심심해")
    click(qtbot, tab, "chatCorrect")
    assert "심심해" in tab.input.about.text() and tab.input.stop.isVisible()
    click(qtbot, tab, "chatTeachStop")
    assert not tab.input.stop.isVisible()
    click(qtbot, tab, "chatCorrect")
    qtbot.keyClicks(tab.input.line, "hi")
    tab.input.line.setText("끝말잇기 해요!")
    click(qtbot, tab, "chatSend")
    qtbot.waitUntil(lambda: answers(tab) == ["끝말잇기 해요!"], timeout=WAIT)
    say(qtbot, tab, "심심해!")
    assert answers(tab)[-1] == "끝말잇기 해요!" and "끝말잇기" in (data_env / FILE).read_text(
        "utf-8"
    )
    click(qtbot, tab, "chatCorrect")
    tab.input.line.setText("산책해요!")
    click(qtbot, tab, "chatSend")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
    tab.banner._button.click()
    qtbot.waitUntil(lambda: "산책" not in (data_env / FILE).read_text("utf-8"), timeout=WAIT)


def test_the_conversation_is_one_row_of_the_history_and_goes_on(
    qtbot: QtBot, tab: ChatTab, context: AppContext
) -> None:
    for text in ("안녕", "심심해"):
        say(qtbot, tab, text)
    (row,) = context.library.history("chat")
    assert [turn["said"] for turn in row.payload["turns"]] == ["안녕", "심심해"]
    click(qtbot, tab, "chatNew")
    assert tab.talk.empty.isVisible() and tab._turns == ()
    tab.show_history(row)
    assert len(tab.talk.bubbles) == 4
    say(qtbot, tab, "왜?")
    assert "심심해" in answers(tab)[-1]
    assert len(context.library.history("chat")) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.json"])
def test_the_conversation_is_exported(
    qtbot: QtBot, tab: ChatTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    said: list[str] = []
    tab.message.connect(said.append)
    tab.save_result()
    assert said == ["여기에는 저장할 결과가 없어요."]
    say(qtbot, tab, "안녕하세요")
    targets = [tmp_path / "none" / name, tmp_path / name]
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: targets.pop(0))
    click(qtbot, tab, "chatExport")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
    click(qtbot, tab, "chatExport")
    qtbot.waitUntil(lambda: f"저장했어요: {name}" in said, timeout=WAIT)
    text = (tmp_path / name).read_text(encoding="utf-8")
    if name.endswith("json"):
        assert json.loads(text)["turns"][0]["said"] == "안녕하세요"
    else:
        assert text.startswith("나: 안녕하세요\n마음결: ")


def test_a_crisis_shows_the_help_line_without_another_answer(qtbot: QtBot, tab: ChatTab) -> None:
    say(qtbot, tab, "죽고 싶어")
    assert len(answers(tab)) == 1 and "109" in answers(tab)[0] and "1577-0199" in answers(tab)[0]
    assert not [b for b in tab.findChildren(QAbstractButton, "chatAgain") if b.isVisible()]
    assert tab.input.others.texts() == []


def test_a_missing_model_is_told_and_the_words_come_back(
    qtbot: QtBot, tab: ChatTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manifest.toml").write_text("", encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setenv("MAUMGYEOL_MODELS", str(tmp_path))
        store.forget()
        tab.send("심심해")
        qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
        assert tab.banner.kind == "error" and tab.input.line.text() == "심심해"
        assert tab.talk.bubbles == []
    store.forget()
    say(qtbot, tab, "심심해")
    assert not tab.banner.isVisible() and len(tab.talk.bubbles) == 2


def test_a_long_conversation_keeps_the_newest_bubbles(
    qtbot: QtBot, tab: ChatTab, context: AppContext
) -> None:
    say(qtbot, tab, "안녕")
    turn = tab._turns[0]
    for _ in range(MOST):
        tab.talk.add_said("안녕")
        tab.talk.add_answer(turn)
    assert len(tab.talk.bubbles) == MOST
    bar = tab.talk.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)


def test_damaged_rows_and_files_are_told(
    qtbot: QtBot, context: AppContext, data_env: Path, tab: ChatTab
) -> None:
    row_id = context.library.add_history("chat", "x", {"turns": [{"said": "x"}]})
    (row,) = (row for row in context.library.history("chat") if row.id == row_id)
    tab.show_history(row)
    assert tab.banner.isVisible() and tab.banner.kind == "warning"
    notices: list[str] = []
    context.signals.notice.connect(notices.append)
    (data_env / FILE).write_text("[", encoding="utf-8")
    say(qtbot, tab, "안녕")
    assert notices and "손상" in notices[0] and list(data_env.glob(f"{FILE}.damaged-*"))


def test_what_is_taught_is_never_taught_to_a_later_sentence(qtbot: QtBot, tab: ChatTab) -> None:
    say(qtbot, tab, "심심해")
    click(qtbot, tab, "chatCorrect")
    assert tab.input.stop.isVisible()
    tab.show_text("오늘 너무 힘들었어")  # another tab hands over a text meanwhile
    assert not tab.input.stop.isVisible()
    tools = [b for b in tab.findChildren(QAbstractButton, "chatCorrect") if b.isVisible()]
    assert not any(button.isEnabled() for button in tools)
    qtbot.waitUntil(lambda: len(tab._turns) == 2 and not tab._busy(), timeout=WAIT)
    click(qtbot, tab, "chatCorrect")
    assert "오늘 너무 힘들었어" in tab.input.about.toolTip() + tab.input.about.text()
