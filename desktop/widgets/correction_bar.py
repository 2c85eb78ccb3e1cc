""" "아니에요": the user says what the answer should have been.

Use::

    bar = CorrectionBar()
    bar.set_answer("행복", LABELS)                 # what was answered, what may be chosen
    bar.corrected.connect(self._learn)            # str, one of LABELS
    bar.clear()                                   # no answer to correct
    # after storing it:
    bar.show_thanks(self.tr("교정을 저장했어요."))
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.chips import ChipRow
from desktop.widgets.labels import Label


class CorrectionBar(QWidget):
    """A question, a button, and the labels to choose from; ``corrected(str)``."""

    corrected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[str] = []
        self._answer = ""
        self._text = Label(role="muted", wrap=True)
        self._no = Button(self.tr("아니에요"), "edit")
        self._no.setObjectName("correctionNo")
        self._no.setCheckable(True)
        self._no.toggled.connect(self._toggle)
        self._choices = ChipRow()
        self._choices.setObjectName("correctionChoices")
        self._choices.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(self._no)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self._choices)
        self.clear()

    @property
    def answer(self) -> str:
        """The answer that may be corrected."""
        return self._answer

    def set_answer(self, answer: str, labels: Sequence[str]) -> None:
        """Offer to correct *answer* to another of *labels*; a choice under way stays open."""
        if answer == self._answer and list(labels) == self._labels and self.isVisible():
            return
        self._answer, self._labels = answer, list(labels)
        self._text.setText(self.tr("답이 다른가요? 알려 주면 배워요."))
        self._choices.set_chips([label for label in labels if label != answer], checkable=False)
        self._no.setChecked(False)
        self._no.show()
        self._choices.hide()
        self.show()

    def clear(self) -> None:
        """Disappear: there is no answer."""
        self._answer, self._labels = "", []
        self._no.setChecked(False)
        self._choices.hide()
        self.hide()

    def show_thanks(self, text: str) -> None:
        """Say that the correction was kept; the next answer brings the question back."""
        self._answer, self._labels = "", []
        self._text.setText(text)
        self._no.setChecked(False)
        self._no.hide()
        self._choices.hide()
        self.show()

    def _toggle(self, on: bool) -> None:
        self._choices.setVisible(on)
        if on:
            self._text.setText(self.tr("그럼 무엇인가요?"))
        elif self._answer:
            self._text.setText(self.tr("답이 다른가요? 알려 주면 배워요."))

    def _choose(self, label: str) -> None:
        self._no.setChecked(False)
        self.corrected.emit(label)
