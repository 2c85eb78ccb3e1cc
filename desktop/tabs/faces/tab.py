"""표정: the faces of a photo, a video or a camera, with everything that was measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QHideEvent

from desktop.app.context import AppContext
from desktop.tabs.faces.live.live import Live, face_at
from desktop.tabs.faces.live.persons import LiveCard, LiveSide
from desktop.tabs.faces.modes import MosaicMode
from desktop.tabs.faces.read.annotated_frame import Shot
from desktop.tabs.faces.read.measures import MeasuresCard
from desktop.tabs.faces.read.picture import PhotoJob, PictureCard
from desktop.tabs.faces.read.result import ExpressionCard, Keeper
from desktop.tabs.faces.sessions.record import RecordBar
from desktop.widgets.buttons import Button
from desktop.widgets.page import Page
from engine.core.library import HistoryRow
from engine.faces import Face, FacesResult
from engine.media.images import SUFFIXES
from engine.media.video import VIDEO_SUFFIXES


class FacesTab(Page):
    """Arranges picture, expression and measures; the engine reads, the panels paint."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("표정"), self.tr("사진, 영상, 카메라에서 얼굴의 표정과 움직임을 읽어요.")
        )
        self._shot: Shot | None = None
        self._result: FacesResult | None = None
        self._name = ""
        self._chosen = self._counted = 0
        self._warned = False
        self._build()
        context.signals.model_changed.connect(self._judge_anew)
        self._photo = PhotoJob(context, self.job_bar, self)
        self._photo.begun.connect(self.stop_live)
        self._photo.begun.connect(self.banner.clear)
        self._photo.done.connect(self._show_photo)
        self._photo.note.connect(self.banner.show_info)
        self._photo.failed.connect(self.show_error)
        self._live = Live(context.workers, self)
        self._live.shot.connect(self._show_frame)
        self._picture.private_toggled.connect(self._live.hide_faces)
        self._side = LiveSide(self, self._live, self._persons, self.stop_live, self._restart)
        self._persons.chosen.connect(self._choose_person)
        self._record = RecordBar(self, self._live)
        self._record.recorded.connect(self._mosaic.session.remember)
        self._record.opened.connect(self._mosaic.open_session)
        self._picture.body.insertWidget(1, self._record)  # below the source

    def _build(self) -> None:
        self._open = Button(self.tr("사진·영상 열기"), "open")
        self._open.setObjectName("faceOpen")
        self._keeper = Keeper(self.context, self)
        self._keeper.message.connect(self.message)
        self._keeper.failed.connect(self.show_error)
        self._keeper.copy_button.clicked.connect(self.copy_result)
        self._keeper.save_button.clicked.connect(self.save_result)
        tools = (self._open, self._keeper.copy_button, self._keeper.save_button)
        for button in tools:
            self.tools.addWidget(button)
        self._mosaic = MosaicMode(self, tools)
        self._mosaic.entered.connect(self.stop_live)
        self._picture = PictureCard(self.context)
        self._open.clicked.connect(self._picture.choose_file)
        self._picture.dropped.connect(self.open_paths)
        self._picture.clicked.connect(self._pick)
        self._picture.more_asked.connect(lambda: self._judge_again(more=True))
        self._picture.source.started.connect(self.start_live)
        self._picture.source.stopped.connect(self.stop_live)
        self._picture.source.failed.connect(self.show_error)
        self._expression = ExpressionCard(self.context)
        self._expression.face_chosen.connect(self._choose)
        self._expression.rules_toggled.connect(self._judge_again)
        self._expression.corrected.connect(self._correct)
        self._expression.correction.set_home(self._picture.view)
        self._measures = MeasuresCard(self.context)
        self._persons = LiveCard(self.context)
        left, right = self.columns(3, 2)
        left.addWidget(self._picture, 1)
        left.addWidget(self._persons)
        right.addWidget(self._expression, 1)
        right.addWidget(self._measures)
        self._keeper.enable(False)

    # What the window asks of a tab

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a photo or a video, or is a folder whose faces to hide."""
        return path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES) or self._mosaic.accepts(path)

    def open_paths(self, paths: list[Path]) -> None:
        """Open the first photo or video among *paths*; all where faces are hidden."""
        if self._mosaic.take(paths):
            return
        path = next((path for path in paths if self.accepts(path)), next(iter(paths), None))
        if path is None:
            return
        if path.suffix.lower() in VIDEO_SUFFIXES:
            self.start_live(str(path))
            return
        self._photo.read(path, self._expression.use_rules)

    def warm_up(self) -> None:
        """Load the models before the first photo, and look for cameras."""
        self._photo.warm_up()
        self._picture.source.list_cameras()

    def work(self) -> list[str]:
        """Return whether a session is being recorded."""
        return [self.tr("세션을 기록하는 중…")] if self._record.recording else []

    def state(self) -> object:
        """Return the picture and what was read in it, and what the other modes show."""
        live = self._live.spec if self._live.running else ""
        shown = self._name, self._shot, self._result, self._chosen
        return shown, live, self._mosaic.state()

    def restore(self, state: Any) -> None:
        """Show what another tab showed; a camera or video that ran is started again."""
        (name, shot, result, chosen), live, other_modes = state
        self._name = name
        if shot is not None:
            self._show(shot, chosen)
        elif result is not None:
            self._result = result
            self._choose(chosen)
        self._mosaic.restore(other_modes)
        if live:
            self.start_live(live)

    def shutdown(self) -> None:
        """Stop the camera and all reading; waits for the camera to be let go of."""
        self._photo.stop()
        self._mosaic.stop()
        self._record.close_now()
        self._live.stop(2.0)

    def show_history(self, row: HistoryRow) -> None:
        """Show what was read then; the picture itself is never kept."""
        self._photo.stop()
        self.stop_live()
        if self._mosaic.recall(row):
            return
        self._result = self._keeper.recall(row)
        if self._result is None:
            return
        self._shot = None
        self._side.hide()
        self._picture.show_empty()
        self._keeper.enable(False)
        self._choose(0)
        text = self.tr("기록을 보고 있어요: {summary} (사진은 보관하지 않아요)")
        self.banner.show_info(text.format(summary=row.summary))

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the camera when another tab is shown."""
        if self._live.running and not event.spontaneous():
            self.stop_live()
            self._side.say_left()
        super().hideEvent(event)

    def _show_photo(self, name: str, shot: Shot) -> None:
        self._name, self._warned = name, False
        self._side.hide()
        self._show(shot, 0)
        if shot.result.faces:
            self._keeper.remember(name, shot)

    def _judge_again(self, *, more: bool = False) -> None:
        """Let the other judge answer, live or on the same photo again; *more*: look twice."""
        rules = self._expression.use_rules
        self._live.judge_by(rules)
        if self._shot is not None and not self._live.running:
            self._photo.again(self._name, self._shot.image, rules, more)

    def _judge_anew(self, domain: str) -> None:
        """Another model answers: a photo is judged by it, what cannot be is marked."""
        if domain != "faces" or self._live.running or self._result is None:
            return
        if self._shot is not None and self._shot.frame is None:
            self._judge_again()
        else:
            self._expression.mark_former()

    # Live

    def start_live(self, spec: str) -> None:
        """Start a camera (its index), a video file or a stream (its URL)."""
        self._photo.stop()
        self.banner.clear()
        self._expression.correction.clear()
        self._picture.source.set_spec(spec)
        self._picture.source.set_live(True)
        self._picture.tell(self.tr("연결하는 중…"))
        self._name = self.tr("카메라") if spec.isdecimal() else Path(spec).name
        self._warned, self._chosen = False, 0
        self._side.begin()
        self._live.start(spec, self._expression.use_rules)

    def stop_live(self) -> None:
        """Stop the camera or video; the last frame stays and can be saved."""
        self._live.stop()
        place = self._side.end()
        if place is not None:
            self._choose(place)
        elif self._shot is not None and self._shot.frame is not None:
            self._choose(0)  # the last picture shows another face, or none
            self._picture.tell_facts(self._shot.result, 0.0)
        self._picture.source.set_live(False)
        if self._shot is None:
            self._picture.tell("")

    def _restart(self) -> None:
        self.start_live(self._live.spec)

    def _show_frame(self, shot: Shot) -> None:
        self._show(shot, self._side.follow(shot))

    def _show(self, shot: Shot, chosen: int | None) -> None:
        """Show a picture, and the numbers of one of its faces (``None``: those of before)."""
        self._shot, self._result = shot, shot.result
        if shot.result.warnings and not self._warned:
            self._warned = True
            self.banner.show_warning(self.context.say(shot.result.warnings[0]))
        self._picture.show_shot(shot)
        faces = len(shot.result.faces)
        if chosen is not None or faces != self._counted:
            self._counted = faces
            self._picture.tell_facts(shot.result, self._live.rate if self._live.running else 0.0)
        if chosen is not None:
            self._keeper.enable(True)
            self._choose(chosen)

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._picture.look_at(number)
        self._side.look_at(number)
        faces = self._result.faces if self._result is not None else ()
        ids = self._shot.ids if self._shot is not None else ()
        self._expression.show_faces(faces, number, ids)
        self._measures.show_face(faces[number] if faces else None)

    def _choose_person(self, person: int) -> None:
        place = self._side.place_of(person)
        if place is not None:
            self._choose(place)

    def _pick(self, point: QPointF) -> None:
        """Choose the face below a click."""
        faces = self._result.faces if self._result is not None else ()
        number = face_at(faces, point.x(), point.y())
        if number is not None:
            self._choose(number)

    def _correct(self, face: Face, label: str) -> None:
        if self._keeper.correct(face, label):
            self._expression.thank(self.tr("고마워요. 학습 탭에서 다시 학습하면 이 얼굴을 배워요."))

    def copy_result(self) -> None:
        """Copy the annotated picture and the result as text."""
        if self._shot is not None:
            self._keeper.copy(self._name, self._shot, self._picture.layers)

    def save_result(self) -> None:
        """Save the annotated picture as PNG and everything that was read as JSON beside it."""
        if self._shot is None:
            super().save_result()
            return
        shot, name = self._shot, self._name
        if self._keeper.save(name, shot, self._picture.layers) and self._live.running:
            self._keeper.remember(name, shot)
