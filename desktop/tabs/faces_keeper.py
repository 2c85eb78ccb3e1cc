"""Copying, saving, remembering and correcting what the faces tab shows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.context import AppContext
from desktop.tabs import faces_keep as keep
from desktop.tabs.faces_live import Shot
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.image_view import to_qimage
from engine.errors import InputError, MaumgyeolError
from engine.faces import Face, FacesResult
from engine.faces.overlay import Layers
from engine.library import HistoryRow


class Keeper(QObject):
    """Keeps results for the user.

    Signals:
        message(str): what was done.
        failed(Exception): why it was not.
    """

    message = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = parent
        self.copy_button = Button(self.tr("복사"), "copy")
        self.copy_button.setObjectName("faceCopy")
        self.save_button = Button(self.tr("결과 저장"), "save")
        self.save_button.setObjectName("faceSave")

    def enable(self, on: bool) -> None:
        """Let the buttons be pressed, or not when there is nothing to keep."""
        self.copy_button.setEnabled(on)
        self.save_button.setEnabled(on)

    def remember(self, name: str, shot: Shot) -> None:
        """Add the result, without its picture, to the history."""
        self._context.remember("faces", keep.summary(name, shot), keep.payload(name, shot))

    def recall(self, row: HistoryRow) -> FacesResult | None:
        """Return what was read then; ``None``, and said so, when the row is damaged."""
        try:
            return FacesResult.from_dict(row.payload)
        except (KeyError, TypeError, ValueError):
            ko, en = "이 기록은 읽을 수 없어요.", "This row of the history cannot be read."
            self.failed.emit(InputError(ko, en))
            return None

    def correct(self, face: Face, label: str) -> bool:
        """Store the user's answer for *face*; return whether it was stored."""
        said = face.expression
        try:
            self._context.library.add_correction(
                "faces", face.payload, said.label, label, said.model, keep.preview(face)
            )
        except MaumgyeolError as error:
            self.failed.emit(error)
            return False
        return True

    def copy(self, name: str, shot: Shot, layers: Layers) -> None:
        """Copy the annotated picture and the result as text."""
        data = QMimeData()
        data.setImageData(to_qimage(shot.paint(layers, self._context.language)))
        data.setText(keep.as_text(name, shot))
        QApplication.clipboard().setMimeData(data)
        self.message.emit(self.tr("사진과 결과를 복사했어요."))

    def save(self, name: str, shot: Shot, layers: Layers) -> bool:
        """Ask where, then save the annotated picture as PNG and the result as JSON beside it."""
        wanted = self.tr("{stem}-표정.png").format(stem=Path(name).stem or "face")
        target = files.ask_save(self._page, self._context.settings, wanted, "PNG (*.png)")
        if target is None:
            return False
        saved, language = self.tr("저장했어요: {name}"), self._context.language
        self._context.workers.run(
            lambda progress: keep.write(target, name, shot, layers, language),
            done=lambda path: self.message.emit(saved.format(name=path.name)),
            failed=self.failed.emit,
            owner=self,
        )
        return True
