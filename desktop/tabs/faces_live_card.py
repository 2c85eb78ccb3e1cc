"""The card of what is measured over time, with the calibration of one's own neutral face."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_live_table import PersonsTable
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.card import Card
from desktop.widgets.job_bar import JobBar
from desktop.widgets.labels import Label
from engine.faces.baseline import Baseline
from engine.faces.calibration import LENGTH_MS
from engine.faces.live import Person


class LiveCard(Card):
    """Shows the persons of a live picture.

    Signals:
        chosen(int): number of the person to look at.
        calibrate(): begin a calibration.
        given_up(): end it without a result.
        switched(bool): use the baseline, or not.
        forgotten(): delete the baseline.
    """

    chosen = Signal(int)
    calibrate = Signal()
    given_up = Signal()
    switched = Signal(bool)
    forgotten = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("눈과 주의"))
        self._table = PersonsTable(context)
        self._table.setObjectName("facePersons")
        self._table.chosen.connect(self.chosen)
        self._button = Button(self.tr("기준 얼굴 맞추기"), "faces")
        self._button.setObjectName("faceCalibrate")
        self._button.setToolTip(
            self.tr("10초 동안 편안한 얼굴을 보고, 표정·눈·시선을 그 얼굴과 견주어 읽어요.")
        )
        self._button.clicked.connect(self.calibrate)
        self._use = QCheckBox(self.tr("기준 쓰기"))
        self._use.setObjectName("faceBaseline")
        self._use.clicked.connect(self.switched)
        self._forget = IconButton("trash", self.tr("기준 얼굴 지우기"))
        self._forget.setObjectName("faceForget")
        self._forget.clicked.connect(self.forgotten)
        self._bar = JobBar()
        self._note = Label(role="small", wrap=True)
        self._note.setObjectName("faceLiveNote")
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self._button)
        row.addStretch(1)
        row.addWidget(self._use)
        row.addWidget(self._forget)
        self.add(self._table)
        self.add(self._note)
        self.body.addLayout(row)
        self.add(self._bar)
        self._note.setText(
            self.tr("PERCLOS: 최근 1분 가운데 눈이 80% 넘게 감겨 있던 시간. 참고로만 보세요.")
        )

    def show_persons(self, persons: Sequence[Person], current: int) -> None:
        """Show what is known of *persons*, the one called *current* marked."""
        self._table.show_persons(persons, current)

    def show_baseline(self, baseline: Baseline | None, used: bool) -> None:
        """Show whether there is a baseline, and whether it is at work."""
        there = baseline is not None
        self._use.setEnabled(there)
        self._use.setChecked(there and used)
        self._forget.setEnabled(there)
        self._button.setText(self.tr("다시 맞추기") if there else self.tr("기준 얼굴 맞추기"))

    def set_live(self, live: bool) -> None:
        """Let a calibration be begun, which needs a live picture."""
        self._button.setEnabled(live)
        if not live:
            self._bar.finish()

    def show_countdown(self, seen_ms: int) -> None:
        """Show how long a calibration still takes."""
        left = max(LENGTH_MS - seen_ms, 0)
        text = self.tr("편안한 얼굴로 앞을 봐요… {n}초").format(n=-(-left // 1000))
        self._button.setEnabled(False)
        if self._bar.isHidden():
            self._bar.start(text, self.given_up.emit)
        self._bar.set_progress(min(seen_ms / LENGTH_MS, 1.0), text)

    def end_countdown(self) -> None:
        """Take the countdown away."""
        self._bar.finish()
        self._button.setEnabled(True)
