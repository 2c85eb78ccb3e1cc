"""Asking for files, and reading them out of a drag: one memory of the last folder.

Use::

    paths = files.ask_open(self, context.settings, files.image_filter())
    path = files.ask_save(self, context.settings, "face.png", "PNG (*.png)")   # None: given up
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import settings as keys
from desktop.settings import Settings

VIDEO_SUFFIXES = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")


def name_filter(title: str, suffixes: Sequence[str]) -> str:
    """Return a filter of a file dialog: ``"사진 (*.png *.jpg)"``."""
    return f"{title} ({' '.join('*' + suffix for suffix in suffixes)})"


def image_filter() -> str:
    """Return the filter for every image that the engine reads."""
    from engine.images import SUFFIXES  # brings numpy and Pillow, which the start does not need

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
