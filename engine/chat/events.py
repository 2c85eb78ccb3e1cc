"""News of a life: a test passed, a job lost, a death. What is fitting to say is known by rule.

The text-emotion model reads how something is said; "엄마가 돌아가셨어" names no feeling at all.
Patterns and answers lie in ``resources/chat/news.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass

from engine.chat.reflection import asks, reported
from engine.chat.words import key
from engine.core import paths
from engine.text.korean.conjugation import past
from engine.text.normalize import canonical

_GOES_ON = re.compile(
    r"어|다|음|네|지|죠|는데|거든|답니다|습니다|고|더니|대|단다|구나|으니|[아어]서|래|라|요"
    r"|이(?:래|라|야|에요|었|네|거든|니)|[ㅠㅜㅋㅎ]|$"
)
"""What may follow a past: 합격했어 is news; 합격했으면, 합격했을까 and 합격했던 are none."""

_NOT = re.compile(r"(?<!\S)(?:안|못)\s*(?=[가-힣])")
_NOT_AFTER = re.compile(r"([가-힣]+)지(?:는|도|를)?\s?(?:않으셨|못하셨|않았|못했)")
_IS_NOT = re.compile(r"(?:이|가|은|는)?\s?아니(?=래|라고|라는|라네|었|에요|야)")
"""Ways to say no: 안 왔어, 오지 않았어, 암이 아니래."""

_BUT_NOT_I = re.compile(
    r"(?:는데|지만|고)\s(?:나|난|나는|나만|저|전|저는|저만)\s\S*\s?(?:안|못)\s?[가-힣]"
)
"""동기는 승진했는데 나는 못 했어: the good news of others that did not come to oneself."""

_SOMEBODY = re.compile(
    r"(?:친구|동생|언니|누나|오빠|형|엄마|아빠|어머니|아버지|부모님|할머니|할아버지|남편|아내|와이프"
    r"|딸|아들|조카|사촌|이모|고모|삼촌|숙모|동료|선배|후배|팀장|사장|부장|과장|선생|교수|애인|남자친구"
    r"|여자친구|남친|여친|옆집|이웃|지인|친척|아저씨|아주머니|아줌마|상사|걔|그분|사람|[가-힣]{0,3}(?=씨))"
    r"(?:님|씨|들|네)?(?:이|가|은|는|도|께서)"
)
"""Words for somebody else, who may be the one that it happened to."""

_NAMED = re.compile(r"[가-힣]{2,5}[이가]$")
_NO_PERSON = re.compile(r"의사|간호사|병원|검사|결과|회사|학교|뉴스")
"""In what others said, a subject may be a person's name; these only say it."""

_ADVERBS = {"아직", "아직도", "여전히", "벌써", "이미", "방금", "이번에", "이번에도", "오늘도"}
"""Words that may stand anywhere in news and change nothing."""

_OWN = re.compile(r"(?:나|내가|난|나는|나도|저|제가|전|저는|저도|우리가)")
_WHOSE_EVER = ("death", "pet loss", "bullied", "violence")
"""News of somebody else in any case: the one who tells it is the one to speak to."""

MISSED, SPARED = "missed", "spared"
"""Names of good news and of bad news that did not happen."""


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


@dataclass(frozen=True)
class News:
    """The file: each kind with its pattern; what is said to news of others and to denied news.

    Attributes:
        kinds: (kind, pattern of a sentence's key).
        of_others, denied: whether the news is good -> what may be said.
    """

    kinds: tuple[tuple[Event, re.Pattern[str]], ...]
    of_others: dict[bool, tuple[str, ...]]
    denied: dict[bool, tuple[str, ...]]


def event(said: str) -> Event | None:
    """Return the news in a sentence, of several the last; ``None`` if there is none.

    >>> found = event("시험 봤는데 합격했어!")
    >>> found.name, found.good
    ('passed', True)
    >>> event("합격했으면 좋겠다"), event("나 합격할까?")
    (None, None)
    >>> event("월급이 안 들어왔어").name, event("다치지 않았어").name
    ('missed', 'spared')
    """
    if asks(said):
        return None
    text = canonical(said)
    affirmed = _affirmed(text)
    if _BUT_NOT_I.search(text) and (others := _last(text)) is not None and others.good:
        return Event(MISSED, False, news().denied[True])
    told, denied = _last(text), _last(affirmed) if affirmed != text else None
    if denied is None or (told is not None and told.name == denied.name):
        return told
    name = MISSED if denied.good else SPARED
    return Event(name, not denied.good, news().denied[denied.good])


@functools.cache
def news() -> News:
    """Return the file's contents, read once."""
    path = paths.resources_dir() / "chat" / "news.toml"
    file = tomllib.loads(path.read_text(encoding="utf-8"))

    def by_good(rows: dict[str, list[str]]) -> dict[bool, tuple[str, ...]]:
        return {True: tuple(rows["good"]), False: tuple(rows["bad"])}

    return News(
        tuple(
            (
                Event(row["name"], row["good"], tuple(row["answers"])),
                re.compile("|".join(row["patterns"])),
            )
            for row in file["news"]
        ),
        by_good(file["of_others"]),
        by_good(file["denied"]),
    )


def denies(said: str) -> bool:
    """Whether a sentence says that something did not happen or is not so.

    >>> denies("선물을 못 받았어"), denies("비가 오지 않았어"), denies("안경을 샀어")
    (True, True, False)
    """
    text = canonical(said)
    spaced = re.search(
        r"(?<!\S)(?:안|못)(?:\s|[와왔가갔돼됐되나났들먹했해하자잤줬봤보오올풀맞믿살])", text
    )
    return bool(spaced or _NOT_AFTER.search(text) or _IS_NOT.search(text))


def _affirmed(text: str) -> str:
    """Return the sentence with what it denies said to be so.

    >>> _affirmed("월급이 안 들어왔어"), _affirmed("월급을 받지 못했어"), _affirmed("암이 아니래")
    ('월급이 들어왔어', '월급을 받았어', '암이래')
    """
    text = _NOT_AFTER.sub(lambda hit: past(hit[1]), text)
    return _NOT.sub("", _IS_NOT.sub("이", text))


def _last(text: str) -> Event | None:
    """Return the last news in a sentence, denied or not."""
    text = " ".join(word for word in text.split() if word not in _ADVERBS)
    found, last, kept = key(text), -1, None
    for kind, pattern in news().kinds:
        for match in pattern.finditer(found):
            if match.end() > last and _happened(found, match):
                last = match.end()
                theirs = kind.name not in _WHOSE_EVER and _theirs(text, match.start())
                answers = news().of_others[kind.good] if theirs else kind.answers
                kept = Event(kind.name, kind.good, answers)
    return kept


def _happened(found: str, match: re.Match[str]) -> bool:
    """Whether the news is told as something that has happened."""
    word = match.start(match.lastindex or 0)
    told = _GOES_ON.match(found[match.end() :])
    return told is not None and not found[:word].endswith(("안", "못"))


def _theirs(text: str, before: int) -> bool:
    """Whether the last one named among the first *before* characters of the key is another."""
    theirs, said_by_others = False, reported(text)
    for word in text.split():
        before -= len(key(word))
        if before < 0:
            break
        name = said_by_others and _NAMED.match(word) and not _NO_PERSON.match(word)
        if _OWN.fullmatch(key(word)):
            theirs = False
        elif name or _SOMEBODY.match(key(word)):
            theirs = True
    return theirs
