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
from desktop.settings import Key, Settings
from desktop.widgets.chips import ChipRow
from desktop.widgets.labels import Label
from engine.comments.tone import PLAIN, TONES, Style

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
