"""A titled, rounded panel: the unit of which every page is made.

Use::

    card = Card(self.tr("판단 근거"))
    card.add(self._text)                          # or card.body.addLayout(…)
    card.header.addWidget(IconButton("copy", self.tr("복사")))   # on the right of the title
    page.body.addWidget(card)
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import SectionTitle


class Card(QFrame):
    """A rounded panel with a title, a ``header`` row for small actions and a ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        side, gap = theme.px(18), theme.px(12)
        outer.setContentsMargins(side, theme.px(14), side, theme.px(16))
        outer.setSpacing(gap)
        top = QHBoxLayout()
        self.title = SectionTitle(title)
        self.title.setVisible(bool(title))
        self.title.setMinimumHeight(theme.px(30))  # with and without buttons beside it
        top.addWidget(self.title)
        top.addStretch(1)
        self.header = QHBoxLayout()
        self.header.setSpacing(theme.px(6))
        top.addLayout(self.header)
        outer.addLayout(top)
        self.body = QVBoxLayout()
        self.body.setSpacing(gap)
        outer.addLayout(self.body, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> QWidget:
        """Append a widget to the body and return it."""
        self.body.addWidget(widget, stretch)
        return widget

    def set_title(self, title: str) -> None:
        """Change the title; an empty one takes no room."""
        self.title.setText(title)
        self.title.setVisible(bool(title))


class Line(QFrame):
    """A thin horizontal rule between two parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        self.setFixedHeight(1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
