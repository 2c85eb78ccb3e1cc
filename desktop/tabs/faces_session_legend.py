"""Above the timeline: whose line it is, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_dots import dot
from desktop.tabs.faces_names import EXPRESSIONS
from desktop.tabs.faces_session_paint import colour
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import Label
from engine.faces import LABELS
from engine.faces.overlay_live import colour as person_colour


class Legend(QWidget):
    """A list of persons and a name an expression, which stands out while it is pointed at.

    Signals:
        chosen(int): number of the person whose line is to be shown.
        pointed(str): expression that is to stand out; empty for none.
    """

    chosen = Signal(int)
    pointed = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = ""
        self._persons = QComboBox()
        self._persons.setObjectName("sessionPerson")
        self._persons.setAccessibleName(self.tr("누구의 시간 흐름인지"))
        self._persons.activated.connect(
            lambda row: self.chosen.emit(int(self._persons.itemData(row)))
        )
        self._none = Label(self.tr("이 세션에는 얼굴이 나오지 않아요."), "muted")
        names = QWidget()
        flow = FlowLayout(names)
        self._names: dict[str, _Name] = {}
        for label in LABELS:
            name = _Name(context.say(EXPRESSIONS[label]), label)
            name.setObjectName(f"sessionShow{LABELS.index(label)}")
            name.pointed.connect(lambda on, text=label: self._point(text if on else ""))
            name.toggled.connect(lambda on, text=label: self._hold(text if on else ""))
            flow.addWidget(name)
            self._names[label] = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._persons)
        row.addWidget(self._none)
        row.addWidget(names, 1)
        theme.notifier().changed.connect(self._draw)
        self._draw()

    def show_persons(self, persons: Sequence[int], current: int) -> None:
        """List the persons of another session."""
        self._persons.clear()
        for person in persons:
            text = self.tr("사람 {n}").format(n=person)
            self._persons.addItem(dot(person_colour(person)), text, person)
        self._persons.setVisible(bool(persons))
        self._none.setVisible(not persons)
        self.set_person(current)

    def set_person(self, person: int) -> None:
        """Show who is chosen, without telling."""
        self._persons.setCurrentIndex(self._persons.findData(person))

    def _point(self, label: str) -> None:
        self.pointed.emit(label or self._held)

    def _hold(self, label: str) -> None:
        self._held = label
        for other, name in self._names.items():
            if other != label and name.isChecked():
                name.blockSignals(True)
                name.setChecked(False)
                name.blockSignals(False)
        self.pointed.emit(label)

    def _draw(self) -> None:
        for label, name in self._names.items():
            tint = colour(label)
            name.setIcon(dot((tint.blue(), tint.green(), tint.red())))


class _Name(QPushButton):
    """``pointed(bool)``: the pointer has come, or gone."""

    pointed = Signal(bool)

    def __init__(self, text: str, label: str) -> None:
        super().__init__(text)
        self.label = label
        self.setProperty("role", "quiet")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setStyleSheet("padding: 3px 6px; min-width: 0;")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell of the pointer."""
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it has gone."""
        self.pointed.emit(False)
        super().leaveEvent(event)
