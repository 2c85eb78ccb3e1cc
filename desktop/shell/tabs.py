"""The pages behind the navigation: each tab is built when it is first shown.

Until then a page has the tab's title only, in the place where the tab will have it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Page
from engine.core.library import HistoryRow

IMAGES = (
    *(".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".gif"),
    *(".avif", ".heic", ".heif", ".hif"),
)
VIDEOS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
TEXTS = (".txt", ".csv", ".tsv", ".xlsx", ".xlsm", ".parquet")
CORPORA = (".json", ".jsonl", ".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class TabSpec:
    """One tab before it is built.

    Attributes:
        key: name in the settings, the history and the icons.
        title: returns the title in the window's language.
        make: imports the tab's module and builds it.
        suffixes: endings of the files that it opens, asked before the tab exists.
        folders: whether it opens folders.
    """

    key: str
    title: Callable[[], str]
    make: Callable[[AppContext], QWidget]
    suffixes: tuple[str, ...] = ()
    folders: bool = False

    def opens(self, path: Path) -> bool:
        """Whether the tab may open such a file."""
        return path.suffix.lower() in self.suffixes or (self.folders and path.is_dir())


def _maker(module: str, name: str) -> Callable[[AppContext], QWidget]:
    def make(context: AppContext) -> QWidget:
        built: QWidget = getattr(importlib.import_module(module), name)(context)
        return built

    return make


TABS = (
    TabSpec(
        "reviews",
        lambda: QCoreApplication.translate("tabs", "리뷰 감성"),
        _maker("desktop.tabs.reviews.tab", "ReviewsTab"),
        TEXTS,
    ),
    TabSpec(
        "emotions",
        lambda: QCoreApplication.translate("tabs", "글 감정"),
        _maker("desktop.tabs.emotions.tab", "EmotionsTab"),
        CORPORA,
        folders=True,
    ),
    TabSpec(
        "faces",
        lambda: QCoreApplication.translate("tabs", "표정"),
        _maker("desktop.tabs.faces.tab", "FacesTab"),
        IMAGES + VIDEOS,
    ),
    TabSpec(
        "digits",
        lambda: QCoreApplication.translate("tabs", "숫자"),
        _maker("desktop.tabs.digits.tab", "DigitsTab"),
        IMAGES,
    ),
    TabSpec(
        "comments",
        lambda: QCoreApplication.translate("tabs", "SNS 댓글"),
        _maker("desktop.tabs.comments.tab", "CommentsTab"),
        IMAGES,
        folders=True,
    ),
    TabSpec(
        "chat",
        lambda: QCoreApplication.translate("tabs", "대화"),
        _maker("desktop.tabs.chat.tab", "ChatTab"),
    ),
    TabSpec(
        "learning",
        lambda: QCoreApplication.translate("tabs", "학습"),
        _maker("desktop.tabs.learning.tab", "LearningTab"),
    ),
)


class TabStack(QStackedWidget):
    """One page a :class:`TabSpec`; ``message(str)`` passes on what the tabs say.

    A tab is any widget with ``accepts(path)``, ``open_paths(paths)``, ``shutdown()`` and,
    where it makes sense, ``save_result()``, ``warm_up()``, ``show_history(row)``,
    ``show_text(text)`` and the signal ``message(str)``; :class:`desktop.widgets.page.Page`
    has them all.
    """

    message = Signal(str)

    def __init__(
        self, context: AppContext, specs: Sequence[TabSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.specs = tuple(specs)
        self._context = context
        self._tabs: dict[int, QWidget] = {}
        self._states: dict[str, object] = {}
        self._warm = False
        for spec in self.specs:
            self.addWidget(_placeholder(spec))

    @property
    def current(self) -> int:
        """Number of the tab that is shown."""
        return self.currentIndex()

    def index_of(self, key: str) -> int | None:
        """Return the number of the tab called *key*."""
        keys = [spec.key for spec in self.specs]
        return keys.index(key) if key in keys else None

    def tab(self, index: int) -> QWidget:
        """Return a tab, built if it was not yet; an error page when that fails."""
        if index not in self._tabs:
            self._tabs[index] = self._build(self.specs[index])
            placeholder = self.widget(index)
            self.insertWidget(index, self._tabs[index])
            if placeholder is not None:
                self.removeWidget(placeholder)
                placeholder.deleteLater()
            state = self._states.pop(self.specs[index].key, None)
            if state is not None:
                _call(self._tabs[index], "restore", state)
        return self._tabs[index]

    def show_tab(self, index: int) -> None:
        """Bring a tab to the front; its engine loads at the first time."""
        fresh = index not in self._tabs
        tab = self.tab(index)
        self.setCurrentIndex(index)
        tab.setFocus()
        if fresh and self._warm:
            _call(tab, "warm_up")

    def warm_up(self) -> None:
        """Load the engine of the tab that is shown, and from now on of each when shown."""
        self._warm = True
        _call(self.tab(self.current), "warm_up")

    def taker(self, paths: Sequence[Path]) -> tuple[int, list[Path]] | None:
        """Return which tab opens the files, the current one first, and which of them."""
        for index in (self.current, *range(len(self.specs))):
            wanted = [path for path in paths if self._accepts(index, path)]
            if wanted:
                return index, wanted
        return None

    def open_paths(self, index: int, paths: list[Path]) -> None:
        """Hand files to a tab."""
        _call(self.tab(index), "open_paths", paths)

    def save_result(self) -> None:
        """Save what the current tab shows."""
        if not _call(self.tab(self.current), "save_result"):
            self.message.emit(self.tr("여기에는 저장할 결과가 없어요."))

    def show_history(self, index: int, row: HistoryRow) -> None:
        """Let a tab show an answer again, if it can."""
        _call(self.tab(index), "show_history", row)

    def show_text(self, index: int, text: str) -> None:
        """Let a tab read a text that another tab hands over."""
        _call(self.tab(index), "show_text", text)

    def work(self) -> list[str]:
        """Return what runs in the tabs besides their job bars."""
        pages = [tab for tab in self._tabs.values() if isinstance(tab, Page)]
        return [text for page in pages for text in page.work()]

    def states(self) -> dict[str, object]:
        """Return what each tab shows that was opened, by the tab's key."""
        pages = {i: tab for i, tab in self._tabs.items() if isinstance(tab, Page)}
        return {**self._states, **{self.specs[i].key: page.state() for i, page in pages.items()}}

    def restore(self, states: dict[str, object]) -> None:
        """Have the tabs show what those of another stack showed, as soon as they are built."""
        self._states = dict(states)

    def shutdown(self) -> None:
        """Stop the cameras and jobs of all tabs."""
        for tab in self._tabs.values():
            _call(tab, "shutdown")

    def _accepts(self, index: int, path: Path) -> bool:
        if not self.specs[index].opens(path):
            return False
        accepts = getattr(self.tab(index), "accepts", None)
        return accepts is not None and bool(accepts(path))

    def _build(self, spec: TabSpec) -> QWidget:
        try:
            tab = spec.make(self._context)
        except Exception as error:
            text = self._context.error_text(error)
            return EmptyState("error", self.tr("이 탭을 열 수 없어요."), text)
        if hasattr(tab, "message"):
            tab.message.connect(self.message)
        _leave_files_to_window(tab)
        return tab


def _placeholder(spec: TabSpec) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), 0)
    column.addWidget(Label(spec.title(), "title"), 0, Qt.AlignmentFlag.AlignTop)
    return page


def _call(tab: QWidget, name: str, *args: Any) -> bool:
    """Call a tab's method if it has one; return whether it has."""
    method = getattr(tab, name, None)
    if method is None:
        return False
    method(*args)
    return True


def _leave_files_to_window(tab: QWidget) -> None:
    """Keep text boxes from pasting the address of a dropped file; the window opens it."""
    for line in tab.findChildren(QLineEdit):
        line.setAcceptDrops(False)
    for area in tab.findChildren(QAbstractScrollArea):
        area.setAcceptDrops(False)
        area.viewport().setAcceptDrops(False)
