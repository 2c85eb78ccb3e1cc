"""Labels of a photo: which ones the comment is written from, and how the model reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.core.errors import Message
from engine.text.korean.object_names import by_english, by_korean
from engine.text.normalize import normalize

EXPRESSIONS = ("공포", "기쁨", "슬픔", "분노")
"""The four expressions that comments were written for; they lead the prompt."""

_PARTS = (
    "팔",
    "수염",
    "몸",
    "귀",
    "눈",
    "얼굴",
    "발",
    "머리카락",
    "손",
    "머리",
    "다리",
    "입",
    "코",
)
HIDDEN = frozenset(
    {"인간의 얼굴", "의류", "남자", "여자", "소년", "소녀", "사람"} | {f"사람 {p}" for p in _PARTS}
)
"""Labels that are not written about: recipe F's six say nothing, and a remark on a person's
body is never made."""

MAX_LABELS = 8
"""Most labels that one prompt holds; the training data's longest has nine."""

MAX_CHARACTERS = 20
"""Longest label; the longest Open Images name in Korean has 16 characters."""

_OTHER_NAMES = {
    "행복": "기쁨", "즐거움": "기쁨", "웃음": "기쁨", "happy": "기쁨", "happiness": "기쁨",
    "joy": "기쁨", "슬퍼": "슬픔", "우울": "슬픔", "sad": "슬픔", "sadness": "슬픔",
    "화남": "분노", "화": "분노", "혐오": "분노", "angry": "분노", "anger": "분노",
    "disgust": "분노", "놀람": "공포", "무서움": "공포", "당황": "공포", "fear": "공포",
    "panic": "공포", "surprise": "공포", "tree": "나무", "glasses": "안경", "jacket": "재킷",
    "flower": "꽃", "hat": "모자", "building": "건물", "window": "창문", "table": "테이블",
    "자동차": "차", "개": "강아지", "TV": "텔레비전", "핸드폰": "휴대전화", "스마트폰": "휴대전화",
}  # fmt: skip
_FEELINGS = dict(zip(EXPRESSIONS, ("Panic", "Joy", "Sadness", "Anger"), strict=True))
_SILENT = frozenset({"중립", "무표정", "neutral"})


@dataclass(frozen=True)
class LeftOut:
    """A label that is not in the prompt, and why."""

    label: str
    reason: Message

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {"label": self.label, "reason": self.reason.en}


def split_labels(text: str) -> tuple[str, ...]:
    """Return the labels of a comma-separated line, trimmed, without empty ones.

    >>> split_labels("기쁨, 나무,,재킷 ")
    ('기쁨', '나무', '재킷')
    """
    return tuple(part for part in (raw.strip() for raw in text.split(",")) if part)


def canonical(label: str) -> str:
    """Return the name that the writer knows a label by (English and other names mapped).

    Every English class name of COCO and Open Images is known, also with an s at its end.

    >>> canonical("행복"), canonical("Cats"), canonical("antelope"), canonical(" 나무 ")
    ('기쁨', '고양이', '영양', '나무')
    """
    label = normalize(label)
    lower = label.lower()
    known = _OTHER_NAMES.get(label) or _OTHER_NAMES.get(lower)
    if known is None and lower.isascii():
        english = by_english()
        known = english.get(lower) or english.get(lower.removesuffix("s"))
    return known or label


def shown(label: str, language: str = "ko") -> str:
    """Return a label in a window's language; what has no English name stays as it is.

    >>> shown("고양이"), shown("고양이", "en"), shown("기쁨", "en"), shown("우리 집", "en")
    ('고양이', 'Cat', 'Joy', '우리 집')
    """
    if language == "ko":
        return label
    return _FEELINGS.get(label) or by_korean().get(label, label)


def select(labels: Sequence[str]) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Part *labels* into the prompt's, expressions first, and those left out with reasons.

    >>> select(("나무", "남자", "행복", "나무"))[0]
    ('기쁨', '나무')
    """
    kept: dict[str, None] = {}
    out: list[LeftOut] = []
    for raw in labels:
        for label in map(canonical, raw.split(",")):
            reason = _objection(label)
            if reason is not None:
                out.append(LeftOut(label, reason))
            elif label:
                kept[label] = None
    ordered = sorted(kept, key=lambda label: label not in EXPRESSIONS)
    out += [LeftOut(label, _TOO_MANY) for label in ordered[MAX_LABELS:]]
    return tuple(ordered[:MAX_LABELS]), tuple(dict.fromkeys(out))


_TOO_MANY = Message(
    f"댓글 하나는 라벨을 {MAX_LABELS}개까지 담아요.",
    f"One comment takes at most {MAX_LABELS} labels.",
)


def _objection(label: str) -> Message | None:
    if label in HIDDEN:
        return Message("댓글 쓸 거리가 되지 않는 라벨이에요.", "It gives nothing to write about.")
    if label in _SILENT:
        return Message("무표정은 댓글에 담지 않아요.", "A neutral face is not written about.")
    if len(label) > MAX_CHARACTERS:
        return Message(
            f"라벨이 너무 길어요 (최대 {MAX_CHARACTERS}자).",
            f"The label is too long (at most {MAX_CHARACTERS} characters).",
        )
    if label and not any(character.isalnum() for character in label):
        return Message("글자가 없는 라벨이에요.", "The label has no letters.")
    return None


def prompt(labels: Sequence[str]) -> str:
    """Return the labels as the model reads them.

    >>> prompt(("기쁨", "나무"))
    '기쁨, 나무'
    """
    return ", ".join(labels)


def mentions(label: str, comment: str) -> bool:
    """Whether the comment names the label, spaces aside.

    >>> mentions("자전거 바퀴", "자전거바퀴가 멋져요!")
    True
    """
    return label.replace(" ", "") in comment.replace(" ", "")
