"""The scaffold of every tab: title, one line of explanation, tools, banner, job bar, body.

Use::

    class ReviewsTab(Page):
        def __init__(self, context: AppContext) -> None:
            super().__init__(context)
            self.set_heading(self.tr("리뷰 감성"), self.tr("글을 쓰면 바로 읽어요."))
            self.tools.addWidget(Button(self.tr("파일 열기"), "open"))
            self.body.addWidget(card)             # scrolls when the window is small
            self.body.addStretch(1)

        def accepts(self, path): …                # and open_paths, save_result, shutdown

    self.banner.show_error(…); self.job_bar.start(…); self.message.emit("저장했어요")

``columns`` puts cards side by side: ``left, right = self.columns(3, 2)``. In a narrow
window, or with large text, they come one below the other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets.banner import Banner
from desktop.widgets.job_bar import JobBar
from desktop.widgets.labels import Label

NARROW = 700
"""Pages narrower than this, in pixels before zoom, stack their columns."""


class Page(QWidget):
    """Base of the tabs; ``message(str)`` goes to the status bar."""

    message = Signal(str)
    title = ""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName("page")
        self._title = Label(role="title")
        self._subtitle = Label(role="subtitle", wrap=True)
        self._rows: list[QHBoxLayout] = []
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.px(8))
        self.banner = Banner()
        self.job_bar = JobBar()
        content = QWidget()
        content.setObjectName("scrollBody")
        self.body = QVBoxLayout(content)
        side, gap = theme.px(24), theme.px(14)
        self.body.setContentsMargins(side, theme.px(2), side, theme.px(20))
        self.body.setSpacing(gap)
        self.scroller = QScrollArea()
        self.scroller.setWidget(content)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._lay_out(side, gap)
        theme.notifier().changed.connect(self._arrange)

    def _lay_out(self, side: int, gap: int) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addLayout(self.tools)
        top = QVBoxLayout()
        top.setContentsMargins(side, theme.px(20), side, theme.px(12))
        top.setSpacing(gap)
        top.addLayout(head)
        top.addWidget(self.banner)
        top.addWidget(self.job_bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self.scroller, 1)

    def set_heading(self, title: str, subtitle: str = "") -> None:
        """Set the title and the line below it."""
        self.title = title
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def columns(self, *stretches: int) -> list[QVBoxLayout]:
        """Append side-by-side columns to the body and return their layouts."""
        row = QHBoxLayout()
        row.setSpacing(self.body.spacing())
        made = []
        for stretch in stretches:
            column = QVBoxLayout()
            column.setSpacing(self.body.spacing())
            row.addLayout(column, stretch)
            made.append(column)
        self.body.addLayout(row, 1)
        self.stack_when_narrow(row)
        return made

    def stack_when_narrow(self, row: QHBoxLayout) -> None:
        """Have the items of *row* come one below the other where there is little room."""
        self._rows.append(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put columns side by side, or one below the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            if row.direction() != way:
                row.setDirection(way)

    def show_error(self, error: BaseException) -> None:
        """Show an exception's sentence in the page's banner."""
        self.banner.show_error(self.context.error_text(error))

    def accepts(self, path: Path) -> bool:
        """Whether this tab opens such a file."""
        return False

    def open_paths(self, paths: list[Path]) -> None:
        """Open files that were dropped or chosen in the menu."""

    def show_text(self, text: str) -> None:
        """Read a text that another tab hands over."""

    def save_result(self) -> None:
        """Save what the tab shows (menu Save)."""
        self.message.emit(self.tr("여기에는 저장할 결과가 없어요."))

    def warm_up(self) -> None:
        """Load the tab's engine in a worker; called once, after the window was painted."""

    def work(self) -> list[str]:
        """Return what runs besides the job bars: what closing would stop."""
        return []

    def state(self) -> object:
        """Return what the tab shows, in plain values, for :meth:`restore` of a new one."""
        return None

    def restore(self, state: Any) -> None:
        """Show what a former tab of the same kind showed: the window speaks another language."""

    def shutdown(self) -> None:
        """Stop jobs and cameras; the window is closing."""
