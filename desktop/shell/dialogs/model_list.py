"""One model: its facts, what can be done with it, and its card."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app import external
from desktop.app.context import AppContext
from desktop.theme import icons
from desktop.widgets.buttons import Button
from desktop.widgets.labels import ElidedLabel, Label
from engine.models import downloads, inventory
from engine.models.inventory import Item


def title(item: Item, context: AppContext) -> str:
    """Return what a model does; the manifest's English words for one that is not known here."""
    found = downloads.find(item.name)
    if found is not None:
        return context.say(found.title)
    return _titles().get(item.name) or item.task


def _titles() -> dict[str, str]:
    say = QCoreApplication.translate
    return {
        "comments-gpt2": say("ModelNames", "사진 댓글 쓰기"),
        "digits-cnn": say("ModelNames", "손글씨 숫자"),
        "emotions-ngram": say("ModelNames", "글의 감정 · 빠른 판단"),
        "face-expression": say("ModelNames", "얼굴 표정 일곱 가지"),
        "face-landmarker": say("ModelNames", "얼굴 찾기와 점 478개"),
        "objects-coco": say("ModelNames", "사진 속 사물 80가지"),
        "reviews-ngram": say("ModelNames", "리뷰 긍정·부정 · 빠른 판단"),
        "text-encoder": say("ModelNames", "리뷰와 감정 · 정밀 판단"),
        "kindness": say("ModelNames", "상처 주는 댓글 거르기"),
        "chat": say("ModelNames", "짧은 대화"),
    }


# ----------------------------------------------------------------------------------------
# The models by name: those that came with the program, and those that can be downloaded.

_KEY = Qt.ItemDataRole.UserRole


class ModelList(QListWidget):
    """``chosen(str)`` with the name of the model that was clicked on or moved to."""

    chosen = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("modelList")
        self.setAccessibleName(self.tr("모델"))
        self.setFixedWidth(theme.px(292))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._moved)

    def fill(self, packaged: tuple[Item, ...], optional: tuple[Item, ...], current: str) -> None:
        """Show the models and choose *current* without telling, or the first."""
        self.blockSignals(True)
        self.clear()
        for heading, items in (
            (self.tr("들어 있는 모델"), packaged),
            (self.tr("받을 수 있는 모델"), optional),
        ):
            self._head(heading)
            for item in items:
                self._row(item)
        names = [self.item(row).data(_KEY) for row in range(self.count())]
        self.setCurrentRow(names.index(current) if current in names else min(1, len(names) - 1))
        self.blockSignals(False)
        self.scrollToItem(self.currentItem())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen model in view when a banner takes some of the room."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    @property
    def current(self) -> str:
        """The name of the chosen model; empty if there is none."""
        item = self.currentItem()
        return str(item.data(_KEY) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose a model by its name."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == name:
                self.setCurrentRow(row)

    def _head(self, text: str) -> None:
        item = QListWidgetItem(self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        label = Label(text, "section")
        label.setContentsMargins(theme.px(2), theme.px(6), 0, 0)
        item.setSizeHint(_with_padding(label))
        self.setItemWidget(item, label)

    def _row(self, item: Item) -> None:
        row = QListWidgetItem(self)
        row.setData(_KEY, item.name)
        row.setData(Qt.ItemDataRole.AccessibleTextRole, item.name)
        made = _Row(item, self._context)
        row.setSizeHint(_with_padding(made))
        self.setItemWidget(row, made)

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.chosen.emit(item.data(_KEY))


def _with_padding(widget: QWidget) -> QSize:
    """Return the widget's size and the style sheet's padding of an item around it."""
    return widget.sizeHint() + QSize(theme.px(16), theme.px(14))


class _Row(QWidget):
    """Name, what it does, and a sign: here, not here, or missing."""

    def __init__(self, item: Item, context: AppContext) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        words.addWidget(ElidedLabel(item.name, "strong"))
        words.addWidget(ElidedLabel(title(item, context), "small"))
        self._sign = QLabel()
        name, self._ink = "success", "positive"
        if item.place is None:
            name, self._ink = ("download", "text_muted") if item.optional else ("error", "negative")
        self._icon = name
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(2), 0, theme.px(2), 0)
        line.addLayout(words, 1)
        line.addWidget(self._sign)
        self._draw()
        theme.notifier().changed.connect(self._draw)

    def _draw(self) -> None:
        side, ratio = theme.px(18), self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap(self._icon, side, self._ink, ratio))


class ModelDetail(QWidget):
    """Tells what was pressed: ``verify``, ``get``, ``stop``, ``remove``, ``forget``."""

    verify, get, stop, remove, forget = (Signal() for _ in range(5))

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._name = Label(role="section")
        self._name.setObjectName("modelName")
        self._task = ElidedLabel(role="muted")
        self._facts: dict[str, ElidedLabel] = {}
        self._sent = Label(role="small", wrap=True)
        self._sent.setObjectName("modelSent")
        self._sent.setMinimumHeight(theme.px(32))  # else the least window reckons with a column
        self._card = QTextBrowser()
        self._card.setObjectName("modelCard")
        external.open_links(self._card)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self._verify = self._button(self.tr("확인"), "check", "modelVerify", self.verify)
        self._get = self._button(self.tr("받기"), "download", "modelGet", self.get)
        self._stop = self._button(self.tr("멈춤"), "pause", "modelStop", self.stop)
        self._remove = self._button(self.tr("지우기"), "trash", "modelRemove", self.remove)
        self._forget = self._button(self.tr("기록 지우기"), "", "modelForget", self.forget)
        self._forget.setToolTip(
            self.tr("처음 받은 파일의 체크섬을 잊어요. 서버의 파일이 바뀐 것이 맞을 때만 쓰세요.")
        )

    def _button(self, text: str, icon: str, name: str, signal: SignalInstance) -> Button:
        made = Button(text, icon)
        made.setObjectName(name)
        made.clicked.connect(signal)
        return made

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(1, 1)
        for row, (key, text) in enumerate(self._rows()):
            value = ElidedLabel("", "small" if key == "sha" else "")
            value.setObjectName(f"modelFact-{key}")
            self._facts[key] = value
            grid.addWidget(Label(text, "muted"), row, 0)
            grid.addWidget(value, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self._get, self._stop, self._verify, self._remove, self._forget):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self._name)
        column.addWidget(self._task)
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addWidget(self._sent)
        column.addWidget(self._card, 1)

    def _rows(self) -> tuple[tuple[str, str], ...]:
        return (
            ("version", self.tr("버전")),
            ("licence", self.tr("허가")),
            ("size", self.tr("크기")),
            ("place", self.tr("위치")),
            ("sha", self.tr("SHA-256")),
            ("state", self.tr("상태")),
        )

    def show_model(self, item: Item, checked: datetime | None, running: bool) -> None:
        """Show a model; *checked* is when it was found sound, *running* that it is at work on."""
        part = self._part(item)
        self._name.setText(item.name)
        self._task.setText(title(item, self._context))
        self._fact("version", item.version)
        self._fact("licence", item.licence)
        self._fact("size", self._size(item))
        self._fact("place", str(item.place) if item.place else "–")
        self._fact("sha", item.sha256 or self._no_sum(item))
        self._fact("state", self._state(item, checked, part))
        offered = bool(item.servers) and (item.optional or item.place is None)
        self._sent.setText(self._context.say(item.sent) if offered else "")
        self._sent.setVisible(offered)
        self._show_buttons(item, part, running)
        card = inventory.card(item.name)
        self._card.setMarkdown(card or self.tr("이 모델에는 카드가 없어요."))

    def _fact(self, key: str, text: str) -> None:
        self._facts[key].setText(text)
        self._facts[key].setToolTip(text)

    def _part(self, item: Item) -> int:
        found = downloads.find(item.name)
        return downloads.state(found).part if found else 0

    def _size(self, item: Item) -> str:
        size = f"{item.bytes / 1e6:.1f} MB"
        if item.optional and not item.sha256:
            return self.tr("약 {size} (받기를 누르면 서버에 물어봐요)").format(size=size)
        return size

    def _no_sum(self, item: Item) -> str:
        if item.optional:
            return self.tr("처음 받을 때 적어 두어요")
        return self.tr("파일마다 하나씩 (manifest.toml)")

    def _state(self, item: Item, checked: datetime | None, part: int) -> str:
        if item.place is None:
            if part:
                return self.tr("{size} MB까지 받았어요").format(size=f"{part / 1e6:.1f}")
            return self.tr("아직 받지 않았어요") if item.optional else self.tr("파일이 없어요")
        if checked is None:
            return self.tr("있어요 · 불러올 때마다 체크섬을 확인해요")
        return self.tr("{time}에 확인했어요 · 이상 없음").format(time=f"{checked:%H:%M:%S}")

    def _show_buttons(self, item: Item, part: int, running: bool) -> None:
        here = item.place is not None
        self._verify.setVisible(here and not running)
        self._get.setVisible(bool(item.servers) and not here and not running)
        self._get.setText(self.tr("이어 받기") if part else self.tr("받기"))
        self._stop.setVisible(running)
        self._remove.setVisible(item.optional and (here or part > 0) and not running)
        known = item.optional and bool(item.sha256)
        self._forget.setVisible(known and not here and not part and not running)
