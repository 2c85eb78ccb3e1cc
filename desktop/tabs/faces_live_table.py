"""Everybody in the live picture, a row each: expression, blinks, PERCLOS, yawns, view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_names import DIRECTIONS, EXPRESSIONS, STATES
from engine.faces.attention import LEAST_MS
from engine.faces.live import Person
from engine.faces.overlay_live import colour

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
            left = max(LEAST_MS - attention.seen_ms, 0) // 1000 + 1
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
