"""The switch of the faces tab between reading faces and hiding them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.faces_mosaic import MosaicPanel
from desktop.widgets.choice import Choice
from desktop.widgets.page import Page

READ, HIDE = "read", "hide"


class MosaicMode(QObject):
    """Lays the mosaic's panel over a page's body, and the page's own tools aside.

    Signals:
        entered(): faces are hidden from now on; what was being read has to stop.
    """

    entered = Signal()

    def __init__(self, page: Page, tools: Sequence[QWidget]) -> None:
        """Take the page, and its tools that are of no use while faces are hidden."""
        super().__init__(page)
        self._page, self._tools = page, tools
        self._choice = Choice(
            "faceMode",
            [
                (READ, self.tr("읽기"), self.tr("표정과 움직임을 읽어요")),
                (HIDE, self.tr("가리기"), self.tr("사진, 폴더, 영상의 얼굴을 가려요")),
            ],
            READ,
        )
        self._choice.chosen.connect(self._switch)
        page.tools.insertWidget(0, self._choice)
        self.panel = MosaicPanel(page.context, page.banner, page.job_bar)
        self._scroller = self._lay_out()
        self._scroller.hide()

    @property
    def on(self) -> bool:
        """Whether faces are hidden, not read."""
        return self._choice.current == HIDE

    def accepts(self, path: Path) -> bool:
        """Whether faces are hidden, and *path* is something to hide them in."""
        return self.on and self.panel.accepts(path)

    def set_on(self, on: bool) -> None:
        """Switch to hiding, or back."""
        if on != self.on:
            self._choice.set_current(HIDE if on else READ)
            self._switch(self._choice.current)

    def _lay_out(self) -> QScrollArea:
        content = QWidget()
        content.setObjectName("scrollBody")
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
        scroller = QScrollArea()
        scroller.setWidget(content)
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        outer = self._page.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addWidget(scroller, 1)
        return scroller

    def _switch(self, mode: str) -> None:
        hiding = mode == HIDE
        self._page.banner.clear()
        if hiding:
            self.entered.emit()
        else:
            self.panel.stop()
        for tool in self._tools:
            tool.setVisible(not hiding)
        self._page.scroller.setVisible(not hiding)
        self._scroller.setVisible(hiding)
