"""The way from a worker thread back to the UI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot
from shiboken6 import isValid

Callback = Callable[..., object]


class Post(QObject):
    """Runs callables on the UI thread, in which it must be made; silent once closed."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.open = True
        self._posted.connect(self._run)

    def __call__(self, call: Callable[[], object]) -> None:
        """Queue *call* for the UI thread; may be called from any thread."""
        if self.open and isValid(self):
            self._posted.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], object]) -> None:
        if self.open:
            call()


def deliver(callback: Callback | None, owner: QObject | None, *args: object) -> None:
    """Call back unless the widget behind it is gone; runs on the UI thread."""
    if callback is None:
        return
    objects = _owners(callback) + ([owner] if owner is not None else [])
    if all(isValid(item) for item in objects):
        callback(*args)


def on_ui_thread() -> bool:
    """Whether the caller runs on the thread of the window."""
    app = QCoreApplication.instance()
    return app is not None and QThread.currentThread() == app.thread()


def _owners(callback: Callback) -> list[QObject]:
    """Return the Qt objects that *callback* would touch: its ``self`` and its closure."""
    inner = getattr(callback, "func", callback)
    found = [getattr(inner, "__self__", None)]
    for cell in getattr(inner, "__closure__", None) or ():
        try:
            found.append(cell.cell_contents)
        except ValueError:  # a cell that is not filled yet
            continue
    return [item for item in found if isinstance(item, QObject)]
