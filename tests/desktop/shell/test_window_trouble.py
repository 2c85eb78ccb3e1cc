"""The window in trouble, in another language, its log, and a quick start."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.app import logs
from desktop.app import settings as keys
from desktop.app.application import Application
from desktop.app.context import AppContext, make_context
from desktop.shell.dialogs.about import AboutDialog, LogDialog
from desktop.shell.tabs import TABS
from desktop.shell.window import MainWindow
from engine.core import state
from engine.core.errors import Message, StorageError
from tests.desktop.window_kit import HEAVY, SPECS


def test_a_data_folder_that_cannot_be_written_is_told_and_the_window_goes_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "a-file"
    blocker.write_text("in the way")
    monkeypatch.setenv("MAUMGYEOL_DATA", str(blocker / "data"))
    context = make_context()
    window = MainWindow(context, SPECS)
    qtbot.addWidget(window)
    window.show()
    assert "메모리에만" in window.banner.text()
    assert context.remember("faces", "행복", {}) == 1  # goes on, in memory
    assert [row.summary for row in context.library.history()] == ["행복"]
    window.step_zoom(1)
    window.close()
    context.close()


def _window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(make_context(), SPECS)
    qtbot.addWidget(window)
    window.show()
    return window


def test_damaged_state_is_set_aside_told_and_the_window_goes_on(
    qtbot: QtBot, data_env: Path
) -> None:
    data_env.mkdir()
    damaged = b"not a database, and longer than a header" * 100
    (data_env / "library.sqlite3").write_bytes(damaged)
    (data_env / "settings.json").write_text("[" * 100_000)
    window = _window(qtbot)
    said = window.banner.text()
    for name in ("library.sqlite3", "settings.json"):
        (aside,) = data_env.glob(f"{name}.damaged-*")
        assert aside.name in said
    assert "손상" in said and next(data_env.glob("library*.damaged-*")).read_bytes() == damaged
    window.context.language = "en"
    assert window.context.remember("faces", "행복", {}) == 1
    window.context.close()
    again = make_context()  # kept in a file, not in memory
    assert again.problems == [] and len(again.library.history()) == 1
    again.close()


def test_one_damaged_row_of_the_history_does_not_keep_the_window_from_starting(
    qtbot: QtBot, data_env: Path
) -> None:
    context = make_context()
    for label in ("행복", "슬픔"):
        context.remember("faces", label, {})
    context.close()
    with sqlite3.connect(data_env / "library.sqlite3") as connection:
        connection.execute("UPDATE history SET payload = '{' WHERE id = 2")
    connection.close()
    window = _window(qtbot)
    assert [row.summary for row in window.context.library.history()] == ["행복"]
    assert "손상된 1개" in window.banner.text()
    window.context.close()


@pytest.mark.parametrize(
    "values",
    [
        '{"window/geometry": "가나다", "window/last_tab": "?", "files/last_folder": "\\u0000"}',
        '{"window/geometry": "AAAA", "zoom": 1e308, "theme": [], "language": {}}',
        '{"zoom": NaN, "history/keep": "yes", "faces/source": "\\ud800"}',
    ],
)
def test_settings_of_odd_values_start_the_window(qtbot: QtBot, data_env: Path, values: str) -> None:
    data_env.mkdir()
    (data_env / "settings.json").write_text(values)
    window = _window(qtbot)
    window.step_zoom(0)
    assert window.context.settings.get(keys.ZOOM) == 1.0 and state.take_news() == []
    window.close()
    window.context.close()


def test_news_of_another_thread_is_shown_below_what_is_there(qtbot: QtBot) -> None:
    window = _window(qtbot)
    for text in ("하나", "둘", "하나"):
        thread = threading.Thread(target=state.tell, args=(Message(text, text),))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: window.banner.text() == "하나\n둘")
    window.context.close()


def test_a_command_tells_of_damaged_state_and_goes_on(data_env: Path) -> None:
    data_env.mkdir()
    (data_env / "chat.json").write_bytes(b"\x00" * 50)
    done = subprocess.run(
        [sys.executable, "-m", "desktop.app.main", "chat", "--seed", "1"],
        input="안녕", capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip()
    assert "taught answers is damaged" in done.stderr and "chat.json.damaged-" in done.stderr


def test_expected_errors_are_said_as_they_are_and_others_go_to_the_log(
    context: AppContext, caplog: pytest.LogCaptureFixture
) -> None:
    assert context.error_text(StorageError("꽉 찼어요.", "It is full.")) == "꽉 찼어요."
    context.language = "en"
    assert context.error_text(StorageError("꽉 찼어요.", "It is full.")) == "It is full."
    assert "Open log" in context.error_text(KeyError("secret"))
    assert "secret" in caplog.text
    assert context.say(None) == "" and context.say(Message("가", "a")) == "a"


@pytest.fixture
def application(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_env: Path
) -> Iterator[Application]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = Application(qapp, tmp_path / "maumgyeol.log", SPECS)
    yield made
    made.net.remove()
    made.window.close()
    made.close()
    made.window.deleteLater()


def test_an_uncaught_exception_is_logged_and_told(
    application: Application, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ValueError("lost?")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert "lost?" in caplog.text and "로그" in application.window.banner.text()
    application.window.banner.clear()
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: application.window.banner.text() != "")
    assert "ZeroDivisionError" in caplog.text


def test_another_language_builds_the_window_anew(application: Application, qtbot: QtBot) -> None:
    old = application.window
    old.show()
    assert old.windowTitle() == "마음결" and old.menuBar().actions()[0].text() == "파일"
    old.set_language("en")
    new = application.window
    assert new is not old and new.isVisible() and not old.isVisible()
    assert new.menuBar().actions()[0].text() == "File"
    assert application.context.language == "en"
    new.set_language("ko")
    assert application.window.menuBar().actions()[0].text() == "파일"


def test_the_log_turns_over_when_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 200)
    handler = logs.RotatingFile(tmp_path / "a.log", encoding="utf-8")
    for number in range(100):
        handler.emit(logging.LogRecord("x", 20, "f", 1, f"line {number} " + "-" * 40, None, None))
    handler.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["a.log", "a.log.1", "a.log.2", "a.log.3"]
    assert "line 99" in logs.tail(tmp_path / "a.log") + logs.tail(tmp_path / "a.log.1")
    assert logs.tail(tmp_path / "none.log") == ""


def test_the_log_falls_back_to_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "a-file"
    blocker.write_text("in the way")
    monkeypatch.setenv("MAUMGYEOL_DATA", str(blocker / "data"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    path = logs.start()
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    assert path == tmp_path / "maumgyeol.log"


def test_the_log_and_the_particulars_can_be_read(
    context: AppContext, qtbot: QtBot, tmp_path: Path
) -> None:
    log = tmp_path / "maumgyeol.log"
    log.write_text("한 줄\n", encoding="utf-8")
    shown = LogDialog(log)
    qtbot.addWidget(shown)
    text = shown.findChild(QPlainTextEdit, "logText")
    assert isinstance(text, QPlainTextEdit) and "한 줄" in text.toPlainText()
    about = AboutDialog(context)
    qtbot.addWidget(about)
    card = about.findChild(QTextBrowser, "aboutText")
    assert isinstance(card, QTextBrowser) and "AGPL-3.0" in card.toPlainText()
    about.select("face-landmarker")
    assert "Apache-2.0" in card.toPlainText()


@pytest.mark.parametrize("tab", [spec.key for spec in TABS])
def test_the_start_imports_nothing_heavy(tab: str, data_env: Path) -> None:
    data_env.mkdir()
    (data_env / "settings.json").write_text(f'{{"window/last_tab": "{tab}"}}')
    code = (
        "import sys\n"
        "from desktop.app import application as app; from desktop.shell import window\n"
        "def painted(self):\n"
        f"    print([name for name in {HEAVY!r} if name in sys.modules], flush=True)\n"
        "    self.painted.emit()\n"
        "window.MainWindow._after_first_paint = painted\n"
        "app.run(['--quit-after-paint'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
