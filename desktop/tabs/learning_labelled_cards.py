"""One card of labelled pictures for each domain that they can teach."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.context import AppContext
from desktop.tabs.learning_labelled import LabelledCard
from desktop.widgets.buttons import Button


class LabelledCards(QWidget):
    """The cards of all domains that pictures can teach; only that of the shown one is seen.

    ``jump``: a button for the head of the page that scrolls to them.
    """

    accepted = Signal(object)

    def __init__(self, context: AppContext, scroller: QScrollArea) -> None:
        super().__init__()
        self.jump = Button(self.tr("사진으로 가르치기"), "folder")
        self.jump.setObjectName("learningLabelled")
        self.jump.clicked.connect(self._scroll_here)
        self._scroller = scroller
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.cards = {key: LabelledCard(context, key) for key in ("faces", "digits")}
        for key, card in self.cards.items():
            card.setProperty("domain", key)
            card.accepted.connect(self.accepted)
            card.view_changed.connect(lambda: QTimer.singleShot(0, self, self._scroll_here))
            column.addWidget(card)

    def show_domain(self, key: str) -> None:
        """Show the card of a domain, or none."""
        for name, card in self.cards.items():
            card.setVisible(name == key)
        self.setVisible(key in self.cards)
        self.jump.setVisible(key in self.cards)

    def state(self) -> dict[str, object]:
        """Return what each card shows."""
        return {key: card.state() for key, card in self.cards.items()}

    def restore(self, state: dict[str, Any]) -> None:
        """Show what other cards showed."""
        for key, card in self.cards.items():
            card.restore(*state[key])

    def model_changed(self, key: str) -> None:
        """Another model answers in a domain: what its card said of the one before is over."""
        if key in self.cards:
            self.cards[key].banner.clear()

    def shutdown(self) -> None:
        """Stop what runs."""
        for card in self.cards.values():
            card.shutdown()

    def _scroll_here(self) -> None:
        content = self._scroller.widget()
        if content is not None:
            self._scroller.verticalScrollBar().setValue(self.mapTo(content, QPoint(0, 0)).y())
