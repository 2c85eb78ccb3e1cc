"""Saving one photo with its comments, and exporting the whole album."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QWidget

from desktop.app.context import AppContext
from desktop.tabs.comments.photo import Mark, marks, paint
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.image_view import to_png, to_qimage
from desktop.widgets.notices import Banner, JobBar
from desktop.workers import JobHandle
from engine.comments import album
from engine.comments import album as album_export
from engine.comments.album import Entry
from engine.core.errors import MaumgyeolError, Message, StorageError
from engine.core.files import free, write_whole
from engine.core.jobs import Progress


def save(target: Path, payload: dict[str, Any], picture: QImage | None) -> Path:
    """Write *payload* as JSON, and *picture* as PNG of the same name beside it.

    Raises:
        StorageError: a file cannot be written.
    """
    text = json.dumps(payload, ensure_ascii=False, indent=1)
    write_whole(target.with_suffix(".json"), f"{text}\n".encode())
    if picture is not None:
        write_whole(target.with_suffix(".png"), to_png(picture))
    return target


def save_pictures(
    folder: Path, entries: Sequence[Entry], progress: Progress, language: str = "ko"
) -> int:
    """Write a copy of each photo with its boxes into *folder*; return how many.

    No file is written over, the originals least of all: a taken name gets a number.

    Raises:
        StorageError: *folder* cannot be written to.
        InputError: every photo has become unreadable since it was looked at.
        Cancelled: *progress* was cancelled; the copies so far stay.
    """
    made, fault = 0, None
    ready = [entry for entry in entries if entry.photo is not None]
    for number, entry in enumerate(ready):
        progress.report(
            number / len(ready),
            Message(f"사진을 저장하는 중… {entry.path.name}", f"Saving {entry.path.name}…"),
        )
        try:
            photo = to_qimage(album.read(entry.path).pixels)
            found = marks(entry.photo, language) if entry.photo else []
            picture = paint(photo, found, entry.labels)
            write_whole(free(folder / f"{entry.path.stem}-댓글.png"), to_png(picture))
            made += 1
        except StorageError:
            raise
        except MaumgyeolError as error:
            fault = error
    if fault is not None and not made:
        raise fault
    return made


T = TypeVar("T")


class Exporter(QObject):
    """Two buttons: ``one`` saves the photo at the front, ``more`` exports the album.

    Signals:
        said(str): something was saved.
    """

    said = Signal(str)

    def __init__(self, context: AppContext, banner: Banner, bar: JobBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._banner, self._bar, self._page = context, banner, bar, parent
        self._entries: Sequence[Entry] = ()
        self._entry: Entry | None = None
        self._image: QImage | None = None
        self._found: Sequence[Mark] = ()
        self._job: JobHandle | None = None
        self.one = Button(self.tr("결과 저장"), "save")
        self.one.setObjectName("commentSave")
        self.one.clicked.connect(self.save_one)
        self.more = Button(self.tr("내보내기"), "export")
        self.more.setObjectName("commentExport")
        menu = QMenu(self.more)
        self.csv = menu.addAction(self.tr("표로 (CSV)…"), lambda: self.export("csv"))
        self.json = menu.addAction(self.tr("JSON으로…"), lambda: self.export("json"))
        self.pictures = menu.addAction(self.tr("표시한 사진 모두…"), self.export_pictures)
        self.more.setMenu(menu)
        self.show_state((), None, None, ())

    def show_state(
        self,
        entries: Sequence[Entry],
        entry: Entry | None,
        image: QImage | None,
        found: Sequence[Mark],
    ) -> None:
        """Take what there is to save: the album, the entry at the front, its photo and boxes."""
        self._entries, self._entry = entries, entry
        self._image, self._found = image, found
        self.one.setEnabled(entry is not None and bool(entry.photo or entry.written))
        self.more.setEnabled(any(item.state in ("done", "failed") for item in entries))

    def save_one(self) -> bool:
        """Ask where to, and save the photo at the front; whether there was anything to save."""
        entry = self._entry
        if entry is None or not (entry.photo or entry.written):
            return False
        image = self._image
        kind = "json" if image is None else "png"
        stem = entry.path.stem or self.tr("라벨")
        name = self.tr("{stem}-댓글.{kind}").format(stem=stem, kind=kind)
        target = self._ask(name, kind)
        if target is not None:
            payload, found = album_export.to_dict(entry), self._found

            def work(progress: Progress) -> Path:
                painted = paint(image, found, entry.labels) if image is not None else None
                return save(target, payload, painted)

            self._run(work, self._saved)
        return True

    def export(self, kind: str) -> None:
        """Ask where to, and save the album's table."""
        target = self._ask(self.tr("앨범-댓글.{kind}").format(kind=kind), kind)
        if target is not None:
            entries = self._entries
            self._run(lambda progress: album_export.save(target, entries), self._saved)

    def export_pictures(self) -> None:
        """Ask for a folder, and save a copy of every photo with its boxes in it."""
        folder = files.ask_folder(self._page, self._context.settings)
        if folder is not None:
            entries, language = self._entries, self._context.language
            self._run(
                lambda progress: save_pictures(folder, entries, progress, language),
                self._pictures,
            )

    def stop(self) -> None:
        """Give up saving."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self, name: str, kind: str) -> Path | None:
        filters = f"{kind.upper()} (*.{kind})"
        return files.ask_save(self._page, self._context.settings, name, filters)

    def _run(self, job: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        self._job = self._context.workers.run(
            job,
            done=done,
            failed=self._failed,
            progress=self._bar.set_progress,
            cancelled=self._bar.finish,
            owner=self._page,
            language=self._context.language,
        )
        self._bar.start(self.tr("저장하는 중…"), self._job.cancel)

    def _saved(self, path: Path) -> None:
        self._bar.finish()
        self.said.emit(self.tr("저장했어요: {name}").format(name=path.name))

    def _pictures(self, number: int) -> None:
        self._bar.finish()
        self.said.emit(self.tr("표시한 사진 {n}장을 저장했어요.").format(n=number))

    def _failed(self, error: Exception) -> None:
        self._bar.finish()
        self._banner.show_error(self._context.error_text(error))
