"""숫자: draw a digit or open a picture of one; the answer follows the pen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QImage

from desktop.app.context import AppContext
from desktop.tabs.digits.result import ResultPanel
from desktop.tabs.digits.sheet import RecentCard, SheetCard, picture
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.image_view import to_png, to_qimage
from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine import digits
from engine.core.errors import InputError, MaumgyeolError
from engine.core.files import write_whole
from engine.core.library import HistoryRow
from engine.digits import DigitResult
from engine.media.images import SUFFIXES, Bgr, encode_png, read_image


def save(image: QImage, result: DigitResult, target: Path) -> Path:
    """Write both files and return *target*.

    Raises:
        StorageError: one of them cannot be written.
    """
    text = json.dumps(result.to_dict(), ensure_ascii=False)
    write_whole(target, to_png(image))
    write_whole(target.with_suffix(".json"), text.encode())
    return target


_FRAME_MS = 16
_PAUSE_MS = 1200


class DigitsTab(Page):
    """Arranges canvas, picture and result; the engine reads, the widgets draw."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("숫자"), self.tr("숫자를 하나 그리거나 사진을 열면 그리는 동안 바로 읽어요.")
        )
        self._row_id: int | None = None
        self._settled: bytes | None = None
        self._name = ""
        self._opening: JobHandle | None = None
        self._image: Bgr | None = None
        context.signals.model_changed.connect(self._judge_anew)
        self._live = context.workers.latest(digits.predict, self._show, self._failed)
        self._frame = self._timer(_FRAME_MS, self._read_canvas)
        self._pause = self._timer(_PAUSE_MS, self._remember)
        self._build_tools()
        left, right = self.columns(1, 1)
        self._sheet = SheetCard()
        self._sheet.drawn.connect(self._drawn)
        self._sheet.back.connect(self._back_to_drawing)
        left.addWidget(self._sheet, 1)
        self._recent = RecentCard(context)
        self._recent.chosen.connect(self.show_history)
        self._panel = ResultPanel(context)
        self._panel.corrected.connect(self._correct)
        self._panel.correction.set_home(self._sheet)
        self._panel.copied.connect(self._copy)
        left.addWidget(self._recent)
        right.addWidget(self._panel, 1)

    # Building

    def _timer(self, milliseconds: int, call: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer

    def _build_tools(self) -> None:
        self._open = Button(self.tr("사진 열기"), "open")
        self._open.setObjectName("digitOpen")
        self._open.clicked.connect(self._ask_open)
        self._save = Button(self.tr("결과 저장"), "save")
        self._save.setObjectName("digitSave")
        self._save.setEnabled(False)
        self._save.clicked.connect(self.save_result)
        self.tools.addWidget(self._open)
        self.tools.addWidget(self._save)

    # What the window asks of a tab

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a picture."""
        return path.suffix.lower() in SUFFIXES

    def open_paths(self, paths: list[Path]) -> None:
        """Read the digit in the first picture among *paths*."""
        chosen = [path for path in paths if self.accepts(path)] or paths
        if chosen:
            path = chosen[0]
            self.banner.clear()
            self._stop_opening()
            self._opening = self.context.workers.run(
                lambda progress: read_image(path),
                done=lambda image: self._opened(path, image),
                failed=self.show_error,
                owner=self,
            )

    def show_history(self, row: HistoryRow) -> None:
        """Show a remembered result again."""
        try:
            result = DigitResult.from_dict(row.payload)
        except InputError as error:
            self.show_error(error)
            return
        self._begin_anew()
        self._row_id = row.id
        self._sheet.show_picture(picture(row.payload), self.tr("기록"))
        self._panel.show_result(result)
        self._save.setEnabled(True)

    def save_result(self) -> None:
        """Save the drawing or picture as PNG and the answer as JSON beside it."""
        result, image = self._panel.result, self._sheet.image()
        if result is None:
            super().save_result()
            return
        name = self.tr("숫자-{label}.png").format(label=result.label)
        target = files.ask_save(self, self.context.settings, name, "PNG (*.png)")
        if target is not None:
            self._save_to(target, result, image)

    def warm_up(self) -> None:
        """Load the network before the first stroke; what fails is told by that stroke."""
        self.context.workers.run(
            lambda progress: digits.warm_up(), failed=self.show_error, owner=self
        )

    def state(self) -> object:
        """Return drawing and picture, and what was read."""
        self._flush()
        row = (self._row_id, self._settled)
        return self._sheet.state(), self._name, self._panel.result, row, self._image

    def restore(self, state: Any) -> None:
        """Show what another tab showed."""
        sheet, self._name, result, (self._row_id, self._settled), self._image = state
        self._sheet.restore(sheet)
        if result is not None:
            self._panel.show_result(result)
            self._save.setEnabled(True)

    def shutdown(self) -> None:
        """Stop reading; what was read last is remembered."""
        self._flush()
        self._frame.stop()
        self._live.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember what was read when the user goes to another tab."""
        self._flush()
        super().hideEvent(event)

    # Drawing and pictures

    def _drawn(self) -> None:
        if self._sheet.canvas.is_empty:
            self._begin_anew()
            self._clear_answer()
        elif not self._frame.isActive():
            self._frame.start()

    def _read_canvas(self) -> None:
        if not self._sheet.canvas.is_empty:
            self._live.submit(self._sheet.canvas.to_array())

    def _judge_anew(self, domain: str) -> None:
        """Another model answers: what is shown is judged by it, or marked if it cannot be."""
        if domain != "digits" or self._panel.result is None:
            return
        if self._sheet.drawing:
            self._read_canvas()
        elif self._image is not None:
            self._live.submit(self._image)
        else:
            self._panel.mark_former()

    def _ask_open(self) -> None:
        self.open_paths(files.ask_open(self, self.context.settings, files.image_filter()))

    def _opened(self, path: Path, image: Bgr) -> None:
        self._begin_anew()
        self._name = path.name
        self._sheet.show_picture(to_qimage(image), path.name)
        self._clear_answer(self.tr("읽는 중이에요…"))
        self._image = image
        self._live.submit(image)

    def _stop_opening(self) -> None:
        """Forget the picture that is being opened: something newer is wanted."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _back_to_drawing(self) -> None:
        self._begin_anew()
        self._name = ""
        self._sheet.show_canvas()
        self._clear_answer()
        self._drawn()
        self._sheet.canvas.setFocus()

    def _begin_anew(self) -> None:
        """Another drawing or picture: remember the last answer and forget what is under way."""
        self._flush()
        self._stop_opening()
        self._frame.stop()
        self._live.cancel()
        self._row_id = self._settled = self._image = None
        self.banner.clear()

    def _clear_answer(self, text: str = "") -> None:
        self._panel.clear(text)
        self._save.setEnabled(False)

    # Answers

    def _show(self, result: DigitResult) -> None:
        self.banner.clear()
        self._panel.show_result(result)
        self._save.setEnabled(True)
        self._pause.start()

    def _failed(self, error: Exception) -> None:
        self._clear_answer()
        if isinstance(error, InputError):
            self.banner.show_warning(self.context.error_text(error))
        else:
            self.show_error(error)

    def _flush(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._remember()

    def _remember(self) -> None:
        """Keep one history row a drawing; one that was corrected is kept as it was."""
        result = self._panel.result
        if result is None:
            return
        if self._settled is not None and self._settled != result.payload:
            self._row_id = self._settled = None
        name = self._name or self.tr("그린 숫자")
        summary = self.tr("{label} ({percent}) · {name}").format(
            label=result.label, percent=f"{result.confidence:.0%}", name=name
        )
        payload = result.to_dict()
        if self._row_id is None or not self.context.renew(self._row_id, summary, payload):
            self._row_id = self.context.remember("digits", summary, payload)

    def _correct(self, result: DigitResult, label: str) -> None:
        grey = result.prepared[:, :, None].repeat(3, axis=2)
        try:
            self.context.library.add_correction(
                "digits", result.payload, result.label, label, result.model, encode_png(grey)
            )
        except MaumgyeolError as error:
            self.show_error(error)
            return
        self._flush()
        self._settled = result.payload
        self._panel.correction.show_thanks(
            self.tr("{label}(으)로 고쳤어요. 학습 탭에서 다시 학습하면 배워요.").format(label=label)
        )
        self.message.emit(self.tr("고친 답을 저장했어요."))

    def _copy(self, label: str) -> None:
        QGuiApplication.clipboard().setText(label)
        self.message.emit(self.tr("답을 복사했어요."))

    def _save_to(self, target: Path, result: DigitResult, image: QImage) -> None:
        self.context.workers.run(
            lambda progress: save(image, result, target),
            done=lambda path: self.message.emit(
                self.tr("저장했어요: {name}").format(name=path.name)
            ),
            failed=self.show_error,
            owner=self,
        )
