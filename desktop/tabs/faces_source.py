"""Where live pictures come from: a camera of the list, a video file, or an address."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, IconButton
from engine.faces.source import Camera


class SourceBar(QWidget):
    """A list that can be typed into, and start/stop.

    Signals:
        started(str): camera index, path or URL.
        stopped(): the stop button.
        video_wanted(): the user wants to choose a video file.
        refresh_wanted(): look for cameras again.
    """

    started = Signal(str)
    stopped = Signal()
    video_wanted = Signal()
    refresh_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self._refresh.clicked.connect(self.refresh_wanted)
        self._video = IconButton("video", self.tr("영상 파일 고르기"))
        self._video.clicked.connect(self.video_wanted)
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
        if row >= 0:
            self._choice.setCurrentIndex(row)
        else:
            self._choice.setEditText(spec)

    def set_live(self, live: bool) -> None:
        """Show start or stop."""
        self._live = live
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
