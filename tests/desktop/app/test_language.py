"""Switching the language keeps what every tab shows; work that runs is asked about; real tabs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app.application import Application
from desktop.shell.tabs import TABS
from desktop.tabs.chat.tab import ChatTab
from desktop.tabs.comments.tab import CommentsTab
from desktop.tabs.digits.tab import DigitsTab
from desktop.tabs.emotions.tab import EmotionsTab
from desktop.tabs.faces.tab import FacesTab
from desktop.tabs.learning.tab import LearningTab
from desktop.tabs.reviews.tab import ReviewsTab
from desktop.widgets.canvas import Point
from engine.faces.sessions import repository as shelf
from tests.desktop.comments_kit import photos
from tests.desktop.faces_kit import SAMPLE
from tests.desktop.reviews_kit import GOOD, WAIT, click, table_file
from tests.engine import faces_samples as samples

T = TypeVar("T")


@pytest.fixture
def application(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_env: Path
) -> Iterator[Application]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = Application(qapp, tmp_path / "maumgyeol.log", TABS)
    made.window.resize(1200, 800)
    made.window.show()
    yield made
    made.net.remove()
    monkeypatch.setattr("desktop.shell.window.confirm", lambda *args: True)
    made.window.close()
    made.close()
    made.window.deleteLater()
    from desktop.app import i18n

    i18n.install(qapp, "ko")


def tab(running: Application, kind: type[T]) -> T:
    """Bring the tab of this kind to the front and return it."""
    key = kind.__name__.removesuffix("Tab").lower()
    index = running.window.tabs.index_of(key)
    assert index is not None
    running.window.show_tab(index)
    found: Any = running.window.tabs.tab(index)
    assert isinstance(found, kind)
    return found


def idle(bot: QtBot, running: Application) -> None:
    bot.waitUntil(lambda: not running.context.workers.busy, timeout=WAIT)


def test_texts_chat_and_drawing_stay(application: Application, qtbot: QtBot) -> None:
    tab(application, ReviewsTab).one.write.box.setPlainText(GOOD)
    tab(application, EmotionsTab).one.write.box.setPlainText("정말 기쁘다")
    chat = tab(application, ChatTab)
    chat.send("심심해")
    qtbot.waitUntil(lambda: len(chat._turns) == 1 and not chat._busy(), timeout=WAIT)
    chat.input.line.setText("쓰다 만 말")
    digits = tab(application, DigitsTab)
    digits._sheet.canvas.drawing.begin(Point(0.5, 0.1), 0.08)
    digits._sheet.canvas.drawing.move(Point(0.5, 0.9))
    digits._sheet.canvas.drawing.finish()
    digits._drawn()
    qtbot.waitUntil(lambda: digits._panel.result is not None, timeout=WAIT)
    tab(application, LearningTab).select("digits")
    application.window.toggle_history()
    idle(qtbot, application)
    said = [bubble.words.label.text() for bubble in chat.talk.bubbles]
    reviews_before = len(application.context.library.history("reviews"))
    application.window.set_language("en")
    assert application.window.windowTitle() and application.context.language == "en"
    assert application.window.history is not None and application.window.history.isVisible()
    application.window.set_language("ko")  # tabs that were not opened meanwhile keep theirs too
    application.window.set_language("en")
    reviews = tab(application, ReviewsTab)
    qtbot.waitUntil(lambda: reviews.one.result.result is not None, timeout=WAIT)
    assert reviews.one.write.text() == GOOD and reviews.one.result.label.text() == "positive"
    reviews.one.flush()
    rows = application.context.library.history("reviews")
    assert len(rows) == max(reviews_before, 1)  # the same text is no second row
    emotions = tab(application, EmotionsTab)
    assert emotions.one.write.text() == "정말 기쁘다"
    chat = tab(application, ChatTab)
    assert [bubble.words.label.text() for bubble in chat.talk.bubbles] == said
    assert chat.input.line.text() == "쓰다 만 말"
    chat.input.line.clear()
    chat.send("고마워")
    qtbot.waitUntil(lambda: len(chat._turns) == 2 and not chat._busy(), timeout=WAIT)
    assert len(application.context.library.history("chat")) == 1
    digits = tab(application, DigitsTab)
    assert len(digits._sheet.canvas.strokes) == 1 and digits._sheet.canvas.can_undo
    assert digits._panel.result is not None and digits._panel.result.label == "1"
    assert tab(application, LearningTab).domain.key == "digits"
    idle(qtbot, application)


def test_photos_and_files_stay(application: Application, qtbot: QtBot, tmp_path: Path) -> None:
    reviews = tab(application, ReviewsTab)
    reviews.open_paths([table_file(tmp_path)])
    qtbot.waitUntil(lambda: reviews.file.reading is not None, timeout=WAIT)
    faces = tab(application, FacesTab)
    faces.open_paths([SAMPLE])
    qtbot.waitUntil(lambda: faces._shot is not None, timeout=WAIT)
    comments = tab(application, CommentsTab)
    files = photos(tmp_path / "사진")
    comments.open_paths(files)
    qtbot.waitUntil(lambda: not comments.flow.running, timeout=WAIT)
    comments._bring(2)
    written = comments.entry.written
    assert written is not None
    comments.own.box.setPlainText("내가 쓰던 댓글")
    idle(qtbot, application)
    application.window.set_language("en")
    comments = tab(application, CommentsTab)
    assert [e.path for e in comments.album.entries] == files and comments.flow.front == 2
    assert comments.entry.written == written and not comments.flow.running
    assert comments.own.text == "내가 쓰던 댓글"
    faces = tab(application, FacesTab)
    label = faces.findChild(QLabel, "faceLabel")
    assert faces._shot is not None and label is not None and label.text().lower() == "happy"
    reviews = tab(application, ReviewsTab)
    assert reviews.file.isVisible() and reviews.file.reading is not None
    assert reviews.file.reading.finished and reviews.file.reading.rows == 40
    idle(qtbot, application)


def test_work_is_asked_about_before_the_language_changes_or_the_window_closes(
    application: Application, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = tab(application, FacesTab)
    click(qtbot, faces, "faceMode-session")
    click(qtbot, faces, "sessionRate-all")
    faces.open_paths([samples.video(tmp_path / "long.avi", frames=400)])
    text = faces.findChild(QLabel, "jobText")
    qtbot.waitUntil(lambda: text is not None and "배속" in text.text(), timeout=WAIT)
    asked: list[str] = []
    monkeypatch.setattr(
        "desktop.shell.window.confirm", lambda *args: asked.append(args[2]) or False
    )
    window = application.window
    window.set_language("en")
    assert application.window is window and application.context.language == "ko"
    assert window.menus._languages["ko"].isChecked()
    window.close()
    assert window.isVisible() and len(asked) == 2 and "영상을 여는 중" in asked[0]
    monkeypatch.setattr("desktop.shell.window.confirm", lambda *args: True)
    window.set_language("en")
    idle(qtbot, application)
    sessions = shelf.sessions()
    assert all(one.about.partial for one in sessions)
    faces = tab(application, FacesTab)
    mode = faces.findChild(QPushButton, "faceMode-session")
    assert mode is not None and mode.isChecked()
    qtbot.mouseClick(mode, Qt.MouseButton.LeftButton)
    idle(qtbot, application)
