"""The models by name: those that came with the program, and those that can be downloaded."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import icons, models_names, theme
from desktop.context import AppContext
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label
from engine.inventory import Item

_KEY = Qt.ItemDataRole.UserRole


class ModelList(QListWidget):
    """``chosen(str)`` with the name of the model that was clicked on or moved to."""

    chosen = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("modelList")
        self.setAccessibleName(self.tr("모델"))
        self.setFixedWidth(theme.px(292))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._moved)

    def fill(self, packaged: tuple[Item, ...], optional: tuple[Item, ...], current: str) -> None:
        """Show the models and choose *current* without telling, or the first."""
        self.blockSignals(True)
        self.clear()
        for heading, items in (
            (self.tr("들어 있는 모델"), packaged),
            (self.tr("받을 수 있는 모델"), optional),
        ):
            self._head(heading)
            for item in items:
                self._row(item)
        names = [self.item(row).data(_KEY) for row in range(self.count())]
        self.setCurrentRow(names.index(current) if current in names else min(1, len(names) - 1))
        self.blockSignals(False)
        self.scrollToItem(self.currentItem())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen model in view when a banner takes some of the room."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    @property
    def current(self) -> str:
        """The name of the chosen model; empty if there is none."""
        item = self.currentItem()
        return str(item.data(_KEY) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose a model by its name."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == name:
                self.setCurrentRow(row)

    def _head(self, text: str) -> None:
        item = QListWidgetItem(self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        label = Label(text, "section")
        label.setContentsMargins(theme.px(2), theme.px(6), 0, 0)
        item.setSizeHint(_with_padding(label))
        self.setItemWidget(item, label)

    def _row(self, item: Item) -> None:
        row = QListWidgetItem(self)
        row.setData(_KEY, item.name)
        row.setData(Qt.ItemDataRole.AccessibleTextRole, item.name)
        made = _Row(item, self._context)
        row.setSizeHint(_with_padding(made))
        self.setItemWidget(row, made)

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.chosen.emit(item.data(_KEY))


def _with_padding(widget: QWidget) -> QSize:
    """Return the widget's size and the style sheet's padding of an item around it."""
    return widget.sizeHint() + QSize(theme.px(16), theme.px(14))


class _Row(QWidget):
    """Name, what it does, and a sign: here, not here, or missing."""

    def __init__(self, item: Item, context: AppContext) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        words.addWidget(ElidedLabel(item.name, "strong"))
        words.addWidget(ElidedLabel(models_names.title(item, context), "small"))
        self._sign = QLabel()
        name, self._ink = "success", "positive"
        if item.place is None:
            name, self._ink = ("download", "text_muted") if item.optional else ("error", "negative")
        self._icon = name
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(2), 0, theme.px(2), 0)
        line.addLayout(words, 1)
        line.addWidget(self._sign)
        self._draw()
        theme.notifier().changed.connect(self._draw)

    def _draw(self) -> None:
        side, ratio = theme.px(18), self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap(self._icon, side, self._ink, ratio))
