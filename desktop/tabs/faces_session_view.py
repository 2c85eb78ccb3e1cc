"""One session: the picture, the timeline below it, marks, segments, and what moves them."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_session_events import EventsCard
from desktop.tabs.faces_session_legend import Legend
from desktop.tabs.faces_session_preview import Preview
from desktop.tabs.faces_session_table import SegmentTable
from desktop.tabs.faces_session_timeline import Timeline
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import Card
from desktop.widgets.choice import Choice
from desktop.widgets.labels import Label
from desktop.widgets.page import Page
from engine.faces.session import Event, Session
from engine.faces.session_axis import clock
from engine.faces.session_track import Track

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
