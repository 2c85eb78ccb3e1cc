"""Answers that the user taught: kept in one file of the data folder, asked before all others."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from engine import paths
from engine.chat.words import key
from engine.errors import InputError, Message, StorageError
from engine.saving import write_whole

FILE = "chat.json"
ALIKE = 0.8
"""Share of common characters and neighbours from which a question is the taught one."""
LONGEST = 1000


@dataclass(frozen=True)
class Taught:
    """A sentence and the answer that the user wants to it."""

    question: str
    answer: str


class Personal:
    """The taught pairs; the newest for a question counts. Thread-safe.

    Attributes:
        problem: why earlier pairs could not be read, if so; the file was put aside.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.data_place() / FILE
        self._lock = threading.RLock()
        self.problem: Message | None = None
        self._pairs: list[Taught] = self._read()

    @property
    def pairs(self) -> tuple[Taught, ...]:
        """Every taught pair, the oldest first."""
        return tuple(self._pairs)

    def find(self, text: str) -> Taught | None:
        """Return the newest pair whose question is (almost) *text*."""
        asked = _grams(text)
        best = max(
            reversed(self._pairs),
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
        with self._lock:
            others = [pair for pair in self._pairs if not _same(pair.question, question)]
            self._write([*others, Taught(question, answer)])

    def forget(self, question: str | None = None) -> None:
        """Forget the answer to *question*, or all when ``None``.

        Raises:
            StorageError: it cannot be written; nothing has changed then.
        """
        with self._lock:
            self._write([p for p in self._pairs if question and not _same(p.question, question)])

    def _write(self, pairs: list[Taught]) -> None:
        rows = [{"question": pair.question, "answer": pair.answer} for pair in pairs]
        content = json.dumps({"pairs": rows}, ensure_ascii=False, indent=1)
        write_whole(self._path, content.encode(), make_folder=True)
        self._pairs = pairs

    def _read(self) -> list[Taught]:
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))["pairs"]
            return [Taught(str(row["question"]), str(row["answer"])) for row in rows]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageError(
                f"가르친 답을 읽을 수 없어요: {self._path} ({error.strerror})",
                f"Cannot read {self._path}: {error.strerror}",
            ) from error
        except (ValueError, KeyError, TypeError):
            self._put_aside()
            return []

    def _put_aside(self) -> None:
        aside = self._path.with_suffix(".broken.json")
        self.problem = Message(
            f"가르친 답의 파일이 손상되어 {aside.name}(으)로 옮겼어요. 답을 다시 가르쳐 주세요.",
            f"The file of taught answers is damaged and now called {aside.name}. Teach them again.",
        )
        try:
            self._path.replace(aside)
        except OSError as error:
            raise StorageError(
                f"손상된 파일을 옮길 수 없어요: {self._path} ({error.strerror})",
                f"Cannot put the damaged {self._path} aside: {error.strerror}",
            ) from error


def _grams(text: str) -> set[str]:
    found = f" {key(text) or ''.join(text.split())} "
    return {found[i : i + n] for n in (1, 2) for i in range(len(found) - n + 1)}


def _dice(one: set[str], two: set[str]) -> float:
    return 2 * len(one & two) / max(len(one) + len(two), 1)


def _same(one: str, two: str) -> bool:
    return _grams(one) == _grams(two)
