"""Progress of one long job with its message and a cancel button; hidden when idle.

Use::

    self._job = context.workers.run(work, done=…, failed=…, progress=self._bar.set_progress,
                                    cancelled=self._bar.finish)
    self._bar.start(self.tr("점수를 매기는 중"), self._job.cancel)
    …
    self._bar.finish()          # in done, failed and cancelled
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label

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
