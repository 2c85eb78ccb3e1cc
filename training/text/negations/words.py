"""Chance in the made-up reviews: topics, endings, openings and marks that fit together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.text.korean import conjugation
from engine.text.korean.hangul import final_of, with_final

ADJECTIVE, VERB, EXISTENCE, COPULA = "adjective", "verb", "existence", "copula"


def particle(noun: str, closed: str, open_: str) -> str:
    """Return *noun* with the particle that fits its last syllable.

    >>> particle("연기", "은", "는"), particle("결말", "은", "는")
    ('연기는', '결말은')
    """
    return noun + (closed if final_of(noun) else open_)


@dataclass(frozen=True)
class Predicate:
    """One predicate; every form is a property.

    Attributes:
        stem: dictionary form without 다 (a copula: the noun before it).
        joined: the 아/어 form: 좋아, 지루해, 아까워.
        loose: stem before 으: 좋, 지루하, 아까우.
        kind: one of the four kinds.
    """

    stem: str
    joined: str
    loose: str
    kind: str

    def after(self, words: str) -> Predicate:
        """Return the predicate with *words* before it."""
        stem, joined, loose = (words + part for part in (self.stem, self.joined, self.loose))
        return Predicate(stem, joined, loose, self.kind)

    @property
    def denied(self) -> Predicate:
        """X지 않다."""
        return self.denied_by("지")

    def denied_by(self, link: str) -> Predicate:
        """Return X지 않다 with 지, 지는, 진 or 지도 as *link*."""
        head = f"{self.base}{link} 않"
        return Predicate(head, head + "아", head, VERB if self.kind == VERB else ADJECTIVE)

    @property
    def base(self) -> str:
        """What 지, 네, 긴, 게, 더라 follow."""
        return self.stem if self.kind != COPULA or not final_of(self.stem) else self.stem + "이"

    @property
    def plain(self) -> str:
        """재밌다, 본다, 별로다."""
        if self.kind != VERB:
            return self.base + "다"
        if final_of(self.stem) in ("", "ㄹ"):
            return with_final(self.stem, "ㄴ") + "다"
        return self.stem + "는다"

    @property
    def quoted(self) -> str:
        """X다고 (copula: X라고)."""
        return f"{self.base}라고" if self.kind == COPULA else f"{self.plain}고"

    @property
    def ne(self) -> str:
        """X네."""
        base = with_final(self.base, "") if final_of(self.base) == "ㄹ" else self.base
        return base + "네"

    @property
    def polite(self) -> str:
        """X어요 (copula: 예요/이에요)."""
        if self.kind == COPULA:
            return self.stem + ("이에요" if final_of(self.stem) else "예요")
        return self.joined.replace("아니어", "아니에") + "요"

    @property
    def formal(self) -> str:
        """X습니다."""
        if self.kind == COPULA:
            return self.stem + "입니다"
        if final_of(self.base) in ("", "ㄹ"):
            return with_final(self.base, "ㅂ") + "니다"
        return self.base + "습니다"

    @property
    def noun(self) -> str:
        """X음 (지루함, 재밌음)."""
        return self._soft("ㅁ", "음")

    @property
    def past(self) -> str:
        """X었, before its ending."""
        if self.kind == COPULA:
            return self.stem + ("이었" if final_of(self.stem) else "였")
        return with_final(self.joined, "ㅆ")

    @property
    def modifier(self) -> str:
        """X은/는 before a noun."""
        if self.kind in (VERB, EXISTENCE):
            stem = with_final(self.stem, "") if final_of(self.stem) == "ㄹ" else self.stem
            return stem + "는"
        return self._soft("ㄴ", "은")

    @property
    def future(self) -> str:
        """X을 before a noun."""
        return self._soft("ㄹ", "을")

    def _soft(self, open_: str, closed: str) -> str:
        final = final_of(self.loose)
        if final == "ㄹ" and open_ == "ㅁ":
            return with_final(self.loose, "ㄻ")
        if final in ("", "ㄹ"):
            return with_final(self.loose, open_)
        return self.loose + closed

    def end(self, style: str) -> str:
        """Return the sentence's last word in one of ``STYLES``."""
        past = style.startswith("past ")
        name = style.removeprefix("past ")
        if past:
            whole = replace(self, stem=self.past, joined=self.past + "어", loose=self.past)
            return replace(whole, kind=ADJECTIVE).end(name)
        forms = {
            "다": self.plain,
            "네": self.ne,
            "네요": self.ne + "요",
            "어": self.base + "야" if self.kind == COPULA else self.joined.replace("니어", "니야"),
            "어요": self.polite,
            "습니다": self.formal,
            "음": self.noun,
            "더라": self.base + "더라",
            "더라고요": self.base + "더라고요",
        }
        return forms[name]


STYLES = (
    *("다", "past 다", "네요", "past 네요", "네", "past 네", "어요", "past 어요", "past 어"),
    *("습니다", "past 습니다", "음", "past 음", "더라", "더라고요", "어"),
)


def predicate(stem: str, kind: str = ADJECTIVE) -> Predicate:
    """Return the predicate of a stem, irregular ones (ㅂ, 르, 으, 낫, 그렇, 아니) included.

    >>> p = predicate("아깝")
    >>> p.plain, p.polite, p.modifier, p.noun, p.end("past 네요"), p.denied.end("past 다")
    ('아깝다', '아까워요', '아까운', '아까움', '아까웠네요', '아깝지 않았다')
    >>> predicate("늘어지", VERB).plain, predicate("별로", COPULA).end("past 어요")
    ('늘어진다', '별로였어요')
    """
    if kind == COPULA:
        loose = stem + "이"
        return Predicate(stem, loose, loose, kind)
    if stem[-1] in ("있", "없", "밌"):
        return Predicate(stem, stem + "어", stem, EXISTENCE)
    if stem.endswith("아니"):
        return Predicate(stem, stem + "어", stem, kind)
    return Predicate(stem, conjugation.joined(stem), conjugation.loose(stem), kind)


# ----------------------------------------------------------------------------------------
# Words of the made-up reviews: what is talked about, and how it can be found.
#
# A level says how a Korean reader would rate: 3 glowing, 2 good, 1 mildly good, 0 in the
# middle, and the same below 0.

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


INTENSE = ("정말", "진짜", "너무", "참", "아주", "굉장히", "엄청", "완전", "매우", "상당히", "되게")
NOT_AT_ALL = ("전혀", "하나도", "조금도", "결코", "절대", "1도")
NOT_MUCH = ("별로", "그다지", "그렇게", "딱히", "썩", "그리")

_OPENINGS = {
    "film": (
        *(
            "솔직히",
            "개인적으로",
            "저는",
            "나는",
            "난",
            "제 기준에는",
            "오늘 봤는데",
            "방금 봤는데",
        ),
        *("주말에 봤는데", "극장에서 봤는데", "친구랑 봤는데", "가족이랑 봤는데", "혼자 봤는데"),
        *("다시 봤는데", "tv에서 봤는데", "심야로 봤는데", "어제 봤어요.", "아이랑 봤는데", "음"),
        *(
            "끝까지 봤는데",
            "시사회로 봤는데",
            "두 번 봤는데",
            "솔직하게 말하면",
            "평점 보고 봤는데",
        ),
    ),
    "food": ("먹어봤는데", "어제 갔는데", "점심에 갔는데", "솔직히", "주문했는데", "친구랑 갔는데"),
    "staff": (
        "어제 갔는데",
        "문의했는데",
        "솔직히",
        "전화했는데",
        "처음 이용했는데",
        "매번 느끼지만",
    ),
    "goods": ("써봤는데", "한 달 썼는데", "솔직히", "처음 샀는데", "선물로 샀는데", "받아보니"),
    "book": ("솔직히", "이번에 봤는데", "하루 만에 봤는데", "개인적으로", "추천받아서 봤는데"),
}
_GLAD = (
    *("", "", "", ".", "!", "!!", "~", "^^", "ㅎㅎ", "ㅋㅋ", "ㅋㅋㅋㅋ", "♥", " 👍", " 😊"),
    "~~",
)
_SAD = (
    *("", "", "", ".", "..", "...", "ㅠㅠ", "ㅡㅡ", ";;", "ㅋㅋ", " ㅉㅉ", "!", " 👎", " 😡"),
    "ㅋ",
)
_CALM = ("", "", "", ".", ".", "..", "~", "ㅋㅋ", "ㅎㅎ")


@dataclass(frozen=True)
class Said:
    """A sentence without its opening and marks, its level, and what it is about."""

    text: str
    level: float
    about: str = "film"


class Draw:
    """Chooses, with one seeded generator."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def one(self, of: Sequence[str]) -> str:
        """Return one of several words."""
        return self.rng.choice(of)

    def chance(self, share: float) -> bool:
        """Return True in this *share* of the calls."""
        return self.rng.random() < share

    def end(self, word: Predicate) -> str:
        """Return the predicate with any ending."""
        return word.end(self.rng.choice(STYLES))

    def finding(
        self, side: int, about: str, *, deny: bool = False, again: bool = False
    ) -> tuple[Finding, str]:
        """Return a predicate of one side and the topic (with its limits) it is said of.

        Args:
            about: a topic group that it must fit; a topic that an earlier predicate was
                said of, if it must fit every noun of that one.
            again: whether *about* is such an earlier topic.
            deny: whether X지 않다 must be usual.
        """
        group = about.split(":")[0]
        fit = [
            (item, topic)
            for item in (PRAISE if side > 0 else BLAME)
            for topic in item.topics
            if (item.deny or not deny)
            and (topic in (about, group) if again else topic.split(":")[0] == about)
        ]
        return self.rng.choice(fit)

    def group(self) -> str:
        """Return a topic group that has predicates of both sides; films mostly."""
        if self.chance(0.12):
            return self.one(OTHER_TOPICS)
        film = [name for name in TOPICS if name not in OTHER_TOPICS and name != "actor"]
        return self.one([*film, "whole", "whole", "whole", "story"])

    def noun(self, topic: str) -> str:
        """Return a noun of a topic group such as "story" or "goods:배송|앱"."""
        group, _, only = topic.partition(":")
        return self.one(only.split("|") if only else TOPICS[group])

    def subject(self, topic: str, also: bool = False) -> str:
        """Return a noun with its particle (도 only if *also*) and a space, or nothing."""
        noun = self.noun(topic)
        if not noun or noun.endswith("으로"):
            return noun and noun + " "
        pair = self.rng.choice((("이", "가"), ("이", "가"), ("은", "는"), ("도", "도"), ("", "")))
        if pair[0] == "도" and not also:
            pair = ("은", "는")
        return particle(noun, *pair) + " "

    def dressed(self, said: Said) -> str:
        """Return the whole sentence: an opening at times, spaces at times left out, marks."""
        text = said.text
        if self.chance(0.35):
            opening = self.one(_OPENINGS[said.about if said.about in _OPENINGS else "film"])
            twice = "는데" in opening and ("봤" in text or "갔" in text)
            text = text if twice else f"{opening} {text}"
        if self.chance(0.2):
            text = text.replace("지 않", "지않").replace("안 ", "안").replace(" 없", "없")
        if self.chance(0.04):
            text = text.replace(" ", "")
        marks = _GLAD if said.level >= 1 else _SAD if said.level < 0 else _CALM
        return text + self.one(marks)
