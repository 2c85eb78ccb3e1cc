"""Buttons that carry the project's icons and follow the theme.

Use::

    self._open = Button(self.tr("열기"), "open", role="primary")
    self._open.setObjectName("reviewsOpen")
    self._copy = IconButton("copy", self.tr("복사"))          # the text is tooltip and name
    self._mesh = IconButton("eye", self.tr("그물"), checkable=True)
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop import icons, theme

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
