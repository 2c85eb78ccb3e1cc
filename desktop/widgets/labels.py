"""Text in the few roles that the window has, so that all tabs speak in the same voice.

Use::

    layout.addWidget(SectionTitle(self.tr("확률")))
    self._model = Label(role="small", selectable=True)     # "reviews-ngram 1.0"
    self._answer = Label(role="big")
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Role = Literal["", "title", "subtitle", "section", "strong", "big", "muted", "small"]


class Label(QLabel):
    """Plain text (never HTML) in a role of the style sheet, wrapped when asked to."""

    def __init__(
        self,
        text: str = "",
        role: Role = "",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class SectionTitle(Label):
    """The heading of a part of a card."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent=parent)
