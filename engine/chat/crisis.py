"""A cry for help: words of suicide, self-harm and hopelessness, and what is said to them.

Patterns and answers lie in ``resources/chat/crisis.toml``. Nothing here needs a model, so that help
comes also where one is missing.
"""

from __future__ import annotations

import functools
import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.chat.result import Reply, Turn
from engine.chat.words import key
from engine.core import paths
from engine.text.normalize import canonical

FOUND, HEARD = "crisis", "concern"
"""Names in :class:`engine.chat.Reply`: the answer to a crisis, those in the turns after."""

TURNS_AFTER = 2
"""So many turns after words of a crisis are answered with them in mind."""

_NEXT_WORD = re.compile(r"(?<=[가-힣])자\s+(?=[살해])")
"""혼자 살고, 가자 해서: without the space they would read 자살 and 자해."""

_REPORTED = re.compile(
    r"[다라자냐]고|[다라]는(?:말|얘기|이야기|글|문자|톡)|[대래]요?$|하는(?:걸|것을)|싶어(?:해|하)"
)
"""What follows where the words are somebody else's."""


@dataclass(frozen=True)
class _Lexicon:
    """The file, compiled.

    Attributes:
        harmless: taken out of a sentence before the kinds are searched.
        kinds: (name, pattern), the most urgent first.
        somebody: a person named as the one who speaks.
        answers: kind (and ``other``: somebody else's crisis) -> the answer.
        after, after_other: (pattern, answers) for the turns after, the first that fits.
    """

    harmless: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    somebody: re.Pattern[str]
    answers: dict[str, str]
    after: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    after_other: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]


def crisis(text: str) -> bool:
    """Whether someone may think of ending a life or of harming themselves, or has lost all hope.

    Recall goes before precision; figures of speech are none.

    >>> crisis("사는 게 의미가 없어"), crisis("배고파 죽겠다"), crisis("자 살 하고 싶다")
    (True, False, True)
    """
    return _search(text) is not None


def answer(text: str) -> Reply | None:
    """Return the answer to words of a crisis, with the numbers of those who help; ``None`` to
    other words.

    >>> answer("친구가 죽고 싶대").text.startswith("곁에서")
    True
    """
    found = _search(text)
    if found is None:
        return None
    said = _lexicon().answers[found]
    return Reply(said, "rule", matched=FOUND, answer=said)


def answer_after(text: str, turns: Sequence[Turn], rng: random.Random) -> Reply | None:
    """Return what is said while a crisis of the last turns is in mind; ``None`` if there is none.

    Nothing is joked about and nothing congratulated then, whatever *text* says.
    """
    recent = [turn.reply for turn in turns[-TURNS_AFTER:]]
    before = next((reply for reply in reversed(recent) if reply.matched == FOUND), None)
    if before is None:
        return None
    known = _lexicon()
    ways = known.after_other if before.answer == known.answers["other"] else known.after
    found = key(text)
    answers = next(answers for pattern, answers in ways if pattern.search(found))
    said = {reply.answer for reply in recent}
    chosen = rng.choice([one for one in answers if one not in said] or list(answers))
    return Reply(chosen, "rule", matched=HEARD, answer=chosen)


def _search(text: str) -> str | None:
    """Return which answer fits: a kind's, or ``other`` where somebody else spoke the words."""
    known = _lexicon()
    found = known.harmless.sub("", key(_NEXT_WORD.sub("", canonical(text))))
    for name, pattern in known.kinds:
        match = pattern.search(found)
        if match is not None:
            theirs = _theirs(found[: match.start()], found[match.start() :])
            return "other" if theirs else name
    return None


def _theirs(before: str, words: str) -> bool:
    """Whether somebody who is named *before* the words spoke them, or did what they say."""
    named = _lexicon().somebody.search(before)
    return named is not None and (not before[named.end() :] or bool(_REPORTED.search(words)))


@functools.cache
def _lexicon() -> _Lexicon:
    path = paths.resources_dir() / "chat" / "crisis.toml"
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    words: dict[str, str] = file["words"]

    def compiled(patterns: Sequence[str]) -> re.Pattern[str]:
        joined = "|".join(patterns)
        for name, expression in words.items():
            joined = joined.replace(f"{{{name}}}", expression)
        return re.compile(joined)

    def ways(rows: Sequence[dict[str, Any]]) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
        return tuple((compiled([row["pattern"]]), tuple(row["answers"])) for row in rows)

    return _Lexicon(
        harmless=compiled(file["harmless"]),
        kinds=tuple((kind["name"], compiled(kind["patterns"])) for kind in file["kind"]),
        somebody=compiled(["{person}(?:이|가|도|은|는|께서){so}"]),
        answers=dict(file["answers"]),
        after=ways(file["after"]),
        after_other=ways(file["after_other"]),
    )
