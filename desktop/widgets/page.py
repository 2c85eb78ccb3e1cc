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

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.widgets.labels import Label, SectionTitle
from desktop.widgets.notices import Banner, JobBar
from desktop.workers import JobHandle
from engine.core.jobs import Progress


class Card(QFrame):
    """A rounded panel with a title, a ``header`` row for small actions and a ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        side, gap = theme.px(18), theme.px(12)
        outer.setContentsMargins(side, theme.px(14), side, theme.px(16))
        outer.setSpacing(gap)
        top = QHBoxLayout()
        self.title = SectionTitle(title)
        self.title.setVisible(bool(title))
        self.title.setMinimumHeight(theme.px(30))  # with and without buttons beside it
        top.addWidget(self.title)
        top.addStretch(1)
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.px(6))
        top.addLayout(self.header)
        outer.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setSpacing(gap)
        outer.addLayout(self.body, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> QWidget:
        """Append a widget to the body and return it."""
        self.body.addWidget(widget, stretch)
        return widget

    def set_title(self, title: str) -> None:
        """Change the title; an empty one takes no room."""
        self.title.setText(title)
        self.title.setVisible(bool(title))


class Line(QFrame):
    """A thin horizontal rule between two parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        self.setFixedHeight(1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


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


# ----------------------------------------------------------------------------------------
# The one long job of a page: shown in its job bar, cancelled there or by the next one.

T = TypeVar("T")


class PageJob(QObject):
    """Starts a job after the one before it was cancelled; *failed* gets what goes wrong."""

    def __init__(self, page: Page, failed: Callable[[Exception], object]) -> None:
        super().__init__(page)
        self._page, self._failed = page, failed
        self._handle: JobHandle | None = None

    def start(self, job: Callable[[Progress], T], done: Callable[[T], object], text: str) -> None:
        """Run *job* under the sentence *text*."""
        self.cancel()
        page = self._page
        page.banner.clear()
        handle = page.context.workers.run(
            job,
            done=lambda value: self._ended(handle, lambda: done(value)),
            failed=lambda error: self._ended(handle, lambda: self._failed(error)),
            progress=page.job_bar.set_progress,
            cancelled=lambda: self._ended(handle, self._cancelled),
            owner=page,
            language=page.context.language,
        )
        self._handle = handle
        page.job_bar.start(text, handle.cancel)

    def cancel(self) -> None:
        """Ask the running job to stop."""
        if self._handle is not None:
            self._handle.cancel()

    def _ended(self, handle: JobHandle, call: Callable[[], object]) -> None:
        if handle is self._handle:
            self._handle = None
            self._page.job_bar.finish()
            call()

    def _cancelled(self) -> None:
        self._page.message.emit(self.tr("멈췄어요."))
