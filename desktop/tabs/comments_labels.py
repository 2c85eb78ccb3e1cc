"""The labels of a photo as switches, a field to add one, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chips import ChipRow
from desktop.widgets.labels import Label
from engine.comments.labels import MAX_CHARACTERS, LeftOut, canonical, split_labels
from engine.errors import Message


class LabelsCard(Card):
    """``changed``: the user switched or added a label."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
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
        self._input = QLineEdit()
        self._input.setObjectName("commentLabelInput")
        self._input.setPlaceholderText(self.tr("라벨 더하기 (예: 기쁨, 바다)"))
        self._input.setAccessibleName(self.tr("더할 라벨"))
        self._input.setMaxLength(8 * MAX_CHARACTERS)
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
        self.body.addLayout(row)
        self.add(self._left_out)
        self.show_labels(())
        self._left_out.hide()

    def labels(self) -> tuple[str, ...]:
        """Return the labels that are on."""
        return tuple(self.chips.checked_texts())

    def show_labels(self, labels: Sequence[str]) -> None:
        """Show the labels of a new photo, all on."""
        self.chips.set_chips(labels, checked=True)
        self._refresh()

    def toggle(self, label: str) -> None:
        """Switch one label as if its chip was pressed."""
        for chip in self.chips.chips():
            if chip.text() == label:
                chip.click()

    def show_left_out(self, items: Sequence[LeftOut], say: Callable[[Message], str]) -> None:
        """Show which labels are not in the prompt, those of one reason on one line."""
        by_reason: dict[Message, list[str]] = {}
        for item in dict.fromkeys(items):
            by_reason.setdefault(item.reason, []).append(item.label)
        lines = [
            self.tr("뺀 라벨: {labels} — {reason}").format(
                labels=", ".join(labels), reason=say(reason)
            )
            for reason, labels in by_reason.items()
        ]
        self._left_out.setText("\n".join(lines))
        self._left_out.setVisible(bool(lines))

    def _add_typed(self) -> None:
        typed = split_labels(self._input.text())
        self._input.clear()
        known = {chip.text(): chip for chip in self.chips.chips()}
        for label in dict.fromkeys(canonical(raw) for raw in typed):
            if label in known:
                known[label].setChecked(True)
            elif label:
                self.chips.add_chip(label, checked=True)
        if typed:
            self._refresh()
            self.changed.emit()

    def _refresh(self) -> None:
        there = bool(self.chips.chips())
        self.chips.setVisible(there)
        self._how.setVisible(there)
        self._hint.setVisible(not there)
