"""Asking for files, and reading them out of a drag: one memory of the last folder.

Use::

    paths = files.ask_open(self, context.settings, files.image_filter())
    path = files.ask_save(self, context.settings, "face.png", "PNG (*.png)")   # None: given up
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.settings import Settings
from desktop.widgets.buttons import Button
from desktop.widgets.notices import EmptyState
from engine.core.files import write_whole

VIDEO_SUFFIXES = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")


def name_filter(title: str, suffixes: Sequence[str]) -> str:
    """Return a filter of a file dialog: ``"사진 (*.png *.jpg)"``."""
    return f"{title} ({' '.join('*' + suffix for suffix in suffixes)})"


def image_filter() -> str:
    """Return the filter for every image that the engine reads."""
    from engine.media.images import (
        SUFFIXES,  # brings numpy and Pillow, which the start does not need
    )

    return name_filter(QCoreApplication.translate("files", "사진"), SUFFIXES)


def video_filter() -> str:
    """Return the filter for video files."""
    return name_filter(QCoreApplication.translate("files", "동영상"), VIDEO_SUFFIXES)


def table_filter() -> str:
    """Return the filter for files of texts."""
    return name_filter(QCoreApplication.translate("files", "글과 표"), TABLE_SUFFIXES)


def ask_open(
    parent: QWidget, settings: Settings | None, filters: str = "", many: bool = False
) -> list[Path]:
    """Ask for one file (*many*: several) and return what was chosen, perhaps nothing."""
    title = QCoreApplication.translate("files", "열기")
    start = settings.get(keys.LAST_FOLDER) if settings else ""
    if many:
        names, _ = QFileDialog.getOpenFileNames(parent, title, start, filters)
    else:
        name, _ = QFileDialog.getOpenFileName(parent, title, start, filters)
        names = [name] if name else []
    paths = [Path(name) for name in names]
    if paths and settings:
        settings.set(keys.LAST_FOLDER, str(paths[0].parent))
    return paths


def ask_folder(parent: QWidget, settings: Settings | None) -> Path | None:
    """Ask for a folder; ``None`` when none was chosen."""
    title = QCoreApplication.translate("files", "폴더 열기")
    start = settings.get(keys.LAST_FOLDER) if settings else ""
    name = QFileDialog.getExistingDirectory(parent, title, start)
    if name and settings:
        settings.set(keys.LAST_FOLDER, name)
    return Path(name) if name else None


def ask_save(
    parent: QWidget, settings: Settings | None, name: str, filters: str = ""
) -> Path | None:
    """Ask where to save *name*; the file's own suffix is added when none was typed."""
    title = QCoreApplication.translate("files", "저장")
    folder = Path(settings.get(keys.LAST_FOLDER)) if settings else Path()
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(folder / name), filters)
    if not chosen:
        return None
    path = Path(chosen)
    if not path.suffix:
        path = path.with_suffix(Path(name).suffix)
    if settings:
        settings.set(keys.LAST_FOLDER, str(path.parent))
    return path


def local_paths(data: QMimeData) -> list[Path]:
    """Return the local files of a drag."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


# ----------------------------------------------------------------------------------------
# The large empty state of a tab that takes files: drop one, or press the button.
#
# Use::
#
#     area = DropArea(self.tr("사진을 여기에 놓으세요"), self.tr("PNG, JPG, WEBP"), "image",
#                     files.image_filter(), context.settings)
#     area.dropped.connect(self.open_paths)         # list[Path], by drop or by the button
#
# With ``many=True`` the button takes several files at once and a second one takes a folder.


class DropArea(EmptyState):
    """A dashed rounded area; ``dropped(list[Path])`` tells of files dropped or chosen."""

    dropped = Signal(list)

    def __init__(
        self,
        title: str,
        hint: str = "",
        icon: str = "drop",
        filters: str = "",
        settings: Settings | None = None,
        parent: QWidget | None = None,
        *,
        many: bool = False,
    ) -> None:
        super().__init__(icon, title, hint, parent)
        self._filters, self._settings, self._many = filters, settings, many
        self._over = False
        self.button = Button(self.tr("열기"), "open", role="primary")
        self.button.setObjectName("dropOpen")
        self.button.clicked.connect(self.choose)
        self.add(self.button)
        if many:
            self.folder = Button(self.tr("폴더 열기"), "folder")
            self.folder.setObjectName("dropFolder")
            self.folder.clicked.connect(self.choose_folder)
            self.add(self.folder)
        self.setAcceptDrops(True)
        side = theme.px(24)
        self.column.setContentsMargins(side, side, side, side)
        self.setMinimumHeight(theme.px(220))

    def choose(self) -> None:
        """Ask for files and tell of those chosen."""
        chosen = ask_open(self, self._settings, self._filters, self._many)
        if chosen:
            self.dropped.emit(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder and tell of the one chosen."""
        chosen = ask_folder(self, self._settings)
        if chosen is not None:
            self.dropped.emit([chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up while local files hover."""
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to the quiet look."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the dropped files."""
        self._set_over(False)
        paths: list[Path] = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "accent" if self._over else "border_strong"
        painter.setPen(QPen(theme.color(role), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("accent_soft" if self._over else "surface"))
        radius = theme.px(12)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


# ----------------------------------------------------------------------------------------
# An answer as a JSON file.


def save(payload: dict[str, object], target: Path) -> Path:
    """Write *payload* and return *target*.

    Raises:
        StorageError: the file cannot be written.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    write_whole(target, text.encode())
    return target
