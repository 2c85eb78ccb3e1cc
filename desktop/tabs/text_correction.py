"""The right answer to a text, kept for learning."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.context import AppContext
from desktop.widgets.correction_bar import CorrectionBar
from engine.errors import MaumgyeolError


class TextCorrections(QObject):
    """Keeps the corrections of one domain and says so in its bar.

    Signals:
        failed(Exception): it could not be kept.
        message(str): for the status bar.
    """

    failed = Signal(object)
    message = Signal(str)

    def __init__(
        self, context: AppContext, domain: str, bar: CorrectionBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._domain, self._bar = context, domain, bar

    def keep(self, text: str, answered: str, right: str, shown: str, model: str) -> None:
        """Keep that *text*, to which *model* answered *answered*, is *right* (*shown* so)."""
        given = text.encode("utf-8", "replace")
        try:
            self._context.library.add_correction(self._domain, given, answered, right, model)
        except MaumgyeolError as error:
            self.failed.emit(error)
            return
        thanks = self.tr("‘{label}’(으)로 고쳤어요. 학습 탭에서 다시 학습하면 배워요.")
        self._bar.show_thanks(thanks.format(label=shown))
        self.message.emit(self.tr("고친 답을 저장했어요."))
