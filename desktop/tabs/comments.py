"""SNS 댓글: a photo in, boxes and labels, three comments to choose from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from desktop.context import AppContext
from desktop.tabs.comments_cards import CommentList
from desktop.tabs.comments_labels import LabelsCard
from desktop.tabs.comments_photo import PhotoCard
from desktop.tabs.comments_save import save
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Label
from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine.comments import CommentResult, PhotoResult, pipeline, write
from engine.comments.labels import mentions
from engine.images import SUFFIXES, Bgr, read_image
from engine.jobs import Progress

T = TypeVar("T")


class CommentsTab(Page):
    """Arranges photo, labels and comments; the engine decides, the panels paint."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("SNS 댓글"), self.tr("사진을 놓으면 표정과 사물을 보고 댓글을 세 가지 써요.")
        )
        self._photo: PhotoResult | None = None
        self._written: CommentResult | None = None
        self._path: Path | None = None
        self._job: JobHandle | None = None
        self._fresh = False  # a new photo whose first comments are not in the history yet
        self._build_tools()
        left, right = self.columns(3, 2)
        self._picture = PhotoCard(context.settings)
        self._picture.dropped.connect(self.open_paths)
        left.addWidget(self._picture, 1)
        self._labels = LabelsCard()
        self._labels.changed.connect(self._labels_changed)
        self._picture.picked.connect(self._labels.toggle)
        right.addWidget(self._labels)
        right.addWidget(self._comments_card(), 1)
        self._writer = context.workers.latest(write, self._show_comments, self._not_written)

    def _build_tools(self) -> None:
        self._open = Button(self.tr("사진 열기"), "open")
        self._open.setObjectName("commentOpen")
        self._open.clicked.connect(lambda: self._picture.choose())
        self._save = Button(self.tr("결과 저장"), "save")
        self._save.setObjectName("commentSave")
        self._save.setEnabled(False)
        self._save.clicked.connect(self.save_result)
        self.tools.addWidget(self._open)
        self.tools.addWidget(self._save)

    def _comments_card(self) -> Card:
        card = Card(self.tr("댓글"))
        self._again = Button(self.tr("다시 쓰기"), "refresh")
        self._again.setObjectName("commentAgain")
        self._again.setEnabled(False)
        self._again.clicked.connect(self._write)
        card.header.addWidget(self._again)
        self._none = EmptyState(
            "comments",
            self.tr("아직 쓴 댓글이 없어요"),
            self.tr("사진을 놓거나 라벨을 더하면 바로 써요."),
        )
        self._list = CommentList()
        self._list.copied.connect(self._copied)
        self._model = Label(role="small", wrap=True, selectable=True)
        self._model.setObjectName("commentModel")
        card.add(self._none, 1)
        card.add(self._list)
        card.add(self._model)
        card.body.addStretch(0)
        self._list.hide()
        self._model.hide()
        return card

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a photo."""
        return path.suffix.lower() in SUFFIXES

    def open_paths(self, paths: list[Path]) -> None:
        """Open the first photo among *paths*."""
        photos = [path for path in paths if self.accepts(path)] or paths
        if not photos:
            return
        path = photos[0]
        self._start(
            self.tr("사진을 여는 중…"),
            lambda progress: read_image(path),
            lambda image: self._photo_read(path, image),
        )

    def warm_up(self) -> None:
        """Load detector and writer before the first photo."""
        self.context.workers.run(
            lambda progress: pipeline.warm_up(), failed=self.show_error, owner=self
        )

    def save_result(self) -> None:
        """Save the annotated photo as PNG and all that was found and written as JSON."""
        if self._photo is None and self._written is None:
            super().save_result()
            return
        picture = self._picture.picture
        kind = "json" if picture is None else "png"
        stem = self._path.stem if self._path else self.tr("라벨")
        name = self.tr("{stem}-댓글.{kind}").format(stem=stem, kind=kind)
        target = files.ask_save(self, self.context.settings, name, f"{kind.upper()} (*.{kind})")
        if target is None:
            return
        payload = self._payload()
        self.context.workers.run(
            lambda progress: save(target, payload, picture),
            done=self._saved,
            failed=self.show_error,
            owner=self,
        )

    def shutdown(self) -> None:
        """Stop looking and writing."""
        self._stop()
        self._writer.cancel()

    def _start(self, text: str, job: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        self._stop()
        self.banner.clear()
        self._job = self.context.workers.run(
            job,
            done=done,
            failed=self._failed,
            progress=self.job_bar.set_progress,
            cancelled=self.job_bar.finish,
            owner=self,
            language=self.context.language,
        )
        self.job_bar.start(text, self._job.cancel)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.job_bar.finish()

    def _failed(self, error: Exception) -> None:
        self.job_bar.finish()
        self.show_error(error)

    def _photo_read(self, path: Path, image: Bgr) -> None:
        self._path, self._photo, self._written = path, None, None
        self._picture.show_image(image)
        self._forget_answer()
        self._start(
            self.tr("사진을 보는 중…"),
            lambda progress: pipeline.analyse(image, progress=progress),
            self._show_photo,
        )

    def _forget_answer(self) -> None:
        """Take away the labels and comments of the photo before."""
        self._writer.cancel()
        self._labels.show_labels(())
        self._labels.show_left_out((), self.context.say)
        self._list.show_comments((), ())
        self._model.hide()
        self._none.show()
        for button in (self._again, self._save):
            button.setEnabled(False)

    def _show_photo(self, result: PhotoResult) -> None:
        self.job_bar.finish()
        self._photo, self._fresh = result, True
        self._labels.show_labels(result.labels)
        self._picture.show_result(result)
        self._save.setEnabled(True)
        if result.warnings:
            self.banner.show_warning(" ".join(map(self.context.say, result.warnings)))
        elif not result.labels:
            self.banner.show_info(
                self.tr(
                    "사진에서 쓸 만한 표정이나 사물을 찾지 못했어요. "
                    "라벨을 직접 더하면 그에 맞게 써요."
                )
            )
        self._labels_changed()

    def _labels_changed(self) -> None:
        self._picture.set_used(self._labels.labels())
        self._write()

    def _write(self) -> None:
        self._again.setEnabled(False)
        self._writer.submit(self._labels.labels())

    def _show_comments(self, result: CommentResult) -> None:
        self._written = result
        self._again.setEnabled(True)
        self._save.setEnabled(True)
        self._none.hide()
        named = [[x for x in result.labels if mentions(x, text)] for text in result.comments]
        self._list.show_comments(result.comments, named)
        self._list.show()
        self._model.setText(f"{result.model} · {result.milliseconds:.0f} ms")
        self._model.show()
        found = self._photo.left_out if self._photo is not None else ()
        self._labels.show_left_out((*found, *result.left_out), self.context.say)
        if self._fresh:
            self._fresh = False
            self._remember(result.comments[0])

    def _not_written(self, error: Exception) -> None:
        self._again.setEnabled(True)
        self.show_error(error)

    def _copied(self, text: str) -> None:
        self.message.emit(self.tr("댓글을 복사했어요."))
        self._remember(text)

    def _remember(self, comment: str) -> None:
        self.context.remember("comments", comment, self._payload())

    def _payload(self) -> dict[str, Any]:
        return {
            "file": self._path.name if self._path else None,
            **(self._photo.to_dict() if self._photo is not None else {}),
            **(self._written.to_dict() if self._written is not None else {}),
        }

    def _saved(self, path: Path) -> None:
        self.message.emit(self.tr("저장했어요: {name}").format(name=path.name))
