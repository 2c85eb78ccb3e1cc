"""A few short options of which exactly one is on, as joined buttons.

Use::

    self._pace = Choice("pace", [("precise", self.tr("정밀"), self.tr("…")), …], "precise")
    self._pace.chosen.connect(self._set_mode)     # str, after a click on another option
    self._pace.current, self._pace.set_current("instant")
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Choice(QWidget):
    """``chosen(str)`` with the option's key; its buttons are called *name*-*key*."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str, str]], current: str) -> None:
        """Take (key, text, explanation) of each option and the key of the one that is on."""
        super().__init__()
        self.setObjectName(name)
        self._keys = [key for key, _, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (key, text, hint) in enumerate(options):
            button = QPushButton(text)
            button.setObjectName(f"{name}-{key}")
            button.setProperty("segment", _place(index, len(options)))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setToolTip(hint)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._before = current
        self.set_current(current)
        self._group.idClicked.connect(self._clicked)

    @property
    def current(self) -> str:
        """The key of the option that is on."""
        return self._keys[self._group.checkedId()]

    def set_current(self, key: str) -> None:
        """Switch an option on without telling."""
        self._group.button(self._keys.index(key)).setChecked(True)
        self._before = key

    def _clicked(self) -> None:
        if self.current != self._before:
            self._before = self.current
            self.chosen.emit(self.current)


def _place(index: int, count: int) -> str:
    if index == 0:
        return "first"
    return "last" if index == count - 1 else "middle"
