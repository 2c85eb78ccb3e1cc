"""The switch of the faces tab between reading faces, hiding them, and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.faces.mosaic.tab import MosaicPanel
from desktop.tabs.faces.sessions.tab import SessionPanel
from desktop.widgets.buttons import Choice
from desktop.widgets.page import Page
from engine.core.library import HistoryRow

READ, HIDE, SESSION = "read", "hide", "session"


class MosaicMode(QObject):
    """Lays the panels of the other modes over a page's body, and the page's own tools aside.

    Signals:
        entered(): faces are no longer read from now on; what was being read has to stop.
    """

    entered = Signal()

    def __init__(self, page: Page, tools: Sequence[QWidget]) -> None:
        """Take the page, and its tools that are of no use in the other modes."""
        super().__init__(page)
        self._page, self._tools = page, tools
        self._choice = Choice(
            "faceMode",
            [
                (READ, self.tr("읽기"), self.tr("표정과 움직임을 읽어요")),
                (SESSION, self.tr("세션"), self.tr("시간에 따른 기록을 보고, 영상을 분석해요")),
                (HIDE, self.tr("가리기"), self.tr("사진, 폴더, 영상의 얼굴을 가려요")),
            ],
            READ,
        )
        self._choice.chosen.connect(self._switch)
        page.tools.insertWidget(0, self._choice)
        self.panel = MosaicPanel(page.context, page.banner, page.job_bar)
        self.session = SessionPanel(page)
        self._scrollers = {
            READ: page.scroller,
            HIDE: self._scroller(self._lay_out()),
            SESSION: self._scroller(self.session),
        }
        for mode in (HIDE, SESSION):
            self._scrollers[mode].hide()
        down = self._scrollers[SESSION].verticalScrollBar()
        self.session.turned.connect(lambda: down.setValue(0))

    @property
    def on(self) -> bool:
        """Whether faces are hidden, not read."""
        return self._choice.current == HIDE

    def accepts(self, path: Path) -> bool:
        """Whether faces are hidden, and *path* is something to hide them in."""
        return self.on and self.panel.accepts(path)

    def take(self, paths: list[Path]) -> bool:
        """Hand *paths* to the mode that is on; false where faces are simply read."""
        if self._choice.current == READ:
            return False
        (self.panel if self.on else self.session).open_paths(paths)
        return True

    def recall(self, row: HistoryRow) -> bool:
        """Open the session that *row* is of; without one, go back to reading and say so."""
        number = row.payload.get("session_id")
        if isinstance(number, str):
            self.open_session(number)
            return True
        self._set(READ)
        return False

    def open_session(self, number: str) -> None:
        """Show a session."""
        self._set(SESSION, fresh=False)
        self.session.open_session(number)

    def set_on(self, on: bool) -> None:
        """Switch to hiding, or back."""
        if on != self.on:
            self._set(HIDE if on else READ)

    def state(self) -> object:
        """Return which mode is on, and what the other panels show."""
        return self._choice.current, self.panel.state(), self.session.state()

    def restore(self, state: Any) -> None:
        """Show what another page showed."""
        mode, panel, number = state
        self.panel.restore(panel)
        if mode == SESSION and number:
            self.open_session(number)
        else:
            self._set(mode)

    def stop(self) -> None:
        """Stop what runs in the other modes."""
        self.panel.stop()
        self.session.stop()

    def _set(self, mode: str, *, fresh: bool = True) -> None:
        if mode != self._choice.current:
            self._choice.set_current(mode)
            self._switch(mode, fresh=fresh)

    def _lay_out(self) -> QWidget:
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(theme.px(24), theme.px(2), theme.px(24), theme.px(20))
        row.setSpacing(theme.px(14))
        columns = []
        for stretch in (3, 2):
            column = QVBoxLayout()
            column.setSpacing(theme.px(14))
            row.addLayout(column, stretch)
            columns.append(column)
        self.panel.lay_out(*columns)
        self._page.stack_when_narrow(row)
        return content

    def _scroller(self, content: QWidget) -> QScrollArea:
        content.setObjectName("scrollBody")
        scroller = QScrollArea()
        scroller.setWidget(content)
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        outer = self._page.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addWidget(scroller, 1)
        return scroller

    def _switch(self, mode: str, *, fresh: bool = True) -> None:
        self._page.banner.clear()
        if mode == READ:
            self.panel.stop()
            self.session.stop()
        else:
            self.entered.emit()
            (self.session if mode == HIDE else self.panel).stop()
        if mode == SESSION and fresh:
            self.session.show_list()
        for tool in self._tools:
            tool.setVisible(mode == READ)
        for name, scroller in self._scrollers.items():
            scroller.setVisible(name == mode)
