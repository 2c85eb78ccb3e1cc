"""How comments are to sound: tone, emoji, length; and the hashtags to put behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.app.settings import Key, Settings
from desktop.widgets.buttons import Button, ChipRow
from desktop.widgets.labels import Label
from desktop.widgets.notices import confirm
from engine.comments import taste
from engine.comments.tone.tone import PLAIN, TONES, Style
from engine.core.errors import MaumgyeolError


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
        known = taste.count()
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
            taste.record(labels, candidates, chosen, edited)
        except MaumgyeolError as error:
            self.trouble.emit(error)
        self.refresh()

    def _ask(self) -> None:
        question = self.tr("고른 댓글에서 배운 취향을 잊을까요? 되돌릴 수 없어요.")
        if not confirm(self, self.tr("취향 잊기"), question):
            return
        try:
            taste.forget()
        except MaumgyeolError as error:
            self.trouble.emit(error)
        self.refresh()
        self.forgotten.emit()


TONE = Key("comments/tone", PLAIN, TONES)
EMOJI = Key("comments/emoji", True)
LENGTH = Key("comments/length", 0)
LENGTHS = (0, 15, 25, 40, 60, 80)
"""Choices of the longest comment in characters; 0 is no limit."""


class StyleBar(QWidget):
    """``changed()``: comments are to sound otherwise."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        names = tone_names()
        self.tones = ChipRow()
        self.tones.setObjectName("commentTones")
        self._group = QButtonGroup(self)
        for number, tone in enumerate(TONES):
            chip = self.tones.add_chip(names[tone], checked=tone == settings.get(TONE))
            self._group.addButton(chip, number)
        self._group.idToggled.connect(lambda number, on: self._keep() if on else None)
        self.plain = QCheckBox(self.tr("이모지 없이"))
        self.plain.setObjectName("commentPlain")
        self.plain.setChecked(not settings.get(EMOJI))
        self.plain.toggled.connect(self._keep)
        self.length = QComboBox()
        self.length.setObjectName("commentLength")
        self.length.setAccessibleName(self.tr("가장 긴 글자 수"))
        for most in LENGTHS:
            text = self.tr("{n}자까지").format(n=most) if most else self.tr("길이 자유")
            self.length.addItem(text, most)
        self.length.setCurrentIndex(max(self.length.findData(settings.get(LENGTH)), 0))
        self.length.currentIndexChanged.connect(self._keep)
        row = QHBoxLayout()
        row.addWidget(self.plain)
        row.addStretch(1)
        row.addWidget(self.length)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.tones)
        column.addLayout(row)

    def style_asked(self) -> Style:
        """Return how comments are to sound."""
        return Style(
            tone=TONES[max(self._group.checkedId(), 0)],
            emoji=not self.plain.isChecked(),
            most=self.length.currentData() or None,
        )

    def _keep(self) -> None:
        asked = self.style_asked()
        self._settings.set(TONE, asked.tone)
        self._settings.set(EMOJI, asked.emoji)
        self._settings.set(LENGTH, asked.most or 0)
        self.changed.emit()


class Hashtags(QWidget):
    """Hashtags to switch on; ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(self.tr("해시태그를 누르면 댓글 뒤에 붙어요"), "small")
        self.chips = ChipRow()
        self.chips.setObjectName("commentHashtags")
        self.chips.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._title)
        column.addWidget(self.chips)
        self.hide()

    def show_tags(self, tags: Sequence[str]) -> None:
        """Offer these; those that were on stay on."""
        on = set(self.on())
        if tuple(self.chips.texts()) != tuple(tags):
            self.chips.set_chips(())
            for tag in tags:
                self.chips.add_chip(tag, checked=tag in on)
        self.setVisible(bool(tags))

    def on(self) -> tuple[str, ...]:
        """Return those that are on."""
        return tuple(self.chips.checked_texts())


def tone_names() -> dict[str, str]:
    """Return the shown names of the tones."""
    return {
        "기본": QCoreApplication.translate("comments", "기본"),
        "친근하게": QCoreApplication.translate("comments", "친근하게"),
        "정중하게": QCoreApplication.translate("comments", "정중하게"),
        "짧게": QCoreApplication.translate("comments", "짧게"),
        "재치있게": QCoreApplication.translate("comments", "재치있게"),
    }
