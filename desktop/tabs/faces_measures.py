"""One face's measures: features and head pose as numbers, moves as bars, the regions."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_dots import dot
from desktop.tabs.faces_moves import Moves
from desktop.tabs.faces_names import FEATURES, POSE, REGIONS
from desktop.widgets.card import Card
from desktop.widgets.labels import Label
from engine.faces import Face
from engine.faces.overlay import REGION_COLOURS


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
