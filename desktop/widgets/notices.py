"""A question before something that cannot be taken back; Enter and Esc leave all as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.theme import icons
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label

Callback = Callable[[], object] | None


class Banner(QFrame):
    """A coloured line with an icon, a sentence, at most one action, and a close button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._kind = "info"
        self._action: Callable[[], object] | None = None
        self._icon = QLabel()
        self._text = Label(wrap=True, selectable=True)
        self._text.setObjectName("bannerText")
        self._button = Button("", role="quiet")
        self._button.clicked.connect(self._act)
        self._button.hide()
        self._close = IconButton("close", self.tr("닫기"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(10))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        theme.notifier().changed.connect(self._draw_icon)
        self.hide()

    @property
    def kind(self) -> str:
        """``info``, ``success``, ``warning`` or ``error``."""
        return self._kind

    def text(self) -> str:
        """Return the sentence that is shown, or an empty string."""
        return self._text.text()

    def show_info(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show a neutral sentence."""
        self._show("info", text, action, on_action)

    def show_success(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show that something was done."""
        self._show("success", text, action, on_action)

    def show_warning(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show what the user should know before going on."""
        self._show("warning", text, action, on_action)

    def show_error(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show what failed and what to do."""
        self._show("error", text, action, on_action)

    def clear(self) -> None:
        """Take the sentence away."""
        self._text.clear()
        self._action = None
        self.hide()

    def _show(self, kind: str, text: str, action: str, on_action: Callback) -> None:
        self._kind, self._action = kind, on_action
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._draw_icon()
        self.show()

    def _draw_icon(self) -> None:
        name = {"info": "info", "success": "success", "warning": "warning", "error": "error"}
        role = {"success": "positive", "error": "negative"}.get(self._kind, self._kind)
        side, ratio = theme.px(22), self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(name[self._kind], side, role, ratio))

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()


# ----------------------------------------------------------------------------------------
# Progress of one long job with its message and a cancel button; hidden when idle.
#
# Use::
#
#     self._job = context.workers.run(work, done=…, failed=…, progress=self._bar.set_progress,
#                                     cancelled=self._bar.finish)
#     self._bar.start(self.tr("점수를 매기는 중"), self._job.cancel)
#     …
#     self._bar.finish()          # in done, failed and cancelled

_STEPS = 1000


class JobBar(QWidget):
    """``cancel_clicked`` is emitted (and the given callable called) by the cancel button."""

    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_cancel: Callable[[], object] | None = None
        self._work = ""
        self._text = Label(role="muted")
        self._text.setObjectName("jobText")
        self._percent = Label(role="muted")
        self._percent.setMinimumWidth(theme.px(44))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = QProgressBar()
        self._bar.setObjectName("jobProgress")
        self._bar.setTextVisible(False)
        self._cancel = Button(self.tr("취소"), "close")
        self._cancel.setObjectName("jobCancel")
        self._cancel.clicked.connect(self._cancel_now)
        words = QHBoxLayout()
        words.addWidget(self._text, 1)
        words.addWidget(self._percent)
        column = QVBoxLayout()
        column.setSpacing(theme.px(5))
        column.addLayout(words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self.hide()

    @property
    def work(self) -> str:
        """What runs, as it was told at its start; empty while nothing does."""
        return self._work

    def start(self, text: str, on_cancel: Callable[[], object] | None = None) -> None:
        """Appear with a message; without *on_cancel* there is nothing to press."""
        self._on_cancel, self._work = on_cancel, text
        self._cancel.setVisible(on_cancel is not None)
        self._cancel.setEnabled(True)
        self.set_progress(None, text)
        self.show()

    def set_progress(self, fraction: float | None, text: str = "") -> None:
        """Show a fraction of 0..1 (None: unknown) and, if given, a new message."""
        if text:
            self._text.setText(text)
            self._bar.setAccessibleName(text)
        if fraction is None:
            self._bar.setRange(0, 0)
            self._percent.clear()
            return
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(fraction * _STEPS))
        self._percent.setText(f"{fraction:.0%}")

    def finish(self) -> None:
        """Disappear; the job has ended."""
        self._on_cancel, self._work = None, ""
        self._bar.setRange(0, _STEPS)
        self._bar.reset()
        self.hide()

    def _cancel_now(self) -> None:
        self._cancel.setEnabled(False)
        self._text.setText(self.tr("멈추는 중이에요…"))
        if self._on_cancel is not None:
            self._on_cancel()
        self.cancel_clicked.emit()


# ----------------------------------------------------------------------------------------
# What a panel shows while there is nothing to show: an icon, a line, a hint.
#
# Use::
#
#     stack.addWidget(EmptyState("history", self.tr("아직 기록이 없어요"),
#                                self.tr("결과가 나오면 여기에 쌓여요.")))


class EmptyState(QWidget):
    """An icon above a line and a hint, in the middle; ``set_text`` changes both lines."""

    def __init__(
        self, icon: str, title: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Label(title, "strong", wrap=True)
        self._hint = Label(hint, "muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.px(8))
        self.column.addStretch(1)
        for label in (self._icon, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(label)
        self._end = self.column.count()
        self.column.addStretch(1)
        self._hint.setVisible(bool(hint))
        self._draw_icon()
        theme.notifier().changed.connect(self._draw_icon)

    def set_text(self, title: str, hint: str = "") -> None:
        """Change the line and the hint."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def add(self, widget: QWidget) -> None:
        """Put a widget (a button) below the hint, in the middle."""
        self.column.insertSpacing(self._end, theme.px(8))
        self.column.insertWidget(self._end + 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._end += 2

    def _draw_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(self._name, theme.px(44), "border_strong", ratio))


def confirm(parent: QWidget, title: str, question: str) -> bool:
    """Return whether the user says yes; the answer that is offered first is no."""
    button = QMessageBox.StandardButton
    answer = QMessageBox.question(parent, title, question, button.Yes | button.No, button.No)
    return answer == button.Yes
