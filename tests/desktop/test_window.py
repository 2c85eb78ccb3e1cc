"""The window itself: lazy tabs, files, shortcuts, look, language, trouble, and a quick start."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextBrowser, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import logs, theme
from desktop import settings as keys
from desktop.app import Application
from desktop.context import AppContext, make_context
from desktop.dialogs import AboutDialog, LogDialog
from desktop.tab_list import IMAGES, TABS, TEXTS, TabSpec
from desktop.window import MainWindow
from engine.errors import Message, StorageError
from engine.library import HistoryRow

HEAVY = ("cv2", "onnxruntime", "mediapipe", "sklearn", "pyqtgraph", "torch", "matplotlib")


class NoteTab(QWidget):
    """A tab that writes down what the window asks of it."""

    message = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []
        self.text = QPlainTextEdit()
        QVBoxLayout(self).addWidget(self.text)

    def accepts(self, path: Path) -> bool:
        return path.stem != "refused"

    def open_paths(self, paths: list[Path]) -> None:
        self.calls.append(("open", paths))

    def save_result(self) -> None:
        self.calls.append(("save",))

    def warm_up(self) -> None:
        self.calls.append(("warm",))

    def show_history(self, row: HistoryRow) -> None:
        self.calls.append(("history", row.summary))

    def shutdown(self) -> None:
        self.calls.append(("shutdown",))


class BareTab(QWidget):
    """A tab that offers nothing."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()


def broken(context: AppContext) -> QWidget:
    raise RuntimeError("this tab does not come up")


SPECS = (
    TabSpec("reviews", lambda: "하나", NoteTab, TEXTS),
    TabSpec("faces", lambda: "둘", NoteTab, IMAGES),
    TabSpec("digits", lambda: "셋", NoteTab, IMAGES),
    TabSpec("comments", lambda: "넷", broken, (".xyz",)),
    TabSpec("learning", lambda: "다섯", BareTab),
)


@pytest.fixture
def make_window(
    context: AppContext, qtbot: QtBot, qapp: QApplication
) -> Iterator[Callable[[], MainWindow]]:
    def make() -> MainWindow:
        window = MainWindow(context, SPECS)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: isinstance(window.tabs.currentWidget(), NoteTab))
        return window

    yield make
    theme.apply(qapp, "light")


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()


def calls(window: MainWindow, index: int) -> list[tuple[object, ...]]:
    tab = window.tabs.tab(index)
    assert isinstance(tab, NoteTab)
    return tab.calls


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """Trigger the menu entry that has the shortcut (offscreen windows are never active)."""
    wanted = QKeySequence(keys)
    found = [
        action
        for menu in window.menuBar().findChildren(type(window.menuBar().addMenu("")))
        for action in menu.actions()
        if wanted in action.shortcuts()
    ]
    assert len(found) == 1, keys
    found[0].trigger()


def test_only_the_shown_tab_is_built_and_warmed_after_the_first_paint(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: calls(window, 0) == [("warm",)])
    assert not isinstance(window.tabs.widget(1), NoteTab)
    qtbot.mouseClick(window.navigation.buttons()[1], Qt.MouseButton.LeftButton)
    assert window.tabs.current == 1
    assert calls(window, 1) == [("warm",)]
    assert window.navigation.buttons()[1].isChecked()
    window.show_tab(0)
    window.show_tab(1)
    assert calls(window, 1) == [("warm",)]


def test_shortcuts_change_tabs_open_save_and_show_the_history(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in (3, 2, 1):
        press(qtbot, window, f"Ctrl+{number}")
        assert window.tabs.current == number - 1
    press(qtbot, window, "Ctrl+S")
    assert ("save",) in calls(window, 0)
    chosen = tmp_path / "a.csv"
    monkeypatch.setattr("desktop.widgets.files.ask_open", lambda *args, **kwargs: [chosen])
    press(qtbot, window, "Ctrl+O")
    assert ("open", [chosen]) in calls(window, 0)
    press(qtbot, window, "Ctrl+H")
    assert window.history is not None and window.history.isVisible()
    press(qtbot, window, "Ctrl+H")
    assert not window.history.isVisible()


def test_a_tab_without_results_says_that_there_is_nothing_to_save(window: MainWindow) -> None:
    window.show_tab(4)
    window.save_result()
    assert window.statusBar().currentMessage() == "여기에는 저장할 결과가 없어요."


def test_files_go_to_the_current_tab_if_it_takes_them_else_to_the_first(
    window: MainWindow, tmp_path: Path
) -> None:
    picture, table = tmp_path / "a.PNG", tmp_path / "b.csv"
    window.open_paths([picture])
    assert window.tabs.current == 1 and ("open", [picture]) in calls(window, 1)
    window.show_tab(2)
    window.open_paths([picture, table])
    assert window.tabs.current == 2 and ("open", [picture]) in calls(window, 2)
    window.open_paths([table])
    assert window.tabs.current == 0 and ("open", [table]) in calls(window, 0)
    window.open_paths([])


@pytest.mark.parametrize("name", ["a.exe", "no-suffix", "refused.png"])
def test_a_file_that_no_tab_takes_is_told(window: MainWindow, tmp_path: Path, name: str) -> None:
    window.open_paths([tmp_path / name])
    assert name in window.banner.text() and not window.banner.isHidden()


def test_files_dropped_on_the_window_are_opened(
    window: MainWindow, tmp_path: Path, drop_files: Callable[[QWidget, list[Path]], bool]
) -> None:
    assert drop_files(window, [tmp_path / "a.png"])
    assert ("open", [tmp_path / "a.png"]) in calls(window, 1)
    assert not drop_files(window, [])


def test_text_boxes_leave_dropped_files_to_the_window(window: MainWindow) -> None:
    tab = window.tabs.tab(0)
    assert isinstance(tab, NoteTab)
    assert not tab.text.acceptDrops() and not tab.text.viewport().acceptDrops()
    assert window.acceptDrops()


def test_a_tab_that_fails_leaves_the_window_alive(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    window.show_tab(3)
    assert window.tabs.current == 3
    assert "this tab does not come up" in caplog.text
    window.save_result()
    window.open_paths([Path("a.xyz")])
    window.show_tab(0)
    assert calls(window, 0)


def test_messages_of_tabs_reach_the_status_bar(window: MainWindow) -> None:
    tab = window.tabs.tab(0)
    assert isinstance(tab, NoteTab)
    tab.message.emit("저장했어요.")
    assert window.statusBar().currentMessage() == "저장했어요."


def test_an_answer_chosen_in_the_history_is_shown_by_its_tab(
    window: MainWindow, context: AppContext
) -> None:
    context.remember("faces", "행복 91 %", {})
    window.toggle_history()
    assert window.history is not None
    window.history.chosen.emit(context.library.history()[0])
    assert window.tabs.current == 1 and ("history", "행복 91 %") in calls(window, 1)


def test_theme_and_zoom_change_and_are_remembered(
    window: MainWindow, context: AppContext, qapp: QApplication
) -> None:
    window.set_theme("dark")
    assert theme.is_dark() and context.settings.get(keys.THEME) == "dark"
    window.set_theme("light")
    assert not theme.is_dark()
    window.step_zoom(1)
    assert theme.zoom() == context.settings.get(keys.ZOOM) == 1.1
    for _ in range(20):
        window.step_zoom(1)
    assert theme.zoom() == 2.0
    window.step_zoom(-1)
    assert theme.zoom() == 1.75
    window.step_zoom(0)
    assert theme.zoom() == 1.0


def test_place_and_tab_are_remembered(make_window: Callable[[], MainWindow]) -> None:
    first = make_window()
    first.resize(780, 600)  # the offscreen screen is 800 wide
    first.show_tab(2)
    first.close()
    second = make_window()
    assert second.size() == first.size() and second.tabs.current == 2


def test_closing_stops_the_tabs(window: MainWindow) -> None:
    window.tabs.tab(1)
    window.close()
    assert calls(window, 0)[-1] == calls(window, 1)[-1] == ("shutdown",)


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


def test_a_library_that_is_no_database_is_told_and_the_window_goes_on(
    qtbot: QtBot, data_env: Path
) -> None:
    data_env.mkdir()
    (data_env / "library.sqlite3").write_bytes(b"not a database, and longer than a header" * 100)
    context = make_context()
    assert context.problems and context.remember("faces", "행복", {}) == 1
    context.close()
    assert (data_env / "library.sqlite3").read_bytes().startswith(b"not a database")


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
        "from desktop import app, window\n"
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
