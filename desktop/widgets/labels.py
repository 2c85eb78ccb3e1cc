"""Text in the few roles that the window has, so that all tabs speak in the same voice.

Use::

    layout.addWidget(SectionTitle(self.tr("확률")))
    self._model = Label(role="small", selectable=True)     # "reviews-ngram 1.0"
    self._answer = Label(role="big")
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyleOption, QWidget

from desktop import theme

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


# ----------------------------------------------------------------------------------------
# One line of text that gives way: cut in the middle where there is no room, whole as a tip.
#
# Use::
#
#     self._name = ElidedLabel(role="section")
#     self._name.setText(path.name)        # a long file name never widens the page


class ElidedLabel(Label):
    """Shows the beginning and the end of a text that is too long; both say what it is."""

    def __init__(self, text: str = "", role: Role = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent=parent)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Ask for a few letters only."""
        return QSize(theme.px(60), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, room.width()
        )
        how = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.style().drawItemText(painter, room, how, option.palette, True, shown)
