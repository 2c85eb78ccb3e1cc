"""Chance in the made-up reviews: topics, endings, openings and marks that fit together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.korean_forms import STYLES, Predicate, particle
from training.negations_words import BLAME, OTHER_TOPICS, PRAISE, TOPICS, Finding

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
