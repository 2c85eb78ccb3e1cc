"""Where live pictures come from: a camera of the list, a video file, or an address."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop import settings as keys
from desktop import theme
from desktop.context import AppContext
from desktop.widgets import files
from desktop.widgets.buttons import Button, IconButton
from engine.faces.source import Camera, list_cameras, without_login


class SourceBar(QWidget):
    """A list that can be typed into, and start/stop.

    Signals:
        started(str): camera index, path or URL.
        stopped(): the stop button.
        failed(Exception): the cameras could not be listed.
    """

    started = Signal(str)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._live = False
        self._choice = QComboBox()
        self._choice.setObjectName("faceSource")
        self._choice.setEditable(True)
        self._choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._choice.setAccessibleName(self.tr("카메라 또는 영상 주소"))
        self._choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._choice.setMinimumWidth(theme.px(120))
        line = QLineEdit()
        line.setPlaceholderText(self.tr("카메라 번호, 영상 파일, rtsp:// 주소"))
        line.setStyleSheet("border: none; padding: 0; background: transparent;")
        line.returnPressed.connect(self._start)
        self._choice.setLineEdit(line)
        self._refresh = IconButton("refresh", self.tr("카메라 다시 찾기"))
        self._refresh.clicked.connect(self.list_cameras)
        self._video = IconButton("video", self.tr("영상 파일 고르기"))
        self._video.clicked.connect(self._choose_video)
        self._button = Button(self.tr("시작"), "camera")
        self._button.setObjectName("faceStart")
        self._button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._choice, 1)
        row.addWidget(self._refresh)
        row.addWidget(self._video)
        row.addWidget(self._button)
        self.set_spec(context.settings.get(keys.CAMERA))

    def list_cameras(self) -> None:
        """Look for the cameras of this machine, off the UI thread."""
        self._context.workers.run(
            lambda progress: list_cameras(),
            done=self.set_cameras,
            failed=self.failed.emit,
            owner=self,
        )

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """List the cameras of this machine; what was typed or chosen stays."""
        kept = self.spec()
        self._choice.clear()
        for camera in cameras:
            self._choice.addItem(f"{camera.index}: {camera.name}", str(camera.index))
        self.set_spec(kept)

    def spec(self) -> str:
        """Return camera index, path or URL."""
        row = self._choice.findText(self._choice.currentText())
        return str(self._choice.itemData(row)) if row >= 0 else self._choice.currentText().strip()

    def set_spec(self, spec: str) -> None:
        """Choose a source."""
        row = self._choice.findData(spec)
        if row < 0 and spec.isdecimal():
            self._choice.addItem(self.tr("카메라 {n}").format(n=spec), spec)
            row = self._choice.count() - 1
        if row >= 0:
            self._choice.setCurrentIndex(row)
        else:
            self._choice.setEditText(spec)

    @property
    def live(self) -> bool:
        """Whether a source has been started."""
        return self._live

    def set_live(self, live: bool) -> None:
        """Show start or stop; a source that is started is the one offered next time."""
        self._live = live
        if live:
            self._context.settings.set(keys.CAMERA, without_login(self.spec()))
        self._button.setText(self.tr("멈춤") if live else self.tr("시작"))
        self._button.set_icon("stop" if live else "camera")
        self._choice.setEnabled(not live)

    def _pressed(self) -> None:
        if self._live:
            self.stopped.emit()
        else:
            self._start()

    def _start(self) -> None:
        self.started.emit(self.spec() or "0")

    def _choose_video(self) -> None:
        chosen = files.ask_open(self, self._context.settings, files.video_filter())
        if chosen:
            self.started.emit(str(chosen[0]))
