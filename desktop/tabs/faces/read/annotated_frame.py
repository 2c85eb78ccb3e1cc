"""One picture with everything that was read in it, as the faces tab hands it around."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop import theme
from engine.core.errors import InputError
from engine.faces import FacesResult
from engine.faces.live.session import LiveFrame
from engine.faces.measure.baseline import Baseline
from engine.faces.overlay import layers as overlay
from engine.faces.overlay import layers as overlay_live
from engine.faces.overlay import marks
from engine.faces.overlay.layers import Layers
from engine.faces.overlay.marks import Colour, Mark, Points
from engine.faces.result import Box
from engine.media.images import Bgr

if TYPE_CHECKING:
    from engine.faces.overlay.marks import Mark

LIVE_SIDE = 2048
"""Longest side in pixels of a live picture; larger ones are reduced before they are read.

The landmarker looks at 256 pixels of a face, and the window shows no more.
"""


@dataclass(frozen=True, eq=False)
class Calibrating:
    """How a calibration stands.

    Attributes:
        seen_ms: observed time so far.
        baseline: what it gave, at its end.
        error: why it gave nothing, at its end.
    """

    seen_ms: int
    baseline: Baseline | None = None
    error: InputError | None = None


@dataclass(frozen=True, eq=False)
class Shot:
    """One picture.

    Attributes:
        image: the picture alone.
        result: what was read; smoothed over time where it is live.
        frame: the persons of a live picture; ``None`` of a photo.
        calibrating: the calibration that runs, if any.
        captured: when a live picture was captured, by ``time.monotonic``.
    """

    image: Bgr
    result: FacesResult
    frame: LiveFrame | None = None
    calibrating: Calibrating | None = None
    captured: float = 0.0

    @property
    def ids(self) -> tuple[int, ...]:
        """Numbers of the persons, in the order of the faces; empty for a photo."""
        return tuple(person.id for person in self.frame.persons) if self.frame else ()

    def marks(self, layers: Layers, language: str, chosen: int = 0) -> list[Mark]:
        """Return what *layers* lay over it; *chosen*: place of the face that is looked at."""
        if self.frame is not None:
            return overlay_live.live_marks(self.frame, layers, language, chosen)
        return overlay.marks(self.result, layers, language, chosen)

    def paint(self, layers: Layers, language: str) -> Bgr:
        """Return the picture with *layers* painted on it."""
        if self.frame is not None:
            return overlay_live.draw_live(self.image, self.frame, layers, language)
        return overlay.draw(self.image, self.result, layers, language)


def reduced(image: Bgr, side: int) -> Bgr:
    """Return *image*, or where it is larger, a copy whose longest side is *side* pixels."""
    height, width = image.shape[:2]
    share = side / max(height, width)
    if share >= 1:
        return image
    import cv2
    import numpy as np

    size = (max(round(width * share), 1), max(round(height * share), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


# ----------------------------------------------------------------------------------------
# Painting what was read over a picture with Qt: sharp at any zoom and on any screen.

FAST = Qt.PenCapStyle.SquareCap
"""Ends of the mesh's many lines: with round ones a picture takes Qt twice as long."""

TIP = 9.0
"""Length of an arrow's head on the screen."""


class Overlay:
    """Paints marks over the picture that a view shows.

    Args:
        target: where the whole picture lies, in the painter's pixels.
        scale: the painter's pixels per pixel of the picture.
        room: what of it can be seen.
    """

    def __init__(self, painter: QPainter, target: QRectF, scale: float, room: QRectF) -> None:
        self._painter = painter
        self._corner = np.array([target.x(), target.y()], dtype=np.float32)
        self._scale = scale
        self._room: Box = (room.x(), room.y(), room.width(), room.height())
        self._taken: list[Box] = []

    def paint(self, found: Sequence[Mark]) -> None:
        """Paint all of them, in their order."""
        painters: dict[type, Callable[..., None]] = {
            marks.Lines: self._lines,
            marks.Dots: self._dots,
            marks.Ring: self._ring,
            marks.Frame: self._frame,
            marks.Arrow: self._arrow,
            marks.Tag: self._tag,
            marks.Bars: self._bars,
        }
        for mark in found:
            painters[type(mark)](mark)

    def _lines(self, mark: marks.Lines) -> None:
        ends = self._at(mark.ends.reshape(-1, 2)).reshape(-1, 4).tolist()
        lines = [QLineF(*four) for four in ends]
        width = self._thin(mark.width, mark.face)
        if mark.edge:
            self._pen(marks.EDGE, width + 1.6, 0.35, cap=FAST)
            self._painter.drawLines(lines)
        self._pen(mark.colour, width, mark.opacity, cap=FAST)
        self._painter.drawLines(lines)

    def _dots(self, mark: marks.Dots) -> None:
        radius = self._thin(mark.radius, mark.face)
        self._pen(mark.rim, self._thin(1.6, mark.face))
        self._painter.setBrush(ink(mark.colour))
        for x, y in self._at(mark.places).tolist():
            self._painter.drawEllipse(QPointF(x, y), radius, radius)

    def _ring(self, mark: marks.Ring) -> None:
        centre, radius = self._point(mark.centre), mark.radius * self._scale
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, more, opacity in ((marks.EDGE, 1.6, 0.5), (mark.colour, 0.0, 1.0)):
            self._pen(colour, self._thin(mark.width, mark.face) + more, opacity)
            self._painter.drawEllipse(centre, radius, radius)

    def _frame(self, mark: marks.Frame) -> None:
        box, width = QRectF(*self._box(mark.box)), self._thin(mark.width, mark.face)
        radius = min(6.0 * theme.zoom(), box.width() / 6)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._pen(marks.EDGE, width + 1.6, 0.45)
        self._painter.drawRoundedRect(box, radius, radius)
        style = Qt.PenStyle.DashLine if mark.dashed else Qt.PenStyle.SolidLine
        self._pen(mark.colour, width, style=style)
        self._painter.drawRoundedRect(box, radius, radius)

    def _arrow(self, mark: marks.Arrow) -> None:
        line = QLineF(self._point(mark.start), self._point(mark.end))
        head = min(self._thin(TIP, mark.face), 0.5 * line.length())
        lines = [line]
        for turn in (150.0, -150.0):
            side = QLineF.fromPolar(head, line.angle() + turn)
            side.translate(line.p2())
            lines.append(side)
        for colour, more in ((marks.EDGE, 2.0), (mark.colour, 0.0)):
            self._pen(colour, self._thin(mark.width, mark.face) + more)
            self._painter.drawLines(lines)
        if mark.name:
            self._letter(line.p2() + QPointF(4, 12) * theme.zoom(), mark)

    def _letter(self, place: QPointF, mark: marks.Arrow) -> None:
        self._painter.setFont(theme.font(12, bold=True))
        self._painter.setPen(ink(marks.EDGE))
        for shift in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            self._painter.drawText(place + shift, mark.name)
        self._painter.setPen(ink(mark.colour))
        self._painter.drawText(place, mark.name)

    def _tag(self, mark: marks.Tag) -> None:
        box = self._box(mark.box)
        if not self._seen(box):
            return
        font = theme.font(13, bold=True)
        metrics = QFontMetricsF(font)
        pad = metrics.height() * 0.5
        size = (metrics.horizontalAdvance(mark.text) + 2 * pad, metrics.height() * 1.4)
        self._taken.append(marks.tag_place(box, size, self._room, self._taken))
        place = QRectF(*self._taken[-1])
        self._ground(place, mark.colour)
        self._painter.setFont(font)
        self._painter.setPen(ink(mark.ink))
        self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark.text)

    def _bars(self, mark: marks.Bars) -> None:
        box = self._box(mark.box)
        if not self._seen(box):
            return
        font = theme.font(12)
        metrics = QFontMetricsF(font)
        names = max((metrics.horizontalAdvance(name) for name, _ in mark.rows), default=0.0)
        row, pad, length = metrics.height() * 1.35, metrics.height() * 0.5, metrics.height() * 3.5
        size = (names + length + 3 * pad, row * len(mark.rows) + 2 * pad)
        place = QRectF(*marks.bars_place(box, size, self._room))
        self._ground(place, marks.PILL)
        self._painter.setFont(font)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for number, (name, value) in enumerate(mark.rows):
            top = place.y() + pad + number * row
            self._painter.setPen(Qt.GlobalColor.white)
            self._painter.drawText(QRectF(place.x() + pad, top, names + 1, row), left, name)
            track = QRectF(place.right() - pad - length, top + 0.3 * row, length, 0.4 * row)
            self._painter.fillRect(track, ink((255, 255, 255), 0.25))
            track.setWidth(max(length * min(value, 1.0), 1.0))
            self._painter.fillRect(track, ink(mark.colour))

    def _ground(self, place: QRectF, colour: Colour) -> None:
        radius = 6.0 * theme.zoom()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ink(colour, 0.9))
        self._painter.drawRoundedRect(place, radius, radius)

    def _pen(
        self,
        colour: Colour | None,
        width: float,
        opacity: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap,
    ) -> None:
        if colour is None:
            self._painter.setPen(Qt.PenStyle.NoPen)
            return
        join = Qt.PenJoinStyle.RoundJoin
        self._painter.setPen(QPen(ink(colour, opacity), width, style, cap, join))

    def _thin(self, width: float, face: float) -> float:
        """Return a width on the screen: with the zoom of the window, thinner on small faces."""
        return width * theme.zoom() * marks.fine(face, self._scale)

    def _at(self, places: Points) -> Points:
        return self._corner + self._scale * places

    def _point(self, place: tuple[float, float]) -> QPointF:
        return QPointF(*self._at(np.array(place, dtype=np.float32)).tolist())

    def _box(self, box: Box) -> Box:
        x, y = (float(value) for value in self._at(np.array(box[:2], dtype=np.float32)))
        return x, y, box[2] * self._scale, box[3] * self._scale

    def _seen(self, box: Box) -> bool:
        return QRectF(*box).intersects(QRectF(*self._room))


def ink(colour: Colour, opacity: float = 1.0) -> QColor:
    """Return a BGR colour as Qt's, with an opacity of 0..1."""
    blue, green, red = colour
    made = QColor(red, green, blue)
    made.setAlphaF(opacity)
    return made
