"""The answers that the user taught: seen, and forgotten one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner, EmptyState
from engine.chat.taught import Personal, Taught
from engine.core.errors import MaumgyeolError, StorageError


class TaughtAnswers(QObject):
    """The one store of taught answers of a tab, read when it is first needed.

    Signals:
        failed(Exception): it cannot be read.
    """

    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent
        self._lock = threading.Lock()
        self._personal: Personal | None = None

    def answers(self) -> Personal:
        """Return the store; may be called from any thread.

        Raises:
            StorageError: it cannot be read.
        """
        with self._lock:
            if self._personal is None:
                self._personal = Personal()
            return self._personal

    def show(self) -> None:
        """Open the list of what was taught."""
        answers = self.answers()
        try:
            pairs = answers.pairs
        except StorageError as error:
            self.failed.emit(error)
            return
        dialog = TaughtDialog(self._context, answers, pairs, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class TaughtDialog(QDialog):
    """Lists the taught answers, the newest first."""

    def __init__(
        self,
        context: AppContext,
        personal: Personal,
        pairs: Sequence[Taught],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("가르친 답"))
        self.setObjectName("chatTaughtDialog")
        self._context, self._personal = context, personal
        self.banner = Banner()
        self.list = QTreeWidget()
        self.list.setObjectName("chatTaughtList")
        self.list.setHeaderLabels([self.tr("이렇게 말하면"), self.tr("이렇게 답해요")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        room = f"{theme.px(8)}px {theme.px(6)}px"
        self.list.setStyleSheet(f"QTreeWidget::item {{ padding: {room}; }}")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.itemSelectionChanged.connect(self._update)
        none = EmptyState(
            "chat",
            self.tr("아직 가르친 답이 없어요"),
            self.tr("대화에서 답 아래의 연필을 누르면, 바라는 답을 가르칠 수 있어요."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(none)
        self._stack.addWidget(self.list)
        self._lay_out()
        self._fill(pairs)

    def _lay_out(self) -> None:
        hint = self.tr("같은 말을 들으면 무엇보다 먼저 이 답을 해요. 이 컴퓨터에만 있어요.")
        self._forget = Button(self.tr("잊기"), "trash")
        self._forget.setObjectName("chatTaughtForget")
        self._forget.clicked.connect(self.forget_selected)
        close = Button(self.tr("닫기"), role="primary")
        close.setObjectName("chatTaughtClose")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        side = theme.px(22)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(14))
        column.addWidget(Label(self.tr("가르친 답"), "title"))
        column.addWidget(Label(hint, "subtitle", wrap=True))
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        self.resize(theme.px(640), theme.px(460))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Forget what is chosen when Delete is pressed."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.forget_selected()
        else:
            super().keyPressEvent(event)

    def forget_selected(self) -> None:
        """Forget the chosen answers; the banner takes it back."""
        # The tip holds the whole answer, the cell only one line of it.
        pairs = [Taught(item.text(0), item.toolTip(1)) for item in self.list.selectedItems()]
        self.list.setFocus()
        if pairs and self._done(lambda pair: self._personal.forget(pair.question), pairs):
            said = self.tr("{n}개를 잊었어요.").format(n=len(pairs))
            self.banner.show_success(said, self.tr("되돌리기"), lambda: self._teach(pairs))

    def _teach(self, pairs: Sequence[Taught]) -> None:
        self.banner.clear()
        self._done(lambda pair: self._personal.teach(pair.question, pair.answer), pairs)

    def _done(self, change: Callable[[Taught], None], pairs: Sequence[Taught]) -> bool:
        """Make a change for each pair; whether all could be kept."""
        try:
            for pair in pairs:
                change(pair)
            self._fill(self._personal.pairs)
        except MaumgyeolError as error:
            self.banner.show_error(self._context.error_text(error))
            return False
        return True

    def _fill(self, pairs: Sequence[Taught]) -> None:
        self.list.clear()
        for pair in reversed(pairs):
            item = QTreeWidgetItem([pair.question, " ".join(pair.answer.split())])
            item.setToolTip(0, pair.question)
            item.setToolTip(1, pair.answer)
            self.list.addTopLevelItem(item)
        self._stack.setCurrentIndex(1 if pairs else 0)
        self._update()

    def _update(self) -> None:
        self._forget.setEnabled(bool(self.list.selectedItems()))
