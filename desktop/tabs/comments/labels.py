"""The labels of a photo as switches, a field to add one, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, Chip, ChipRow
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from engine.comments.labels import MAX_CHARACTERS, LeftOut, canonical, shown, split_labels
from engine.core.errors import Message

FIRST = 18
"""More labels than so many are shown when asked for."""


class LabelsCard(Card):
    """``changed()``: a label was switched or added; ``hovered(str)``: the pointer is on one."""

    changed = Signal()
    hovered = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = language
        self.set_title(self.tr("라벨"))
        self._hint = Label(
            self.tr("사진을 열면 찾은 것이 나타나요. 사진 없이 직접 더해도 돼요."),
            "muted",
            wrap=True,
        )
        self._how = Label(self.tr("눌러서 빼거나 다시 넣어요"), "small")
        self.header.addWidget(self._how)
        self.chips = ChipRow()
        self.chips.setObjectName("commentLabels")
        self.chips.changed.connect(self.changed)
        self._more = Button("", role="quiet")
        self._more.setObjectName("commentLabelsMore")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._refresh)
        self._input = QLineEdit()
        self._input.setObjectName("commentLabelInput")
        self._input.setPlaceholderText(self.tr("라벨 더하기 (예: 기쁨, 바다)"))
        self._input.setAccessibleName(self.tr("더할 라벨"))
        self._input.setMaxLength(100 * MAX_CHARACTERS)
        self._input.returnPressed.connect(self._add_typed)
        self._add = Button(self.tr("더하기"), "plus")
        self._add.setObjectName("commentLabelAdd")
        self._add.clicked.connect(self._add_typed)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._input, 1)
        row.addWidget(self._add)
        self._left_out = Label(role="small", wrap=True)
        self._left_out.setObjectName("commentLeftOut")
        for text in (self._hint, self._left_out):
            text.setMinimumWidth(theme.px(280))  # what the page's least height is reckoned at
        self.add(self._hint)
        self.add(self.chips)
        self.add(self._more)
        self.body.addLayout(row)
        self.add(self._left_out)
        self.show_labels(())
        self._left_out.hide()

    def labels(self) -> tuple[str, ...]:
        """Return the labels that are on."""
        return tuple(self.chips.checked_keys())

    def show_labels(self, labels: Sequence[str], on: Sequence[str] | None = None) -> None:
        """Show the labels of a photo; those *on* are switched on, all of them if None."""
        self.chips.set_chips(())
        for label in dict.fromkeys((*labels, *(on or ()))):
            self._add_chip(label, on is None or label in on)
        self._more.setChecked(False)
        self._refresh()

    def toggle(self, label: str) -> None:
        """Switch one label as if its chip was pressed."""
        for chip in self.chips.chips():
            if chip.key == label:
                chip.click()

    def set_hot(self, label: str) -> None:
        """Bring out one label's chip; an empty one: none."""
        for chip in self.chips.chips():
            hot = bool(label) and chip.key == label
            chip.setStyleSheet(
                f"QPushButton#chip {{ border: 2px solid {theme.css('accent')};"
                f" padding: {theme.px(2)}px {theme.px(11)}px; }}"
                if hot
                else ""
            )

    def show_left_out(self, items: Sequence[LeftOut], say: Callable[[Message], str]) -> None:
        """Show which labels are not in the prompt, those of one reason on one line."""
        by_reason: dict[Message, list[str]] = {}
        for item in dict.fromkeys(items):
            by_reason.setdefault(item.reason, []).append(item.label)
        lines = [
            self.tr("뺀 라벨: {labels} — {reason}").format(
                labels=_listed([self._shown(label) for label in labels]), reason=say(reason)
            )
            for reason, labels in by_reason.items()
        ]
        self._left_out.setText("\n".join(lines))
        self._left_out.setVisible(bool(lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of the chip below the pointer."""
        if isinstance(watched, Chip):
            if event.type() == QEvent.Type.Enter:
                self.hovered.emit(watched.key)
            elif event.type() == QEvent.Type.Leave:
                self.hovered.emit("")
        return super().eventFilter(watched, event)

    def _add_chip(self, label: str, on: bool) -> None:
        self.chips.add_chip(self._shown(label), key=label, checked=on).installEventFilter(self)

    def _shown(self, label: str) -> str:
        return shown(label, self._language)

    def _add_typed(self) -> None:
        typed = split_labels(self._input.text())
        self._input.clear()
        known = {chip.key: chip for chip in self.chips.chips()}
        for label in dict.fromkeys(canonical(raw) for raw in typed):
            if label in known:
                known[label].setChecked(True)
            elif label:
                self._add_chip(label, True)
        if typed:
            self._refresh()
            self.changed.emit()

    def _refresh(self) -> None:
        chips = self.chips.chips()
        open_ = self._more.isChecked()
        for number, chip in enumerate(chips):
            chip.setVisible(open_ or number < FIRST)
        self.chips.updateGeometry()
        self._more.setVisible(len(chips) > FIRST)
        self._more.setText(
            self.tr("접기") if open_ else self.tr("{n}개 더 보기").format(n=len(chips) - FIRST)
        )
        self.chips.setVisible(bool(chips))
        self._how.setVisible(bool(chips))
        self._hint.setVisible(not chips)


def _listed(labels: Sequence[str], most: int = 6) -> str:
    """Return the first labels, and how many more there are."""
    rest = f" +{len(labels) - most}" if len(labels) > most else ""
    return ", ".join(labels[:most]) + rest
