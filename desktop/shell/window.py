"""The main window: navigation, tabs, history, banner, status bar. It knows no tab's business."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from desktop import theme
from desktop.app import external
from desktop.app import settings as keys
from desktop.app.context import UNEXPECTED, AppContext
from desktop.shell.navigation import Navigation
from desktop.shell.tabs import TABS, TabSpec, TabStack
from desktop.theme import icons
from desktop.widgets import files
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner, JobBar, confirm
from engine.core.library import HistoryRow

if TYPE_CHECKING:
    from desktop.shell.history import HistoryPanel

LANGUAGES = (("ko", "한국어"), ("en", "English"))


class Menus(QObject):
    """Fills the menu bar of a window with what can be done from everywhere."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._file(window.menuBar().addMenu(self.tr("파일")))
        self._view(window.menuBar().addMenu(self.tr("보기")))
        self._tools(window.menuBar().addMenu(self.tr("도구")))
        languages = window.menuBar().addMenu(self.tr("언어"))
        self._languages = self._choice(
            languages, LANGUAGES, window.context.language, window.set_language
        )
        self._help(window.menuBar().addMenu(self.tr("도움말")))

    def show_language(self, language: str) -> None:
        """Tick *language* again: the user has thought better of another."""
        self._languages[language].setChecked(True)

    def _file(self, menu: QMenu) -> None:
        window = self._window
        self._add(menu, self.tr("열기…"), window.ask_open, "Ctrl+O", "open")
        self._add(menu, self.tr("결과 저장…"), window.save_result, "Ctrl+S", "save")
        menu.addSeparator()
        self._add(menu, self.tr("끝내기"), window.close, "Ctrl+Q")

    def _view(self, menu: QMenu) -> None:
        window = self._window
        for index, spec in enumerate(window.specs):
            self._add(
                menu,
                spec.title(),
                lambda checked=False, at=index: window.show_tab(at),
                f"Ctrl+{index + 1}",
                spec.key,
            )
        menu.addSeparator()
        self._add(menu, self.tr("기록"), window.toggle_history, "Ctrl+H", "history")
        menu.addSeparator()
        looks = (
            ("system", self.tr("시스템 설정대로")),
            ("light", self.tr("밝게")),
            ("dark", self.tr("어둡게")),
        )
        look = menu.addMenu(self.tr("테마"))
        self._choice(look, looks, window.context.settings.get(keys.THEME), window.set_theme)
        zoom = menu.addMenu(self.tr("글자 크기"))
        larger = self._add(zoom, self.tr("크게"), lambda: window.step_zoom(1))
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._add(zoom, self.tr("작게"), lambda: window.step_zoom(-1), "Ctrl+-")
        self._add(zoom, self.tr("원래대로"), lambda: window.step_zoom(0), "Ctrl+0")

    def _tools(self, menu: QMenu) -> None:
        self._add(menu, self.tr("모델 보고서…"), self._report, "Ctrl+R", "chart")
        self._add(menu, self.tr("모델 관리…"), self._models, "Ctrl+M", "download")

    def _report(self) -> None:
        from desktop.shell.dialogs.report import ReportDialog

        dialog = ReportDialog(self._window.context, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _models(self) -> None:
        from desktop.shell.dialogs.models import ModelsDialog

        dialog = self._window.findChild(ModelsDialog)
        if dialog is None:
            dialog = ModelsDialog(self._window.context, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _help(self, menu: QMenu) -> None:
        window = self._window
        self._add(menu, self.tr("로그 열기"), window.show_log, icon="log")
        self._add(menu, self.tr("데이터 폴더 열기"), window.open_data_folder, icon="folder")
        menu.addSeparator()
        self._add(menu, self.tr("마음결 정보"), window.show_about, icon="info")

    def _add(
        self,
        menu: QMenu,
        text: str,
        call: Callable[..., object],
        shortcut: str = "",
        icon: str = "",
    ) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(call)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        if icon:  # drawn when the menu opens: in the colours of then, and not at the start
            menu.aboutToShow.connect(lambda: action.setIcon(icons.icon(icon)))
        return action

    def _choice(
        self,
        menu: QMenu,
        names: tuple[tuple[str, str], ...],
        current: str,
        call: Callable[[str], object],
    ) -> dict[str, QAction]:
        """Add entries of which exactly one is on, and return them by their keys."""
        group = QActionGroup(menu)
        actions = {}
        for key, text in names:
            action = self._add(menu, text, lambda checked=False, chosen=key: call(chosen))
            action.setCheckable(True)
            action.setChecked(key == current)
            group.addAction(action)
            actions[key] = action
        return actions


MESSAGE_MS = 8000
HISTORY, HISTORY_SHOWN = "history", "history/shown"
"""Beside the tabs' keys: what the history panel shows, and whether it is open."""


class MainWindow(QMainWindow):
    """``painted``: the window has been drawn once; ``language_chosen(str)``."""

    painted = Signal()
    language_chosen = Signal(str)

    def __init__(
        self,
        context: AppContext,
        specs: Sequence[TabSpec] = TABS,
        log_path: Path | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.specs = tuple(specs)
        self._log_path = log_path
        self._painted = self._agreed = False
        self.history: HistoryPanel | None = None
        self.setWindowTitle(self.tr("마음결"))
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.navigation = Navigation(self.specs)
        self.banner = Banner()
        self.tabs = TabStack(context, self.specs)
        self._row = QHBoxLayout()
        self._lay_out()
        self.menus = Menus(self)
        self._restore_place()
        self.navigation.chosen.connect(self.show_tab)
        self.navigation.history_toggled.connect(self._show_history)
        self.tabs.message.connect(self.say)
        context.signals.notice.connect(self._warn)
        context.signals.text_handed.connect(self._show_text)
        first = self.tabs.index_of(context.settings.get(keys.LAST_TAB)) or 0
        self.tabs.setCurrentIndex(first)  # built after the first drawing
        self.navigation.select(first)
        if context.problems:
            self.banner.show_warning("\n".join(context.say(text) for text in context.problems))

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        margin = theme.px(12)
        banner_row = QHBoxLayout()
        banner_row.setContentsMargins(margin, 0, margin, 0)
        banner_row.addWidget(self.banner)
        middle.addLayout(banner_row)
        middle.addWidget(self.tabs, 1)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.navigation)
        self._row.addLayout(middle, 1)
        central = QWidget()
        central.setLayout(self._row)
        self.setCentralWidget(central)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(Label(self.tr("모든 계산은 이 컴퓨터 안에서")))

    def _restore_place(self) -> None:
        self.setMinimumSize(760, 560)
        self.resize(1240, 820)
        stored = self.context.settings.get(keys.GEOMETRY)
        if stored:
            self.restoreGeometry(
                QByteArray.fromBase64(QByteArray(stored.encode("ascii", "replace")))
            )

    # Tabs and files

    def show_tab(self, index: int) -> None:
        """Bring a tab to the front."""
        self.tabs.show_tab(index)
        self.navigation.select(index)
        self.context.settings.set(keys.LAST_TAB, self.specs[index].key)

    def _show_text(self, key: str, text: str) -> None:
        index = self.tabs.index_of(key)
        if index is not None:
            self.show_tab(index)
            self.tabs.show_text(index, text)

    def ask_open(self) -> None:
        """Ask for files (menu Open) and hand them to the tab that takes them."""
        spec = self.specs[self.tabs.current]
        every = sorted({suffix for each in self.specs for suffix in each.suffixes})
        filters = [files.name_filter(self.tr("모두"), every)]
        if spec.suffixes:
            filters.insert(0, files.name_filter(spec.title(), spec.suffixes))
        self.open_paths(files.ask_open(self, self.context.settings, ";;".join(filters), many=True))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Hand files to the current tab if it takes them, else to the first that does."""
        taken = self.tabs.taker(paths)
        if taken is not None:
            self.show_tab(taken[0])
            self.tabs.open_paths(*taken)
        elif paths:
            text = self.tr("열 수 없는 종류의 파일이에요: {names}")
            self.banner.show_warning(text.format(names=", ".join(p.name for p in paths[:3])))

    def save_result(self) -> None:
        """Save what the current tab shows (menu Save)."""
        self.tabs.save_result()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let local files hover."""
        if files.local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open dropped files."""
        event.acceptProposedAction()
        self.open_paths(files.local_paths(event.mimeData()))

    # History

    def toggle_history(self) -> None:
        """Show or hide the history panel."""
        self.navigation.history.toggle()

    def _show_history(self, on: bool) -> None:
        if self.history is None:
            from desktop.shell.history import HistoryPanel

            self.history = HistoryPanel(self.context)
            self.history.chosen.connect(self._open_history)
            self.history.closed.connect(self.toggle_history)
            self._row.addWidget(self.history)
        self.history.setVisible(on)
        if on:
            self.history.reload()

    def _open_history(self, row: HistoryRow) -> None:
        index = self.tabs.index_of(row.domain)
        if index is not None:
            self.show_tab(index)
            self.tabs.show_history(index, row)

    # Look and language

    def set_theme(self, mode: str) -> None:
        """Change to ``system``, ``light`` or ``dark``."""
        self.context.settings.set(keys.THEME, mode)
        self._apply_theme()

    def step_zoom(self, step: int) -> None:
        """Make everything larger (1), smaller (-1) or as it was (0)."""
        steps = keys.ZOOM_STEPS
        now = min(range(len(steps)), key=lambda i: abs(steps[i] - theme.zoom()))
        index = min(max(now + step, 0), len(steps) - 1)
        self.context.settings.set(keys.ZOOM, steps[index] if step else 1.0)
        self._apply_theme()
        self.say(self.tr("글자 크기 {n}%").format(n=round(theme.zoom() * 100)))

    def set_language(self, language: str) -> None:
        """Speak another language: the application builds the window anew, as it stands."""
        if language == self.context.language:
            return
        if not self.may_stop(self.tr("언어")):
            self.menus.show_language(self.context.language)
            return
        self._agreed = True
        self.context.settings.set(keys.LANGUAGE, language)
        self.language_chosen.emit(language)

    def states(self) -> dict[str, object]:
        """Return what the tabs and the history show, for :meth:`restore` of another window."""
        shown = self.history is not None and self.history.isVisible()
        return {**self.tabs.states(), HISTORY: self.history.state() if self.history else None,
                HISTORY_SHOWN: shown}  # fmt: skip

    def restore(self, states: dict[str, object]) -> None:
        """Show what another window showed, each tab as soon as it is opened."""
        self.tabs.restore(states)
        if states[HISTORY_SHOWN]:
            self.toggle_history()
            if self.history is not None:
                self.history.restore(states[HISTORY])

    def may_stop(self, title: str) -> bool:
        """Ask whether what runs may be stopped; true where nothing does.

        Not asked while the whole desktop session ends: it would be held up.
        """
        bars = [bar.work for bar in self.findChildren(JobBar) if bar.work]
        work = [*bars, *self.tabs.work()]
        app = QApplication.instance()
        if not work or (isinstance(app, QApplication) and app.isSavingSession()):
            return True
        text = self.tr(
            "아직 하고 있는 일이 있어요.\n{work}\n멈출까요? 여기까지 저장된 것만 남아요."
        )
        return confirm(self, title, text.format(work="\n".join(f"• {each}" for each in work)))

    def _apply_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            settings = self.context.settings
            theme.apply(app, settings.get(keys.THEME), settings.get(keys.ZOOM))

    # Help and messages

    def show_log(self) -> None:
        """Show the end of the log file."""
        from desktop.shell.dialogs.about import LogDialog

        LogDialog(self._log_path or Path("maumgyeol.log"), self).exec()

    def show_about(self) -> None:
        """Show the program's and the models' particulars."""
        from desktop.shell.dialogs.about import AboutDialog

        AboutDialog(self.context, self).exec()

    def open_data_folder(self) -> None:
        """Open the folder of history, settings and log in the file manager."""
        folder = self.context.library.path.absolute().parent
        if not external.open_outside(folder):
            self.banner.show_info(self.tr("데이터 폴더: {folder}").format(folder=folder))

    def say(self, text: str) -> None:
        """Show a short sentence in the status bar for a while."""
        self.statusBar().showMessage(text, MESSAGE_MS)

    def _warn(self, text: str) -> None:
        """Show a warning below those that are still shown."""
        shown = self.banner.text() if self.banner.kind == "warning" else ""
        if text not in shown.splitlines():
            self.banner.show_warning(f"{shown}\n{text}" if shown else text)

    def show_unexpected(self, error: BaseException) -> None:
        """Tell of an exception that nobody caught; it is in the log already."""
        self.banner.show_error(self.context.say(UNEXPECTED), self.tr("로그 열기"), self.show_log)

    # Qt's own calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first drawing, after which the first tab is built and its engine loads."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.painted.emit()
        self.show_tab(self.tabs.current)
        self.tabs.warm_up()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while work runs; then stop cameras and jobs, and remember the window's place."""
        if not (self._agreed or self.may_stop(self.tr("끝내기"))):
            event.ignore()
            return
        geometry = base64.b64encode(bytes(self.saveGeometry().data())).decode("ascii")
        self.context.settings.set(keys.GEOMETRY, geometry)
        self.tabs.shutdown()
        super().closeEvent(event)
