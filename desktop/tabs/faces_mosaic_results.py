"""The card of what came of a run: a line for each file, how many, and the folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop import icons, outside, theme
from desktop.context import AppContext
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chips import ChipRow
from desktop.widgets.empty_state import EmptyState
from engine.faces.mosaic_folder import NO_FACE, Done, Failed

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
        if not outside.open_outside(self._folder):
            self.failed.emit(self.tr("폴더를 열 수 없어요: {path}").format(path=self._folder))


def _kind(row: Done | Failed) -> int:
    """Return 0 for a file that was hidden, 1 for one without a face, 2 for one that failed."""
    if isinstance(row, Done):
        return 0
    return 1 if row.reason == NO_FACE else 2
