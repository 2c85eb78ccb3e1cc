"""Words of the made-up reviews: what is talked about, and how it can be found.

A level says how a Korean reader would rate: 3 glowing, 2 good, 1 mildly good, 0 in the
middle, and the same below 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from training.korean_forms import ADJECTIVE, COPULA, VERB, Predicate, predicate

RATINGS: dict[float, tuple[int, ...]] = {
    3: (10, 10, 10, 9),
    2: (9, 10, 10),
    1: (9, 9, 9, 8),
    0.5: (6, 7, 7, 8),
    0: (5, 6, 6, 7),
    -1: (4, 4, 4, 3),
    -2: (1, 2, 2, 3),
    -3: (1, 1, 1, 2),
}
"""What a rating is drawn from, by level."""

TOPICS: dict[str, tuple[str, ...]] = {
    "whole": ("영화", "작품", "이 영화", "이 작품", "전체적으로", "", "", "", ""),
    "story": ("스토리", "이야기", "줄거리", "전개", "시나리오", "각본", "내용", "플롯"),
    "setting": ("설정", "소재", "세계관", "아이디어", "주제"),
    "ending": ("결말", "엔딩", "마지막", "후반부", "마무리"),
    "acting": ("연기", "배우 연기", "주연 연기", "조연들 연기", "아역 연기", "배우들 연기"),
    "actor": ("배우", "주인공", "남주", "여주", "조연", "캐릭터", "악역"),
    "directing": ("연출", "편집", "감독 연출", "장면 전환", "구성"),
    "music": ("음악", "ost", "배경음악", "노래", "사운드"),
    "picture": ("영상", "화면", "그래픽", "영상미", "미술", "색감", "cg"),
    "action": ("액션", "추격 장면", "전투 장면", "싸움 장면"),
    "humor": ("개그", "유머", "대사", "코미디"),
    "food": ("음식", "국물", "메뉴", "커피", "고기", "빵", "반찬"),
    "staff": ("직원분들", "사장님", "상담원", "응대", "서비스"),
    "goods": ("제품", "디자인", "배송", "품질", "가격", "포장", "앱", "화질", "배터리"),
    "book": ("책", "소설", "강의", "웹툰", "게임", "공연", "드라마", "노래"),
}

OTHER_TOPICS = ("food", "staff", "goods", "book")
"""Topics that no film has."""


@dataclass(frozen=True)
class Finding:
    """One predicate, the topics that it fits and its level.

    Attributes:
        short: whether 안 X is usual; *deny*: whether X지 않다 has the opposite side.
    """

    word: Predicate
    topics: tuple[str, ...]
    level: int
    short: bool
    deny: bool


_PRAISE = """
재미있 whole,story,humor,book 2 deny
재밌 whole,story,humor,book 2 short,deny
좋 whole,story,setting,ending,acting,directing,music,picture,action,book,food,goods 2 short,deny
훌륭하 whole,story,ending,acting,directing,music,picture 3 deny
뛰어나 acting,directing,music,picture 3 deny
완벽하 whole,story,ending,acting,directing 3 -
탄탄하 story,setting,directing 2 deny
흥미롭 whole,story,setting,book 2 deny
신선하 story,setting,directing,food 2 short,deny
매끄럽 story,directing 1 deny
자연스럽 story,acting,ending 2 deny
아름답 whole,music,picture 3 deny
따뜻하 whole,story,ending 2 -
시원하 action 2 deny
통쾌하 whole,ending,action 2 deny
화려하 picture,action 2 deny
웃기 whole,humor 2 short,deny
긴장감 있 whole,story,directing,action 2 deny
설득력 있 story,ending,acting 2 deny
괜찮 whole,story,ending,acting,directing,music,picture,action,food,goods,staff,book 1 deny
볼만하 whole,action,picture 1 deny
매력적 actor,whole,setting 2 copula,deny
인상적 whole,ending,acting,music,directing 2 copula,deny
감동적 whole,story,ending,music 3 copula,deny
사랑스럽 actor 2 deny
감각적 directing,picture,music 2 copula,deny
최고 whole,acting,music,picture,action,directing,food,book 3 copula
일품 acting,music,picture,food 3 copula
맛있 food 2 short,deny
친절하 staff 2 short,deny
빠르 goods:배송 2 short,deny
튼튼하 goods:제품|품질|포장 2 deny
편하 goods:앱|제품 2 short,deny
착하 goods:가격 2 deny
예쁘 goods:디자인,picture,actor 2 short,deny
"""

_BLAME = """
재미없 whole,story,humor,book -2 deny
지루하 whole,story,ending,directing,book -2 short,deny
따분하 whole,story,book -2 short,deny
지겹 whole,story -2 short,deny
별로 whole,story,ending,acting,directing,music,picture,action,food,goods,staff,book -2 copula
나쁘 whole,story,ending,acting,directing,music,picture,action,goods -2 short,deny
실망스럽 whole,story,ending,acting,directing,food,goods,book -2 deny
아쉽 whole,story,ending,acting,directing -1 short,deny
답답하 whole,story,ending -2 short,deny
어색하 acting,directing,picture,humor -2 short,deny
유치하 whole,story,humor,setting -2 short,deny
뻔하 story,ending,setting -2 short,deny
식상하 story,setting,ending,humor -2 short,deny
진부하 story,setting,humor -2 deny
엉성하 story,directing,setting,picture -2 deny
허술하 story,setting,directing -2 deny
산만하 story,directing,whole -2 deny
억지스럽 story,ending,setting,humor -2 deny
어설프 acting,story,directing,picture -2 deny
조잡하 picture,directing,goods:제품|포장 -3 deny
허무하 ending,whole -2 short,deny
밋밋하 story,ending,action,music -1 deny
촌스럽 picture,music,directing,goods:디자인 -2 short,deny
오글거리 humor,acting,whole -2 verb,short,deny
졸리 whole -2 short,deny
늘어지 story,directing,whole -1 verb,short,deny
느리 story,goods:배송|앱 -1 short,deny
난해하 whole,story -1 short,deny
시끄럽 music,whole -1 short,deny
부족하 acting,story,directing -1 deny
거슬리 music,acting,actor -2 verb,short,deny
부담스럽 acting,actor,goods:가격 -1 short,deny
형편없 whole,story,acting,directing,picture,food,goods,staff -3 -
최악 whole,story,ending,acting,directing,food,staff,book -3 copula
엉망 whole,story,directing,picture,goods:배송|포장|품질 -3 copula
맛없 food -2 deny
짜 food:국물|반찬 -1 short,deny
느끼하 food:고기|메뉴|빵 -1 short,deny
불친절하 staff -2 deny
불편하 goods:앱|제품 -2 short,deny
비싸 goods:가격|제품,food:메뉴|커피 -1 short,deny
"""


def _read(table: str) -> tuple[Finding, ...]:
    found = []
    for line in table.strip().splitlines():
        *stem, topics, level, flags = line.split()
        marks = flags.split(",")
        kind = COPULA if "copula" in marks else VERB if "verb" in marks else ADJECTIVE
        word = predicate(" ".join(stem), kind)
        found.append(
            Finding(word, tuple(topics.split(",")), int(level), "short" in marks, "deny" in marks)
        )
    return tuple(found)


PRAISE, BLAME = _read(_PRAISE), _read(_BLAME)
