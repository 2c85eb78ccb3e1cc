"""What expressions and facial moves are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.core.errors import Message

EXPRESSIONS = {
    "행복": Message("행복", "Happy"),
    "슬픔": Message("슬픔", "Sad"),
    "분노": Message("분노", "Angry"),
    "공포": Message("공포", "Fearful"),
    "놀람": Message("놀람", "Surprised"),
    "혐오": Message("혐오", "Disgusted"),
    "중립": Message("중립", "Neutral"),
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

_ALONE = {
    "_neutral": Message("움직임 없음", "No move"),
    "jawLeft": Message("턱 왼쪽으로", "Jaw to the left"),
    "jawRight": Message("턱 오른쪽으로", "Jaw to the right"),
    "mouthLeft": Message("입 왼쪽으로", "Mouth to the left"),
    "mouthRight": Message("입 오른쪽으로", "Mouth to the right"),
}
_LOOKS = {
    "eyeLookDown": Message("눈 아래로", "Eye down"),
    "eyeLookIn": Message("눈 안쪽으로", "Eye inwards"),
    "eyeLookOut": Message("눈 바깥쪽으로", "Eye outwards"),
    "eyeLookUp": Message("눈 위로", "Eye up"),
}
_SIDES = {"Left": Message("왼쪽", "left"), "Right": Message("오른쪽", "right")}

STAYS = 0.1
"""By so much another move must be stronger to take the place of one that is shown."""


def shape_name(shape: str) -> Message:
    """Return what one of the 52 blendshapes is called; sides are those of the person.

    >>> shape_name("mouthSmileLeft").ko, shape_name("jawOpen").en
    ('미소 (왼쪽)', 'Jaw open')
    """
    if shape in _ALONE:
        return _ALONE[shape]
    for suffix, side in _SIDES.items():
        base = shape.removesuffix(suffix)
        if base != shape:
            move = {**MOVES, **_LOOKS}[base]
            return Message(f"{move.ko} ({side.ko})", f"{move.en} ({side.en})")
    return MOVES[shape]


def strongest_moves(
    blendshapes: Mapping[str, float], count: int = 4, shown: Sequence[Message] = ()
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
