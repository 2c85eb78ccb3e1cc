"""The card of one face's expression: label, probabilities, the moves seen, correction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.app.context import AppContext
from desktop.tabs.faces.names import BY_RULES, DROWSY, EXPRESSIONS, dot, strongest_moves
from desktop.tabs.faces.read.annotated_frame import Shot
from desktop.widgets import files
from desktop.widgets.buttons import Button, Chip, ChipRow
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.image_view import to_qimage
from desktop.widgets.labels import Label
from desktop.widgets.notices import EmptyState
from desktop.widgets.page import Card, Line
from desktop.widgets.ratings import ProbabilityBars
from engine.core.errors import InputError, MaumgyeolError, Message
from engine.core.files import write_whole
from engine.core.library import HistoryRow
from engine.faces import LABELS, Face, FacesResult
from engine.faces.expression.learn import unpack
from engine.faces.overlay.layers import Layers, colour
from engine.media.images import encode_png


def payload(name: str, shot: Shot, landmarks: bool = False) -> dict[str, Any]:
    """Return what was read, as plain types; the 478 points only where asked for."""
    found = {"file": name, **shot.result.to_dict()}
    if not landmarks:
        for face in found["faces"]:
            del face["landmarks"]
    if shot.frame is not None:
        found["persons"] = [person.to_dict() for person in shot.frame.persons]
    return found


def as_text(name: str, shot: Shot, landmarks: bool = False) -> str:
    """Return the payload as JSON."""
    return json.dumps(payload(name, shot, landmarks), ensure_ascii=False, indent=1)


def summary(name: str, shot: Shot) -> str:
    """Return the history's one line."""
    return f"{name}: {', '.join(face.expression.label for face in shot.result.faces)}"


def write(target: Path, name: str, shot: Shot, layers: Layers, language: str) -> Path:
    """Write the annotated picture as PNG and everything that was read as JSON beside it.

    Raises:
        StorageError: one of them cannot be written.
    """
    write_whole(target, encode_png(shot.paint(layers, language)))
    write_whole(target.with_suffix(".json"), as_text(name, shot, True).encode())
    return target


def preview(face: Face) -> bytes:
    """Return the face's aligned crop as PNG, for the list of corrections."""
    picture = unpack([face.payload])[0][0]
    return encode_png(picture[:, :, None].repeat(3, axis=2))


# ----------------------------------------------------------------------------------------
# Copying, saving, remembering and correcting what the faces tab shows.


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
        self._context.remember("faces", summary(name, shot), payload(name, shot))

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
                "faces", face.payload, said.label, label, said.model, preview(face)
            )
        except MaumgyeolError as error:
            self.failed.emit(error)
            return False
        return True

    def copy(self, name: str, shot: Shot, layers: Layers) -> None:
        """Copy the annotated picture and the result as text."""
        data = QMimeData()
        data.setImageData(to_qimage(shot.paint(layers, self._context.language)))
        data.setText(as_text(name, shot))
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
            lambda progress: write(target, name, shot, layers, language),
            done=lambda path: self.message.emit(saved.format(name=path.name)),
            failed=self.failed.emit,
            owner=self,
        )
        return True


class ExpressionCard(Card):
    """Shows one face of several.

    Signals:
        face_chosen(int): number of the face to show.
        rules_toggled(bool): let the rules judge.
        corrected(object, str): the face that was shown when "아니에요" was pressed, its true label.
    """

    face_chosen = Signal(int)
    rules_toggled = Signal(bool)
    corrected = Signal(object, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("표정"))
        self._context = context
        self._face: Face | None = None
        self._moved: list[Message] = []
        self._rules = QCheckBox(self.tr("간단한 규칙으로"))
        self._rules.setObjectName("faceRules")
        self._rules.setToolTip(self.tr("학습한 모델 대신 눈·입·눈썹의 거리로 정한 규칙이 답해요."))
        self._rules.toggled.connect(self.rules_toggled)
        self.header.addWidget(self._rules)
        self._faces = ChipRow()
        self._faces.setObjectName("faceChoices")
        self._faces.clicked.connect(self._choose)
        self._bars = ProbabilityBars(compact=True)
        self._bars.setObjectName("faceBars")
        self._moves = ProbabilityBars(compact=True)
        self._moves.setObjectName("faceMoves")
        self._model = Label(role="small", wrap=True, selectable=True)
        self._model.setObjectName("faceModel")
        self.correction = CorrectionBar()
        self.correction.setObjectName("faceCorrection")
        self.correction.corrected.connect(self._correct)
        self._stack = QStackedWidget()
        self._none = EmptyState(
            "faces",
            self.tr("아직 읽은 얼굴이 없어요"),
            self.tr("사진을 열거나 카메라를 시작하면 바로 읽어요."),
        )
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._panel())
        self.add(self._faces)
        self.add(self._stack, 1)
        self._faces.hide()

    def _panel(self) -> QWidget:
        self._label = Label(role="big")
        self._label.setObjectName("faceLabel")
        self._sure = Label(role="muted")
        self._sure.setObjectName("faceConfidence")
        self._drowsy = Chip(self._context.say(DROWSY), checkable=False)
        self._ruled = Chip(self._context.say(BY_RULES), checkable=False)
        top = QHBoxLayout()
        top.setSpacing(theme.px(10))
        top.addWidget(self._label)
        top.addWidget(self._sure)
        top.addStretch(1)
        top.addWidget(self._drowsy)
        top.addWidget(self._ruled)
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self._bars)
        column.addWidget(Line())
        column.addWidget(Label(self.tr("두드러진 움직임"), "muted"))
        column.addWidget(self._moves)
        column.addWidget(self._model)
        column.addWidget(self.correction)
        column.addStretch(1)
        return panel

    @property
    def face(self) -> Face | None:
        """The face shown."""
        return self._face

    @property
    def use_rules(self) -> bool:
        """Whether the user wants the rules."""
        return self._rules.isChecked()

    def show_faces(self, faces: tuple[Face, ...], chosen: int, ids: tuple[int, ...] = ()) -> None:
        """Show *faces*[*chosen*] and a choice between several; nothing when there is none.

        Args:
            ids: numbers of the persons of a live picture.
        """
        if not ids:
            self._moved = []
        names = [self.tr("사람 {n}").format(n=n) for n in ids] or [
            self.tr("얼굴 {n}").format(n=n + 1) for n in range(len(faces))
        ]
        if self._faces.texts() != names:
            self._faces.set_chips(names)
            for chip, number in zip(self._faces.chips(), ids, strict=False):
                chip.setIcon(dot(colour(number)))
        self._faces.setVisible(len(faces) > 1)
        for number, chip in enumerate(self._faces.chips()):
            chip.setChecked(number == chosen)
        self._face = faces[chosen] if faces else None
        if self._face is None:
            self.correction.clear()
            self._stack.setCurrentIndex(0)
            return
        self._show(self._face, ids[chosen] if ids else 0)
        self._stack.setCurrentIndex(1)

    def mark_former(self) -> None:
        """Say that the model that answers now has not seen this face."""
        if self._face is not None:
            self._model.setText(f"{self._face.expression.model} · {self.tr('이전 모델의 답')}")

    def thank(self, text: str) -> None:
        """Say that the correction was kept."""
        self.correction.show_thanks(text)

    def _show(self, face: Face, person: int) -> None:
        """Show a face; *person*: its number while it is live, 0 in a photo."""
        said = face.expression
        shown = self._name(said.label)
        self._label.setText(shown)
        self._sure.setText(f"{said.confidence:.1%}")
        self._drowsy.setVisible(said.drowsy)
        self._ruled.setVisible(said.source == "rules")
        rows = [(self._name(label), said.probabilities[label]) for label in LABELS]
        self._bars.set_values(rows, shown)
        moves = strongest_moves(face.blendshapes, shown=self._moved)
        self._moved = [said for said, _ in moves] if person else []
        self._moves.set_values([(self._context.say(name), value) for name, value in moves])
        self._model.setText(said.model)
        if not face.payload:  # from the history: what was seen is not kept
            self.correction.clear()
        else:  # while live frames go on, the choices stay open for the face that was held
            names = [self._name(label) for label in LABELS]
            key = ("person", person) if person else ("face", id(face))
            self.correction.set_answer(shown, names, face, key=key)

    def _name(self, label: str) -> str:
        return self._context.say(EXPRESSIONS[label])

    def _correct(self, face: Face, label: str) -> None:
        true = next(known for known in LABELS if self._name(known) == label)
        self.corrected.emit(face, true)

    def _choose(self, text: str) -> None:
        self.face_chosen.emit(self._faces.texts().index(text))
