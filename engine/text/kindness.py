"""What must not leave the tab: abuse, hate, and remarks on a person's looks, age or body."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from engine.core import paths
from engine.models import store
from engine.text.korean.object_names import COCO
from engine.text.normalize import normalize
from engine.text.sentences import without_emoji

if TYPE_CHECKING:
    from engine.text.ngrams import NgramModel

FILE = "profanity.txt"
"""In ``resources/words``: one regular expression a line, ``#`` before a comment."""

_LETTER = "가-힣ㄱ-ㅎㅏ-ㅣ"
_INSIDE = re.compile(rf"(?<=[{_LETTER}])[0-9!@#$%^&*._\-~+=|/\\'\"`;:ㅡ·‧…]+(?=[{_LETTER}])")
_APART = re.compile(rf"(?<![{_LETTER}])[{_LETTER}](?: [{_LETTER}])+(?![{_LETTER}])")


def fold(text: str) -> str:
    """Return the text that abuse is looked for in.

    Normalised, lower case; signs and digits inside a word are dropped, and syllables that
    stand alone one after the other are joined.

    >>> fold("시1발"), fold("시 발"), fold("택시 발견"), fold("ㅅ.ㅂ")
    ('시발', '시발', '택시 발견', 'ㅅㅂ')
    """
    tight = _INSIDE.sub("", normalize(text).lower())
    return _APART.sub(lambda hit: hit[0].replace(" ", ""), tight)


def abusive(text: str) -> bool:
    """Whether *text* has a word of the list, however it is spelled.

    >>> abusive("이런 시1발"), abusive("여행의 시발점"), abusive("이 새끼 고양이")
    (True, False, False)
    """
    return _listed().search(fold(text)) is not None


@functools.cache
def _listed() -> re.Pattern[str]:
    lines = (paths.resources_dir() / "words" / FILE).read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and line[0] != "#"))


# ----------------------------------------------------------------------------------------
# Remarks on a person's looks, age or body, hurting or flattering: rules over clauses.
#
# What is said of an animal or a thing is none: a clause whose subject is one ("강아지가
# 통통하고 귀여워요") is spared, unless its verb honours a person ("날씬하시네요").

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


def find_remark(text: str) -> Remark:
    """Return ``"looks"``, ``"age"`` or ``"body"`` for the first remark on a person, else ``""``.

    The rules are ``resources/words/remarks.txt``, the things ``things.txt`` beside it.

    >>> texts = "살이 좀 찌셨네요", "동안이시네요", "강아지가 통통해서 귀여워요"
    >>> [find_remark(text) for text in texts]
    ['body', 'age', '']
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


# ----------------------------------------------------------------------------------------
# The kindness filter's classifier: how likely a text is hateful or offensive.

NAME = "kindness"
CLASSIFIER = "kindness.npz"
THRESHOLD = "threshold"
"""The model's extra array: the chance from which a text counts as unkind."""


def hate_probabilities(texts: Sequence[str]) -> tuple[list[float], float]:
    """Return the chance in 0..1 that each text is unkind, and the model's threshold.

    Raises:
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    import numpy as np

    from engine.text import ngrams

    model = _model()
    odds = model.logits([ngrams.fold(text) for text in texts])[:, 0].astype(np.float64)
    return (1 / (1 + np.exp(-odds))).tolist(), float(model.extra[THRESHOLD])


def _model() -> NgramModel:
    from engine.text import ngrams as ngram_model

    return store.load(NAME, ngram_model.read)


Reason = Literal["", "hate", "looks", "age", "body", "profanity"]


@dataclass(frozen=True)
class Verdict:
    """Whether one text may be shown as it is.

    Attributes:
        kind: nothing speaks against it.
        reason: what does, ``""`` if nothing.
        score: how sure, in 0..1: 1 where a rule or the list decided, else the classifier's
            chance that the text is hateful or offensive.
    """

    kind: bool
    reason: Reason
    score: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {"kind": self.kind, "reason": self.reason, "score": round(self.score, 4)}


def check(texts: Sequence[str]) -> list[Verdict]:
    """Judge each text: the list of abuse first, then remarks on a person, then the classifier.

    Emoji are no words: the classifier does not see them.

    >>> [verdict.reason for verdict in check(["나무가 멋져요! 🌳", "시1발", "동안이시네요"])]
    ['', 'profanity', 'age']

    Raises:
        ModelMissingError, ModelCorruptError: the classifier cannot be loaded.
    """
    if not texts:
        return []
    chances, limit = hate_probabilities([without_emoji(text) for text in texts])
    return [_judge(text, chance, limit) for text, chance in zip(texts, chances, strict=True)]


def _judge(text: str, chance: float, limit: float) -> Verdict:
    if abusive(text):
        return Verdict(False, "profanity", 1.0)
    remark = find_remark(text)
    if remark:
        return Verdict(False, remark, 1.0)
    return Verdict(chance < limit, "" if chance < limit else "hate", chance)
