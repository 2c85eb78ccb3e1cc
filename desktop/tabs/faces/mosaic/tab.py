"""가리기: photos, folders and videos whose faces are hidden, with a preview of the first."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.mosaic.cards import MosaicResults, StyleCard
from desktop.widgets import files
from desktop.widgets.buttons import Button, Chip
from desktop.widgets.files import DropArea
from desktop.widgets.image_view import ImageView
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner, JobBar
from desktop.widgets.page import Card
from desktop.workers import JobHandle
from engine.core.errors import CameraError, InputError
from engine.core.jobs import Progress
from engine.faces.mosaic import folder as mosaic_folder
from engine.faces.mosaic.cover import Cover, Hider, Mosaic, hide
from engine.faces.mosaic.folder import Done, Failed, Outcome, listing
from engine.media.images import SUFFIXES, Bgr, read_image
from engine.media.video import VIDEO_SUFFIXES, FrameSource

SIDE = 1600
"""Longest side in pixels of the preview."""

TRIES = 8
"""So many files are looked at for one with a face."""


@dataclass(frozen=True, eq=False)
class Look:
    """The first picture, its faces, and how much there is to do besides.

    Attributes:
        name: of the picture or video.
        pictures, videos: among all files.
        missed: files and folders that cannot be taken.
    """

    name: str
    image: Bgr
    covers: tuple[Cover, ...]
    pictures: int
    videos: int
    missed: tuple[Failed, ...]

    def hidden(self, mosaic: Mosaic) -> Bgr:
        """Return the picture with its faces hidden."""
        return hide(self.image, [cover.shape for cover in self.covers], mosaic)


def look(paths: Sequence[Path], folder: Path, recursive: bool, progress: Progress) -> Look:
    """Find the faces of the first picture (or first frame of a video) that holds one.

    Raises:
        InputError: there is neither a picture nor a video, or none of the first can be read.
    """
    progress.report(None)
    files, missed = listing(paths, folder, recursive)
    if not files:
        if missed:
            raise InputError(*missed[0].reason)
        raise InputError(
            "이 폴더에는 사진이나 영상이 없어요. 하위 폴더까지 보려면 그렇게 켜 주세요.",
            "This folder holds neither pictures nor videos. Switch on the folders within it.",
        )
    videos = sum(path.suffix.lower() in VIDEO_SUFFIXES for path, _ in files)
    name, image, covers = _first([path for path, _ in files[:TRIES]], progress)
    return Look(name, image, tuple(covers), len(files) - videos, videos, tuple(missed))


def _first(paths: Sequence[Path], progress: Progress) -> tuple[str, Bgr, list[Cover]]:
    """Return the first picture with a face, or else the first that can be read.

    Raises:
        InputError: none can be read; the first one's reason.
    """
    plain: tuple[str, Bgr, list[Cover]] | None = None
    problems: list[InputError] = []
    with Hider() as hider:
        for path in paths:
            progress.report(None)
            try:
                image = _read(path)
            except InputError as error:
                problems.append(error)
                continue
            found = path.name, image, hider.covers(image)
            if found[2]:
                return found
            plain = plain or found
    if plain is None:
        raise problems[0]
    return plain


def _read(path: Path) -> Bgr:
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        return read_image(path, SIDE)
    try:
        with FrameSource(path) as source:
            frame = source.read()
    except CameraError as error:
        raise InputError(*error.message) from error
    if frame is None:
        raise InputError(
            f"영상에 장면이 하나도 없어요: {path.name}", f"The video {path.name} holds no frame."
        )
    return frame.image


class MosaicPanel(Card):
    """Everything of the mode but where it lies on the page; see ``faces_mosaic_mode``."""

    def __init__(self, context: AppContext, banner: Banner, bar: JobBar) -> None:
        super().__init__()
        self._context, self._banner, self._bar = context, banner, bar
        self._paths: list[Path] = []
        self._look: Look | None = None
        self._job: JobHandle | None = None
        self._pending: deque[Done | Failed] = deque()
        self.style_card = StyleCard(context)
        self.results = MosaicResults(context)
        self._build()
        self._painter = context.workers.latest(Look.hidden, self._show_hidden, self._failed)
        self.style_card.changed.connect(self._paint)
        self.style_card.recursive_changed.connect(self._look_at)
        self.style_card.started.connect(self._start)
        self.results.failed.connect(banner.show_warning)
        self._update()

    def accepts(self, path: Path) -> bool:
        """Whether *path* is a folder, or looks like a photo or a video."""
        return os.path.isdir(path) or path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES)

    def open_paths(self, paths: list[Path]) -> None:
        """Take files and folders, and show the first picture."""
        if not paths:
            return
        self._paths = list(paths)
        first = self._paths[0]
        name = self.tr("{name}-가림").format(
            name=first.name if os.path.isdir(first) else self.tr("사진")
        )
        self.style_card.suggest(first.parent / name)
        self.results.clear()
        self._look_at()

    def state(self) -> object:
        """Return what is to be hidden and how, and what came of it."""
        return list(self._paths), self.style_card.state(), self.results.state()

    def restore(self, state: Any) -> None:
        """Show what another panel showed; the faces of the preview are looked for again."""
        paths, style, results = state
        self.style_card.restore(style)
        self.open_paths(paths)
        self.results.restore(results)

    def stop(self) -> None:
        """Stop what runs; what was written stays."""
        if self._job is not None:
            self._job.cancel()
        self._painter.cancel()

    # Building

    def _build(self) -> None:
        self.set_title(self.tr("미리보기"))
        self._drop = DropArea(
            self.tr("가릴 사진, 영상, 폴더를 여기에 놓으세요"),
            self.tr("모든 얼굴을 찾아 가린 사본을 만들어요 · 원본은 그대로 있어요"),
            "eye",
            f"{files.image_filter()};;{files.video_filter()}",
            self._context.settings,
            many=True,
        )
        self._drop.setObjectName("mosaicDrop")
        self._drop.dropped.connect(self.open_paths)
        self._plain = Chip(self.tr("원본 보기"))
        self._plain.setObjectName("mosaicPlain")
        self._plain.toggled.connect(self._paint)
        self._other = Button(self.tr("다른 파일"), "open")
        self._other.setObjectName("mosaicOther")
        self._other.clicked.connect(self._drop.choose)
        self._other_folder = Button(self.tr("폴더"), "folder")
        self._other_folder.setObjectName("mosaicOtherFolder")
        self._other_folder.clicked.connect(self._drop.choose_folder)
        for button in (self._plain, self._other, self._other_folder):
            self.header.addWidget(button)
        self._view = ImageView()
        self._view.setObjectName("mosaicView")
        self._view.setMinimumHeight(theme.px(260))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._drop)
        self._stack.addWidget(self._view)
        self._status = Label(role="small", wrap=True, selectable=True)
        self._status.setObjectName("mosaicStatus")
        self.add(self._stack, 1)
        self.add(self._status)

    def lay_out(self, left: QVBoxLayout, right: QVBoxLayout) -> None:
        """Put the cards into two columns."""
        left.addWidget(self, 1)
        right.addWidget(self.style_card)
        right.addWidget(self.results, 1)

    # The preview

    def _look_at(self) -> None:
        """Find the faces of the first picture, in a worker."""
        folder = self.style_card.folder
        if not self._paths or folder is None or (self._job is not None and self._look is not None):
            return
        if self._job is not None:
            self._job.cancel()
        paths, recursive = list(self._paths), self.style_card.recursive
        self._banner.clear()
        self._look = None
        handle = self._context.workers.run(
            lambda progress: look(paths, folder, recursive, progress),
            done=lambda found: self._ended(handle, found),
            failed=lambda error: self._ended(handle, error),
            progress=self._bar.set_progress,
            cancelled=lambda: self._ended(handle, None),
            owner=self,
            language=self._context.language,
        )
        self._job = handle
        self._bar.start(self.tr("얼굴을 찾는 중…"), handle.cancel)
        self._update()

    def _show_look(self, found: Look) -> None:
        self._look = found
        self._stack.setCurrentWidget(self._view)
        parts = [found.name, self.tr("얼굴 {n}").format(n=len(found.covers))]
        if found.pictures + found.videos > 1:
            parts.append(
                self.tr("모두 사진 {p}장, 영상 {v}개").format(p=found.pictures, v=found.videos)
            )
        doubts = dict.fromkeys(c.doubt for c in found.covers if c.doubt is not None)
        parts += [self._context.say(doubt) for doubt in doubts]
        if found.missed:
            parts.append(self.tr("열 수 없음 {n}").format(n=len(found.missed)))
        self._status.setText(" · ".join(parts))
        self._paint()

    def _paint(self) -> None:
        if self._look is None:
            return
        if self._plain.isChecked():
            self._painter.cancel()
            self._view.set_image(self._look.image)
        else:
            self._painter.submit(self._look, self.style_card.mosaic)

    def _show_hidden(self, picture: Bgr) -> None:
        if not self._plain.isChecked():
            self._view.set_image(picture)

    # The run

    def _start(self) -> None:
        folder = self.style_card.folder
        if self._look is None or folder is None or self._job is not None:
            return
        paths, mosaic = list(self._paths), self.style_card.mosaic
        recursive, pending = self.style_card.recursive, self._pending
        pending.clear()
        self._banner.clear()
        self.results.clear(folder)

        def work(progress: Progress) -> Outcome:
            return mosaic_folder.run(
                paths, folder, mosaic,
                recursive=recursive, progress=progress, on_row=pending.append,
            )  # fmt: skip

        handle = self._context.workers.run(
            work,
            done=lambda outcome: self._ended(handle, outcome),
            failed=lambda error: self._ended(handle, error),
            progress=self._advance,
            cancelled=lambda: self._ended(handle, None),
            owner=self,
            language=self._context.language,
        )
        self._job = handle
        self._bar.start(self.tr("얼굴을 가리는 중…"), handle.cancel)
        self._update()

    def _advance(self, fraction: float | None, text: str) -> None:
        self._bar.set_progress(fraction, text)
        self._take_rows()

    def _take_rows(self) -> None:
        rows = []
        while self._pending:
            rows.append(self._pending.popleft())
        self.results.add_rows(rows)

    def _ended(self, handle: JobHandle, value: Look | Outcome | Exception | None) -> None:
        """Take what a job gave; a stopped one gives nothing, and what it wrote stays."""
        if handle is not self._job:
            return
        self._job = None
        self._bar.finish()
        self._take_rows()
        done, without, failed = self.results.counts
        if isinstance(value, Exception):
            self._failed(value)
        elif isinstance(value, Look):
            self._show_look(value)
        elif isinstance(value, Outcome):
            self._tell(value, without + failed)
        elif done or without or failed:
            text = self.tr("멈췄어요. 이미 가린 파일 {n}개는 그대로 있어요.")
            self._banner.show_info(text.format(n=done))
        self._update()

    def _tell(self, outcome: Outcome, missed: int) -> None:
        """Say what came of a run in which *missed* files were not hidden."""
        done, doubtful = len(outcome.done), len(outcome.doubtful)
        if missed:
            text = self.tr(
                "파일 {n}개를 가렸고, {m}개는 가리지 못했어요. 아래 목록을 확인해 주세요."
            ).format(n=done, m=missed)
        else:
            text = self.tr("파일 {n}개의 얼굴을 가렸어요.").format(n=done)
        if doubtful:
            look = self.tr("{k}개는 얼굴이 다 가려졌는지 직접 확인해 주세요.").format(k=doubtful)
            text = f"{text} {look}"
        if missed or doubtful:
            self._banner.show_warning(text)
        else:
            self._banner.show_success(text)

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(self._context.error_text(error))

    def _update(self) -> None:
        busy, ready = self._job is not None, self._look is not None
        self.style_card.go.setEnabled(ready and not busy)
        self._plain.setEnabled(ready)
        for button in (self._plain, self._other, self._other_folder):
            button.setVisible(self._stack.currentWidget() is self._view)
        for button in (self._other, self._other_folder):
            button.setEnabled(not busy)
        self._status.setVisible(bool(self._status.text()))
