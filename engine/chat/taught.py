"""Answers that the user taught: kept in one file of the data folder, asked before all others."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from engine.chat.words import key
from engine.core import paths, state
from engine.core.errors import InputError, Message

FILE = "chat.json"
ALIKE = 0.8
"""Share of common characters and neighbours from which a question is the taught one."""
LONGEST = 1000


@dataclass(frozen=True)
class Taught:
    """A sentence and the answer that the user wants to it."""

    question: str
    answer: str


Pairs: TypeAlias = tuple[Taught, ...]


def _decode(data: dict[str, Any]) -> tuple[Pairs, int]:
    pairs, lost = state.entries(
        data["pairs"], lambda row: Taught(state.text(row["question"]), state.text(row["answer"]))
    )
    return tuple(pairs), lost


_STATE: state.StateFile[Pairs] = state.StateFile(
    title=Message("가르친 답", "the taught answers"),
    decode=_decode,
    encode=lambda pairs: {"pairs": [asdict(pair) for pair in pairs]},
    empty=(),
)


class Personal:
    """The taught pairs; the newest for a question counts. Threads and programs share them.

    A damaged file is set aside and told (``engine.core.state``).
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.data_place() / FILE

    @property
    def pairs(self) -> Pairs:
        """Every taught pair, the oldest first.

        Raises:
            StorageError: the file cannot be read.
        """
        return _STATE.read(self._path)

    def find(self, text: str) -> Taught | None:
        """Return the newest pair whose question is (almost) *text*."""
        asked = _grams(text)
        best = max(
            reversed(self.pairs),
            key=lambda pair: _dice(asked, _grams(pair.question)),
            default=None,
        )
        if best is None or _dice(asked, _grams(best.question)) < ALIKE:
            return None
        return best

    def teach(self, question: str, answer: str) -> None:
        """Keep an answer to *question*; a former one to the same question is replaced.

        Raises:
            InputError: one of them is empty or longer than ``LONGEST`` characters.
            StorageError: it cannot be written; nothing has changed then.
        """
        question, answer = " ".join(question.split()), answer.strip()
        if not question or not answer:
            raise InputError("답을 적어 주세요.", "Write the answer that you want.")
        if max(len(question), len(answer)) > LONGEST:
            raise InputError(
                f"가르칠 말은 {LONGEST:,}자까지예요.",
                f"What is taught may have {LONGEST:,} characters.",
            )
        taught = Taught(question, answer)
        _STATE.change(self._path, lambda pairs: (*_without(pairs, question), taught))

    def forget(self, question: str | None = None) -> None:
        """Forget the answer to *question*, or all when ``None``.

        Raises:
            StorageError: it cannot be written; nothing has changed then.
        """
        _STATE.change(self._path, lambda pairs: _without(pairs, question) if question else ())


def _without(pairs: Pairs, question: str) -> Pairs:
    return tuple(pair for pair in pairs if not _same(pair.question, question))


def _grams(text: str) -> set[str]:
    found = f" {key(text) or ''.join(text.split())} "
    return {found[i : i + n] for n in (1, 2) for i in range(len(found) - n + 1)}


def _dice(one: set[str], two: set[str]) -> float:
    return 2 * len(one & two) / max(len(one) + len(two), 1)


def _same(one: str, two: str) -> bool:
    return _grams(one) == _grams(two)
