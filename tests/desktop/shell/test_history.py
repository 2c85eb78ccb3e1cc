"""The history panel: what is remembered can be found, read, copied and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.shell.history import HistoryPanel
from engine.core.library import Library


@pytest.fixture
def panel(context: AppContext, qtbot: QtBot) -> HistoryPanel:
    context.remember("reviews", "긍정 97 % · 정말 좋았어요", {"label": "긍정"})
    context.remember("digits", "숫자 5", {"label": "5"})
    made = HistoryPanel(context)
    qtbot.addWidget(made)
    made.show()
    made.reload()
    return made


def summaries(panel: HistoryPanel) -> list[str]:
    return [row.summary for row in panel.rows()]


def test_answers_are_listed_newest_first_and_by_tab(panel: HistoryPanel) -> None:
    assert summaries(panel) == ["숫자 5", "긍정 97 % · 정말 좋았어요"]
    panel.show_domain("reviews")
    assert summaries(panel) == ["긍정 97 % · 정말 좋았어요"]
    panel.show_domain(None)
    assert len(summaries(panel)) == 2


def test_typing_finds(panel: HistoryPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.findChild(QLineEdit, "historyFind"), "97")
    assert summaries(panel) == ["긍정 97 % · 정말 좋았어요"]


def test_a_new_answer_appears_at_once(panel: HistoryPanel, context: AppContext) -> None:
    context.remember("faces", "행복 91 %", {})
    assert summaries(panel)[0] == "행복 91 %"


def test_an_answer_can_be_read_copied_opened_and_deleted(
    panel: HistoryPanel, context: AppContext, qtbot: QtBot
) -> None:
    rows = panel.findChild(QListWidget, "historyList")
    rows.setCurrentRow(0)
    detail = panel.findChild(QPlainTextEdit, "historyDetail")
    assert '"label": "5"' in detail.toPlainText()
    copy = next(b for b in panel.findChildren(QPushButton) if b.text() == "복사")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert '"label": "5"' in QGuiApplication.clipboard().text()
    with qtbot.waitSignal(panel.chosen) as chosen:
        rows.itemActivated.emit(rows.item(0))
    assert chosen.args[0].summary == "숫자 5"
    qtbot.mouseClick(panel.findChild(QPushButton, "historyDelete"), Qt.MouseButton.LeftButton)
    assert [row.summary for row in context.library.history()] == ["긍정 97 % · 정말 좋았어요"]
    assert panel.window().focusWidget() is rows and rows.currentRow() == 0
    assert rows.selectedItems() == []


@pytest.mark.parametrize(
    ("answer", "left"),
    [(QMessageBox.StandardButton.Yes, 0), (QMessageBox.StandardButton.No, 2)],
)
def test_deleting_all_asks_first(
    panel: HistoryPanel,
    context: AppContext,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    answer: QMessageBox.StandardButton,
    left: int,
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *args: answer)
    qtbot.mouseClick(panel.findChild(QPushButton, "historyDeleteAll"), Qt.MouseButton.LeftButton)
    assert len(context.library.history()) == left


def test_enter_never_deletes_all(panel: HistoryPanel, context: AppContext, qtbot: QtBot) -> None:
    def press_enter() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        qtbot.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(50, press_enter)
    qtbot.mouseClick(panel.findChild(QPushButton, "historyDeleteAll"), Qt.MouseButton.LeftButton)
    assert len(context.library.history()) == 2


def test_nothing_is_remembered_when_the_user_keeps_none(context: AppContext) -> None:
    context.settings.set(keys.KEEP_HISTORY, False)
    assert context.remember("digits", "숫자 5", {}) is None
    assert context.library.history() == []


def test_a_library_that_fails_is_told_and_stops_nothing(
    context: AppContext, qtbot: QtBot, tmp_path: Path
) -> None:
    context.library = Library(tmp_path)  # a folder is no database
    with qtbot.waitSignal(context.signals.notice) as notice:
        assert context.remember("digits", "숫자 5", {}) is None
    assert "기록" in notice.args[0]
    panel = HistoryPanel(context)
    qtbot.addWidget(panel)
    panel.reload()
    assert panel.rows() == []
