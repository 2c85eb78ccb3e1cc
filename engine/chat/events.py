"""News of a life: a test passed, a job lost, a death. What is fitting to say is known by rule.

The text-emotion model reads how something is said; "엄마가 돌아가셨어" names no feeling at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.chat.news_bad import BAD
from engine.chat.news_good import GOOD
from engine.chat.reflect import asks
from engine.chat.words import key

_GOES_ON = re.compile(
    r"어|다|음|네|지|죠|는데|거든|답니다|습니다|고|더니|대|단다|구나|으니|[아어]서|[ㅠㅜㅋㅎ]|$"
)
"""What may follow a past: 합격했어 is news; 합격했으면, 합격했을까 and 합격했던 are none."""

_DENIED = ("안", "못")

_PERSONS = """
친구 동생 언니 누나 오빠 형 엄마 아빠 어머니 아버지 부모님 할머니 할아버지 남편 아내 와이프 딸
아들 조카 사촌 이모 고모 삼촌 동료 선배 후배 팀장님 사장님 선생님 애인 남자친구 여자친구 남친
여친 옆집
"""
"""Words for somebody else, who may be the one that it happened to."""

_SOMEBODY = re.compile(rf"(?:{'|'.join(_PERSONS.split())})들?(?:이|가|은|는|도|께서)")
_WHOSE_EVER = ("death", "pet loss", "bullied")
"""News of somebody else in any case: the one who tells it is the one to speak to."""

OF_OTHERS: dict[bool, tuple[str, ...]] = {
    True: (
        "정말 좋은 소식이네요! 그 말을 들었을 때 기분이 어땠어요?",
        "반가운 소식이네요! 어떤 축하를 해 주고 싶으세요?",
    ),
    False: (
        "곁에서 보는 마음도 무거우시겠어요. 지금 제일 마음이 쓰이는 건 뭐예요?",
        "많이 걱정되시겠어요. 어떤 말을 건네고 싶으세요?",
    ),
}
"""What is said where it happened to somebody else: to good news (``True``), to bad news."""

_COMPILED = [
    (name, good, re.compile("|".join(patterns)), answers)
    for good, rows in ((True, GOOD), (False, BAD))
    for name, patterns, answers in rows
]


@dataclass(frozen=True)
class Event:
    """A kind of news.

    Attributes:
        name: what it is called in :class:`engine.chat.Reply`.
        good: whether it is good news.
        answers: what may be said to it; one is chosen.
    """

    name: str
    good: bool
    answers: tuple[str, ...]


def event(said: str) -> Event | None:
    """Return the news in a sentence, of several the last; ``None`` if there is none.

    >>> found = event("시험 봤는데 합격했어!")
    >>> found.name, found.good
    ('passed', True)
    >>> event("합격했으면 좋겠다"), event("나 합격할까?"), event("화해 안 했어")
    (None, None, None)
    """
    if asks(said):
        return None
    found, last, kept = key(said), -1, None
    for name, good, pattern, answers in _COMPILED:
        for match in pattern.finditer(found):
            if match.end() > last and _happened(found, match):
                theirs = name not in _WHOSE_EVER and _SOMEBODY.search(found[: match.start()])
                last = match.end()
                kept = Event(name, good, OF_OTHERS[good] if theirs else answers)
    return kept


def _happened(found: str, match: re.Match[str]) -> bool:
    """Whether the news is told as something that has happened."""
    word = match.start(match.lastindex or 0)
    told = _GOES_ON.match(found[match.end() :])
    return told is not None and not found[:word].endswith(_DENIED)
