"""One model: its facts, what can be done with it, and its card."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from desktop import models_names, outside, theme
from desktop.context import AppContext
from desktop.widgets.buttons import Button
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import Label
from engine import downloads, inventory
from engine.inventory import Item


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
        outside.open_links(self._card)
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
        self._task.setText(models_names.title(item, self._context))
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
