"""The photo with its boxes, or the area to drop one on."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import theme
from desktop.settings import Settings
from desktop.tabs.comments_overlay import Mark, marks, paint
from desktop.widgets import files
from desktop.widgets.card import Card
from desktop.widgets.drop_area import DropArea
from desktop.widgets.image_view import ImageView, to_qimage
from desktop.widgets.labels import Label
from engine.comments import PhotoResult
from engine.images import Bgr


class PhotoCard(Card):
    """``dropped(list[Path])``; ``picked(str)``: the label of the box that was clicked."""

    dropped = Signal(list)
    picked = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("사진"))
        self._image: QImage | None = None
        self._marks: list[Mark] = []
        self._used: Collection[str] = ()
        self._drop = DropArea(
            self.tr("사진을 여기에 놓으세요"),
            self.tr("PNG, JPG, WEBP · 사진은 이 컴퓨터를 떠나지 않아요"),
            "image",
            files.image_filter(),
            settings,
        )
        self._drop.setObjectName("commentDrop")
        self._drop.dropped.connect(self.dropped)
        self._view = ImageView()
        self._view.setObjectName("commentView")
        self._view.clicked.connect(self._pick)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._drop)
        self._stack.addWidget(self._view)
        self._found = Label(role="small", wrap=True, selectable=True)
        self._found.setObjectName("commentFound")
        self._found.hide()
        self.add(self._stack, 1)
        self.add(self._found)
        theme.notifier().changed.connect(self._repaint)

    @property
    def picture(self) -> QImage | None:
        """The photo as shown, with its boxes; None before the first one."""
        return self._view.image if self._image is not None else None

    def choose(self) -> None:
        """Ask for a photo."""
        self._drop.choose()

    def show_image(self, image: Bgr) -> None:
        """Show a new photo, without boxes yet."""
        self._image, self._marks = to_qimage(image), []
        self._found.hide()
        self._repaint()
        self._stack.setCurrentWidget(self._view)

    def show_result(self, result: PhotoResult) -> None:
        """Show what was found in the photo."""
        self._marks = marks(result)
        self._found.setText(
            self.tr("얼굴 {faces} · 사물 {objects} · {ms:.0f} ms · {models}").format(
                faces=len(result.faces),
                objects=len(result.objects),
                ms=result.milliseconds,
                models=", ".join(result.models),
            )
        )
        self._found.show()

    def set_used(self, labels: Collection[str]) -> None:
        """Paint the boxes of these labels strongly, the others faintly."""
        self._used = labels
        self._repaint()

    def _repaint(self) -> None:
        if self._image is not None:
            self._view.set_image(paint(self._image, self._marks, self._used))

    def _pick(self, point: QPointF) -> None:
        """Tell of the smallest box below a click that has a label."""
        hit = [mark for mark in self._marks if mark.label and mark.box.contains(point)]
        if hit:
            self.picked.emit(str(hit[-1].label))
