"""One session: the picture, the timeline below it, marks, segments, and what moves them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.sessions.marks import EventsCard, SegmentTable
from desktop.tabs.faces.sessions.timeline import Legend, Timeline
from desktop.widgets import files
from desktop.widgets.buttons import Button, Choice, IconButton
from desktop.widgets.image_view import ImageView
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card, Page
from desktop.workers import JobHandle
from engine.core.errors import Message
from engine.core.jobs import Progress
from engine.faces.sessions import chart, export, video
from engine.faces.sessions.chart import clock
from engine.faces.sessions.session import Event, Session, Track
from engine.faces.sessions.video import Moments, Scrubber, annotate
from engine.media.images import Bgr

Job = Callable[[Session, Path, Progress], object]


class SessionSaver(QObject):
    """Four buttons, and what they do for one page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._session: Session | None = None
        self._job: JobHandle | None = None
        kinds: tuple[tuple[str, str, str, Job], ...] = (
            (
                "CSV",
                ".csv",
                self.tr("표본 하나를 한 줄로 · 엑셀에서 열려요"),
                export.write_csv,
            ),
            ("JSON", ".json", self.tr("표시, 구간 정리, 모든 표본"), export.write_json),
            ("MP4", ".mp4", self.tr("결과를 그린 영상 · 소리는 없어요"), video.write_mp4),
            (self.tr("그림"), ".png", self.tr("시간 흐름을 그림으로"), _chart),
        )
        self.buttons: dict[str, Button] = {}
        for text, suffix, hint, job in kinds:
            button = Button(text, "export")
            button.setObjectName(f"sessionSave{suffix}")
            button.setToolTip(hint)
            button.clicked.connect(lambda _=False, s=suffix, j=job: self._save(s, j))
            self.buttons[suffix] = button

    def lay_out(self, row: QHBoxLayout) -> None:
        """Put the buttons into a row."""
        for button in self.buttons.values():
            row.addWidget(button)

    def show_session(self, session: Session) -> None:
        """Save this session from now on."""
        self._session = session
        self._update()

    def stop(self) -> None:
        """Stop what is being saved."""
        if self._job is not None:
            self._job.cancel()

    def _update(self) -> None:
        session, busy = self._session, self._job is not None
        for suffix, button in self.buttons.items():
            able = session is not None and bool(len(session.rows))
            if suffix == ".mp4":
                able = session is not None and session.about.video_path is not None
            button.setEnabled(able and not busy)

    def _save(self, suffix: str, job: Job) -> None:
        session, context = self._session, self._context
        if session is None or self._job is not None:
            return
        name = self.tr("{stem}-세션").format(stem=Path(session.about.name).stem or "session")
        kind = f"{suffix[1:].upper()} (*{suffix})"
        target = files.ask_save(self._page, context.settings, f"{name}{suffix}", kind)
        if target is None:
            return
        handle = context.workers.run(
            lambda progress: job(session, target, progress),
            done=lambda made: self._ended(handle, target, made),
            failed=lambda error: self._ended(handle, target, error),
            progress=self._page.job_bar.set_progress,
            cancelled=lambda: self._ended(handle, target, None),
            owner=self,
            language=context.language,
        )
        self._job = handle
        self._page.banner.clear()
        self._page.job_bar.start(self.tr("저장하는 중…"), handle.cancel)
        self._update()

    def _ended(self, handle: JobHandle, target: Path, made: object) -> None:
        if handle is not self._job:
            return
        self._job = None
        self._page.job_bar.finish()
        self._update()
        banner = self._page.banner
        if isinstance(made, Exception):
            self._page.show_error(made)
        elif made is None:
            banner.show_info(self.tr("저장을 멈췄어요. 쓰다 만 파일은 남기지 않았어요."))
        else:
            text = self.tr("저장했어요: {name}").format(name=target.name)
            notes = [video.SILENT] if target.suffix.lower() == ".mp4" else []
            note = getattr(made, "note", None)
            notes += [note] if isinstance(note, Message) else []
            banner.show_success(" ".join([text, *map(self._context.say, notes)]))


def _chart(session: Session, path: Path, progress: Progress) -> int:
    progress.report(None)
    return chart.write_png(session, path)


# ----------------------------------------------------------------------------------------
# The picture of the video at the moment that is looked at.

SIDE = 960
"""Longer side in pixels of what is shown."""


class Looker:
    """Fetches pictures in a worker; knows one session at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scrubber: Scrubber | None = None
        self._session: Session | None = None

    def picture(self, session: Session, seconds: float) -> Bgr:
        """Return the picture of that second with everybody's box and words.

        Raises:
            CameraError: the video cannot be read there.
        """
        with self._lock:
            if self._session is not session or self._scrubber is None:
                self._close()
                self._scrubber = Scrubber(Path(session.about.video))
                self._session = session
            image = self._scrubber.at(seconds, SIDE)
        scale = image.shape[1] / max(session.about.size[0], 1)
        return annotate(image, Moments(session).at(seconds), scale)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._scrubber is not None:
            self._scrubber.close()
        self._scrubber, self._session = None, None


class _Picture(ImageView):
    """Leaves room for the timeline in a small window."""

    def sizeHint(self) -> QSize:
        """Return a size at which a face can be seen."""
        return QSize(theme.px(280), theme.px(150))


class Preview(Card):
    """Shows it, or says why there is none.

    Signals:
        failed(Exception): the video cannot be read.
    """

    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session: Session | None = None
        self._looker = Looker()
        self._view = _Picture()
        self._view.setObjectName("sessionPicture")
        self._none = EmptyState("video", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._view)
        self.add(self._stack, 1)
        self._runner = context.workers.latest(self._looker.picture, self._show, self.failed.emit)

    @property
    def playable(self) -> bool:
        """Whether there is a video."""
        return self._stack.currentWidget() is self._view

    def show_session(self, session: Session) -> None:
        """Show the first picture of another session, or why there is none."""
        self._session = session
        self._runner.cancel()
        self._view.clear()
        there = session.about.video_path is not None
        self._stack.setCurrentWidget(self._view if there else self._none)
        if session.about.video:
            self._none.set_text(
                self.tr("영상 파일을 찾을 수 없어요"),
                self.tr("{path} · 수치는 그대로 볼 수 있어요").format(path=session.about.video),
            )
        else:
            self._none.set_text(
                self.tr("영상 없이 기록한 세션이에요"),
                self.tr("얼굴 사진은 저장하지 않았어요. 수치는 모두 볼 수 있어요."),
            )
        self.look_at(0.0)

    def look_at(self, seconds: float) -> None:
        """Show the picture of another second."""
        if self._session is not None and self.playable:
            self._runner.submit(self._session, seconds)

    def stop(self) -> None:
        """Let go of the video."""
        self._runner.cancel()
        self._looker.close()

    def _show(self, picture: Bgr) -> None:
        self._view.set_image(picture)


TICK_MS = 40
SCROLL = 10_000
"""Steps of the scroll bar over the whole session."""


class SessionView(QWidget):
    """Shows one session.

    Signals:
        failed(Exception): something could not be read or kept.
        events_changed(object): the session with its new marks.
    """

    failed = Signal(object)
    events_changed = Signal(object)

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        context: AppContext = page.context
        self._session: Session | None = None
        self._tracks: dict[int, Track] = {}
        self._played = 0.0
        self.preview = Preview(context)
        self.preview.failed.connect(self.failed)
        self.events = EventsCard()
        self.events.failed.connect(self.failed)
        self.timeline = Timeline(context)
        self.table = SegmentTable(context)
        self._legend = Legend(context)
        self._legend.pointed.connect(self.timeline.set_strong)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._build_tools()
        self._lay_out(page)
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show a session from its start, with the person who was longest in it."""
        self.pause()
        self._session, self._tracks = session, {}
        self.timeline.show_session(session)
        self.events.show_session(session.about.id, session.events)
        self.table.show_session(session)
        self.preview.show_session(session)
        counts = {person: len(session.of(person)) for person in session.persons}
        order = sorted(counts, key=lambda person: -counts[person])
        self._legend.show_persons(session.persons, order[0] if order else 0)
        self._show_person(order[0] if order else 0)
        self._play.setVisible(self.preview.playable)
        self._go(0.0)

    def pause(self) -> None:
        """Stop playing."""
        self._clock.stop()
        self._play.set_icon("play")

    def stop(self) -> None:
        """Stop playing, and let go of the video."""
        self.pause()
        self.preview.stop()

    def toggle(self) -> None:
        """Play from the cursor on, or stop."""
        if self._clock.isActive():
            self.pause()
        elif self._session is not None:
            if self.timeline.cursor_time >= self._session.duration - 0.05:
                self._go(0.0)
            self._played = time.monotonic()
            self._clock.start()
            self._play.set_icon("pause")

    def _build_tools(self) -> None:
        self._play = IconButton("play", self.tr("재생 / 멈춤 (스페이스)"))
        self._play.setObjectName("sessionPlay")
        self._time = Label(role="strong")
        self._time.setObjectName("sessionTime")
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._time.setMinimumWidth(theme.px(130))
        self._look = Choice(
            "sessionLook",
            [
                ("areas", self.tr("쌓기"), self.tr("확률을 위로 쌓아 그려요")),
                ("lines", self.tr("선"), self.tr("표정마다 선 하나로 그려요")),
            ],
            "areas",
        )
        self._out = IconButton("zoom-out", self.tr("줄여 보기 (-)"))
        self._out.setObjectName("sessionZoomOut")
        self._in = IconButton("zoom-in", self.tr("늘려 보기 (+)"))
        self._in.setObjectName("sessionZoomIn")
        self._fit = IconButton("fit", self.tr("전체 보기 (0)"))
        self._fit.setObjectName("sessionZoomAll")
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        self._bar.setObjectName("sessionScroll")
        self._bar.setAccessibleName(self.tr("보이는 시간"))

    def _lay_out(self, page: Page) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.px(14))
        top.addWidget(self.preview, 3)
        top.addWidget(self.events, 2)
        page.stack_when_narrow(top)
        line = Card(self.tr("시간 흐름"))
        for widget in (self._time, self._play, self._look, self._out, self._in, self._fit):
            line.header.addWidget(widget)
        line.add(self._legend)
        line.add(self.timeline, 1)
        line.add(self._bar)
        parts = Card(self.tr("구간 정리"))
        parts.add(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(top, 3)
        column.addWidget(line, 3)
        column.addWidget(parts)

    def _connect(self) -> None:
        line = self.timeline
        self._play.clicked.connect(self.toggle)
        line.play_asked.connect(self.toggle)
        line.moved.connect(self._look_at)
        line.moved.connect(self.pause)
        line.mark_asked.connect(self.events.mark)
        line.shown.connect(self._scrolled)
        self.events.add_button.clicked.connect(lambda: self.events.mark(line.cursor_time))
        self.events.chosen.connect(self._go)
        self.events.changed.connect(self._marked)
        self.table.chosen.connect(self._jump)
        self._legend.chosen.connect(self._show_person)
        self._look.chosen.connect(line.set_look)
        self._out.clicked.connect(lambda: line.zoom_by(0.5))
        self._in.clicked.connect(lambda: line.zoom_by(2.0))
        self._fit.clicked.connect(lambda: line.zoom_by(1e-9))
        self._bar.valueChanged.connect(self._scroll)

    def _show_person(self, person: int) -> None:
        if self._session is None:
            return
        if person and person not in self._tracks:
            self._tracks[person] = Track(self._session, person)
        self._legend.set_person(person)
        self.timeline.show_track(self._tracks.get(person))

    def _jump(self, seconds: float, person: int) -> None:
        self._show_person(person)
        self._go(seconds)

    def _go(self, seconds: float) -> None:
        self.timeline.set_cursor(seconds)
        self._look_at(seconds)

    def _look_at(self, seconds: float) -> None:
        if self._session is not None:
            whole = clock(self._session.duration)
            self._time.setText(f"{clock(seconds, tenths=True)} / {whole}")
        self.preview.look_at(seconds)

    def _tick(self) -> None:
        now = time.monotonic()
        seconds = self.timeline.cursor_time + now - self._played
        self._played = now
        end = self._session.duration if self._session else 0.0
        if seconds >= end:
            self.pause()
        self._go(min(seconds, end))

    def _marked(self, events: tuple[Event, ...]) -> None:
        if self._session is None:
            return
        self._session = replace(self._session, events=events)
        self.timeline.show_events(events)
        self.table.show_session(self._session)
        self.events_changed.emit(self._session)

    def _scrolled(self, start: float, end: float) -> None:
        """Let the scroll bar follow what is shown."""
        whole = max(self._session.duration if self._session else end, 1e-3)
        page = max(round(SCROLL * (end - start) / whole), 1)
        self._bar.blockSignals(True)
        self._bar.setRange(0, max(SCROLL - page, 0))
        self._bar.setPageStep(page)
        self._bar.setSingleStep(max(page // 10, 1))
        self._bar.setValue(round(SCROLL * start / whole))
        self._bar.blockSignals(False)
        self._bar.setVisible(page < SCROLL)

    def _scroll(self, value: int) -> None:
        start, end = self.timeline.part
        whole = self._session.duration if self._session else 0.0
        first = value / SCROLL * whole
        self.timeline.show_part(first, first + end - start)
