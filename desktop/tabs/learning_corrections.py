"""The answers that the user put right: a list with previews, from which any can be deleted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from desktop import icons, theme
from desktop.tabs.learning_domains import local_time
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from engine.learning import MIN_CORRECTIONS
from engine.library import Correction

_LONGEST = 160
_ID = Qt.ItemDataRole.UserRole


class CorrectionList(QListWidget):
    """A list that tells when Delete is pressed."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Delete; other keys move as usual."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class CorrectionsCard(Card):
    """``delete_asked(list[int])``: ids of corrections that the user wants gone."""

    delete_asked = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.list = CorrectionList()
        self.list.setObjectName("learningCorrections")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(2))
        self.list.itemSelectionChanged.connect(self._update)
        self._none = EmptyState(
            "learning",
            self.tr("아직 고친 답이 없어요"),
            self.tr(
                "결과가 틀렸을 때 그 탭에서 ‘아니에요’를 눌러 바른 답을 골라 주세요. "
                "{n}개가 모이면 다시 학습할 수 있어요."
            ).format(n=MIN_CORRECTIONS),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.list)
        self._delete = Button(self.tr("지우기"), "trash")
        self._delete.setObjectName("learningDelete")
        self._delete.clicked.connect(self._ask)
        self.list.delete_pressed.connect(self._delete.click)
        self.header.addWidget(self._delete)
        self.add(self._stack, 1)
        self.setMinimumHeight(theme.px(320))

    def show_corrections(self, rows: Sequence[Correction], learned: set[int]) -> None:
        """Show corrections, newest first; those in *learned* are in the model that answers."""
        self.set_title(self.tr("고친 답 {n}개").format(n=len(rows)))
        self.list.clear()
        self.list.setIconSize(QSize(theme.px(44), theme.px(44)))
        for row in reversed(rows):
            item = QListWidgetItem(_icon(row), self._text(row, row.id in learned))
            item.setData(_ID, row.id)
            self.list.addItem(item)
        self._stack.setCurrentWidget(self.list if rows else self._none)
        self._update()

    def _ask(self) -> None:
        """Ask for the deletion; the list keeps the focus, not the next button."""
        self.delete_asked.emit(self._selected())
        self.list.setFocus()

    def _selected(self) -> list[int]:
        return [item.data(_ID) for item in self.list.selectedItems()]

    def _update(self) -> None:
        self._delete.setEnabled(bool(self._selected()))

    def _text(self, row: Correction, learned: bool) -> str:
        when = local_time(row.created)
        state = self.tr("배웠어요") if learned else self.tr("기다리는 중")
        lines = [f"{row.predicted} → {row.corrected} · {state}", f"{when} · {row.model}"]
        if row.preview is None:
            lines.insert(0, _excerpt(row.payload))
        return "\n".join(lines)


def _excerpt(payload: bytes) -> str:
    text = " ".join(payload.decode("utf-8", "replace").split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _icon(row: Correction) -> QIcon:
    """Return the stored preview, or the sign for text."""
    picture = QPixmap()
    if row.preview is None or not picture.loadFromData(row.preview):
        return icons.icon("text")
    side = theme.px(88)  # twice the shown size, for fine screens
    smooth = Qt.TransformationMode.SmoothTransformation
    fast = Qt.TransformationMode.FastTransformation
    mode = fast if picture.width() < side else smooth
    return QIcon(picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, mode))
