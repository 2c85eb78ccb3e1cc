"""What a panel shows while there is nothing to show: an icon, a line, a hint.

Use::

    stack.addWidget(EmptyState("history", self.tr("아직 기록이 없어요"),
                               self.tr("결과가 나오면 여기에 쌓여요.")))
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.widgets.labels import Label


class EmptyState(QWidget):
    """An icon above a line and a hint, in the middle; ``set_text`` changes both lines."""

    def __init__(
        self, icon: str, title: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Label(title, "strong", wrap=True)
        self._hint = Label(hint, "muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.px(8))
        self.column.addStretch(1)
        for label in (self._icon, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(label)
        self._end = self.column.count()
        self.column.addStretch(1)
        self._hint.setVisible(bool(hint))
        self._draw_icon()
        theme.notifier().changed.connect(self._draw_icon)

    def set_text(self, title: str, hint: str = "") -> None:
        """Change the line and the hint."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def add(self, widget: QWidget) -> None:
        """Put a widget (a button) below the hint, in the middle."""
        self.column.insertSpacing(self._end, theme.px(8))
        self.column.insertWidget(self._end + 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._end += 2

    def _draw_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(self._name, theme.px(44), "border_strong", ratio))
