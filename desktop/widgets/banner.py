"""One sentence inside the page: what happened and what to do.

Use::

    self.banner.show_error(context.error_text(error))
    self.banner.show_info(self.tr("모델을 불러오는 중이에요."))
    self.banner.show_warning(text, self.tr("다시 시도"), self._retry)   # with one action
    self.banner.clear()
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop import icons, theme
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label

Callback = Callable[[], object] | None


class Banner(QFrame):
    """A coloured line with an icon, a sentence, at most one action, and a close button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._kind = "info"
        self._action: Callable[[], object] | None = None
        self._icon = QLabel()
        self._text = Label(wrap=True, selectable=True)
        self._text.setObjectName("bannerText")
        self._button = Button("", role="quiet")
        self._button.clicked.connect(self._act)
        self._button.hide()
        self._close = IconButton("close", self.tr("닫기"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(10))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        theme.notifier().changed.connect(self._draw_icon)
        self.hide()

    @property
    def kind(self) -> str:
        """``info``, ``success``, ``warning`` or ``error``."""
        return self._kind

    def text(self) -> str:
        """Return the sentence that is shown, or an empty string."""
        return self._text.text()

    def show_info(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show a neutral sentence."""
        self._show("info", text, action, on_action)

    def show_success(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show that something was done."""
        self._show("success", text, action, on_action)

    def show_warning(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show what the user should know before going on."""
        self._show("warning", text, action, on_action)

    def show_error(self, text: str, action: str = "", on_action: Callback = None) -> None:
        """Show what failed and what to do."""
        self._show("error", text, action, on_action)

    def clear(self) -> None:
        """Take the sentence away."""
        self._text.clear()
        self._action = None
        self.hide()

    def _show(self, kind: str, text: str, action: str, on_action: Callback) -> None:
        self._kind, self._action = kind, on_action
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._draw_icon()
        self.show()

    def _draw_icon(self) -> None:
        name = {"info": "info", "success": "success", "warning": "warning", "error": "error"}
        role = {"success": "positive", "error": "negative"}.get(self._kind, self._kind)
        side, ratio = theme.px(22), self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(name[self._kind], side, role, ratio))

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()
