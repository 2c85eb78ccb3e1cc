"""Which model answers: the shipped one or a personal version, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.learning.domains import local_time
from desktop.theme import icons
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card
from desktop.widgets.tables import PaintedRows
from engine.core.library import Correction
from engine.learning.trainer import MIN_CORRECTIONS, LearnReport, outdated

_LONGEST = 160
_ID = Qt.ItemDataRole.UserRole


class CorrectionList(QListWidget):
    """A list that tells when Delete is pressed."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Delete; other keys move as usual."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class CorrectionsCard(Card):
    """``delete_asked(list[int])``: ids of corrections that the user wants gone."""

    delete_asked = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.list = CorrectionList()
        self.list.setObjectName("learningCorrections")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(2))
        self.list.itemSelectionChanged.connect(self._update)
        self._none = EmptyState(
            "learning",
            self.tr("아직 고친 답이 없어요"),
            self.tr(
                "결과가 틀렸을 때 그 탭에서 ‘아니에요’를 눌러 바른 답을 골라 주세요. "
                "{n}개가 모이면 다시 학습할 수 있어요."
            ).format(n=MIN_CORRECTIONS),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.list)
        self._delete = Button(self.tr("지우기"), "trash")
        self._delete.setObjectName("learningDelete")
        self._delete.clicked.connect(self._ask)
        self.list.delete_pressed.connect(self._delete.click)
        self.header.addWidget(self._delete)
        self.add(self._stack, 1)
        self.setMinimumHeight(theme.px(320))

    def show_corrections(self, rows: Sequence[Correction], learned: set[int]) -> None:
        """Show corrections, newest first; those in *learned* are in the model that answers."""
        self.set_title(self.tr("고친 답 {n}개").format(n=len(rows)))
        self.list.clear()
        self.list.setIconSize(QSize(theme.px(44), theme.px(44)))
        for row in reversed(rows):
            item = QListWidgetItem(_icon(row), self._text(row, row.id in learned))
            item.setData(_ID, row.id)
            self.list.addItem(item)
        self._stack.setCurrentWidget(self.list if rows else self._none)
        self._update()

    def _ask(self) -> None:
        """Ask for the deletion; the list keeps the focus, not the next button."""
        self.delete_asked.emit(self._selected())
        self.list.setFocus()

    def _selected(self) -> list[int]:
        return [item.data(_ID) for item in self.list.selectedItems()]

    def _update(self) -> None:
        self._delete.setEnabled(bool(self._selected()))

    def _text(self, row: Correction, learned: bool) -> str:
        when = local_time(row.created)
        state = self.tr("배웠어요") if learned else self.tr("기다리는 중")
        lines = [f"{row.predicted} → {row.corrected} · {state}", f"{when} · {row.model}"]
        if row.preview is None:
            lines.insert(0, _excerpt(row.payload))
        return "\n".join(lines)


def _excerpt(payload: bytes) -> str:
    text = " ".join(payload.decode("utf-8", "replace").split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _icon(row: Correction) -> QIcon:
    """Return the stored preview, or the sign for text."""
    picture = QPixmap()
    if row.preview is None or not picture.loadFromData(row.preview):
        return icons.icon("text")
    side = theme.px(88)  # twice the shown size, for fine screens
    smooth = Qt.TransformationMode.SmoothTransformation
    fast = Qt.TransformationMode.FastTransformation
    mode = fast if picture.width() < side else smooth
    return QIcon(picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, mode))


# ----------------------------------------------------------------------------------------
# What a training measured, as pairs of bars: before and after.

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


_VERSION = Qt.ItemDataRole.UserRole


class VersionsCard(Card):
    """``retrain_asked()``, ``undo_asked()`` and ``use_asked(int | None)``."""

    retrain_asked = Signal()
    undo_asked = Signal()
    use_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("지금 쓰는 모델"))
        self.now = Label(role="strong", wrap=True, selectable=True)
        self.now.setObjectName("learningNow")
        self.hint = Label(role="muted", wrap=True)
        self.hint.setObjectName("learningHint")
        self.retrain = Button(self.tr("재학습"), "refresh", role="primary")
        self.retrain.setObjectName("learningRetrain")
        self.retrain.clicked.connect(self.retrain_asked)
        self.undo = Button(self.tr("되돌리기"), "undo")
        self.undo.setObjectName("learningUndo")
        self.undo.setToolTip(self.tr("바로 전에 쓰던 모델로 돌아가요"))
        self.undo.clicked.connect(self.undo_asked)
        self.list = QListWidget()
        self.list.setObjectName("learningVersions")
        self.list.setMaximumHeight(theme.px(124))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemSelectionChanged.connect(self._update)
        self.list.itemActivated.connect(lambda item: self.use_asked.emit(item.data(_VERSION)))
        self.use = Button(self.tr("고른 버전 쓰기"), "check")
        self.use.setObjectName("learningUse")
        self.use.clicked.connect(self._use)
        self._active: int | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.retrain, self.undo):
            row.addWidget(button)
        row.addStretch(1)
        self.add(self.now)
        self.add(self.hint)
        self.body.addLayout(row)
        self.add(self.list)
        self.body.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)

    def show_versions(
        self, shipped: str, versions: Sequence[LearnReport], active: int | None, can_undo: bool
    ) -> None:
        """Show the shipped model's label, the personal versions, and which one answers."""
        self._active = active
        name = self.tr("기본 모델") if active is None else self.tr("개인 {n}").format(n=active)
        self.now.setText(f"{shipped} · {name}")
        self.undo.setEnabled(can_undo)
        self.list.clear()
        self._add(None, self.tr("기본 모델"))
        for report in versions:
            self._add(report.version, self._text(report))
        self.list.setVisible(bool(versions))
        self.use.setVisible(bool(versions))
        self._update()

    def _add(self, version: int | None, text: str) -> None:
        answers = version == self._active
        item = QListWidgetItem(text)
        item.setToolTip(text)
        item.setIcon(icons.icon("check" if answers else "minus", "accent" if answers else "border"))
        item.setData(_VERSION, version)
        self.list.addItem(item)
        if answers:
            self.list.setCurrentItem(item)

    def _text(self, report: LearnReport) -> str:
        when = local_time(report.created)
        corrected = self.tr("고친 답 {n}개").format(n=report.corrections)
        taught = self.tr("사진 {n}장").format(n=f"{report.pictures:,}")
        learned = [corrected] if report.corrections or not report.pictures else []
        learned += [taught] if report.pictures else []
        text = self.tr("개인 {n} · {learned} · {when}").format(
            n=report.version, when=when, learned=", ".join(learned)
        )
        return text + (self.tr(" · 예전 기본 모델용이라 쓰지 않아요") if outdated(report) else "")

    def _use(self) -> None:
        items = self.list.selectedItems()
        if items:
            self.use_asked.emit(items[0].data(_VERSION))

    def _update(self) -> None:
        chosen = [item.data(_VERSION) for item in self.list.selectedItems()]
        self.use.setEnabled(bool(chosen) and chosen[0] != self._active)
