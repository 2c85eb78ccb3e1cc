"""How far a batch is, how fast it goes, and what can be done: hold, stop, go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from desktop import theme
from desktop.tabs.reviews_batch_names import duration
from desktop.tabs.reviews_batch_pace import Pace
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label

_STEPS = 1000
_ROWS_READ = 0.95
"""Part of the progress that is reading rows; what follows has no pace."""


class ProgressCard(Card):
    """Shown while a batch runs, is held, or was stopped.

    Signals:
        hold_asked(), go_on_asked(): hold it between two portions; let it go on.
        stop_asked(): stop it; what was read is kept.
        resume_asked(): start again where it stopped.
    """

    hold_asked = Signal()
    go_on_asked = Signal()
    stop_asked = Signal()
    resume_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._held = False
        self._fraction: float | None = None
        self._text = ElidedLabel(role="strong")
        self._text.setObjectName("reviewsProgressText")
        self._percent = Label(role="strong")
        self.bar = QProgressBar()
        self.bar.setObjectName("reviewsProgress")
        self.bar.setTextVisible(False)
        self._pace = ElidedLabel(role="muted")
        self._pace.setObjectName("reviewsPace")
        self.pause = Button(self.tr("잠시 멈춤"), "pause")
        self.pause.setObjectName("reviewsPause")
        self.pause.clicked.connect(self._press_pause)
        self.stop = Button(self.tr("그만두기"), "stop")
        self.stop.setObjectName("reviewsStop")
        self.stop.clicked.connect(self._press_stop)
        self.resume = Button(self.tr("이어서 읽기"), "play", role="primary")
        self.resume.setObjectName("reviewsResume")
        self.resume.clicked.connect(self.resume_asked)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.addWidget(self._text, 1)
        words.addWidget(self._percent)
        left = QVBoxLayout()
        left.setSpacing(theme.px(7))
        left.addLayout(words)
        left.addWidget(self.bar)
        left.addWidget(self._pace)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addLayout(left, 1)
        for button in (self.pause, self.stop, self.resume):
            row.addWidget(button)
        self.body.addLayout(row)

    def show_running(self, text: str) -> None:
        """A batch begins."""
        self._held, self._fraction = False, None
        self._show_buttons(running=True)
        self.pause.setEnabled(True)
        self.stop.setEnabled(True)
        self._draw_pause()
        self._pace.clear()
        self.set_progress(None, text)

    def set_progress(self, fraction: float | None, text: str = "") -> None:
        """Show the part that is done, 0..1 (None: unknown), and, if given, what is done."""
        if text:
            self._text.setText(text)
            self.bar.setAccessibleName(text)
        self._fraction = fraction
        if fraction is None:
            self.bar.setRange(0, 0)
            self._percent.clear()
            return
        if fraction > _ROWS_READ:
            self._pace.clear()
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(fraction * _STEPS))
        self._percent.setText(f"{fraction:.0%}")

    def set_pace(self, pace: Pace) -> None:
        """Show rows a second and the time that is left."""
        if self._held:
            return
        speed, left = pace.rows_per_second, pace.seconds_left
        parts = []
        if speed:
            parts.append(self.tr("1초에 {n}줄").format(n=f"{speed:,.0f}"))
        if left is not None:
            parts.append(self.tr("{time}쯤 남았어요").format(time=duration(left)))
        if parts:
            self._pace.setText(" · ".join(parts))

    def show_stopped(self, text: str, rest: str) -> None:
        """The batch has ended early; it can go on."""
        self._held = False
        self._show_buttons(running=False)
        self._text.setText(text)
        self._pace.setText(rest)
        if self._fraction is None:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(0)

    def _show_buttons(self, running: bool) -> None:
        self.pause.setVisible(running)
        self.stop.setVisible(running)
        self.resume.setVisible(not running)

    def _press_pause(self) -> None:
        self._held = not self._held
        self._draw_pause()
        if self._held:
            self._pace.setText(self.tr("잠시 멈췄어요. 여기까지 읽은 것은 저장되어 있어요."))
            self.hold_asked.emit()
        else:
            self._pace.clear()
            self.go_on_asked.emit()

    def _draw_pause(self) -> None:
        self.pause.setText(self.tr("계속하기") if self._held else self.tr("잠시 멈춤"))
        self.pause.set_icon("play" if self._held else "pause")

    def _press_stop(self) -> None:
        self.stop.setEnabled(False)
        self.pause.setEnabled(False)
        self._text.setText(self.tr("멈추는 중이에요…"))
        self.stop_asked.emit()
