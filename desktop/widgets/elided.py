"""One line of text that gives way: cut in the middle where there is no room, whole as a tip.

Use::

    self._name = ElidedLabel(role="section")
    self._name.setText(path.name)        # a long file name never widens the page
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyleOption, QWidget

from desktop import theme
from desktop.widgets.labels import Label, Role


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
