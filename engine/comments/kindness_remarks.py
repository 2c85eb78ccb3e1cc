"""Remarks on a person's looks, age or body, hurting or flattering: rules over clauses.

What is said of an animal or a thing is none: a clause whose subject is one ("강아지가
통통하고 귀여워요") is spared, unless its verb honours a person ("날씬하시네요").
"""

from __future__ import annotations

import functools
import re
from typing import Literal, NamedTuple, cast

from engine import paths
from engine.comments.names import COCO
from engine.text import normalize

Remark = Literal["", "looks", "age", "body"]

_CLAUSE = re.compile(r"[.!?~,;…\n]+|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_HONORED = re.compile(r"[으가-힣](?:세요|시네|시군|십니|시다|신(?![가-힣])|신데|신가|셨|시는|셔)")
_ALONE = "(?<![가-힣])"
_MORE = (
    r"(?:\s?(?:정말|참|너무|좀|조금|아주|되게|많이|진짜|어쩜|왜|더|꽤|이렇게|그렇게))*\s?"
)  # fmt: skip


class _Rule(NamedTuple):
    reason: Remark
    pattern: re.Pattern[str]


def remark(text: str) -> Remark:
    """Return ``"looks"``, ``"age"`` or ``"body"`` for the first remark on a person, else ``""``.

    The rules are ``resources/words/remarks.txt``, the things ``things.txt`` beside it.

    >>> remark("살이 좀 찌셨네요"), remark("동안이시네요"), remark("강아지가 통통해서 귀여워요")
    ('body', 'age', '')
    """
    for clause in _CLAUSE.split(normalize(text)):
        for rule in _rules():
            hit = rule.pattern.search(clause)
            if hit is not None and not _of_thing(clause, hit, rule.reason):
                return rule.reason
    return ""


def _of_thing(clause: str, hit: re.Match[str], reason: Remark) -> bool:
    """Whether the clause speaks of a thing: its subject, or the noun that the word describes."""
    before, after = clause[: hit.start()], clause[hit.end() :]
    if _described().match(after):
        return True
    if _subject().search(before) is None:
        return False
    # 미소가 예쁘세요 honours the smile's owner; 모습이 날씬하시네요 is about the person.
    return reason == "looks" or _HONORED.search(hit[0] + after[:6]) is None


def _lines(name: str) -> list[str]:
    text = (paths.resources_dir() / "words" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    found: dict[str, list[str]] = {}
    for line in _lines("remarks.txt"):
        reason, pattern = line.split(" ", 1)
        written = pattern.replace("{alone}", _ALONE).replace("{more}", _MORE)
        found.setdefault(reason, []).append(written)
    return tuple(
        _Rule(cast(Remark, reason), re.compile("|".join(patterns)))
        for reason, patterns in found.items()
    )


@functools.cache
def _things() -> str:
    names = {name for english, name in COCO if english != "person"}
    names.update(name for line in _lines("things.txt") for name in line.split())
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@functools.cache
def _subject() -> re.Pattern[str]:
    """A thing that the clause is about: with a subject's or a possessor's particle."""
    return re.compile(rf"(?<![가-힣])(?:{_things()})들?(?:(?:이|가|은|는|도|의)(?![가-힣])|\s?$)")


@functools.cache
def _described() -> re.Pattern[str]:
    """The rest of a word that describes, and a thing: 큰 나무, 통통한 고양이."""
    particle = "[이가은는도을를의와과]|이?네요?|이?군요?|이?에요|예요|입니다|[이인]데요?"
    return re.compile(rf"[가-힣]{{0,2}}\s(?:{_things()})들?(?:{particle})?(?![가-힣])")
