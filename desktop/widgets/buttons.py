"""Buttons that carry the project's icons and follow the theme.

Use::

    self._open = Button(self.tr("열기"), "open", role="primary")
    self._open.setObjectName("reviewsOpen")
    self._copy = IconButton("copy", self.tr("복사"))          # the text is tooltip and name
    self._mesh = IconButton("eye", self.tr("그물"), checkable=True)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop import theme
from desktop.theme import icons
from desktop.widgets.flow import FlowLayout

ButtonRole = Literal["", "primary", "quiet", "danger"]
_INK = {"": "text_muted", "primary": "on_accent", "quiet": "accent", "danger": "negative"}


class Button(QPushButton):
    """A push button with words, in one of four roles; one ``primary`` a page."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        role: ButtonRole = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._role = icon, role
        self.setProperty("role", role)
        self.setAutoDefault(False)
        if icon:
            self._draw_icon()
            theme.notifier().changed.connect(self._draw_icon)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        if not self._icon:
            theme.notifier().changed.connect(self._draw_icon)
        self._icon = name
        self._draw_icon()

    def _draw_icon(self) -> None:
        self.setIcon(icons.icon(self._icon, _INK[self._role]))
        self.setIconSize(QSize(theme.px(18), theme.px(18)))


class IconButton(QToolButton):
    """A flat square button with an icon only; *text* is its tooltip and accessible name."""

    def __init__(
        self,
        icon: str,
        text: str,
        *,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("iconButton")
        self._icon = icon
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self._draw_icon()
        theme.notifier().changed.connect(self._draw_icon)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._draw_icon()

    def _draw_icon(self) -> None:
        self.setIcon(icons.icon(self._icon, checked="accent"))
        self.setIconSize(QSize(theme.px(20), theme.px(20)))


# ----------------------------------------------------------------------------------------
# A few short options of which exactly one is on, as joined buttons.
#
# Use::
#
#     self._pace = Choice("pace", [("precise", self.tr("정밀"), self.tr("…")), …], "precise")
#     self._pace.chosen.connect(self._set_mode)     # str, after a click on another option
#     self._pace.current, self._pace.set_current("instant")


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


# ----------------------------------------------------------------------------------------
# Small rounded labels that can be switched on and off, and a wrapping row of them.
#
# Use::
#
#     self._labels = ChipRow()
#     self._labels.set_chips(["기쁨", "나무"], checked=True)      # all on
#     self._labels.changed.connect(self._write_again)
#     self._labels.checked_texts()                              # ["기쁨", "나무"]


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
