"""Which model answers: the shipped one or a personal version, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop import icons, theme
from desktop.tabs.learning_domains import local_time
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from engine.learning import LearnReport, outdated

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
