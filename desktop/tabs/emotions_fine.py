"""The 43 fine emotions of one text: those it shows, and on demand all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop import theme
from desktop.tabs.emotions_names import fine_names
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from desktop.widgets.probability_bars import ProbabilityBars
from engine.emotions import FineEmotion

_COLUMNS = 3


class FineCard(Card):
    """Bars of the emotions over their threshold; ``all_switched(bool)`` asks for the rest."""

    all_switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("세부 감정"))
        self.all = Button(self.tr("모두 보기"), "more", role="quiet")
        self.all.setObjectName("emotionAll")
        self.all.setCheckable(True)
        self.all.toggled.connect(self._switch)
        self.header.addWidget(self.all)
        self.bars = ProbabilityBars(compact=True)
        self.bars.setObjectName("emotionFine")
        self.note = Label(role="muted", wrap=True)
        self.note.setObjectName("emotionFineNote")
        self.add(self.bars)
        self.add(self.note)
        self.clear()

    def clear(self) -> None:
        """Show that there is no answer."""
        self.bars.set_values([])
        self.bars.hide()
        self.all.setChecked(False)
        self.all.setEnabled(False)
        self.note.setText(self.tr("글에 드러난 감정을 마흔세 가지에서 골라 보여 줘요."))

    def show_fine(self, fine: Sequence[FineEmotion]) -> None:
        """Show which of the emotions, the most probable first, are in a text."""
        names = fine_names()
        over = [(names[item.label], item.probability) for item in fine if item.shown]
        self.bars.set_values(over, highlight=[name for name, _ in over])
        self.bars.setVisible(bool(over))
        self.all.setEnabled(True)
        if over:
            self.note.setText(self.tr("하나하나 따로 재서, 모두 더해도 100%가 아니에요."))
        else:
            self.note.setText(self.tr("뚜렷하게 드러난 세부 감정이 없어요."))

    def _switch(self, on: bool) -> None:
        self.all.setText(self.tr("접기") if on else self.tr("모두 보기"))
        self.all_switched.emit(on)


class AllCard(Card):
    """All fine emotions in columns, those that the text shows in the accent colour."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("모든 세부 감정"))
        self.columns = tuple(ProbabilityBars(compact=True) for _ in range(_COLUMNS))
        row = QHBoxLayout()
        row.setSpacing(theme.px(28))
        for number, bars in enumerate(self.columns):
            bars.setObjectName(f"emotionAll{number}")
            row.addWidget(bars, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_fine(self, fine: Sequence[FineEmotion]) -> None:
        """Show the emotions of a text, the most probable first."""
        names = fine_names()
        marked = [names[item.label] for item in fine if item.shown]
        values = [(names[item.label], item.probability) for item in fine]
        rows = -(-len(values) // _COLUMNS)
        for number, bars in enumerate(self.columns):
            part = values[number * rows : (number + 1) * rows]
            bars.set_values(part, highlight=[name for name, _ in part if name in marked])
