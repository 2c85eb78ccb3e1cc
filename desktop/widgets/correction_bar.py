""" "아니에요": the user says what the answer should have been.

Use::

    bar = CorrectionBar()
    bar.set_answer("행복", LABELS, face, key=id(face))   # what was answered, to what
    bar.corrected.connect(self._learn)                   # object (the face), str (of LABELS)
    bar.set_home(self.box)                               # has the focus when the choices close
    bar.clear()                                          # no answer to correct
    # after storing it:
    bar.show_thanks(self.tr("교정을 저장했어요."))

What is open belongs to the answer that it was opened for: an answer to another *key* closes
the choices, and what is chosen is told together with the subject of the answer that was shown
when they were opened, whatever has been read since.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, ChipRow
from desktop.widgets.labels import Label


class CorrectionBar(QWidget):
    """A question, a button, and the labels to choose from.

    Signals:
        corrected(object, str): the subject of the answer, and the label that is right.
    """

    corrected = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[str] = []
        self._answer = ""
        self._subject: object = None
        self._key: Hashable = None
        self._home: QWidget | None = None
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

    @property
    def choosing(self) -> bool:
        """Whether the labels are open to be chosen from."""
        return self._no.isChecked()

    def set_home(self, widget: QWidget) -> None:
        """Have *widget* get the focus when what was pressed here disappears."""
        self._home = widget

    def set_answer(
        self, answer: str, labels: Sequence[str], subject: object, *, key: Hashable
    ) -> None:
        """Offer to correct *answer* to another of *labels*.

        Args:
            subject: what was answered; told by ``corrected``.
            key: which answer it is. Choices that are open stay so, with the subject and answer
                that they were opened for, while the key is the same; another one closes them.
        """
        same = key == self._key and bool(self._answer)
        if same and self.choosing:
            return
        self._subject, self._key = subject, key
        if same and answer == self._answer and list(labels) == self._labels:
            return
        self._answer, self._labels = answer, list(labels)
        self._close()
        self._text.setText(self.tr("답이 다른가요? 알려 주면 배워요."))
        self._choices.set_chips([label for label in labels if label != answer], checkable=False)
        self._no.show()
        self.show()

    def clear(self) -> None:
        """Disappear: there is no answer."""
        self._forget()
        self._close()
        self.hide()

    def show_thanks(self, text: str) -> None:
        """Say that the correction was kept; the next answer brings the question back."""
        self._forget()
        self._close()
        self._text.setText(text)
        self._no.hide()
        self.show()

    def _forget(self) -> None:
        self._answer, self._labels = "", []
        self._subject = self._key = None

    def _close(self) -> None:
        """Close the choices; left alone, the focus would go to the window's first button."""
        focus = self.window().focusWidget()
        if self._home is not None and focus is not None and self.isAncestorOf(focus):
            self._home.setFocus()
        self._no.setChecked(False)
        self._choices.hide()

    def _toggle(self, on: bool) -> None:
        self._choices.setVisible(on)
        if on:
            self._text.setText(self.tr("그럼 무엇인가요?"))
        elif self._answer:
            self._text.setText(self.tr("답이 다른가요? 알려 주면 배워요."))

    def _choose(self, label: str) -> None:
        subject = self._subject
        self._close()
        self.corrected.emit(subject, label)
