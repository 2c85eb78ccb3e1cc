"""The large empty state of a tab that takes files: drop one, or press the button.

Use::

    area = DropArea(self.tr("사진을 여기에 놓으세요"), self.tr("PNG, JPG, WEBP"), "image",
                    files.image_filter(), context.settings)
    area.dropped.connect(self.open_paths)         # list[Path], by drop or by the button

With ``many=True`` the button takes several files at once and a second one takes a folder.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.settings import Settings
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.empty_state import EmptyState


class DropArea(EmptyState):
    """A dashed rounded area; ``dropped(list[Path])`` tells of files dropped or chosen."""

    dropped = Signal(list)

    def __init__(
        self,
        title: str,
        hint: str = "",
        icon: str = "drop",
        filters: str = "",
        settings: Settings | None = None,
        parent: QWidget | None = None,
        *,
        many: bool = False,
    ) -> None:
        super().__init__(icon, title, hint, parent)
        self._filters, self._settings, self._many = filters, settings, many
        self._over = False
        self.button = Button(self.tr("열기"), "open", role="primary")
        self.button.setObjectName("dropOpen")
        self.button.clicked.connect(self.choose)
        self.add(self.button)
        if many:
            self.folder = Button(self.tr("폴더 열기"), "folder")
            self.folder.setObjectName("dropFolder")
            self.folder.clicked.connect(self.choose_folder)
            self.add(self.folder)
        self.setAcceptDrops(True)
        side = theme.px(24)
        self.column.setContentsMargins(side, side, side, side)
        self.setMinimumHeight(theme.px(220))

    def choose(self) -> None:
        """Ask for files and tell of those chosen."""
        chosen = files.ask_open(self, self._settings, self._filters, self._many)
        if chosen:
            self.dropped.emit(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder and tell of the one chosen."""
        chosen = files.ask_folder(self, self._settings)
        if chosen is not None:
            self.dropped.emit([chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up while local files hover."""
        if files.local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to the quiet look."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the dropped files."""
        self._set_over(False)
        paths: list[Path] = files.local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "accent" if self._over else "border_strong"
        painter.setPen(QPen(theme.color(role), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("accent_soft" if self._over else "surface"))
        radius = theme.px(12)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()
