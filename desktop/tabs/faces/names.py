"""How the faces tab names what the engine measures, in both languages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from desktop import theme
from engine.core.errors import Message
from engine.faces.names import EXPRESSIONS, MOVES, shape_name, strongest_moves
from engine.faces.overlay.marks import Colour

__all__ = [
    "BY_RULES",
    "DIRECTIONS",
    "DROWSY",
    "EXPRESSIONS",
    "FEATURES",
    "LAYERS",
    "MOVES",
    "POSE",
    "PRESETS",
    "REGIONS",
    "STATES",
    "shape_name",
    "strongest_moves",
]


def dot(colour: Colour) -> QIcon:
    """Return a dot in *colour* (BGR)."""
    blue, green, red = colour
    side = theme.px(12)
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen is not None else 1.0
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(red, green, blue))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(1, 1, side - 2, side - 2)
    painter.end()
    return QIcon(picture)


LAYERS = {
    "boxes": Message("얼굴 상자", "Face box"),
    "label": Message("이름표", "Label"),
    "contours": Message("윤곽", "Contours"),
    "mesh": Message("그물", "Mesh"),
    "irises": Message("홍채", "Irises"),
    "regions": Message("부위 상자", "Region boxes"),
    "centroids": Message("부위 중심", "Region centres"),
    "points": Message("부위 점", "Region points"),
    "axes": Message("머리 방향", "Head axes"),
    "gaze": Message("시선", "Gaze"),
    "bars": Message("움직임 막대", "Move bars"),
}
"""Fields of ``engine.faces.overlay.layers.Layers``."""

PRESETS = {
    "simple": Message("간단히", "Simple"),
    "detailed": Message("자세히", "Detailed"),
    "all": Message("모두", "All"),
    "none": Message("없음", "None"),
}
"""Keys of ``engine.faces.overlay.layers.PRESETS``."""

REGIONS = {
    "left_eye": Message("왼쪽 눈", "Left eye"),
    "right_eye": Message("오른쪽 눈", "Right eye"),
    "nose": Message("코", "Nose"),
    "mouth": Message("입", "Mouth"),
}

FEATURES = {
    "ear": Message("눈 뜬 정도 (EAR)", "Eye aspect ratio"),
    "mouth_open": Message("입 벌림", "Mouth opening"),
    "smile_lift": Message("입꼬리 올림", "Smile lift"),
    "normalized_mouth_width": Message("입 너비", "Mouth width"),
    "smile_score": Message("미소 점수", "Smile score"),
    "brow_raise": Message("눈썹 높이", "Brow raise"),
    "furrow": Message("미간 찌푸림", "Furrow"),
}

POSE = {
    "yaw": Message("좌우 (yaw)", "Yaw"),
    "pitch": Message("위아래 (pitch)", "Pitch"),
    "roll": Message("기울기 (roll)", "Roll"),
}

DIRECTIONS = {
    "left": ("←", Message("왼쪽", "Left")),
    "right": ("→", Message("오른쪽", "Right")),
    "up": ("↑", Message("위", "Up")),
    "down": ("↓", Message("아래", "Down")),
    "centre": ("◎", Message("가운데", "Centre")),
}
"""Sides of the picture that somebody may look at, and their signs."""

STATES = {
    "awake": Message("깨어 있음", "Awake"),
    "tired": Message("졸림", "Drowsy"),
    "unknown": Message("확인 중", "Not known yet"),
}

DROWSY = Message("졸림", "Drowsy")
BY_RULES = Message("규칙으로 판단", "By rules")
