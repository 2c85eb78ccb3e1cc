"""The card that says how faces are hidden, and where the copies go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSlider, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, Line
from desktop.widgets.choice import Choice
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label
from engine.faces.mosaic import BLOCK, BLUR, COVER, PIXELATE, Mosaic

STEPS = (8, 12, 16, 24, 32, 48, 64)
"""Blocks that the slider offers."""


class StyleCard(Card):
    """Style, strength, folder and the button that starts.

    Signals:
        changed(): style or strength.
        recursive_changed(): folders within folders are taken, or not.
        started(): the button was pressed.
    """

    changed = Signal()
    recursive_changed = Signal()
    started = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._folder: Path | None = None
        self._chosen = False
        self.set_title(self.tr("가리는 방식"))
        self._style = Choice(
            "mosaicStyle",
            [
                (PIXELATE, self.tr("모자이크"), self.tr("네모 칸의 평균 색으로 바꿔요")),
                (BLUR, self.tr("흐림"), self.tr("칸의 경계 없이 흐리게 바꿔요")),
                (COVER, self.tr("덮기"), self.tr("한 가지 색으로 덮어요")),
            ],
            PIXELATE,
        )
        self._style.chosen.connect(self._style_changed)
        self.add(self._style)
        self.body.addLayout(self._strength_row())
        self._hint = Label(role="small", wrap=True)
        self._hint.setObjectName("mosaicHint")
        self.add(self._hint)
        self.add(Line())
        self._recursive = QCheckBox(self.tr("하위 폴더까지"))
        self._recursive.setObjectName("mosaicRecursive")
        self._recursive.toggled.connect(self.recursive_changed)
        self.add(self._recursive)
        self.body.addLayout(self._folder_row())
        self.go = Button(self.tr("얼굴 가리기"), "eye", role="primary")
        self.go.setObjectName("mosaicGo")
        self.go.clicked.connect(self.started)
        self.add(self.go)
        self._tell()
        self.suggest(None)

    @property
    def mosaic(self) -> Mosaic:
        """How faces are to be hidden."""
        return Mosaic(self._style.current, STEPS[self._strength.value()])

    @property
    def recursive(self) -> bool:
        """Whether folders within folders are taken."""
        return self._recursive.isChecked()

    @property
    def folder(self) -> Path | None:
        """Where the copies go."""
        return self._folder

    def state(self) -> tuple[str, int, bool, Path | None, bool]:
        """Return style, strength, whether folders within are taken, and the folder."""
        style, strength = self._style.current, self._strength.value()
        return style, strength, self.recursive, self._folder, self._chosen

    def restore(self, state: tuple[str, int, bool, Path | None, bool]) -> None:
        """Choose what was chosen on another card."""
        style, strength, recursive, self._folder, self._chosen = state
        self._style.set_current(style)
        self._strength.setValue(strength)
        self._recursive.setChecked(recursive)
        self._tell()
        self.suggest(self._folder)

    def suggest(self, folder: Path | None) -> None:
        """Offer a folder; one that the user has chosen stays."""
        if not self._chosen:
            self._folder = folder
        self._place.setText(str(self._folder) if self._folder else self.tr("아직 없음"))

    def _strength_row(self) -> QHBoxLayout:
        self._strength_label = Label(self.tr("세기"), "muted")
        self._strength = QSlider(Qt.Orientation.Horizontal)
        self._strength.setObjectName("mosaicStrength")
        self._strength.setRange(0, len(STEPS) - 1)
        self._strength.setValue(STEPS.index(BLOCK))
        self._strength.setPageStep(1)
        self._strength.setAccessibleName(self.tr("세기"))
        self._strength.valueChanged.connect(self._strength_changed)
        self._block = Label(role="strong")
        self._block.setObjectName("mosaicBlock")
        self._block.setMinimumWidth(theme.px(56))
        self._block.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self._strength_label)
        row.addWidget(self._strength, 1)
        row.addWidget(self._block)
        return row

    def _folder_row(self) -> QHBoxLayout:
        self._place = ElidedLabel()
        self._place.setObjectName("mosaicFolder")
        choose = Button(self.tr("바꾸기"), "folder")
        choose.setObjectName("mosaicChoose")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(Label(self.tr("저장할 폴더"), "muted"))
        row.addWidget(self._place, 1)
        row.addWidget(choose)
        return row

    def _choose(self) -> None:
        chosen = files.ask_folder(self, self._context.settings)
        if chosen is not None:
            self._chosen = True
            self._folder = chosen
            self.suggest(chosen)

    def _style_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _strength_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        cover = self._style.current == COVER
        for widget in (self._strength_label, self._strength, self._block):
            widget.setEnabled(not cover)
        block = STEPS[self._strength.value()]
        self._block.setText(f"{block} px")
        few = max(256 // block, 1)
        self._hint.setText(
            self.tr("한 가지 색으로 덮어서 아무것도 남지 않아요.")
            if cover
            else self.tr(
                "한 칸은 {block}픽셀 이상이고, 얼굴 하나는 가로 {few}칸을 넘지 않아요."
            ).format(block=block, few=few)
        )
