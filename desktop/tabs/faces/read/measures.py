"""One face's measures: features and head pose as numbers, moves as bars, the regions."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.names import FEATURES, POSE, REGIONS, dot, shape_name, strongest_moves
from desktop.widgets.labels import Label
from desktop.widgets.page import Card
from desktop.widgets.ratings import ProbabilityBars
from engine.core.errors import Message
from engine.faces import Face
from engine.faces.overlay.layers import REGION_COLOURS

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


class MeasuresCard(Card):
    """Numbers, regions and moves of the chosen face, one behind the other."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._numbers = Numbers(context)
        self._regions = Regions(context)
        self._tabs = Pages()
        self._tabs.setObjectName("faceMeasures")
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.addTab(self._numbers, self.tr("측정값"))
        self._tabs.addTab(self._regions, self.tr("부위"))
        self._moves = Moves(context)
        self._tabs.addTab(self._moves, self.tr("움직임"))
        self.add(self._tabs)

    def show_face(self, face: Face | None) -> None:
        """Show the measures of *face*, or dashes."""
        self._numbers.show_face(face)
        self._regions.show_face(face)
        self._moves.show_face(face)


class Pages(QTabWidget):
    """Takes the room of the page that is shown, not of the highest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the tabs' height and the shown page's."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        page = self.currentWidget()
        shown = page.sizeHint().height() if page is not None else 0
        return self.tabBar().sizeHint().height() + shown


class Numbers(QWidget):
    """Classic features and head pose in two columns."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, Label] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(10), 0, 0)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, theme.px(48))
        grid.setColumnMinimumWidth(3, theme.px(48))
        names = list({**FEATURES, **POSE}.items())
        rows = (len(names) + 1) // 2
        for number, (key, said) in enumerate(names):
            row, column = number % rows, 2 * (number // rows)
            value = Label("–", "strong", selectable=True)
            value.setObjectName(f"faceMeasure_{key}")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name = Label(context.say(said), "muted")
            name.setBuddy(value)
            grid.addWidget(name, row, column)
            grid.addWidget(value, row, column + 1)
            self._values[key] = value

    def show_face(self, face: Face | None) -> None:
        """Show the measures of *face*, or dashes."""
        numbers = {} if face is None else {**asdict(face.features), **asdict(face.pose)}
        for key, label in self._values.items():
            if key not in numbers:
                label.setText("–")
            elif key in POSE:
                label.setText(f"{numbers[key]:+.1f}°")
            else:
                label.setText(f"{numbers[key]:.3f}")


class Regions(QWidget):
    """Centroid and box in pixels and number of points of each region."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = QTableWidget(len(REGIONS), 4)
        self._table.setObjectName("faceRegions")
        self._table.setHorizontalHeaderLabels(
            [self.tr("부위"), self.tr("중심"), self.tr("상자 x, y, w, h"), self.tr("점")]
        )
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for row, (key, said) in enumerate(REGIONS.items()):
            for column in range(4):
                self._table.setItem(row, column, QTableWidgetItem("–"))
            first = QTableWidgetItem(dot(REGION_COLOURS[key]), context.say(said))
            self._table.setItem(row, 0, first)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(10), 0, 0)
        layout.addWidget(self._table)
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def show_face(self, face: Face | None) -> None:
        """Show the regions of *face*, or dashes."""
        for row, key in enumerate(REGIONS):
            if face is None:
                cells = ["–"] * 3
            else:
                region = face.regions[key]
                cells = [
                    ", ".join(f"{value:.1f}" for value in region.centroid),
                    ", ".join(f"{value:.1f}" for value in region.box),
                    str(len(region.points)),
                ]
            for column, text in enumerate(cells, start=1):
                item = self._table.item(row, column)
                if item is not None:
                    item.setText(text)

    def _fit(self) -> None:
        """Make the table as high as its rows."""
        height = theme.px(32)
        for row in range(self._table.rowCount()):
            self._table.setRowHeight(row, height)
        self._table.setFixedHeight(height * (self._table.rowCount() + 1) + theme.px(6))
