"""What every tab is handed: the library, the settings, the workers, and the language."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.app import settings as keys
from desktop.app.settings import Settings
from desktop.workers import Workers
from engine.core import state
from engine.core.errors import MaumgyeolError, Message, StorageError
from engine.core.library import Library

log = logging.getLogger(__name__)

UNEXPECTED = Message(
    "예상하지 못한 문제가 생겼어요. 자세한 내용은 도움말 › 로그 열기에서 볼 수 있어요.",
    "Something unexpected went wrong. Help › Open log has the details.",
)
IN_MEMORY = Message(
    "데이터 폴더에 쓸 수 없어서 기록과 교정을 메모리에만 두어요. 창을 닫으면 사라져요. "
    "폴더의 권한과 남은 공간을 확인해 주세요.",
    "The data folder cannot be written, so history and corrections are kept in memory only and "
    "are lost when the window closes. Check the folder's permissions and the free space.",
)


class ContextSignals(QObject):
    """News for the window.

    Signals:
        history_changed(): a row was added or deleted.
        notice(str): a sentence to show.
        text_handed(str, str): show the tab of this key with this text.
        model_changed(str): another model answers in this domain from now on.
    """

    history_changed = Signal()
    notice = Signal(str)
    text_handed = Signal(str, str)
    model_changed = Signal(str)


@dataclass
class AppContext:
    """Shared services of one window.

    Attributes:
        library: history and corrections of the user.
        settings: typed settings (``context.settings.get(settings.ZOOM)``).
        workers: the only way to run something off the UI thread.
        language: ``"ko"`` or ``"en"``.
        problems: what went wrong while these were made, to be shown once.
        signals: news for the window.
    """

    library: Library
    settings: Settings
    workers: Workers
    language: str = "ko"
    problems: list[Message] = field(default_factory=list)
    signals: ContextSignals = field(default_factory=ContextSignals)

    def say(self, message: Message | None) -> str:
        """Return a two-language sentence in the window's language."""
        return message.text(self.language) if message else ""

    def error_text(self, error: BaseException) -> str:
        """Return the sentence to show for *error*; anything unforeseen is logged in full."""
        if isinstance(error, MaumgyeolError):
            log.warning("%s: %s", type(error).__name__, error)
            return self.say(error.message)
        log.error("unexpected error", exc_info=error)
        return self.say(UNEXPECTED)

    def remember(self, domain: str, summary: str, payload: dict[str, Any]) -> int | None:
        """Add an answer to the history, unless the user keeps none; return its id.

        A library that cannot be written is told in the window and never stops a tab.
        """
        if not self.settings.get(keys.KEEP_HISTORY):
            return None
        try:
            row_id = self.library.add_history(domain, summary, payload)
        except StorageError as error:
            self.signals.notice.emit(self.error_text(error))
            return None
        self.signals.history_changed.emit()
        return row_id

    def renew(self, row_id: int, summary: str, payload: dict[str, Any]) -> bool:
        """Put a newer answer into a row of the history, whose date and place stay.

        Returns whether the row is still there; one that was deleted stays so. A library that
        cannot be written is told in the window.
        """
        if not self.settings.get(keys.KEEP_HISTORY):
            return True
        try:
            there = self.library.update_history(row_id, summary, payload)
        except StorageError as error:
            self.signals.notice.emit(self.error_text(error))
            return True
        if there:
            self.signals.history_changed.emit()
        return there

    def listen(self) -> None:
        """Show news of damaged state in the window from now on, whatever thread meets it."""
        state.listen(lambda message: self.signals.notice.emit(self.say(message)))

    def close(self, seconds: float = 2.0) -> None:
        """Stop all work and close the library."""
        state.listen(None)
        self.workers.shutdown(seconds)
        self.library.close()


def make_context(language: str | None = None) -> AppContext:
    """Build the services of a window; where the data folder fails, they live in memory."""
    settings = Settings()
    library, problem = _open_library()
    problems = [problem] if problem else []
    if settings.problem is not None and problem is None:
        problems.append(settings.problem)
    problems += state.take_news()
    context = AppContext(
        library=library,
        settings=settings,
        workers=Workers(),
        language=language or settings.get(keys.LANGUAGE),
        problems=problems,
    )
    context.listen()
    return context


def _open_library() -> tuple[Library, Message | None]:
    """Open the user's library, or one in memory and the reason."""
    try:
        library = Library()
        library.history(limit=1)
    except StorageError as error:
        log.warning("library in memory: %s", error)
        return Library(Path(":memory:")), IN_MEMORY
    return library, None
