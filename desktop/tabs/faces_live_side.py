"""What a live picture needs beside being shown: who is looked at, stalls, the baseline."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop import settings as keys
from desktop.tabs.faces_live import Live
from desktop.tabs.faces_live_card import LiveCard
from desktop.tabs.faces_shot import Calibrating, Shot
from desktop.widgets.page import Page
from engine.errors import MaumgyeolError
from engine.faces import baseline as store
from engine.faces.baseline import Baseline

PACE = 0.12
"""Seconds between two looks at the numbers: the picture moves, the numbers stay readable."""

PATIENCE = 1.5
"""Seconds for which a person who is not seen stays the one that is looked at among others."""

EMPTY = 0.4
"""Seconds for which the numbers of a face stay while the picture shows no face at all."""


class LiveSide(QObject):
    """Works for one page while its :class:`Live` runs.

    Args:
        stop: what the page does to stop the source.
        restart: what it does to start it anew.
    """

    def __init__(
        self,
        page: Page,
        live: Live,
        card: LiveCard,
        stop: Callable[[], object],
        restart: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._page, self._live, self._card = page, live, card
        self._stop, self._restart = stop, restart
        self._context = page.context
        self._person = 0
        self._seen = self._shown = 0.0
        self._last: Shot | None = None
        self._told_stall = False
        self._calibrated = 0
        self._baseline: Baseline | None = None
        live.stalled.connect(self._say_stall)
        live.resumed.connect(self._say_resumed)
        live.resized.connect(self._say_resized)
        live.failed.connect(self._say_failed)
        live.ended.connect(self._say_ended)
        card.calibrate.connect(self._calibrate)
        card.given_up.connect(self._give_up)
        card.switched.connect(self._switch)
        card.forgotten.connect(self._forget)
        card.hide()

    def begin(self) -> None:
        """Get ready for a new source, with the user's baseline; call before it is started."""
        self._person, self._seen, self._shown, self._last = 0, 0.0, 0.0, None
        try:
            self._baseline = store.load()
        except MaumgyeolError as error:
            self._page.banner.show_warning(self._context.error_text(error))
        self._card.show_persons((), 0)
        self._card.set_live(True)
        self._card.show()
        self._apply()
        if self._baseline is not None and self._used and not self._baseline.fits_model:
            self._page.banner.show_info(
                self.tr("표정 모델이 바뀌었어요. 기준 얼굴을 다시 맞추면 표정도 견주어 읽어요.")
            )

    def end(self) -> int | None:
        """The source has stopped; return whose numbers stay, with the last picture."""
        self._card.set_live(False)
        self._told_stall, self._calibrated = False, 0
        return self.place_of(self._person)

    def hide(self) -> None:
        """A photo is shown instead."""
        self._last = None
        self._card.hide()

    def look_at(self, number: int) -> None:
        """Look at a person by the place among the faces of the last shot."""
        ids = self._last.ids if self._last is not None else ()
        if number < len(ids):
            self._person = ids[number]
            self._show_persons()

    def place_of(self, person: int) -> int | None:
        """Return the place of a person among the faces of the last shot."""
        ids = self._last.ids if self._last is not None else ()
        return ids.index(person) if person in ids else None

    def follow(self, shot: Shot) -> int | None:
        """Return which face of a new shot is to be shown in numbers; ``None``: none yet."""
        now, self._last = time.monotonic(), shot
        if shot.calibrating is not None and self._calibrated:
            self._show_calibration(shot.calibrating)
        if self._person in shot.ids:
            self._seen = now
        elif now - self._seen > (PATIENCE if shot.ids else EMPTY):
            self._person = shot.ids[0] if shot.ids else 0
        if now - self._shown < PACE:
            return None
        if self._person not in (*shot.ids, 0):
            return None
        self._shown = now
        self._show_persons()
        return self.place_of(self._person) or 0

    def _show_persons(self) -> None:
        if self._last is not None and self._last.frame is not None:
            self._card.show_persons(self._last.frame.persons, self._person)

    # What the source does

    def _say_stall(self, seconds: int) -> None:
        text = self.tr("{n}초째 새 화면이 오지 않아요. 카메라나 네트워크 연결을 확인해 주세요.")
        said = text.format(n=seconds)
        self._page.banner.show_warning(said, self.tr("다시 시도"), self._restart)
        self._told_stall = True

    def _say_resumed(self, seconds: int) -> None:
        if self._told_stall:
            self._told_stall = False
            text = self.tr("화면이 {n}초 멈췄다가 다시 이어져요.")
            self._page.banner.show_info(text.format(n=seconds))

    def _say_resized(self, before: tuple[int, int], now: tuple[int, int]) -> None:
        text = self.tr("화면 크기가 {old}에서 {new}로 바뀌었어요. 계속 읽고 있어요.")
        old, new = (f"{width}×{height}" for width, height in (before, now))
        self._page.banner.show_info(text.format(old=old, new=new))

    def _say_failed(self, error: Exception) -> None:
        self._stop()
        said = self._context.error_text(error)
        self._page.banner.show_error(said, self.tr("다시 시도"), self._restart)

    def _say_ended(self) -> None:
        self._stop()
        said = self.tr("영상이 끝났어요.")
        self._page.banner.show_info(said, self.tr("다시 보기"), self._restart)

    def say_left(self) -> None:
        """Say that the source was stopped because another tab is shown."""
        said = self.tr("다른 화면으로 가서 카메라와 영상을 멈췄어요.")
        self._page.banner.show_info(said, self.tr("다시 시작"), self._restart)

    # The baseline

    @property
    def _used(self) -> bool:
        return self._context.settings.get(keys.FACE_BASELINE)

    def _apply(self, owner: int = 0) -> None:
        self._live.centre(self._baseline if self._used else None, owner)
        self._card.show_baseline(self._baseline, self._used)

    def _calibrate(self) -> None:
        if not self._person:
            self._page.banner.show_warning(
                self.tr("얼굴이 보이지 않아요. 카메라 앞에 앉은 뒤 다시 눌러 주세요.")
            )
            return
        self._page.banner.clear()
        self._calibrated = self._person
        self._live.calibrate(self._person)
        self._card.show_countdown(0)

    def _give_up(self) -> None:
        self._calibrated = 0
        self._live.calibrate(0)
        self._card.end_countdown()

    def _show_calibration(self, state: Calibrating) -> None:
        if state.baseline is None and state.error is None:
            self._card.show_countdown(state.seen_ms)
            return
        owner, self._calibrated = self._calibrated, 0
        self._card.end_countdown()
        if state.baseline is None:
            if state.error is not None:
                self._page.show_error(state.error)
            return
        self._baseline = state.baseline
        self._context.settings.set(keys.FACE_BASELINE, True)
        self._apply(owner)
        try:
            store.save(state.baseline)
        except MaumgyeolError as error:
            self._page.show_error(error)
            return
        self._page.banner.show_success(
            self.tr("기준 얼굴을 맞췄어요. 이제 이 얼굴과 견주어 읽어요.")
        )

    def _switch(self, on: bool) -> None:
        self._context.settings.set(keys.FACE_BASELINE, on)
        self._apply(self._person)

    def _forget(self) -> None:
        try:
            store.forget()
        except MaumgyeolError as error:
            self._page.show_error(error)
            return
        self._baseline = None
        self._apply()
        self._page.message.emit(self.tr("기준 얼굴을 지웠어요."))
