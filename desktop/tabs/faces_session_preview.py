"""The picture of the video at the moment that is looked at."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import theme
from desktop.context import AppContext
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.image_view import ImageView
from engine.faces.session import Session
from engine.faces.session_kept import Scrubber
from engine.faces.session_mp4 import Moments, annotate
from engine.images import Bgr

SIDE = 960
"""Longer side in pixels of what is shown."""


class Looker:
    """Fetches pictures in a worker; knows one session at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scrubber: Scrubber | None = None
        self._session: Session | None = None

    def picture(self, session: Session, seconds: float) -> Bgr:
        """Return the picture of that second with everybody's box and words.

        Raises:
            CameraError: the video cannot be read there.
        """
        with self._lock:
            if self._session is not session or self._scrubber is None:
                self._close()
                self._scrubber = Scrubber(Path(session.about.video))
                self._session = session
            image = self._scrubber.at(seconds, SIDE)
        scale = image.shape[1] / max(session.about.size[0], 1)
        return annotate(image, Moments(session).at(seconds), scale)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._scrubber is not None:
            self._scrubber.close()
        self._scrubber, self._session = None, None


class _Picture(ImageView):
    """Leaves room for the timeline in a small window."""

    def sizeHint(self) -> QSize:
        """Return a size at which a face can be seen."""
        return QSize(theme.px(280), theme.px(150))


class Preview(Card):
    """Shows it, or says why there is none.

    Signals:
        failed(Exception): the video cannot be read.
    """

    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session: Session | None = None
        self._looker = Looker()
        self._view = _Picture()
        self._view.setObjectName("sessionPicture")
        self._none = EmptyState("video", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._view)
        self.add(self._stack, 1)
        self._runner = context.workers.latest(self._looker.picture, self._show, self.failed.emit)

    @property
    def playable(self) -> bool:
        """Whether there is a video."""
        return self._stack.currentWidget() is self._view

    def show_session(self, session: Session) -> None:
        """Show the first picture of another session, or why there is none."""
        self._session = session
        self._runner.cancel()
        self._view.clear()
        there = session.about.video_path is not None
        self._stack.setCurrentWidget(self._view if there else self._none)
        if session.about.video:
            self._none.set_text(
                self.tr("영상 파일을 찾을 수 없어요"),
                self.tr("{path} · 수치는 그대로 볼 수 있어요").format(path=session.about.video),
            )
        else:
            self._none.set_text(
                self.tr("영상 없이 기록한 세션이에요"),
                self.tr("얼굴 사진은 저장하지 않았어요. 수치는 모두 볼 수 있어요."),
            )
        self.look_at(0.0)

    def look_at(self, seconds: float) -> None:
        """Show the picture of another second."""
        if self._session is not None and self.playable:
            self._runner.submit(self._session, seconds)

    def stop(self) -> None:
        """Let go of the video."""
        self._runner.cancel()
        self._looker.close()

    def _show(self, picture: Bgr) -> None:
        self._view.set_image(picture)
