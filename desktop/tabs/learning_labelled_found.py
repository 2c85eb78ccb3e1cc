"""What a table or folder of labelled pictures holds, before anything is learned from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.learning_labelled_parts import CountBars, LeftOutList
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from engine.labelled.results import LeftOut, Listing

_NAMES = 6


class FoundView(QWidget):
    """``start_asked()`` and ``other_asked()``."""

    start_asked = Signal()
    other_asked = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.name = Label(role="strong", wrap=True)
        self.name.setObjectName("labelledSource")
        self.hint = Label(role="muted", wrap=True)
        self.hint.setObjectName("labelledHint")
        self.bars = CountBars()
        self.bars.setObjectName("labelledCounts")
        self.left_out = LeftOutList(context)
        self.start = Button(self.tr("시작"), "play", role="primary")
        self.start.setObjectName("labelledStart")
        self.start.clicked.connect(self.start_asked)
        self.other = Button(self.tr("다른 자료"), "open")
        self.other.setObjectName("labelledOther")
        self.other.clicked.connect(self.other_asked)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.start)
        row.addWidget(self.other)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for widget in (self.name, self.bars, self.hint, self.left_out):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)

    def show_listing(self, listing: Listing) -> None:
        """Show how many pictures each class has."""
        count = len(listing.entries)
        text = self.tr("{name} · 사진 {n}장").format(
            name=listing.source.resolve().name, n=f"{count:,}"
        )
        self.name.setText(text)
        self.bars.set_counts(listing.counts())
        self.hint.setText(self._sentence(listing))
        self.left_out.show_rows(listing.left_out)
        self.start.setEnabled(bool(count))

    def show_left_out(self, rows: Sequence[LeftOut]) -> None:
        """Show what reading has left out as well."""
        self.left_out.show_rows(rows)

    def set_running(self, running: bool) -> None:
        """Have the buttons wait while a job runs."""
        self.start.setEnabled(not running and any(n for _, n in self.bars.counts))
        self.other.setEnabled(not running)

    def _sentence(self, listing: Listing) -> str:
        parts = []
        unknown = listing.unknown()
        if unknown:
            shown = [f"{name or '–'} {n:,}" for name, n in list(unknown.items())[:_NAMES]]
            shown += ["…"] if len(unknown) > _NAMES else []
            parts.append(self.tr("모르는 라벨: {names}.").format(names=", ".join(shown)))
            parts.append(self._context.say(listing.only_these))
        if listing.others:
            parts.append(self.tr("사진이 아닌 파일 {n}개는 지나쳐요.").format(n=listing.others))
        parts.append(
            self.tr(
                "시작하면 사진을 하나씩 살펴보고, 배우지 않은 사진으로 시험한 결과를 보여 줘요. "
                "그때까지 모델은 바뀌지 않아요."
            )
        )
        return "\n".join(parts)
