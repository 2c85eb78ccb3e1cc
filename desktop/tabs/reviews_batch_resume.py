"""Batches that stopped early, each with a button to go on and one to throw it away."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.reviews_batch_names import duration
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, Line
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label
from engine import batch as batches
from engine.reviews import INSTANT

if TYPE_CHECKING:
    from engine.batch import Unfinished

SHOWN = 4
"""Batches that are listed; the others come when these are gone."""


class ResumeCard(Card):
    """The list; hidden while there is nothing to go on with.

    Signals:
        resume_asked(Plan): go on with a batch.
        failed(Exception): the batches cannot be listed, or one not be deleted.
    """

    resume_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._source: Path | None = None
        self.set_title(self.tr("이어서 읽기"))
        self.rows: list[ResumeRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.body.addLayout(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def look_for(self, source: Path, found: Sequence[Unfinished]) -> None:
        """List the batches of one file only, now *found*."""
        self._source = source.resolve()
        self.set_batches(found)

    def look(self) -> None:
        """List what can be gone on with now."""
        self._context.workers.run(
            lambda progress: batches.unfinished(),
            done=self.set_batches,
            failed=self.failed.emit,
            owner=self,
        )

    def _discard(self, store: Path) -> None:
        self._context.workers.run(
            lambda progress: batches.forget(store),
            done=lambda _: self.look(),
            failed=self.failed.emit,
            owner=self,
        )

    def set_batches(self, found: Sequence[Unfinished]) -> None:
        """List these batches, the newest first, as far as they are of the file looked for."""
        if self._source is not None:
            found = [one for one in found if one.source.resolve() == self._source]
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for batch in found[:SHOWN]:
            if self.rows:
                self._list.addWidget(Line())
            row = ResumeRow(batch)
            row.resume_asked.connect(self.resume_asked)
            row.discard_asked.connect(self._discard)
            self._list.addWidget(row)
            self.rows.append(row)
        self.setVisible(bool(found))


class ResumeRow(QWidget):
    """One batch; throwing it away asks once more in its own place.

    Signals:
        resume_asked(Plan): go on with it.
        discard_asked(Path): delete its store.
    """

    resume_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, batch: Unfinished) -> None:
        super().__init__()
        self.batch = batch
        name = ElidedLabel(batch.source.name, "strong")
        name.setToolTip(str(batch.source))
        self._about = Label(self._about_text(), "muted", wrap=True)
        self.resume = Button(self.tr("이어서 읽기"), "play", role="primary")
        self.resume.setObjectName("reviewsResumeBatch")
        self.resume.clicked.connect(lambda: self.resume_asked.emit(batch.plan))
        self.discard = Button(self.tr("버리기"), "trash")
        self.discard.setObjectName("reviewsDiscard")
        self.discard.clicked.connect(lambda: self._ask(True))
        self.sure = Button(self.tr("정말 버리기"), "trash", role="danger")
        self.sure.setObjectName("reviewsDiscardSure")
        self.sure.clicked.connect(lambda: self.discard_asked.emit(batch.store))
        self.keep = Button(self.tr("그대로 두기"))
        self.keep.setObjectName("reviewsDiscardKeep")
        self.keep.clicked.connect(lambda: self._ask(False))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(name)
        words.addWidget(self._about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        for button in (self.discard, self.resume, self.keep, self.sure):
            row.addWidget(button)
        self._ask(False)

    def _ask(self, sure: bool) -> None:
        for button in (self.discard, self.resume):
            button.setVisible(not sure)
        for button in (self.keep, self.sure):
            button.setVisible(sure)
        text = self.tr("여기까지 읽은 {n}줄이 지워져요. 파일은 그대로 있어요.")
        about = text.format(n=f"{self.batch.rows:,}") if sure else self._about_text()
        self._about.setText(about)

    def _about_text(self) -> str:
        instant = self.batch.plan.mode == INSTANT
        mode = self.tr("빠름") if instant else self.tr("정밀")
        text = self.tr("{n}줄까지 읽었어요 · {mode} · {time} 전")
        passed = max(0.0, time.time() - self.batch.changed)
        return text.format(n=f"{self.batch.rows:,}", mode=mode, time=duration(passed))
