"""The photos of an album as a strip of thumbnails, each with a sign of how far it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import theme
from desktop.theme import icons
from desktop.widgets.image_view import to_qimage
from engine.comments.album import Entry

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1
WIDE, HIGH = 104, 92
"""Size of a cell in pixels before zoom."""


class AlbumModel(QAbstractListModel):
    """The entries of an album, in the order in which they came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._pictures: dict[int, QImage] = {}

    @property
    def entries(self) -> list[Entry]:
        """All entries; change them by :meth:`put`."""
        return list(self._entries)

    def entry(self, row: int) -> Entry:
        """Return one entry."""
        return self._entries[row]

    def waiting(self) -> list[tuple[int, Path]]:
        """Return row and file of those that wait."""
        rows = enumerate(self._entries)
        return [(row, entry.path) for row, entry in rows if entry.state == "waiting"]

    def add(self, paths: list[Path]) -> list[int]:
        """Have *paths* wait, known ones again, and return their rows."""
        known = {entry.path: row for row, entry in enumerate(self._entries)}
        fresh = [path for path in dict.fromkeys(paths) if path not in known]
        if fresh:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._entries += [Entry(path) for path in fresh]
            self.endInsertRows()
        for path in dict.fromkeys(paths):
            if path in known:
                self.put(known[path], Entry(path))
        rows = {entry.path: row for row, entry in enumerate(self._entries)}
        return [rows[path] for path in dict.fromkeys(paths)]

    def put(self, row: int, entry: Entry) -> None:
        """Replace an entry; a thumbnail that it has not yet is kept."""
        before = self._entries[row]
        if entry.thumbnail is None and before.thumbnail is not None:
            entry = replace(entry, thumbnail=before.thumbnail)
        if entry.thumbnail is not before.thumbnail:
            self._pictures.pop(row, None)
        self._entries[row] = entry
        self.dataChanged.emit(self.index(row), self.index(row))

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self._entries.clear()
        self._pictures.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of photos."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the file's name, its entry, or its thumbnail as a QImage."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return entry.path.name
        if role == ENTRY:
            return entry
        if role == PICTURE and entry.thumbnail is not None:
            if index.row() not in self._pictures:
                self._pictures[index.row()] = to_qimage(entry.thumbnail)
            return self._pictures[index.row()]
        return None


class Thumbnails(QStyledItemDelegate):
    """Paints a thumbnail, its name, and the sign of its state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        return QSize(theme.px(WIDE), theme.px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        entry: Entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        cell = QRectF(option.rect).adjusted(3, 3, -3, -3)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        _ground(painter, cell, state)
        picture = QRectF(cell).adjusted(5, 5, -5, -theme.px(22))
        _picture(painter, picture, index.data(PICTURE))
        _sign(painter, picture, entry)
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("negative" if entry.state == "failed" else "text_muted"))
        line = QRectF(cell.left() + 4, picture.bottom(), cell.width() - 8, theme.px(20))
        metrics = QFontMetrics(painter.font())
        name = metrics.elidedText(
            entry.path.name, Qt.TextElideMode.ElideMiddle, round(line.width())
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()


class Strip(QListView):
    """The strip; ``selected(int)`` when another photo comes to the front."""

    selected = Signal(int)

    def __init__(self, model: AlbumModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commentStrip")
        self.setAccessibleName(self.tr("앨범의 사진들"))
        self.setModel(model)
        self.setItemDelegate(Thumbnails(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.px(120))
        self._fit()
        theme.notifier().changed.connect(self._fit)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_row(self, row: int) -> None:
        """Bring a photo to the front; ``selected`` tells of it if it was another."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go on or back by so many photos."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.model().rowCount():
            self.show_row(row)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(HIGH + 20))

    def _tell(self, now: QModelIndex) -> None:
        if now.isValid():
            self.selected.emit(now.row())


def _ground(painter: QPainter, cell: QRectF, state: QStyle.StateFlag) -> None:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(QPen(theme.color("accent"), 2) if chosen else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft" if chosen else "hover" if hovered else "surface"))
    painter.drawRoundedRect(cell, theme.px(8), theme.px(8))


def _picture(painter: QPainter, room: QRectF, picture: QImage | None) -> None:
    frame, radius = QPainterPath(), theme.px(5)
    if picture is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface_alt"))
        painter.drawRoundedRect(room, radius, radius)
        return
    size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(room.center())
    frame.addRoundedRect(place, radius, radius)
    painter.save()
    painter.setClipPath(frame)
    painter.drawImage(place, picture)
    painter.restore()


def _sign(painter: QPainter, room: QRectF, entry: Entry) -> None:
    """Paint what there is to say of a photo that is not simply done."""
    name, role = {
        "waiting": ("pause", "text_faint"),
        "looking": ("eye", "accent"),
        "failed": ("error", "negative"),
        "done": ("check" if entry.chosen else "", "positive"),
    }[entry.state]
    if not name:
        return
    side = theme.px(22)
    spot = QRectF(room.right() - side, room.top(), side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface", 0.92))
    painter.drawEllipse(spot)
    inner = round(side * 0.7)
    ratio = painter.device().devicePixelRatioF()
    corner = spot.center().toPoint()
    painter.drawPixmap(
        corner.x() - inner // 2, corner.y() - inner // 2, icons.pixmap(name, inner, role, ratio)
    )
