"""What a training measured, as pairs of bars: before and after."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from desktop.widgets.rows import PaintedRows
from engine.learning import LearnReport

Pair = tuple[str, float, float]
"""A measure's name, its value before and after, 0..1."""

_ROW = 66


class PairBars(PaintedRows):
    """For each measure its name, and two bars: before (grey) and after (accent)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_ROW, 280, 180, parent)
        self._pairs: list[Pair] = []

    @property
    def pairs(self) -> list[Pair]:
        """What is shown."""
        return list(self._pairs)

    def set_pairs(self, pairs: list[Pair]) -> None:
        """Show these measures."""
        self._pairs = list(pairs)
        words = [f"{name} {before:.1%} → {after:.1%}" for name, before, after in pairs]
        self._show_rows(len(pairs), ", ".join(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the measures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, (name, before, after) in enumerate(self._pairs):
            top = index * theme.px(_ROW)
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("text"))
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, top, self.width(), theme.px(22)), left, name)
            self._bar(painter, top + theme.px(23), before, self.tr("전"), "border_strong")
            self._bar(painter, top + theme.px(41), after, self.tr("후"), "accent")

    def _bar(self, painter: QPainter, top: int, value: float, name: str, role: str) -> None:
        height, thick, percent = theme.px(16), theme.px(8), theme.px(58)
        painter.setFont(theme.font(12))
        words = (self.tr("전"), self.tr("후"))
        side = max(painter.fontMetrics().horizontalAdvance(word) for word in words) + theme.px(10)
        painter.setPen(theme.color("text_muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, side, height), int(middle), name)
        right = int(Qt.AlignmentFlag.AlignRight | middle)
        place = QRectF(self.width() - percent, top, percent, height)
        painter.drawText(place, right, f"{value:.1%}")
        track = QRectF(side, top + (height - thick) / 2, self.width() - side - percent, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        track.setWidth(max(float(thick), track.width() * value))
        if value > 0:
            painter.setBrush(theme.color(role))
            painter.drawRoundedRect(track, thick / 2, thick / 2)


class ReportCard(Card):
    """The last training in plain words and bars; hidden while there was none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self.set_title(self.tr("학습 결과"))
        self.verdict = Label(role="strong", wrap=True)
        self.verdict.setObjectName("learningVerdict")
        self.reason = Label(role="muted", wrap=True)
        self.reason.setObjectName("learningReason")
        self.bars = PairBars()
        self.bars.setObjectName("learningBars")
        for widget in (self.verdict, self.reason, self.bars):
            self.add(widget)
        self.hide()

    def show_report(self, report: LearnReport | None, active: int | None) -> None:
        """Show what a training measured, or nothing; *active*: the version that answers."""
        self.setVisible(report is not None)
        if report is None:
            return
        if report.adopted and report.version != active:
            now = self.tr("기본 모델") if active is None else self.tr("개인 {n}").format(n=active)
            verdict = self.tr("받아들였던 개인 {n} 대신 지금은 {now}이(가) 답해요").format(
                n=report.version, now=now
            )
        elif report.adopted:
            verdict = self.tr("받아들였어요: 개인 {n}").format(n=report.version)
        else:
            verdict = self.tr("받아들이지 않았어요: 쓰던 모델을 그대로 써요")
        self.verdict.setText(verdict)
        self.reason.setText(self._context.say(report.reason))
        known = (
            self.tr("원래 알던 것 (기본 문제)"),
            report.anchors_before,
            report.anchors_after,
        )
        self.bars.set_pairs(
            [*(self._taught(report) if report.taught else self._corrected(report)), known]
        )

    def _corrected(self, report: LearnReport) -> list[Pair]:
        return [
            (
                self.tr("고친 답 {n}개를 맞히는 비율").format(n=report.corrections),
                report.corrections_before,
                report.corrections_fitted,
            ),
            (
                self.tr("배우지 않은 고친 답 (교차 검증)"),
                report.corrections_shipped,
                report.corrections_after,
            ),
        ]

    def _taught(self, report: LearnReport) -> list[Pair]:
        return [
            (
                self.tr("배우지 않은 사진을 맞히는 비율"),
                report.corrections_before,
                report.corrections_after,
            )
        ]
