"""The menu bar: what can be done from everywhere, with its shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop import icons
from desktop import settings as keys

if TYPE_CHECKING:
    from desktop.window import MainWindow

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
        from desktop.report_dialog import ReportDialog

        dialog = ReportDialog(self._window.context, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _models(self) -> None:
        from desktop.models_dialog import ModelsDialog

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
