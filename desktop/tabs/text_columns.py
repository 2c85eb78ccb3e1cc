"""Where a text is read: what is written and was read on the left, the answers on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme


class TextColumns(QWidget):
    """Two columns in ``row``; when the page stacks them, the recent texts come last."""

    def __init__(self) -> None:
        super().__init__()
        gap = theme.px(14)
        self.row = QHBoxLayout()
        self.row.setSpacing(gap)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(gap)
            self.row.addLayout(column, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(gap)
        self._whole.addLayout(self.row, 1)
        self._recent: QWidget | None = None

    def fill(
        self, write: QWidget, recent: QWidget, answers: Sequence[QWidget], below: QWidget | None
    ) -> None:
        """Place the cards: the first of *answers* takes what room there is, *below* all width."""
        self._recent = recent
        self._left.addWidget(write)
        self._left.addWidget(recent, 1)
        for index, card in enumerate(answers):
            self._right.addWidget(card, int(index == 0))
        if below is not None:
            self._whole.addWidget(below)
        theme.notifier().changed.connect(self._place_recent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the page, which stacks the columns where there is little room."""
        super().resizeEvent(event)
        self._place_recent()

    def _place_recent(self) -> None:
        if self._recent is None:
            return
        stacked = self.row.direction() == QBoxLayout.Direction.TopToBottom
        home = self._right if stacked else self._left
        if home.indexOf(self._recent) < 0:
            home.addWidget(self._recent, int(not stacked))
