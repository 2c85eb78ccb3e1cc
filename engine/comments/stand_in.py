"""Let the writer alone write about names it hardly knows: a familiar one stands in for each.

The training comments know some sixty things well. Asked about another, the writer ignores it
or makes something up; asked about a familiar thing of the same kind, it writes a sentence in
which the name can be exchanged, particle and all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from engine.comments.labels import EXPRESSIONS, mentions
from engine.comments.particles import swap_name

_FOOD = (
    "바나나 사과 샌드위치 오렌지 브로콜리 당근 핫도그 피자 도넛 케이크 커피 빵 과일 라면 김밥 "
    "떡볶이 치킨 햄버거 아이스크림 초콜릿"
)
KINDS: Mapping[tuple[str, ...], str] = {
    ("차", "트럭", "자전거", "육상 차량"): "버스 오토바이 비행기 기차 보트 배 트럭 자전거",
    ("패스트푸드", "음식"): _FOOD,
    ("스카프", "재킷", "안경"): "배낭 핸드백 넥타이 모자 셔츠 드레스 청바지 신발 목걸이 귀걸이 "
    "코트 부츠 선글라스 시계",
    ("의자", "테이블", "소파"): "벤치 침대 식탁 변기 소파 책상 싱크대 "
    "냉장고 오븐 전자레인지 텔레비전",
    ("장난감", "식물"): "새 고양이 강아지 말 양 소 코끼리 곰 얼룩말 기린 토끼",
    ("식물", "꽃"): "화분 꽃병 꽃다발",
    ("건물", "나무"): "바다 산 공원 하늘 해변 강 호수 다리 성 탑",
}  # fmt: skip
"""Familiar names -> names (and, by their end, compound names) that they stand in for."""

ANYTHING = ("포스터", "사진 액자", "장난감", "상자", "건물", "의자", "책장", "선반")

_BY_NAME = {name: familiar for familiar, names in KINDS.items() for name in names.split()}
THING_EMOJI = re.compile(  # not those of moods: hearts, party, sparkle, faces
    "[\U0001f300-\U0001f388\U0001f38b-\U0001f493\U0001f497-\U0001f4a1\U0001f4ac-\U0001f5ff"
    "\U0001f680-\U0001f90b\U0001f950-\U0001f96f\U0001f980-\U0001faff]"
)
"""Pictures of things, which would still show the thing that was exchanged."""


def disguise(
    labels: Sequence[str], familiar: Collection[str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the labels with strange names exchanged, and familiar name -> strange name.

    >>> disguise(("기쁨", "피자"), {"음식", "포스터"})
    (('기쁨', '음식'), {'음식': '피자'})
    """
    back: dict[str, str] = {}
    asked: list[str] = []
    for label in labels:
        if label in EXPRESSIONS or label in familiar:
            asked.append(label)
            continue
        taken = (*labels, *back)
        choices = (*_BY_NAME.get(label.split()[-1], ()), *ANYTHING)
        name = next((c for c in choices if c in familiar and c not in taken), None)
        if name is None:
            asked.append(label)
        else:
            asked.append(name)
            back[name] = label
    return tuple(asked), back


def reveal(comment: str, back: Mapping[str, str]) -> str | None:
    """Put the strange names back; None where a stand-in cannot be exchanged.

    >>> reveal("음식이 정말 맛있어 보여요! 🍔", {"음식": "피자"})
    '피자가 정말 맛있어 보여요!'
    """
    for name, label in back.items():
        if not mentions(name, comment):
            continue
        swapped = swap_name(comment, name, label)
        if swapped is None:
            return None
        comment = re.sub(r"\s+", " ", THING_EMOJI.sub("", swapped)).strip()
    return comment
