"""How the faces tab names what the engine measures, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import Message

EXPRESSIONS = {
    "행복": Message("행복", "Happiness"),
    "슬픔": Message("슬픔", "Sadness"),
    "분노": Message("분노", "Anger"),
    "공포": Message("공포", "Fear"),
    "놀람": Message("놀람", "Surprise"),
    "혐오": Message("혐오", "Disgust"),
    "중립": Message("중립", "Neutral"),
}

LAYERS = {
    "mesh": Message("그물", "Mesh"),
    "contours": Message("윤곽", "Contours"),
    "boxes": Message("상자", "Boxes"),
    "centroids": Message("중심", "Centroids"),
    "points": Message("점", "Points"),
    "axes": Message("머리 방향", "Head axes"),
    "gaze": Message("시선", "Gaze"),
    "label": Message("이름표", "Label"),
}
"""Fields of ``engine.faces.overlay.Layers``."""

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

MOVES = {
    "browDown": Message("눈썹 내림", "Brow down"),
    "browInnerUp": Message("안쪽 눈썹 올림", "Inner brow up"),
    "browOuterUp": Message("바깥 눈썹 올림", "Outer brow up"),
    "cheekPuff": Message("볼 부풀림", "Cheek puff"),
    "cheekSquint": Message("볼 올림", "Cheek squint"),
    "eyeBlink": Message("눈 감음", "Eye blink"),
    "eyeSquint": Message("눈 가늘게 뜸", "Eye squint"),
    "eyeWide": Message("눈 크게 뜸", "Eye wide"),
    "jawForward": Message("턱 내밂", "Jaw forward"),
    "jawOpen": Message("턱 벌림", "Jaw open"),
    "mouthClose": Message("입술 다묾", "Mouth close"),
    "mouthDimple": Message("보조개", "Dimple"),
    "mouthFrown": Message("입꼬리 내림", "Frown"),
    "mouthFunnel": Message("입 동그랗게", "Mouth funnel"),
    "mouthLowerDown": Message("아랫입술 내림", "Lower lip down"),
    "mouthPress": Message("입술 누름", "Lip press"),
    "mouthPucker": Message("입술 오므림", "Pucker"),
    "mouthRollLower": Message("아랫입술 말아 넣음", "Lower lip rolled in"),
    "mouthRollUpper": Message("윗입술 말아 넣음", "Upper lip rolled in"),
    "mouthShrugLower": Message("아랫입술 밀어 올림", "Lower lip shrug"),
    "mouthShrugUpper": Message("윗입술 밀어 올림", "Upper lip shrug"),
    "mouthSmile": Message("미소", "Smile"),
    "mouthStretch": Message("입 양옆으로 당김", "Mouth stretch"),
    "mouthUpperUp": Message("윗입술 올림", "Upper lip up"),
    "noseSneer": Message("코 찡그림", "Nose sneer"),
}
"""Blendshapes, left and right as one; looks to a side are left out."""

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


STAYS = 0.1
"""By so much another move must be stronger to take the place of one that is shown."""


def strongest_moves(
    blendshapes: dict[str, float], count: int = 4, shown: Sequence[Message] = ()
) -> list[tuple[Message, float]]:
    """Return the strongest named facial moves, the larger of left and right, in 0..1.

    Args:
        shown: moves that keep their places unless others are clearly stronger (live).
    """
    found = {
        said: max(v for key, v in blendshapes.items() if key.startswith(name))
        for name, said in MOVES.items()
        if any(key.startswith(name) for key in blendshapes)
    }
    order = sorted(found, key=lambda said: -found[said] - (STAYS if said in shown else 0.0))
    best = order[:count]
    kept = [said for said in shown if said in best]
    return [(said, found[said]) for said in (*kept, *(m for m in best if m not in kept))]
