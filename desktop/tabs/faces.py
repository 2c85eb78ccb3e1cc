"""표정: the faces of a photo, a video or a camera, with everything that was measured."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from desktop import settings as keys
from desktop import theme
from desktop.context import AppContext
from desktop.tabs.faces_live import Live, Shot, read_again, read_photo
from desktop.tabs.faces_measures import MeasuresCard
from desktop.tabs.faces_names import LAYERS
from desktop.tabs.faces_result import ExpressionCard
from desktop.tabs.faces_source import SourceBar
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chips import ChipRow
from desktop.widgets.drop_area import DropArea
from desktop.widgets.image_view import ImageView
from desktop.widgets.labels import Label
from desktop.widgets.page import Page
from desktop.workers import JobHandle, StreamHandle
from engine.errors import MaumgyeolError, StorageError
from engine.faces import Face, FaceReader, overlay
from engine.faces.overlay import Layers
from engine.faces.source import VIDEO_SUFFIXES, Camera, FrameSource, list_cameras
from engine.images import SUFFIXES, encode_png
from engine.jobs import Progress


class FacesTab(Page):
    """Arranges picture, expression and measures; the engine reads, the panels paint."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("표정"), self.tr("사진, 영상, 카메라에서 얼굴의 표정과 움직임을 읽어요.")
        )
        self._shot: Shot | None = None
        self._name = ""
        self._chosen = 0
        self._job: JobHandle | None = None
        self._stream: StreamHandle | None = None
        self._live: Live | None = None
        self._warned = False
        self._rate = 0.0
        self._last_frame = 0.0
        self._cameras_listed = False
        self._build_tools()
        left, right = self.columns(3, 2)
        left.addWidget(self._picture_card(), 1)
        self._expression = ExpressionCard(context)
        self._expression.face_chosen.connect(self._choose)
        self._expression.rules_toggled.connect(self._rules_toggled)
        self._expression.corrected.connect(self._correct)
        right.addWidget(self._expression, 1)
        self._measures = MeasuresCard(context)
        right.addWidget(self._measures)
        self._painter = context.workers.latest(overlay.draw, self._view.set_image, self._failed)

    # Building

    def _build_tools(self) -> None:
        self._open = Button(self.tr("사진·영상 열기"), "open")
        self._open.setObjectName("faceOpen")
        self._open.clicked.connect(lambda: self._drop.choose())
        self._copy = Button(self.tr("복사"), "copy")
        self._copy.setObjectName("faceCopy")
        self._copy.clicked.connect(self.copy_result)
        self._save = Button(self.tr("결과 저장"), "save")
        self._save.setObjectName("faceSave")
        self._save.clicked.connect(self.save_result)
        for button in (self._open, self._copy, self._save):
            self.tools.addWidget(button)
        self._copy.setEnabled(False)
        self._save.setEnabled(False)

    def _picture_card(self) -> Card:
        card = Card(self.tr("화면"))
        self._drop = DropArea(
            self.tr("사진이나 영상을 여기에 놓으세요"),
            self.tr("JPG, PNG, MP4, AVI … · 얼굴은 이 컴퓨터를 떠나지 않아요"),
            "faces",
            f"{files.image_filter()};;{files.video_filter()}",
            self.context.settings,
        )
        self._drop.setObjectName("faceDrop")
        self._drop.dropped.connect(self.open_paths)
        self._view = ImageView()
        self._view.setObjectName("faceView")
        self._view.clicked.connect(self._pick)
        self._view.setMinimumHeight(theme.px(260))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._drop)
        self._stack.addWidget(self._view)
        self._source = SourceBar()
        self._source.set_spec(self.context.settings.get(keys.CAMERA))
        self._source.started.connect(self.start_live)
        self._source.stopped.connect(self.stop_live)
        self._source.video_wanted.connect(self._choose_video)
        self._source.refresh_wanted.connect(self._list_cameras)
        self._layers = ChipRow()
        self._layers.setObjectName("faceLayers")
        drawn = Layers()
        for name, said in LAYERS.items():
            self._layers.add_chip(self.context.say(said), checked=getattr(drawn, name))
        self._layers.changed.connect(self._layers_changed)
        self._status = Label(role="small", wrap=True, selectable=True)
        self._status.setObjectName("faceStatus")
        self._status.hide()
        card.add(self._source)
        card.add(self._stack, 1)
        card.add(self._layers)
        card.add(self._status)
        return card

    # What the window asks of a tab

    def accepts(self, path: Path) -> bool:
        """Whether *path* looks like a photo or a video."""
        return path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES)

    def open_paths(self, paths: list[Path]) -> None:
        """Open the first photo or video among *paths*."""
        path = next((path for path in paths if self.accepts(path)), None)
        path = path or next(iter(paths), None)
        if path is None:
            return
        if path.suffix.lower() in VIDEO_SUFFIXES:
            self.start_live(str(path))
            return
        self.stop_live()
        layers, rules = self._wanted_layers(), self._expression.use_rules
        self._read(
            lambda progress: read_photo(path, layers, rules, progress),
            lambda shot: self._show_photo(path.name, shot),
        )

    def warm_up(self) -> None:
        """Load the models before the first photo, and look for cameras."""
        self.context.workers.run(
            lambda progress: FaceReader().close(), failed=self._failed, owner=self
        )
        self._list_cameras()

    def shutdown(self) -> None:
        """Stop the camera and all reading; waits for the camera to be let go of."""
        self._stop_job()
        self._painter.cancel()
        if self._stream is not None:
            self._stream.stop(2.0)
            self._stream = None

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the camera when another tab is shown."""
        if self._stream is not None and not event.spontaneous():
            spec = self._source.spec()
            self.stop_live()
            self.banner.show_info(
                self.tr("다른 화면으로 가서 카메라와 영상을 멈췄어요."),
                self.tr("다시 시작"),
                lambda: self.start_live(spec),
            )
        super().hideEvent(event)

    # Photos

    def _read(self, work: Callable[[Progress], Shot], done: Callable[[Shot], object]) -> None:
        self._stop_job()
        self.banner.clear()
        self._job = self.context.workers.run(
            work,
            done=done,
            failed=self._failed,
            progress=self.job_bar.set_progress,
            cancelled=self.job_bar.finish,
            owner=self,
            language=self.context.language,
        )
        self.job_bar.start(self.tr("얼굴을 찾는 중…"), self._job.cancel)

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.job_bar.finish()

    def _show_photo(self, name: str, shot: Shot) -> None:
        self.job_bar.finish()
        self._name, self._chosen = name, 0
        self._show(shot)
        if not shot.result.faces:
            self.banner.show_info(
                self.tr("얼굴을 찾지 못했어요. 얼굴이 더 크고 정면을 보는 사진을 써 보세요.")
            )
            return
        self._warn(shot)
        self._remember(shot)

    def _failed(self, error: Exception) -> None:
        self.job_bar.finish()
        self.show_error(error)

    def _rules_toggled(self, on: bool) -> None:
        """Let the other judge answer, live or on the same photo again."""
        if self._stream is not None and self._live is not None:
            self._live.use_rules = on
        elif self._shot is not None:
            image, layers, name = self._shot.image, self._wanted_layers(), self._name
            self._read(
                lambda progress: read_again(image, layers, on, progress),
                lambda shot: self._show_photo(name, shot),
            )

    # Live

    def start_live(self, spec: str) -> None:
        """Start a camera (its index), a video file or a stream (its URL)."""
        self._stop_job()
        self.stop_live()
        self.banner.clear()
        self._source.set_spec(spec)
        self.context.settings.set(keys.CAMERA, spec)
        self._live = live = Live(self._wanted_layers(), self._expression.use_rules)
        self._warned, self._rate, self._last_frame, self._chosen = False, 0.0, 0.0, 0
        self._name = Path(spec).name if not spec.isdecimal() else self.tr("카메라")
        self._source.set_live(True)
        self._stream = self.context.workers.stream(
            lambda: FrameSource(spec),
            live.read,
            self._show_frame,
            self._stream_failed,
            self._stream_ended,
            owner=self,
            finish=live.close,
        )
        self._tell(self.tr("연결하는 중…"))

    def stop_live(self) -> None:
        """Stop the camera or video; the last frame stays and can be saved."""
        if self._stream is not None:
            self._stream.stop()
        self._stream, self._live = None, None
        self._source.set_live(False)
        if self._shot is None:
            self._status.hide()

    def _show_frame(self, shot: Shot) -> None:
        self._chosen = self._same_face(shot)
        self._show(shot)
        now = time.monotonic()
        if self._last_frame:
            rate = 1.0 / max(now - self._last_frame, 1e-3)
            self._rate = rate if not self._rate else 0.9 * self._rate + 0.1 * rate
        self._last_frame = now
        if not self._warned:
            self._warn(shot)

    def _same_face(self, shot: Shot) -> int:
        """Return which face of the new frame is the one chosen in the last."""
        before, now = self._expression.face, shot.result.faces
        if before is None or not now:
            return 0
        x, y = before.box[0] + before.box[2] / 2, before.box[1] + before.box[3] / 2
        gaps = [abs(f.box[0] + f.box[2] / 2 - x) + abs(f.box[1] + f.box[3] / 2 - y) for f in now]
        return gaps.index(min(gaps))

    def _stream_failed(self, error: Exception) -> None:
        spec = self._source.spec()
        self.stop_live()
        text = self.context.error_text(error)
        self.banner.show_error(text, self.tr("다시 시도"), lambda: self.start_live(spec))

    def _stream_ended(self) -> None:
        spec = self._source.spec()
        self.stop_live()
        self.banner.show_info(
            self.tr("영상이 끝났어요."), self.tr("다시 보기"), lambda: self.start_live(spec)
        )

    def _choose_video(self) -> None:
        chosen = files.ask_open(self, self.context.settings, files.video_filter())
        if chosen:
            self.start_live(str(chosen[0]))

    def _list_cameras(self) -> None:
        def listed(cameras: list[Camera]) -> None:
            self._source.set_cameras(cameras)

        self.context.workers.run(
            lambda progress: list_cameras(), done=listed, failed=self._failed, owner=self
        )

    # Showing

    def _show(self, shot: Shot) -> None:
        self._shot = shot
        self._stack.setCurrentWidget(self._view)
        self._view.set_image(shot.drawn)
        self._copy.setEnabled(True)
        self._save.setEnabled(True)
        self._choose(min(self._chosen, max(len(shot.result.faces) - 1, 0)))
        width, height = shot.result.image_size
        parts = [
            f"{width}×{height}",
            self.tr("얼굴 {n}").format(n=len(shot.result.faces)),
            f"{shot.result.milliseconds:.0f} ms",
        ]
        if self._rate and self._stream is not None:
            parts.append(self.tr("초당 {n:.0f}장").format(n=self._rate))
        self._tell(" · ".join(parts))

    def _tell(self, text: str) -> None:
        self._status.setText(text)
        self._status.show()

    def _choose(self, number: int) -> None:
        self._chosen = number
        faces = self._shot.result.faces if self._shot is not None else ()
        self._expression.show_faces(faces, number)
        face = faces[number] if faces else None
        self._measures.show_face(face)

    def _pick(self, point: QPointF) -> None:
        """Choose the face below a click."""
        for number, face in enumerate(self._shot.result.faces if self._shot is not None else ()):
            x, y, width, height = face.box
            if x <= point.x() <= x + width and y <= point.y() <= y + height:
                self._choose(number)
                return

    def _wanted_layers(self) -> Layers:
        chips = self._layers.chips()
        return Layers(**{n: c.isChecked() for n, c in zip(LAYERS, chips, strict=True)})

    def _layers_changed(self) -> None:
        layers = self._wanted_layers()
        if self._live is not None:
            self._live.layers = layers
        elif self._shot is not None:
            self._painter.submit(self._shot.image, self._shot.result, layers)

    def _warn(self, shot: Shot) -> None:
        self._warned = True
        if shot.result.warnings:
            self.banner.show_warning(self.context.say(shot.result.warnings[0]))

    # Keeping

    def _correct(self, face: Face, label: str) -> None:
        from engine.faces.payload import unpack

        said = face.expression
        picture = unpack([face.payload])[0][0]
        preview = encode_png(picture[:, :, None].repeat(3, axis=2))
        try:
            self.context.library.add_correction(
                "faces", face.payload, said.label, label, said.model, preview
            )
        except MaumgyeolError as error:
            self.show_error(error)
            return
        self._expression.thank(
            self.tr("고마워요. 학습 탭에서 다시 학습하면 '{label}'을(를) 배워요.").format(
                label=label
            )
        )

    def _payload(self, shot: Shot, landmarks: bool) -> dict[str, Any]:
        found = {"file": self._name, **shot.result.to_dict()}
        if not landmarks:
            for face in found["faces"]:
                del face["landmarks"]
        return found

    def _remember(self, shot: Shot) -> None:
        labels = [face.expression.label for face in shot.result.faces]
        summary = f"{self._name}: {', '.join(labels)}"
        self.context.remember("faces", summary, self._payload(shot, landmarks=False))

    def copy_result(self) -> None:
        """Copy the annotated picture and the result as text."""
        if self._shot is None:
            return
        data = QMimeData()
        data.setImageData(self._view.image)
        payload = self._payload(self._shot, landmarks=False)
        data.setText(json.dumps(payload, ensure_ascii=False, indent=1))
        QApplication.clipboard().setMimeData(data)
        self.message.emit(self.tr("사진과 결과를 복사했어요."))

    def save_result(self) -> None:
        """Save the annotated picture as PNG and everything that was read as JSON beside it."""
        shot = self._shot
        if shot is None:
            super().save_result()
            return
        name = self.tr("{stem}-표정.png").format(stem=Path(self._name).stem or "face")
        target = files.ask_save(self, self.context.settings, name, "PNG (*.png)")
        if target is None:
            return
        text = json.dumps(self._payload(shot, landmarks=True), ensure_ascii=False, indent=1)
        layers = self._wanted_layers()
        self.context.workers.run(
            lambda progress: _write(target, shot, layers, text),
            done=lambda path: self.message.emit(
                self.tr("저장했어요: {name}").format(name=path.name)
            ),
            failed=self.show_error,
            owner=self,
        )
        if self._stream is not None:
            self._remember(shot)


def _write(target: Path, shot: Shot, layers: Layers, text: str) -> Path:
    try:
        target.write_bytes(encode_png(overlay.draw(shot.image, shot.result, layers)))
        target.with_suffix(".json").write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"파일을 저장할 수 없어요: {target.name}. 폴더의 권한과 남은 공간을 확인해 주세요.",
            f"Cannot write {target}. Check the folder's permissions and the free space.",
        ) from error
    return target
