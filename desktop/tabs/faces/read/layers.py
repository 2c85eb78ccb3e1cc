"""Which layers lie over the picture: a button that opens choices, single layers and a legend."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.tabs.faces.names import LAYERS, PRESETS, REGIONS, dot
from desktop.widgets.buttons import Button, Chip
from desktop.widgets.labels import Label
from desktop.widgets.page import Line
from engine.faces.overlay import layers as overlay
from engine.faces.overlay.layers import AXES, REGION_COLOURS, VIEW, Layers
from engine.faces.overlay.marks import Colour


class LayersButton(Button):
    """Opens the choices below itself, and remembers them; ``changed`` after another choice."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", "eye", parent=parent)
        self.setText(self.tr("겹쳐 보기"))
        self.setObjectName("faceOverlay")
        self.setToolTip(self.tr("사진 위에 무엇을 그릴지 골라요"))
        self._settings = context.settings
        self._panel = LayersPanel(context, self)
        self._panel.set_layers(stored(self._settings.get(keys.FACE_LAYERS)))
        self._panel.changed.connect(self._keep)
        self.clicked.connect(self._open)

    @property
    def layers(self) -> Layers:
        """The layers that are on."""
        return self._panel.layers

    def _open(self) -> None:
        self._panel.adjustSize()
        below = self.mapToGlobal(QPoint(self.width(), self.height() + theme.px(4)))
        left = below.x() - self._panel.width()
        screen = self.screen().availableGeometry()
        top = min(below.y(), screen.bottom() - self._panel.height())
        self._panel.move(max(left, screen.left()), max(top, screen.top()))
        self._panel.show()

    def _keep(self) -> None:
        self._settings.set(keys.FACE_LAYERS, ",".join(self.layers.names))
        self.changed.emit()


class LayersPanel(QFrame):
    """Presets, one box a layer, and what the colours mean; ``changed`` after a click."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # the closing click does no more
        self._context = context
        self._presets: dict[str, Chip] = {}
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        side = theme.px(16)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(12))
        column.addLayout(self._build_presets())
        column.addWidget(Line())
        column.addLayout(self._build_boxes())
        column.addWidget(Line())
        column.addWidget(Label(self.tr("색"), "muted"))
        column.addWidget(self._legend())

    @property
    def layers(self) -> Layers:
        """The layers that are on."""
        return Layers(**{name: box.isChecked() for name, box in self._boxes.items()})

    def set_layers(self, layers: Layers) -> None:
        """Switch layers without telling."""
        for name, box in self._boxes.items():
            box.setChecked(getattr(layers, name))
        for name, chip in self._presets.items():
            chip.setChecked(overlay.PRESETS[name] == layers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _build_presets(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for name, said in PRESETS.items():
            chip = Chip(self._context.say(said))
            chip.setAccessibleName(f"{self.tr('겹쳐 보기')}: {chip.text()}")
            chip.clicked.connect(lambda _=False, name=name: self._choose(overlay.PRESETS[name]))
            row.addWidget(chip)
            self._presets[name] = chip
        row.addStretch(1)
        return row

    def _build_boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(4))
        rows = (len(LAYERS) + 1) // 2
        for number, (name, said) in enumerate(LAYERS.items()):
            box = QCheckBox(self._context.say(said))
            box.setObjectName(f"faceLayer-{name}")
            box.clicked.connect(lambda: self._choose(self.layers))
            grid.addWidget(box, number % rows, number // rows)
            self._boxes[name] = box
        return grid

    def _legend(self) -> QWidget:
        found: list[tuple[Colour, str]] = [
            (REGION_COLOURS[key], self._context.say(said)) for key, said in REGIONS.items()
        ]
        turns = (self.tr("머리 오른쪽 x"), self.tr("머리 위 y"), self.tr("머리 앞 z"))
        found += [(colour, said) for (_, colour), said in zip(AXES, turns, strict=True)]
        found.append((VIEW, self.tr("시선과 홍채")))
        legend = QWidget()
        legend.setObjectName("faceLegend")
        grid = QGridLayout(legend)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(4))
        rows = (len(found) + 1) // 2
        for number, (colour, said) in enumerate(found):
            grid.addWidget(_entry(colour, said), number % rows, number // rows)
        return legend

    def _choose(self, layers: Layers) -> None:
        self.set_layers(layers)
        self.changed.emit()


def stored(text: str) -> Layers:
    """Return the layers that the settings name; names of other versions are passed over.

    >>> stored("mesh,unheard of").names
    ('mesh',)
    """
    return Layers.of(*(name for name in text.split(",") if name in LAYERS))


def _entry(colour: Colour, said: str) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    mark = Label()
    mark.setPixmap(dot(colour).pixmap(theme.px(12), theme.px(12)))
    row.addWidget(mark)
    row.addWidget(Label(said), 1)
    return entry
