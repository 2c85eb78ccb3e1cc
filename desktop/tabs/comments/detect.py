"""What is looked for in photos: detector, thresholds and classes, in a small pop-up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.app.settings import Key
from desktop.theme import icons
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label, SectionTitle
from engine.comments.detect import objects
from engine.comments.detect.objects import Detection
from engine.comments.labels import canonical, shown
from engine.core.errors import MaumgyeolError

MODEL = Key("comments/detector", objects.MODEL)
THRESHOLD = Key("comments/threshold", objects.THRESHOLD)
OVERLAP = Key("comments/overlap", objects.OVERLAP)
CLASSES = Key("comments/classes", "")


CLASSES_SHOWN = 6
"""Kinds that the list shows at once; the others are scrolled to."""


class DetectPopup(QFrame):
    """``changed()`` when the pop-up closes and something else is to be looked for."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("commentDetect")
        self._context = context
        self._model = QComboBox()
        self._model.setObjectName("commentDetector")
        self._model.setAccessibleName(self.tr("사물을 찾는 모델"))
        self._threshold = _slider("commentThreshold", self.tr("확신도"))
        self._overlap = _slider("commentOverlap", self.tr("겹침"))
        self._values = [Label(role="muted"), Label(role="muted")]
        self._find = QLineEdit()
        self._find.setObjectName("commentClassFind")
        self._find.setPlaceholderText(self.tr("종류 찾기 (예: 고양이)"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._filter)
        self._classes = QListWidget()
        self._classes.setObjectName("commentClasses")
        self._all = Button(self.tr("모든 종류"), role="quiet")
        self._all.setObjectName("commentAllClasses")
        self._all.clicked.connect(self._clear_classes)
        self._standard = Button(self.tr("처음대로"), "undo", role="quiet")
        self._standard.setObjectName("commentDetectReset")
        self._standard.clicked.connect(lambda: self._show(Detection()))
        self._note = Label(role="small", wrap=True)
        self._before = self._stored()
        self._lay_out()
        self._model.currentIndexChanged.connect(self._fill_classes)
        for slider in (self._threshold, self._overlap):
            slider.valueChanged.connect(self._tell_values)
        self._classes.itemChanged.connect(self._tell_classes)
        theme.notifier().changed.connect(self._style)
        self._style()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        side = theme.px(18)
        column.setContentsMargins(side, theme.px(14), side, theme.px(14))
        column.setSpacing(theme.px(10))
        head = QHBoxLayout()
        head.addWidget(SectionTitle(self.tr("찾기 설정")), 1)
        head.addWidget(self._standard)
        column.addLayout(head)
        column.addWidget(self._model)
        grid = QGridLayout()
        rows = (
            (self.tr("확신도"), self.tr("이보다 확실한 것만 보여요"), self._threshold),
            (self.tr("겹침"), self.tr("같은 종류가 이보다 겹치면 하나로 세요"), self._overlap),
        )
        for row, (name, hint, slider) in enumerate(rows):
            slider.setToolTip(hint)
            grid.addWidget(Label(name), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(self._values[row], row, 2)
        column.addLayout(grid)
        kinds = QHBoxLayout()
        kinds.addWidget(self._find, 1)
        kinds.addWidget(self._all)
        column.addLayout(kinds)
        column.addWidget(self._classes)
        column.addWidget(self._note)
        self.setMinimumWidth(theme.px(380))

    def options(self) -> Detection:
        """Return what is looked for; the standard where a stored detector is no longer there."""
        stored = self._stored()
        ready = {info.name for info in objects.available() if info.ready}
        return stored if stored.model in ready else Detection()

    def open_below(self, widget: QWidget) -> None:
        """Open the pop-up below *widget*, within the window."""
        self._fill_models()
        self._before = self.options()
        self._show(self._before)
        self._fit_classes()
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width(), widget.height() + theme.px(4)))
        left = max(corner.x() - self.width(), widget.window().mapToGlobal(QPoint(0, 0)).x())
        self.move(left, corner.y())
        self.show()

    def _fit_classes(self) -> None:
        """Give the list the height of whole entries, so that none is cut."""
        frame = self._classes.height() - self._classes.viewport().height()
        self._classes.setFixedHeight(CLASSES_SHOWN * self._classes.sizeHintForRow(0) + frame)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was set, and tell if it is something else."""
        super().hideEvent(event)
        now = self._asked()
        settings = self._context.settings
        settings.set(MODEL, now.model)
        settings.set(THRESHOLD, now.threshold)
        settings.set(OVERLAP, now.overlap)
        settings.set(CLASSES, ",".join(sorted(now.classes or ())))
        if now != self._before:
            self._before = now
            self.changed.emit()

    def _stored(self) -> Detection:
        get = self._context.settings.get
        kinds = frozenset(filter(None, get(CLASSES).split(",")))
        threshold, overlap = (min(max(get(key), 0.05), 0.95) for key in (THRESHOLD, OVERLAP))
        return Detection(get(MODEL), threshold, overlap, kinds or None)

    def _asked(self) -> Detection:
        kinds = frozenset(map(_kind, filter(_on, self._items())))
        threshold, overlap = self._threshold.value() / 100, self._overlap.value() / 100
        model = self._model.currentData() or objects.MODEL
        return Detection(model, threshold, overlap, kinds or None)

    def _show(self, options: Detection) -> None:
        self._model.setCurrentIndex(max(self._model.findData(options.model), 0))
        self._threshold.setValue(round(options.threshold * 100))
        self._overlap.setValue(round(options.overlap * 100))
        self._fill_classes(kinds=options.classes)
        self._tell_values()

    def _fill_models(self) -> None:
        self._model.blockSignals(True)
        self._model.clear()
        missing = False
        for info in objects.available():
            self._model.addItem(self._context.say(info.title), info.name)
            rows = self._model.model()
            if not info.ready and isinstance(rows, QStandardItemModel):
                rows.item(self._model.count() - 1).setEnabled(False)
                missing = True
        self._model.blockSignals(False)
        hint = self.tr("흐린 모델은 도구 › 모델 관리에서 내려받을 수 있어요.")
        self._note.setText(hint if missing else "")
        self._note.setVisible(missing)

    def _fill_classes(self, _index: int = 0, kinds: frozenset[str] | None = None) -> None:
        on = kinds or frozenset()
        self._classes.blockSignals(True)
        self._classes.clear()
        try:
            names = objects.class_names(self._model.currentData() or objects.MODEL)
        except MaumgyeolError as error:
            names = ()
            self._note.setText(self._context.error_text(error))
            self._note.show()
        for name in names:
            item = QListWidgetItem(shown(name, self._context.language), self._classes)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            checked = Qt.CheckState.Checked if name in on else Qt.CheckState.Unchecked
            item.setCheckState(checked)
        self._classes.blockSignals(False)
        self._filter(self._find.text())
        self._tell_classes()

    def _clear_classes(self) -> None:
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked)

    def _filter(self, text: str) -> None:
        wanted = text.strip().lower()
        korean = canonical(wanted)
        for item in self._items():
            told = (item.text().lower(), _kind(item))
            item.setHidden(not any(wanted in name for name in told) and korean != _kind(item))

    def _tell_values(self) -> None:
        for label, slider in zip(self._values, (self._threshold, self._overlap), strict=True):
            label.setText(f"{slider.value()} %")

    def _tell_classes(self) -> None:
        on = sum(map(_on, self._items()))
        every = self.tr("모든 종류를 찾아요")
        some = self.tr("{n}가지만 찾기 · 모두").format(n=on)
        self._all.setText(some if on else every)
        self._all.setEnabled(on > 0)

    def _style(self) -> None:
        tick = icons.path(f"check-{'dark' if theme.is_dark() else 'light'}").as_posix()
        self.setStyleSheet(
            f"#commentDetect {{ background: {theme.css('surface')};"
            f" border: 1px solid {theme.css('border_strong')}; }}"
            f"#commentClasses::indicator {{ width: {theme.px(14)}px; height: {theme.px(14)}px;"
            f" border: 1px solid {theme.css('border_strong')}; border-radius: {theme.px(4)}px;"
            f" background: {theme.css('surface')}; }}"
            f"#commentClasses::indicator:checked {{ background: {theme.css('accent')};"
            f" border-color: {theme.css('accent')}; image: url('{tick}'); }}"
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self._classes.item(row) for row in range(self._classes.count())]


def _kind(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))


def _on(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked


def _slider(name: str, title: str) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setRange(5, 95)
    made.setSingleStep(5)
    return made
