"""The face's moves as bars: the strongest, or all 52 of the landmarker in a fixed order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_names import shape_name, strongest_moves
from desktop.widgets.labels import Label
from desktop.widgets.probability_bars import ProbabilityBars
from engine.errors import Message
from engine.faces import Face

MOST = 12
"""How many are shown unless all are."""


class Moves(QWidget):
    """Blendshapes of one face, 0 to 100 %."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._face: Face | None = None
        self._shown: list[Message] = []
        self._bars = ProbabilityBars(compact=True)
        self._bars.setObjectName("faceShapes")
        self._all = QCheckBox(self.tr("52가지 모두 보기"))
        self._all.setObjectName("faceShapesAll")
        self._all.toggled.connect(self._show)
        self._note = Label(role="small", wrap=True)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("scrollBody")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, theme.px(8), 0)
        inner.addWidget(self._bars)
        inner.addStretch(1)
        self._scroller.setWidget(body)
        top = QHBoxLayout()
        top.addWidget(self._note, 1)
        top.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(top)
        column.addWidget(self._scroller)
        self._fit()
        theme.notifier().changed.connect(self._fit)
        self._show()

    def show_face(self, face: Face | None) -> None:
        """Show the moves of *face*, or none."""
        self._face = face
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while another page was shown."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        shapes = self._face.blendshapes if self._face is not None else {}
        if self._all.isChecked():
            said = [(shape_name(shape), value) for shape, value in shapes.items()]
            self._note.setText(self.tr("왼쪽과 오른쪽은 그 사람 기준이에요."))
        else:
            said = strongest_moves(shapes, MOST, self._shown)
            self._shown = [name for name, _ in said]
            self._note.setText(self.tr("두드러진 {n}가지").format(n=MOST))
        highlight = [self._context.say(max(said, key=lambda row: row[1])[0])] if said else []
        self._bars.set_values([(self._context.say(name), v) for name, v in said], highlight)

    def _fit(self) -> None:
        """Be as high as the strongest are; all of them are scrolled."""
        self._scroller.setFixedHeight(theme.px(24) * MOST + theme.px(4))
