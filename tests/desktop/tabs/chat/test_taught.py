"""Taught answers are listed, forgotten and taken back, by real clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.chat.tab import ChatTab
from desktop.tabs.chat.taught import TaughtDialog
from engine.chat.taught import FILE, Personal
from tests.desktop.conftest import shown

MANY = "첫 줄\n둘째 줄"


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> Iterator[ChatTab]:
    yield from shown(qtbot, ChatTab(context), 1000, 640)


def opened(qtbot: QtBot, tab: ChatTab) -> TaughtDialog:
    button = tab.findChild(QPushButton, "chatTaught")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    found = tab.findChild(TaughtDialog)
    qtbot.waitUntil(found.isVisible)
    return found


def press(qtbot: QtBot, dialog: TaughtDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_without_any_it_says_how_to_teach(qtbot: QtBot, tab: ChatTab) -> None:
    dialog = opened(qtbot, tab)
    assert not dialog.list.isVisible() and not dialog._forget.isEnabled()
    press(qtbot, dialog, "chatTaughtClose")
    qtbot.waitUntil(lambda: tab.findChild(TaughtDialog) is None)


def test_one_is_forgotten_and_taken_back(qtbot: QtBot, tab: ChatTab) -> None:
    store = tab._taught.answers()
    for number in range(3):
        store.teach(f"질문 {'가나다'[number]}", MANY)
    dialog = opened(qtbot, tab)
    assert dialog.list.topLevelItemCount() == 3
    dialog.list.topLevelItem(0).setSelected(True)
    assert dialog.list.topLevelItem(0).text(1) == "첫 줄 둘째 줄"
    press(qtbot, dialog, "chatTaughtForget")
    assert [pair.question for pair in Personal().pairs] == ["질문 가", "질문 나"]
    assert dialog.list.topLevelItemCount() == 2 and "1" in dialog.banner.text()
    qtbot.mouseClick(dialog.banner.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert {(p.question, p.answer) for p in Personal().pairs} == {
        ("질문 가", MANY), ("질문 나", MANY), ("질문 다", MANY),
    }  # fmt: skip
    dialog.list.selectAll()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert Personal().pairs == () and not dialog.list.isVisible()


def test_what_was_forgotten_is_not_answered_any_more(qtbot: QtBot, tab: ChatTab) -> None:
    tab._taught.answers().teach("파란 코끼리", "분홍 기린!")
    assert tab._load().say("파란 코끼리").text == "분홍 기린!"
    dialog = opened(qtbot, tab)
    dialog.list.selectAll()
    press(qtbot, dialog, "chatTaughtForget")
    assert tab._load().say("파란 코끼리").text != "분홍 기린!"


def test_a_full_disk_is_said_and_nothing_is_lost(
    qtbot: QtBot, tab: ChatTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab._taught.answers().teach("질문", "답")
    dialog = opened(qtbot, tab)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr("os.replace", full)
    dialog.list.selectAll()
    press(qtbot, dialog, "chatTaughtForget")
    assert dialog.banner.isVisible() and dialog.list.topLevelItemCount() == 1


def test_a_file_that_cannot_be_read_is_said(qtbot: QtBot, tab: ChatTab, data_env: Path) -> None:
    (data_env / FILE).mkdir(parents=True)
    qtbot.mouseClick(tab.findChild(QPushButton, "chatTaught"), Qt.MouseButton.LeftButton)
    assert tab.banner.isVisible() and FILE in tab.banner.text()
    assert tab.findChild(TaughtDialog) is None
