"""The card of what came of a run: a line for each file, how many, and the folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QSlider,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop import theme
from desktop.app import external
from desktop.app.context import AppContext
from desktop.theme import icons
from desktop.widgets import files
from desktop.widgets.buttons import Button, ChipRow, Choice
from desktop.widgets.labels import ElidedLabel, Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card, Line
from engine.faces.mosaic.cover import BLOCK, BLUR, COVER, PIXELATE, Mosaic
from engine.faces.mosaic.folder import NO_FACE, Done, Failed

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


MOST = 5000
"""Lines that are shown; a longer run still counts them all."""


class MosaicResults(Card):
    """``failed(str)``: the folder could not be shown."""

    failed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._rows: list[Done | Failed] = []
        self._folder: Path | None = None
        self.set_title(self.tr("결과"))
        self._open = Button(self.tr("폴더 열기"), "folder")
        self._open.setObjectName("mosaicOpen")
        self._open.clicked.connect(self._show_folder)
        self.header.addWidget(self._open)
        self._kinds = ChipRow()
        self._kinds.setObjectName("mosaicKinds")
        self._kinds.changed.connect(self._filter)
        self._list = self._make_list()
        self._none = EmptyState(
            "eye",
            self.tr("아직 가린 사진이 없어요"),
            self.tr("원본은 그대로 두고, 가린 사본만 저장해요."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._list)
        self.add(self._kinds)
        self.add(self._stack, 1)
        self.clear()

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many files were hidden, held no face, and failed."""
        kinds = [_kind(row) for row in self._rows]
        return kinds.count(0), kinds.count(1), kinds.count(2)

    def clear(self, folder: Path | None = None) -> None:
        """Begin a run whose copies go to *folder*."""
        self._rows, self._folder = [], folder
        self._list.clear()
        self._open.setEnabled(False)
        self._stack.setCurrentWidget(self._none)
        self._tell()

    def state(self) -> tuple[list[Done | Failed], Path | None]:
        """Return the files that the run is done with, and the folder of their copies."""
        return list(self._rows), self._folder

    def restore(self, state: tuple[list[Done | Failed], Path | None]) -> None:
        """Show what another card showed."""
        rows, folder = state
        self.clear(folder)
        self.add_rows(rows)

    def add_rows(self, rows: Sequence[Done | Failed]) -> None:
        """Add files that the run is done with."""
        if not rows:
            return
        self._rows += rows
        shown = self._list.topLevelItemCount()
        for row in rows[: max(MOST - shown, 0)]:
            self._list.addTopLevelItem(self._item(row))
        self._stack.setCurrentWidget(self._list)
        self._open.setEnabled(self.counts[0] > 0)
        self._tell()
        self._filter()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("mosaicList")
        made.setHeaderLabels([self.tr("파일"), self.tr("결과")])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        made.header().resizeSection(0, theme.px(150))
        made.header().setStretchLastSection(True)
        made.setMinimumHeight(theme.px(180))
        return made

    def _item(self, row: Done | Failed) -> QTreeWidgetItem:
        say = self._context.say
        if isinstance(row, Done):
            text = self.tr("얼굴 {n}개를 가렸어요").format(n=row.faces)
            text = " · ".join([text, *(say(note) for note in (*row.doubts, *row.notes))])
        else:
            text = say(row.reason)
        item = QTreeWidgetItem([row.source.name, text])
        name, role = (("success", "positive"), ("info", "text_muted"), ("error", "negative"))[
            _kind(row)
        ]
        if isinstance(row, Done) and row.doubts:
            name, role = "warning", "warning"
        item.setSizeHint(0, QSize(0, theme.px(30)))
        item.setIcon(1, icons.icon(name, role))
        item.setToolTip(0, str(row.source))
        item.setToolTip(1, text)
        return item

    def _tell(self) -> None:
        done, without, failed = self.counts
        texts = [
            self.tr("가림 {n}").format(n=done),
            self.tr("얼굴 없음 {n}").format(n=without),
            self.tr("실패 {n}").format(n=failed),
        ]
        chips = self._kinds.chips()
        if not chips:
            self._kinds.set_chips(texts, checked=True)
        for chip, text in zip(chips, texts, strict=False):
            chip.setText(text)
        self._kinds.setVisible(bool(self._rows))

    def _filter(self) -> None:
        wanted = [chip.isChecked() for chip in self._kinds.chips()]
        for number in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(number)
            if item is not None:
                item.setHidden(not wanted[_kind(self._rows[number])])

    def _show_folder(self) -> None:
        if self._folder is None:
            return
        if not external.open_outside(self._folder):
            self.failed.emit(self.tr("폴더를 열 수 없어요: {path}").format(path=self._folder))


def _kind(row: Done | Failed) -> int:
    """Return 0 for a file that was hidden, 1 for one without a face, 2 for one that failed."""
    if isinstance(row, Done):
        return 0
    return 1 if row.reason == NO_FACE else 2
