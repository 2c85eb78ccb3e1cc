"""The window itself: lazy tabs, files, shortcuts, look, language, trouble, and a quick start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.shell.window import MainWindow
from desktop.widgets.notices import JobBar
from tests.desktop.window_kit import NoteTab, calls, press


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


def test_a_folder_goes_to_the_tab_that_opens_folders(window: MainWindow, tmp_path: Path) -> None:
    window.open_paths([tmp_path])
    assert window.tabs.current == 2 and ("open", [tmp_path]) in calls(window, 2)


def test_a_text_that_one_tab_hands_to_another_is_shown_there(
    window: MainWindow, context: AppContext
) -> None:
    context.signals.text_handed.emit("faces", "오늘은 기뻤다")
    assert window.tabs.current == 1 and ("text", "오늘은 기뻤다") in calls(window, 1)
    assert window.navigation.buttons()[1].isChecked()
    context.signals.text_handed.emit("nowhere", "오늘은 기뻤다")
    context.signals.text_handed.emit("comments", "이 탭은 열리지 않는다")
    assert window.tabs.current == 3


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


def test_closing_while_work_runs_asks_first(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = JobBar()
    window.tabs.tab(0).layout().addWidget(bar)
    bar.start("영상을 여는 중…")
    asked: list[str] = []

    def answer(yes: bool) -> None:
        monkeypatch.setattr(
            "desktop.shell.window.confirm", lambda *args: (asked.append(args[2]), yes)[1]
        )

    answer(False)
    press(qtbot, window, "Ctrl+Q")
    assert "• 영상을 여는 중…" in asked[0] and window.isVisible()
    assert ("shutdown",) not in calls(window, 0)
    answer(True)
    press(qtbot, window, "Ctrl+Q")
    assert not window.isVisible() and ("shutdown",) in calls(window, 0)


def test_closing_asks_nothing_when_nothing_runs(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.shell.window.confirm", lambda *args: pytest.fail("asked"))
    press(qtbot, window, "Ctrl+Q")
    assert not window.isVisible()
