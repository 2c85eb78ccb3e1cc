"""The model manager: every model with its card and checksum; optional ones come and go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.app.context import AppContext
from desktop.shell.dialogs.model_list import ModelDetail, ModelList
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner, JobBar
from desktop.workers import JobHandle
from engine.core.errors import MaumgyeolError
from engine.core.jobs import Progress
from engine.models import downloads, inventory, store
from engine.models.http import Offer
from engine.models.inventory import Item


class ModelsDialog(QDialog):
    """Shows the models and does one thing at a time: ask, download or verify."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("모델 관리"))
        self.setObjectName("modelsDialog")
        self._context = context
        self._items: dict[str, Item] = {}
        self._checked: dict[str, datetime] = {}
        self._job: JobHandle | None = None
        self._busy = ""
        self.banner = Banner()
        self.job_bar = JobBar()
        self.list = ModelList(context)
        self.detail = ModelDetail(context)
        self._connect()
        self._lay_out()
        self._refresh()

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.detail.verify.connect(self._verify)
        self.detail.get.connect(self._ask)
        self.detail.stop.connect(self._stop)
        self.detail.remove.connect(lambda: self._remove(forget=False))
        self.detail.forget.connect(lambda: self._remove(forget=True))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        words.addWidget(Label(self.tr("모델 관리"), "title"))
        hint = self.tr(
            "모든 계산은 이 컴퓨터에서 해요. 인터넷은 받기를 눌렀을 때만, 그 파일을 받는 데만 써요."
        )
        words.addWidget(Label(hint, "subtitle", wrap=True))
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(20))
        middle.addWidget(self.list)
        middle.addWidget(self.detail, 1)
        self._all = Button(self.tr("모두 확인"), "check")
        self._all.setObjectName("modelsVerifyAll")
        self._all.clicked.connect(self._verify_all)
        close = Button(self.tr("닫기"), role="primary")
        close.setObjectName("modelsClose")
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        buttons.addWidget(self.job_bar, 100)
        buttons.addStretch(1)
        buttons.addWidget(self._all)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        side = theme.px(22)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(14))
        column.addLayout(words)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addLayout(buttons)
        self.resize(theme.px(960), theme.px(664))

    # What is shown

    def _refresh(self) -> None:
        """Read the lists again and show the same model."""
        try:
            packaged, optional = inventory.packaged(), inventory.optional()
        except MaumgyeolError as error:
            self.banner.show_error(self._context.error_text(error))
            return
        self._items = {item.name: item for item in (*packaged, *optional)}
        self.list.fill(packaged, optional, self.list.current)
        self._show(self.list.current)

    def _show(self, name: str) -> None:
        item = self._items.get(name)
        if item is not None:
            running = self._job is not None and self._busy == name
            self.detail.show_model(item, self._checked.get(name), running)
        self._all.setEnabled(self._job is None)

    # What is done

    def _run(
        self,
        name: str,
        text: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
    ) -> None:
        """Start *work* on the model *name*, unless something runs already."""
        if self._job is not None:
            self.banner.show_info(self.tr("지금 하는 일이 끝난 뒤에 다시 눌러 주세요."))
            return
        self.banner.clear()
        self._busy = name

        def finished(found: Any) -> None:
            self._end()
            done(found)

        self._job = self._context.workers.run(
            work,
            done=finished,
            failed=self._failed,
            progress=self.job_bar.set_progress,
            cancelled=self._cancelled,
            owner=self,
            language=self._context.language,
        )
        self.job_bar.start(text)
        self._show(self.list.current)

    def _end(self) -> None:
        self._job, self._busy = None, ""
        self.job_bar.finish()
        self._refresh()

    def _failed(self, error: Exception) -> None:
        self._checked.pop(self._busy, None)
        self._end()
        self.banner.show_error(self._context.error_text(error))

    def _cancelled(self) -> None:
        found = downloads.find(self._busy)
        self._end()
        if found is not None and downloads.state(found).part:
            self.banner.show_info(self.tr("멈췄어요. 이어 받기를 누르면 여기서부터 받아요."))
        else:
            self.banner.show_info(self.tr("멈췄어요."))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.job_bar.set_progress(None, self.tr("멈추는 중이에요…"))

    def _ask(self) -> None:
        """Ask the server for the size; get what goes on from a part or has a known size at once."""
        name = self.list.current
        if not self._items[name].optional:
            text = self.tr("{file} 파일을 받는 중…").format(file=name)
            self._run(name, text, lambda p: store.obtain(name, p), lambda _: self._came(name))
            return
        item = downloads.entry(name)
        if downloads.state(item).part:
            self._get(item)
            return
        text = self.tr("{host}에 크기를 물어보는 중…").format(host=item.host)
        self._run(
            item.name, text, lambda _: downloads.offer(item), lambda offer: self._offer(item, offer)
        )

    def _offer(self, item: downloads.Download, offer: Offer) -> None:
        size = self.tr("알 수 없음")
        if offer.bytes is not None:
            size = f"{offer.bytes / 1e6:.1f} MB"
        text = self.tr("{file}의 크기는 {size}예요. {host}에서 받을까요?").format(
            file=item.file, size=size, host=item.host
        )
        if not offer.resumable:
            text += " " + self.tr("이 서버에서는 멈추면 처음부터 다시 받아야 해요.")
        self.banner.show_info(text, self.tr("받기 시작"), lambda: self._get(item))

    def _get(self, item: downloads.Download) -> None:
        text = self.tr("{file} 파일을 받는 중…").format(file=item.file)
        self._run(item.name, text, lambda p: downloads.fetch(item, p), lambda _: self._got(item))

    def _came(self, name: str) -> None:
        """Say that a model of the program's own is here again."""
        self._checked[name] = datetime.now()
        self._show(self.list.current)
        self.banner.show_success(self.tr("{name} 모델을 받았어요.").format(name=name))

    def _got(self, item: downloads.Download) -> None:
        store.drop(item.name)
        self._checked[item.name] = datetime.now()
        self._show(self.list.current)
        self.banner.show_success(
            self.tr("{name} 모델을 받았어요. 사진 탭의 사물 설정에서 고를 수 있어요.").format(
                name=item.name
            )
        )

    def _remove(self, forget: bool) -> None:
        item = downloads.entry(self.list.current)
        try:
            downloads.remove(item, forget=forget)
        except MaumgyeolError as error:
            self.banner.show_error(self._context.error_text(error))
            return
        store.drop(item.name)
        self._checked.pop(item.name, None)
        self._refresh()
        said = self.tr("기록을 지웠어요.") if forget else self.tr("파일을 지웠어요.")
        self.banner.show_success(said)

    def _verify(self) -> None:
        self._check([self.list.current])

    def _verify_all(self) -> None:
        self._check([name for name, item in self._items.items() if item.place or not item.optional])

    def _check(self, names: list[str]) -> None:
        def work(progress: Progress) -> list[str]:
            for index, name in enumerate(names):
                part = (index / len(names), (index + 1) / len(names))
                inventory.verify(name, progress.part(*part))
            return names

        self._run(names[0], self.tr("체크섬을 확인하는 중…"), work, self._sound)

    def _sound(self, names: list[str]) -> None:
        self._checked.update(dict.fromkeys(names, datetime.now()))
        self._show(self.list.current)
        text = self.tr("모델 {n}개를 확인했어요. 이상이 없어요.").format(n=len(names))
        self.banner.show_success(text)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs; the part of a download stays."""
        self._stop()
        super().closeEvent(event)
