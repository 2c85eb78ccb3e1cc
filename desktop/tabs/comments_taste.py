"""One line that says how many choices taught the order of the comments, and forgets them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets.buttons import Button
from desktop.widgets.confirm import confirm
from desktop.widgets.labels import Label
from engine.comments import feedback
from engine.errors import MaumgyeolError


class TasteLine(QWidget):
    """``trouble(Exception)``: the choices could not be kept; ``forgotten()``."""

    trouble = Signal(object)
    forgotten = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._text = Label(role="small", wrap=True)
        self._text.setObjectName("commentTaste")
        self._forget = Button(self.tr("취향 잊기"), role="quiet")
        self._forget.setObjectName("commentForget")
        self._forget.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._text, 1)
        row.addWidget(self._forget)
        self.refresh()

    def refresh(self) -> None:
        """Count the choices again."""
        known = feedback.count()
        self._forget.setVisible(known > 0)
        if known:
            text = self.tr("고른 댓글 {n}개에서 배운 취향으로 차례를 정해요.").format(n=known)
        else:
            text = self.tr("댓글을 고르거나 고치면 그 취향을 바로 배워요.")
        self._text.setText(text)

    def learn(
        self,
        labels: tuple[str, ...],
        candidates: tuple[str, ...],
        chosen: int | None,
        edited: str | None,
    ) -> None:
        """Remember a choice."""
        try:
            feedback.record(labels, candidates, chosen, edited)
        except MaumgyeolError as error:
            self.trouble.emit(error)
        self.refresh()

    def _ask(self) -> None:
        question = self.tr("고른 댓글에서 배운 취향을 잊을까요? 되돌릴 수 없어요.")
        if not confirm(self, self.tr("취향 잊기"), question):
            return
        try:
            feedback.forget()
        except MaumgyeolError as error:
            self.trouble.emit(error)
        self.refresh()
        self.forgotten.emit()
