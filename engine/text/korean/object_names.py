"""What the detectors' classes are called, in English and Korean: COCO's 80, Open Images' 601.

Korean names follow the words of the comments' training labels where there is a right one (차,
식탁 for a dining table), so that the writer has seen them; each was checked by hand. Tea is
홍차 and a pear 서양배, because 차 is the car and 배 the boat.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from engine.core import paths
from engine.core.errors import StorageError

COCO: tuple[tuple[str, str], ...] = (
    ("person", "사람"),
    ("bicycle", "자전거"),
    ("car", "차"),
    ("motorcycle", "오토바이"),
    ("airplane", "비행기"),
    ("bus", "버스"),
    ("train", "기차"),
    ("truck", "트럭"),
    ("boat", "보트"),
    ("traffic light", "신호등"),
    ("fire hydrant", "소화전"),
    ("stop sign", "정지 표지판"),
    ("parking meter", "주차 미터기"),
    ("bench", "벤치"),
    ("bird", "새"),
    ("cat", "고양이"),
    ("dog", "강아지"),
    ("horse", "말"),
    ("sheep", "양"),
    ("cow", "소"),
    ("elephant", "코끼리"),
    ("bear", "곰"),
    ("zebra", "얼룩말"),
    ("giraffe", "기린"),
    ("backpack", "배낭"),
    ("umbrella", "우산"),
    ("handbag", "핸드백"),
    ("tie", "넥타이"),
    ("suitcase", "여행 가방"),
    ("frisbee", "원반"),
    ("skis", "스키"),
    ("snowboard", "스노보드"),
    ("sports ball", "공"),
    ("kite", "연"),
    ("baseball bat", "야구 방망이"),
    ("baseball glove", "야구 글러브"),
    ("skateboard", "스케이트보드"),
    ("surfboard", "서핑보드"),
    ("tennis racket", "테니스 라켓"),
    ("bottle", "병"),
    ("wine glass", "와인잔"),
    ("cup", "컵"),
    ("fork", "포크"),
    ("knife", "칼"),
    ("spoon", "숟가락"),
    ("bowl", "그릇"),
    ("banana", "바나나"),
    ("apple", "사과"),
    ("sandwich", "샌드위치"),
    ("orange", "오렌지"),
    ("broccoli", "브로콜리"),
    ("carrot", "당근"),
    ("hot dog", "핫도그"),
    ("pizza", "피자"),
    ("donut", "도넛"),
    ("cake", "케이크"),
    ("chair", "의자"),
    ("couch", "소파"),
    ("potted plant", "화분"),
    ("bed", "침대"),
    ("dining table", "식탁"),
    ("toilet", "변기"),
    ("tv", "텔레비전"),
    ("laptop", "노트북"),
    ("mouse", "마우스"),
    ("remote", "리모컨"),
    ("keyboard", "키보드"),
    ("cell phone", "휴대전화"),
    ("microwave", "전자레인지"),
    ("oven", "오븐"),
    ("toaster", "토스터"),
    ("sink", "싱크대"),
    ("refrigerator", "냉장고"),
    ("book", "책"),
    ("clock", "시계"),
    ("vase", "꽃병"),
    ("scissors", "가위"),
    ("teddy bear", "곰 인형"),
    ("hair drier", "헤어드라이어"),
    ("toothbrush", "칫솔"),
)
"""(English, Korean) in the order of the network's classes."""


class Name(NamedTuple):
    """One class of Open Images: English and Korean name, and the word it is counted with."""

    english: str
    korean: str
    counter: str


@functools.cache
def open_images() -> tuple[Name, ...]:
    """Return Open Images V7's 601 classes in the order of the network's.

    Raises:
        StorageError: the table that ships with the program is missing or damaged.
    """
    path = paths.resources_dir() / "objects" / "oiv7.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        return tuple(Name(*line.split("\t")) for line in lines)
    except (OSError, UnicodeDecodeError, TypeError) as error:
        raise StorageError(
            f"이름표를 읽을 수 없어요: {path}. 프로그램을 다시 설치해 주세요.",
            f"Cannot read the table of names {path}: {error}. Install the program again.",
        ) from error


@functools.cache
def by_english() -> dict[str, str]:
    """Return every English name in lower case -> Korean; COCO's first where both have one.

    >>> by_english()["antelope"], by_english()["bat"], by_english()["cell phone"]
    ('영양', '박쥐', '휴대전화')
    """
    names: dict[str, str] = {}
    for english, korean, _ in open_images():
        names[english.lower().split(" (")[0]] = korean
        names[english.lower()] = korean
    return {**names, **dict(COCO)}


@functools.cache
def by_korean() -> dict[str, str]:
    """Return every Korean name -> English, its first letter large; COCO's where both have one.

    >>> by_korean()["고양이"], by_korean()["식탁"], by_korean()["영양"]
    ('Cat', 'Dining table', 'Antelope')
    """
    rows = [(english, korean) for english, korean, _ in reversed(open_images())]
    return {korean: english[:1].upper() + english[1:] for english, korean in (*rows, *COCO)}
