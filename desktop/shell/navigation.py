"""The side of the window: the product's name, one button a tab, the history switch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.shell.tabs import TabSpec
from desktop.theme import icons
from desktop.widgets.labels import Label


class Navigation(QFrame):
    """``chosen(int)``: a tab's button was pressed; ``history_toggled(bool)``."""

    chosen = Signal(int)
    history_toggled = Signal(bool)

    def __init__(self, tabs: Sequence[TabSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._logo = QLabel()
        name = Label(self.tr("마음결"))
        name.setObjectName("appName")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._logo)
        head.addWidget(name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(18), theme.px(14), theme.px(16))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addSpacing(theme.px(16))
        self._group = QButtonGroup(self)
        for index, spec in enumerate(tabs):
            button = self._button(spec.title(), spec.key)
            button.setToolTip(f"{spec.title()} (Ctrl+{index + 1})")
            button.setObjectName(f"nav-{spec.key}")
            self._group.addButton(button, index)
            column.addWidget(button)
        self._group.idClicked.connect(self.chosen)
        column.addStretch(1)
        self.history = self._button(self.tr("기록"), "history")
        self.history.setToolTip(self.tr("기록 (Ctrl+H)"))
        self.history.setObjectName("nav-history")
        self.history.toggled.connect(self.history_toggled)
        column.addWidget(self.history)
        self._draw()
        theme.notifier().changed.connect(self._draw)

    def select(self, index: int) -> None:
        """Mark the button of a tab."""
        self._group.button(index).setChecked(True)

    def buttons(self) -> list[QToolButton]:
        """Return the tabs' buttons in order."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def _button(self, text: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setText(f" {text}")  # Qt leaves no gap after the icon
        button.setProperty("icon-name", icon)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _draw(self) -> None:
        texts = [button.fontMetrics().horizontalAdvance(button.text()) for button in self.buttons()]
        self.setFixedWidth(max(theme.px(186), max(texts, default=0) + theme.px(92)))
        side = theme.px(30)
        self._logo.setPixmap(icons.app_icon().pixmap(QSize(side, side)))
        for button in (*self.buttons(), self.history):
            button.setIcon(icons.icon(str(button.property("icon-name")), checked="accent", side=24))
            button.setIconSize(QSize(theme.px(24), theme.px(24)))
