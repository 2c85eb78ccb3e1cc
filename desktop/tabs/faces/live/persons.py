"""What a live picture needs beside being shown: who is looked at, stalls, the baseline."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.tabs.faces.live.live import Live
from desktop.tabs.faces.names import DIRECTIONS, EXPRESSIONS, STATES
from desktop.tabs.faces.read.annotated_frame import Calibrating, Shot
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label
from desktop.widgets.notices import JobBar
from desktop.widgets.page import Card, Page
from engine.core.errors import MaumgyeolError
from engine.faces.live.session import Person
from engine.faces.measure import baseline as store
from engine.faces.measure.baseline import LENGTH_MS, Baseline
from engine.faces.measure.eyes import LEAST_WINDOW_MS
from engine.faces.overlay.layers import colour

COLUMNS = (0.24, 0.19, 0.23, 0.12, 0.22)
"""Shares of the width: person, blinks, PERCLOS, yawns, view."""

HEAD, ROW = 26, 48


@dataclass(frozen=True)
class Row:
    """One person as shown: a large and a small text a column."""

    id: int
    cells: tuple[tuple[str, str], ...]
    alarm: bool


class PersonsTable(QWidget):
    """Paints the rows at once, so that nothing moves while numbers change.

    Signals:
        chosen(int): number of the person whose row was pressed.
    """

    chosen = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[Row, ...] = ()
        self._current = 0
        self._heads = (
            self.tr("사람"),
            self.tr("깜빡임/분"),
            "PERCLOS",
            self.tr("하품"),
            self.tr("시선"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("화면에 있는 사람들"))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_persons(self, persons: Sequence[Person], current: int) -> None:
        """Show *persons*, the one called *current* marked."""
        count = len(self._rows)
        self._rows = tuple(self._row(person) for person in persons)
        self._current = current
        words = ["; ".join(" ".join(cell) for cell in row.cells) for row in self._rows]
        self.setAccessibleDescription("\n".join(words))
        if len(self._rows) != count:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows, of one at the least."""
        height = theme.px(HEAD) + max(len(self._rows), 1) * theme.px(ROW)
        return QSize(theme.px(300), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.px(240), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of zoom."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the person of the row."""
        number = int((event.position().y() - theme.px(HEAD)) // theme.px(ROW))
        if 0 <= number < len(self._rows):
            self.chosen.emit(self._rows[number].id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads and rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text_faint"))
        for rect, text in zip(self._cells(0, theme.px(HEAD)), self._heads, strict=True):
            self._write(painter, rect, text)
        for number, row in enumerate(self._rows):
            top = theme.px(HEAD) + number * theme.px(ROW)
            self._paint_row(painter, row, top, len(self._rows) > 1)

    def _paint_row(self, painter: QPainter, row: Row, top: int, several: bool) -> None:
        height = theme.px(ROW)
        if several and row.id == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface_alt"))
            ground = QRectF(0, top + 1, self.width(), height - 2)
            painter.drawRoundedRect(ground, theme.px(8), theme.px(8))
        cells = self._cells(top, height)
        blue, green, red = colour(row.id)
        painter.setPen(theme.color("border_strong"))
        painter.setBrush(QColor(red, green, blue))
        side = theme.px(12)
        first = cells[0]
        painter.drawEllipse(QPointF(first.left() + side / 2, top + height / 2), side / 2, side / 2)
        first.setLeft(first.left() + side + theme.px(8))
        for index, (rect, (large, small)) in enumerate(zip(cells, row.cells, strict=True)):
            alarm = row.alarm and index == 2
            upper, lower = QRectF(rect), QRectF(rect)
            upper.setBottom(top + height * 0.55)
            lower.setTop(upper.bottom())
            painter.setFont(theme.font(15, bold=True))
            painter.setPen(theme.color("warning" if alarm else "text"))
            self._write(painter, upper, large, Qt.AlignmentFlag.AlignBottom)
            painter.setFont(theme.font(12, bold=alarm))
            painter.setPen(theme.color("warning" if alarm else "text_muted"))
            self._write(painter, lower, small, Qt.AlignmentFlag.AlignTop)

    def _cells(self, top: int, height: int) -> list[QRectF]:
        pad = theme.px(8)
        room, left, made = self.width() - 2 * pad, float(pad), []
        for share in COLUMNS:
            made.append(QRectF(left, top, room * share - theme.px(4), height))
            left += room * share
        return made

    def _write(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        down: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(rect.width())
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | down, shown)

    def _row(self, person: Person) -> Row:
        say, attention = self._context.say, person.attention
        if person.perclos is None:
            left = max(LEAST_WINDOW_MS - attention.seen_ms, 0) // 1000 + 1
            perclos = ("–", self.tr("{n}초 뒤").format(n=left))
        else:
            perclos = (f"{person.perclos:.0%}", say(STATES[attention.state]))
        rate = "–" if person.blink_rate is None else f"{person.blink_rate:.0f}"
        view = ("–", "")
        if person.gaze is not None:
            sign, side = DIRECTIONS[person.gaze.direction]
            view = (sign, say(side))
        blinked = self.tr("모두 {n}번").format(n=person.blinks)
        name = say(EXPRESSIONS[person.label])
        cells = ((str(person.id), name), (rate, blinked), perclos, (str(person.yawns), ""), view)
        return Row(person.id, cells, person.drowsy)


# ----------------------------------------------------------------------------------------
# The card of what is measured over time, with the calibration of one's own neutral face.


class LiveCard(Card):
    """Shows the persons of a live picture.

    Signals:
        chosen(int): number of the person to look at.
        calibrate(): begin a calibration.
        given_up(): end it without a result.
        switched(bool): use the baseline, or not.
        forgotten(): delete the baseline.
    """

    chosen = Signal(int)
    calibrate = Signal()
    given_up = Signal()
    switched = Signal(bool)
    forgotten = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("눈과 주의"))
        self._table = PersonsTable(context)
        self._table.setObjectName("facePersons")
        self._table.chosen.connect(self.chosen)
        self._button = Button(self.tr("기준 얼굴 맞추기"), "faces")
        self._button.setObjectName("faceCalibrate")
        self._button.setToolTip(
            self.tr("10초 동안 편안한 얼굴을 보고, 표정·눈·시선을 그 얼굴과 견주어 읽어요.")
        )
        self._button.clicked.connect(self.calibrate)
        self._use = QCheckBox(self.tr("기준 쓰기"))
        self._use.setObjectName("faceBaseline")
        self._use.clicked.connect(self.switched)
        self._forget = IconButton("trash", self.tr("기준 얼굴 지우기"))
        self._forget.setObjectName("faceForget")
        self._forget.clicked.connect(self.forgotten)
        self._bar = JobBar()
        self._note = Label(role="small", wrap=True)
        self._note.setObjectName("faceLiveNote")
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self._button)
        row.addStretch(1)
        row.addWidget(self._use)
        row.addWidget(self._forget)
        self.add(self._table)
        self.add(self._note)
        self.body.addLayout(row)
        self.add(self._bar)
        self._note.setText(
            self.tr("PERCLOS: 최근 1분 가운데 눈이 80% 넘게 감겨 있던 시간. 참고로만 보세요.")
        )

    def show_persons(self, persons: Sequence[Person], current: int) -> None:
        """Show what is known of *persons*, the one called *current* marked."""
        self._table.show_persons(persons, current)

    def show_baseline(self, baseline: Baseline | None, used: bool) -> None:
        """Show whether there is a baseline, and whether it is at work."""
        there = baseline is not None
        self._use.setEnabled(there)
        self._use.setChecked(there and used)
        self._forget.setEnabled(there)
        self._button.setText(self.tr("다시 맞추기") if there else self.tr("기준 얼굴 맞추기"))

    def set_live(self, live: bool) -> None:
        """Let a calibration be begun, which needs a live picture."""
        self._button.setEnabled(live)
        if not live:
            self._bar.finish()

    def show_countdown(self, seen_ms: int) -> None:
        """Show how long a calibration still takes."""
        left = max(LENGTH_MS - seen_ms, 0)
        text = self.tr("편안한 얼굴로 앞을 봐요… {n}초").format(n=-(-left // 1000))
        self._button.setEnabled(False)
        if self._bar.isHidden():
            self._bar.start(text, self.given_up.emit)
        self._bar.set_progress(min(seen_ms / LENGTH_MS, 1.0), text)

    def end_countdown(self) -> None:
        """Take the countdown away."""
        self._bar.finish()
        self._button.setEnabled(True)


PACE = 0.12
"""Seconds between two looks at the numbers: the picture moves, the numbers stay readable."""

PATIENCE = 1.5
"""Seconds for which a person who is not seen stays the one that is looked at among others."""

EMPTY = 0.4
"""Seconds for which the numbers of a face stay while the picture shows no face at all."""


class LiveSide(QObject):
    """Works for one page while its :class:`Live` runs.

    Args:
        stop: what the page does to stop the source.
        restart: what it does to start it anew.
    """

    def __init__(
        self,
        page: Page,
        live: Live,
        card: LiveCard,
        stop: Callable[[], object],
        restart: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._page, self._live, self._card = page, live, card
        self._stop, self._restart = stop, restart
        self._context = page.context
        self._person = 0
        self._seen = self._shown = 0.0
        self._last: Shot | None = None
        self._told_stall = False
        self._calibrated = 0
        self._baseline: Baseline | None = None
        live.stalled.connect(self._say_stall)
        live.resumed.connect(self._say_resumed)
        live.resized.connect(self._say_resized)
        live.failed.connect(self._say_failed)
        live.ended.connect(self._say_ended)
        card.calibrate.connect(self._calibrate)
        card.given_up.connect(self._give_up)
        card.switched.connect(self._switch)
        card.forgotten.connect(self._forget)
        card.hide()

    def begin(self) -> None:
        """Get ready for a new source, with the user's baseline; call before it is started."""
        self._person, self._seen, self._shown, self._last = 0, 0.0, 0.0, None
        try:
            self._baseline = store.load()
        except MaumgyeolError as error:
            self._page.banner.show_warning(self._context.error_text(error))
        self._card.show_persons((), 0)
        self._card.set_live(True)
        self._card.show()
        self._apply()
        if self._baseline is not None and self._used and not self._baseline.fits_model:
            self._page.banner.show_info(
                self.tr("표정 모델이 바뀌었어요. 기준 얼굴을 다시 맞추면 표정도 견주어 읽어요.")
            )

    def end(self) -> int | None:
        """The source has stopped; return whose numbers stay, with the last picture."""
        self._card.set_live(False)
        self._told_stall, self._calibrated = False, 0
        return self.place_of(self._person)

    def hide(self) -> None:
        """A photo is shown instead."""
        self._last = None
        self._card.hide()

    def look_at(self, number: int) -> None:
        """Look at a person by the place among the faces of the last shot."""
        ids = self._last.ids if self._last is not None else ()
        if number < len(ids):
            self._person = ids[number]
            self._show_persons()

    def place_of(self, person: int) -> int | None:
        """Return the place of a person among the faces of the last shot."""
        ids = self._last.ids if self._last is not None else ()
        return ids.index(person) if person in ids else None

    def follow(self, shot: Shot) -> int | None:
        """Return which face of a new shot is to be shown in numbers; ``None``: none yet."""
        now, self._last = time.monotonic(), shot
        if shot.calibrating is not None and self._calibrated:
            self._show_calibration(shot.calibrating)
        if self._person in shot.ids:
            self._seen = now
        elif now - self._seen > (PATIENCE if shot.ids else EMPTY):
            self._person = shot.ids[0] if shot.ids else 0
        if now - self._shown < PACE:
            return None
        if self._person not in (*shot.ids, 0):
            return None
        self._shown = now
        self._show_persons()
        return self.place_of(self._person) or 0

    def _show_persons(self) -> None:
        if self._last is not None and self._last.frame is not None:
            self._card.show_persons(self._last.frame.persons, self._person)

    # What the source does

    def _say_stall(self, seconds: int) -> None:
        text = self.tr("{n}초째 새 화면이 오지 않아요. 카메라나 네트워크 연결을 확인해 주세요.")
        said = text.format(n=seconds)
        self._page.banner.show_warning(said, self.tr("다시 시도"), self._restart)
        self._told_stall = True

    def _say_resumed(self, seconds: int) -> None:
        if self._told_stall:
            self._told_stall = False
            text = self.tr("화면이 {n}초 멈췄다가 다시 이어져요.")
            self._page.banner.show_info(text.format(n=seconds))

    def _say_resized(self, before: tuple[int, int], now: tuple[int, int]) -> None:
        text = self.tr("화면 크기가 {old}에서 {new}로 바뀌었어요. 계속 읽고 있어요.")
        old, new = (f"{width}×{height}" for width, height in (before, now))
        self._page.banner.show_info(text.format(old=old, new=new))

    def _say_failed(self, error: Exception) -> None:
        self._stop()
        said = self._context.error_text(error)
        self._page.banner.show_error(said, self.tr("다시 시도"), self._restart)

    def _say_ended(self) -> None:
        self._stop()
        said = self.tr("영상이 끝났어요.")
        self._page.banner.show_info(said, self.tr("다시 보기"), self._restart)

    def say_left(self) -> None:
        """Say that the source was stopped because another tab is shown."""
        said = self.tr("다른 화면으로 가서 카메라와 영상을 멈췄어요.")
        self._page.banner.show_info(said, self.tr("다시 시작"), self._restart)

    # The baseline

    @property
    def _used(self) -> bool:
        return self._context.settings.get(keys.FACE_BASELINE)

    def _apply(self, owner: int = 0) -> None:
        self._live.centre(self._baseline if self._used else None, owner)
        self._card.show_baseline(self._baseline, self._used)

    def _calibrate(self) -> None:
        if not self._person:
            self._page.banner.show_warning(
                self.tr("얼굴이 보이지 않아요. 카메라 앞에 앉은 뒤 다시 눌러 주세요.")
            )
            return
        self._page.banner.clear()
        self._calibrated = self._person
        self._live.calibrate(self._person)
        self._card.show_countdown(0)

    def _give_up(self) -> None:
        self._calibrated = 0
        self._live.calibrate(0)
        self._card.end_countdown()

    def _show_calibration(self, state: Calibrating) -> None:
        if state.baseline is None and state.error is None:
            self._card.show_countdown(state.seen_ms)
            return
        owner, self._calibrated = self._calibrated, 0
        self._card.end_countdown()
        if state.baseline is None:
            if state.error is not None:
                self._page.show_error(state.error)
            return
        self._baseline = state.baseline
        self._context.settings.set(keys.FACE_BASELINE, True)
        self._apply(owner)
        try:
            store.save(state.baseline)
        except MaumgyeolError as error:
            self._page.show_error(error)
            return
        self._page.banner.show_success(
            self.tr("기준 얼굴을 맞췄어요. 이제 이 얼굴과 견주어 읽어요.")
        )

    def _switch(self, on: bool) -> None:
        self._context.settings.set(keys.FACE_BASELINE, on)
        self._apply(self._person)

    def _forget(self) -> None:
        try:
            store.forget()
        except MaumgyeolError as error:
            self._page.show_error(error)
            return
        self._baseline = None
        self._apply()
        self._page.message.emit(self.tr("기준 얼굴을 지웠어요."))
