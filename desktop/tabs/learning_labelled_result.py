"""What teaching from pictures measured, and the choice to use the new model or not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.learning_labelled_parts import LeftOutList, Matrix
from desktop.tabs.learning_report import PairBars
from desktop.widgets.buttons import Button
from desktop.widgets.choice import Choice
from desktop.widgets.labels import Label
from engine.labelled.results import TeachReport


class TaughtView(QWidget):
    """``accept_asked()``, ``discard_asked()`` and ``save_asked()``."""

    accept_asked = Signal()
    discard_asked = Signal()
    save_asked = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._report: TeachReport | None = None
        self.verdict = Label(role="strong", wrap=True)
        self.verdict.setObjectName("labelledVerdict")
        self.how = Label(role="muted", wrap=True)
        self.how.setObjectName("labelledHow")
        self.notes = Label(role="muted", wrap=True)
        self.notes.setObjectName("labelledNotes")
        self.bars = PairBars()
        self.bars.setObjectName("labelledBars")
        self.which = Choice(
            "labelledWhich",
            [
                ("before", self.tr("전"), self.tr("지금 답하는 모델")),
                ("after", self.tr("후"), self.tr("새로 배운 모델")),
            ],
            "after",
        )
        self.which.chosen.connect(self._show_matrix)
        self.matrix = Matrix()
        self.matrix.setObjectName("labelledMatrix")
        self.left_out = LeftOutList(context)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.accept = Button(self.tr("이 모델 쓰기"), "check", role="primary")
        self.accept.setObjectName("labelledAccept")
        self.accept.clicked.connect(self.accept_asked)
        self.accept_anyway = Button(self.tr("그래도 이 모델 쓰기"), "check")
        self.accept_anyway.setObjectName("labelledAcceptAnyway")
        self.accept_anyway.clicked.connect(self.accept_asked)
        self.discard = Button(self.tr("버리기"), "trash")
        self.discard.setObjectName("labelledDiscard")
        self.discard.clicked.connect(self.discard_asked)
        self.save = Button(self.tr("보고서 저장…"), "save")
        self.save.setObjectName("labelledSave")
        self.save.clicked.connect(self.save_asked)

    def _lay_out(self) -> None:
        gap = theme.px(12)
        left = QVBoxLayout()
        left.setSpacing(gap)
        for widget in (self.verdict, self.how, self.bars, self.notes):
            left.addWidget(widget)
        left.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(Label(self.tr("혼동 행렬"), "strong"))
        top.addStretch(1)
        top.addWidget(self.which)
        right = QVBoxLayout()
        right.setSpacing(gap)
        right.addLayout(top)
        right.addWidget(Label(self.tr("행은 라벨, 열은 답이에요."), "small"))
        right.addWidget(self.matrix)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(24))
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.accept, self.discard, self.accept_anyway, self.save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addLayout(columns)
        column.addWidget(self.left_out)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_report(self, report: TeachReport) -> None:
        """Show what was measured."""
        say = self._context.say
        self._report = report
        self.verdict.setText(say(report.reason))
        self.how.setText(say(report.how))
        each = ", ".join(f"{row.label} {row.learned:,}" for row in report.counts if row.learned)
        learned = self.tr("배운 사진 {n}장 ({each})").format(n=f"{report.learned:,}", each=each)
        beside = self.tr("함께 배운 고친 답 {n}개").format(n=report.corrections)
        earlier = self.tr("전에 배운 사진 {n}장").format(n=f"{report.earlier:,}")
        facts = [
            learned,
            *([beside] * bool(report.corrections)),
            *([earlier] * bool(report.earlier)),
        ]
        notes = [" · ".join(facts), *map(say, report.notes)]
        self.notes.setText("\n".join(f"• {note}" for note in notes))
        self.bars.set_pairs(
            [
                (
                    self.tr("배우지 않은 사진 {n}장의 정확도").format(n=f"{report.asked:,}"),
                    report.before.accuracy,
                    report.after.accuracy,
                ),
                (self.tr("매크로 F1"), report.before.macro_f1, report.after.macro_f1),
                (
                    self.tr("원래 알던 것 (기본 문제)"),
                    report.anchors_before,
                    report.anchors_after,
                ),
            ]
        )
        self.which.set_current("after")
        self._show_matrix("after")
        self.left_out.show_rows(report.left_out)
        self.accept.setVisible(report.recommended)
        self.accept_anyway.setVisible(not report.recommended)

    def _show_matrix(self, which: str) -> None:
        if self._report is not None:
            outcome = self._report.before if which == "before" else self._report.after
            self.matrix.set_rows(self._report.labels, outcome.confusion)
