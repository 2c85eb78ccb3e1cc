"""The card of one face's expression: label, probabilities, the moves seen, correction."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_dots import dot
from desktop.tabs.faces_names import BY_RULES, DROWSY, EXPRESSIONS, strongest_moves
from desktop.widgets.card import Card, Line
from desktop.widgets.chips import Chip, ChipRow
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import Label
from desktop.widgets.probability_bars import ProbabilityBars
from engine.errors import Message
from engine.faces import LABELS, Face
from engine.faces.overlay_live import colour


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
