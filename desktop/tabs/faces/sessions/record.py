"""The button that records what is live, what it says meanwhile, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop import theme
from desktop.tabs.faces.live.live import Live
from desktop.widgets.buttons import Button
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.page import Page
from engine.core.errors import MaumgyeolError, Message
from engine.faces.sessions import repository as shelf
from engine.faces.sessions.chart import clock
from engine.faces.sessions.record import Recorder
from engine.faces.sessions.session import Session
from engine.media.video import without_secrets


class RecordBar(QWidget):
    """Records the page's live view, with which it is shown; pictures only if asked for.

    Signals:
        recorded(object): the ``Session`` that was stored.
        opened(str): show the session of that number.
    """

    recorded = Signal(object)
    opened = Signal(str)

    def __init__(self, page: Page, live: Live) -> None:
        super().__init__()
        self._page, self._live, self._context = page, live, page.context
        self._recorder: Recorder | None = None
        self._marks = 0
        self._button = Button(self.tr("세션 기록"), "record")
        self._button.setObjectName("sessionRecord")
        self._button.setToolTip(
            self.tr("표정, 깜빡임, 주의를 시간에 따라 기록해요. 얼굴 사진은 남지 않아요.")
        )
        self._button.clicked.connect(self._pressed)
        self._mark = Button(self.tr("표시"), "tag")
        self._mark.setObjectName("sessionRecordMark")
        self._mark.setToolTip(self.tr("지금 이때에 표시를 남겨요"))
        self._mark.clicked.connect(self._add_mark)
        self._video = QCheckBox(self.tr("영상도 저장"))
        self._video.setObjectName("sessionKeepVideo")
        self._video.toggled.connect(self._tell)
        self._said = ElidedLabel(role="small")
        self._said.setObjectName("sessionRecordState")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._button)
        row.addWidget(self._mark)
        row.addWidget(self._said, 1)
        row.addWidget(self._video)
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._look)
        live.shot.connect(lambda _: self.setVisible(live.running))
        live.over.connect(self.hide)
        live.over.connect(self.finish)
        self._tell()
        self.hide()

    @property
    def recording(self) -> bool:
        """Whether something is being recorded."""
        return self._recorder is not None

    def finish(self) -> None:
        """Stop recording, store the rest and say so; nothing happens if nothing is recorded."""
        recorder, self._recorder, self._live.recorder = self._recorder, None, None
        self._timer.stop()
        self._tell()
        if recorder is None:
            return

        def work(progress: object) -> Session:
            return shelf.load(recorder.close().id)

        self._context.workers.run(work, done=self._stored, failed=self._page.show_error, owner=self)

    def close_now(self) -> None:
        """Store the rest at once: the window is closing."""
        recorder, self._recorder, self._live.recorder = self._recorder, None, None
        self._timer.stop()
        if recorder is not None:
            try:
                recorder.close()
            except MaumgyeolError as error:
                self._context.error_text(error)  # into the log; nobody is there to read it

    def _pressed(self) -> None:
        if self._recorder is not None:
            self.finish()
            return
        if not self._live.running:
            return
        spec = self._live.spec
        name = self.tr("카메라") if spec.isdecimal() else Path(without_secrets(spec)).name
        try:
            self._recorder = Recorder(name, keep_video=self._video.isChecked())
        except MaumgyeolError as error:
            self._page.show_error(error)
            return
        self._marks = 0
        self._live.recorder = self._recorder
        self._timer.start()
        self._tell()

    def _add_mark(self) -> None:
        if self._recorder is None:
            return
        self._marks += 1
        try:
            self._recorder.mark(self.tr("표시 {n}").format(n=self._marks))
        except MaumgyeolError as error:
            self._page.show_error(error)
        self._look()

    def _look(self) -> None:
        """Show how the recording stands; one that has stopped by itself is told."""
        if self._recorder is None:
            return
        state = self._recorder.state
        if state.error is not None:
            error = state.error
            self.finish()
            self._page.show_error(error)
            return
        text = self.tr("● {time} 기록 중 · 표본 {n}개").format(
            time=clock(state.seconds), n=f"{state.frames:,}"
        )
        if self._marks:
            text += " · " + self.tr("표시 {n}").format(n=self._marks)
        if state.note is not None:
            text = self._context.say(state.note)
        self._said.setText(text)

    def _tell(self) -> None:
        on = self._recorder is not None
        self._button.setText(self.tr("기록 끝내기") if on else self.tr("세션 기록"))
        self._button.set_icon("stop" if on else "record")
        self._mark.setVisible(on)
        self._video.setEnabled(not on)
        if not on:
            where = self.tr("영상까지 저장할 곳: {path}").format(path=shelf.place())
            plain = self.tr("숫자만 기록하고, 영상은 저장하지 않아요.")
            self._said.setText(where if self._video.isChecked() else plain)

    def _stored(self, session: Session) -> None:
        self.recorded.emit(session)
        number, banner = session.about.id, self._page.banner
        text = self.tr("세션을 저장했어요: {time}, 표본 {n}개").format(
            time=clock(session.duration), n=f"{len(session.rows):,}"
        )
        self._page.message.emit(text)
        if banner.isVisible() and banner.kind == "error":
            return
        note: Message | None = session.about.note
        said = f"{text} · {self._context.say(note)}" if note else text
        banner.show_success(said, self.tr("세션 열기"), lambda: self.opened.emit(number))
