"""Small rounded labels that can be switched on and off, and a wrapping row of them.

Use::

    self._labels = ChipRow()
    self._labels.set_chips(["기쁨", "나무"], checked=True)      # all on
    self._labels.changed.connect(self._write_again)
    self._labels.checked_texts()                              # ["기쁨", "나무"]
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.widgets.flow import FlowLayout


class Chip(QPushButton):
    """A rounded label; checkable unless told otherwise.

    Attributes:
        key: what it stands for; its text unless told otherwise.
    """

    def __init__(
        self, text: str, *, key: str = "", checkable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.key = key or text
        self.setObjectName("chip")
        self.setCheckable(checkable)
        self.setAutoDefault(False)


class ChipRow(QWidget):
    """Chips that wrap over lines; ``changed`` after one was switched, ``clicked(str)``: its key."""

    changed = Signal()
    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_chips(
        self, texts: Sequence[str], *, checkable: bool = True, checked: bool = False
    ) -> None:
        """Show these chips instead of the former ones."""
        self._flow.clear()
        for text in texts:
            self.add_chip(text, checkable=checkable, checked=checked)

    def add_chip(
        self, text: str, *, key: str = "", checkable: bool = True, checked: bool = False
    ) -> Chip:
        """Append one chip and return it."""
        chip = Chip(text, key=key, checkable=checkable)
        chip.setChecked(checked)
        chip.clicked.connect(lambda: self._pressed(chip.key))
        self._flow.addWidget(chip)
        chip.show()
        self.updateGeometry()
        return chip

    def chips(self) -> list[Chip]:
        """Return the chips in order."""
        items = (self._flow.itemAt(i) for i in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Chip)]

    def texts(self) -> list[str]:
        """Return the texts of all chips."""
        return [chip.text() for chip in self.chips()]

    def checked_keys(self) -> list[str]:
        """Return what the chips that are on stand for."""
        return [chip.key for chip in self.chips() if chip.isChecked()]

    def checked_texts(self) -> list[str]:
        """Return the texts of the chips that are on."""
        return [chip.text() for chip in self.chips() if chip.isChecked()]

    def _pressed(self, key: str) -> None:
        self.clicked.emit(key)
        self.changed.emit()
