"""Saving a session: samples as CSV, all as JSON, the drawn video as MP4, the timeline as PNG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout

from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.page import Page
from desktop.workers import JobHandle
from engine.errors import Message
from engine.faces import session_chart, session_export, session_mp4
from engine.faces.session import Session
from engine.jobs import Progress

Job = Callable[[Session, Path, Progress], object]


class SessionSaver(QObject):
    """Four buttons, and what they do for one page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._session: Session | None = None
        self._job: JobHandle | None = None
        kinds: tuple[tuple[str, str, str, Job], ...] = (
            (
                "CSV",
                ".csv",
                self.tr("표본 하나를 한 줄로 · 엑셀에서 열려요"),
                session_export.write_csv,
            ),
            ("JSON", ".json", self.tr("표시, 구간 정리, 모든 표본"), session_export.write_json),
            ("MP4", ".mp4", self.tr("결과를 그린 영상 · 소리는 없어요"), session_mp4.write_mp4),
            (self.tr("그림"), ".png", self.tr("시간 흐름을 그림으로"), _chart),
        )
        self.buttons: dict[str, Button] = {}
        for text, suffix, hint, job in kinds:
            button = Button(text, "export")
            button.setObjectName(f"sessionSave{suffix}")
            button.setToolTip(hint)
            button.clicked.connect(lambda _=False, s=suffix, j=job: self._save(s, j))
            self.buttons[suffix] = button

    def lay_out(self, row: QHBoxLayout) -> None:
        """Put the buttons into a row."""
        for button in self.buttons.values():
            row.addWidget(button)

    def show_session(self, session: Session) -> None:
        """Save this session from now on."""
        self._session = session
        self._update()

    def stop(self) -> None:
        """Stop what is being saved."""
        if self._job is not None:
            self._job.cancel()

    def _update(self) -> None:
        session, busy = self._session, self._job is not None
        for suffix, button in self.buttons.items():
            able = session is not None and bool(len(session.rows))
            if suffix == ".mp4":
                able = session is not None and session.about.video_path is not None
            button.setEnabled(able and not busy)

    def _save(self, suffix: str, job: Job) -> None:
        session, context = self._session, self._context
        if session is None or self._job is not None:
            return
        name = self.tr("{stem}-세션").format(stem=Path(session.about.name).stem or "session")
        kind = f"{suffix[1:].upper()} (*{suffix})"
        target = files.ask_save(self._page, context.settings, f"{name}{suffix}", kind)
        if target is None:
            return
        handle = context.workers.run(
            lambda progress: job(session, target, progress),
            done=lambda made: self._ended(handle, target, made),
            failed=lambda error: self._ended(handle, target, error),
            progress=self._page.job_bar.set_progress,
            cancelled=lambda: self._ended(handle, target, None),
            owner=self,
            language=context.language,
        )
        self._job = handle
        self._page.banner.clear()
        self._page.job_bar.start(self.tr("저장하는 중…"), handle.cancel)
        self._update()

    def _ended(self, handle: JobHandle, target: Path, made: object) -> None:
        if handle is not self._job:
            return
        self._job = None
        self._page.job_bar.finish()
        self._update()
        banner = self._page.banner
        if isinstance(made, Exception):
            self._page.show_error(made)
        elif made is None:
            banner.show_info(self.tr("저장을 멈췄어요. 쓰다 만 파일은 남기지 않았어요."))
        else:
            text = self.tr("저장했어요: {name}").format(name=target.name)
            notes = [session_mp4.SILENT] if target.suffix.lower() == ".mp4" else []
            note = getattr(made, "note", None)
            notes += [note] if isinstance(note, Message) else []
            banner.show_success(" ".join([text, *map(self._context.say, notes)]))


def _chart(session: Session, path: Path, progress: Progress) -> int:
    progress.report(None)
    return session_chart.write_png(session, path)
