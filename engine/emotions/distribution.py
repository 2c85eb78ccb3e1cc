"""How often each emotion of the 감성대화말뭉치 occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.emotions import corpus
from engine.emotions.codes import GROUPS, NAMES, code_of, group_of
from engine.errors import InputError, Message
from engine.jobs import Progress

HEADER = ("코드", "감정", "대분류", "개수", "비율")
"""Columns of the label table."""
_UNKNOWN_KEPT = 20


@dataclass(frozen=True)
class LabelCount:
    """One emotion: its code, Korean name, group, count, and share of the counted in 0..1."""

    code: str
    name: str
    group: str
    count: int
    share: float

    def to_dict(self) -> dict[str, Any]:
        """Return the row as JSON-able plain types."""
        return {
            "code": self.code,
            "name": self.name,
            "group": self.group,
            "count": self.count,
            "share": round(self.share, 6),
        }


@dataclass(frozen=True)
class Distribution:
    """What the files hold.

    Attributes:
        labels: all 60 emotions in the order of their codes, those that never occur too.
        groups: count by group, in the order of ``codes.GROUPS``.
        total: number of dialogues or rows with a known emotion.
        skipped: number of those without one; *unknown*: the commonest such labels.
        files: files that were counted; *failures*: those that were not, and why.
    """

    labels: tuple[LabelCount, ...]
    groups: dict[str, int]
    total: int
    skipped: int
    unknown: dict[str, int]
    files: tuple[Path, ...]
    failures: tuple[tuple[Path, Message], ...]

    def top(self, number: int = 10) -> tuple[LabelCount, ...]:
        """Return the commonest emotions that occur, the lower code first among equals."""
        met = [label for label in self.labels if label.count]
        return tuple(sorted(met, key=lambda label: (-label.count, label.code))[:number])

    def rows(self) -> Iterator[tuple[str, str, str, int, float]]:
        """Yield the label table under ``HEADER``."""
        for label in self.labels:
            yield label.code, label.name, label.group, label.count, round(label.share, 6)

    def to_dict(self, top: int = 10) -> dict[str, Any]:
        """Return all of it as JSON-able plain types."""
        return {
            "total": self.total,
            "skipped": self.skipped,
            "unknown": dict(self.unknown),
            "groups": dict(self.groups),
            "top": [label.to_dict() for label in self.top(top)],
            "labels": [label.to_dict() for label in self.labels],
            "files": [str(path) for path in self.files],
            "failures": [
                {"file": str(path), "error": reason.en, "error_ko": reason.ko}
                for path, reason in self.failures
            ],
        }

    @classmethod
    def from_dict(cls, payload: dict[str, Any]) -> Distribution:
        """Return what :meth:`to_dict` was made from.

        Raises:
            InputError: *payload* is not one of its.
        """
        try:
            counts = {str(row["code"]): int(row["count"]) for row in payload["labels"]}
            total = sum(counts.values())
            return cls(
                labels=tuple(
                    LabelCount(code, name, group_of(code), counts[code], counts[code] / total)
                    for code, name in NAMES.items()
                ),
                groups={group: int(payload["groups"][group]) for group in GROUPS},
                total=total,
                skipped=int(payload["skipped"]),
                unknown={str(name): int(n) for name, n in payload["unknown"].items()},
                files=tuple(Path(name) for name in payload["files"]),
                failures=tuple(
                    (Path(row["file"]), Message(row["error_ko"], row["error"]))
                    for row in payload["failures"]
                ),
            )
        except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
            raise InputError(
                "저장된 감정 분포를 읽을 수 없어요.", "The stored emotion distribution is damaged."
            ) from error


def measure(paths: Sequence[Path], progress: Progress | None = None) -> Distribution:
    """Count the emotions of files and folders; one that cannot be read is listed as failed.

    Raises:
        InputError: nothing could be read; the sentence is that of the first file.
        Cancelled: *progress* was cancelled.
    """
    progress = progress or Progress()
    progress.report(None, Message("파일을 찾고 있어요.", "Looking for files."))
    found = corpus.files(paths)
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    read: list[Path] = []
    failures: list[tuple[Path, Message]] = []
    for number, path in enumerate(found):
        part = progress.part(number / len(found), (number + 1) / len(found))
        part.report(0.0, Message(f"{path.name} 읽는 중", f"Reading {path.name}"))
        try:
            met, strange = _counted(path, part)
        except InputError as error:
            failures.append((path, error.message))
            continue
        counts += met
        unknown += strange
        read.append(path)
    if not read:
        raise _all_failed(failures)
    progress.report(1.0)
    return _distribution(counts, unknown, tuple(read), tuple(failures))


def _counted(path: Path, progress: Progress) -> tuple[Counter[str], Counter[str]]:
    """Return the counts by code and those of labels that are none."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for label, group in corpus.labels(path, progress):
        if code := code_of(label, group):
            counts[code] += 1
        else:
            short = label.strip()[:40]
            unknown[short if short in unknown or len(unknown) < _UNKNOWN_KEPT else "…"] += 1
    if not counts:
        raise InputError(
            f"아는 감정 코드(E10~E69)가 하나도 없어요: {path.name}",
            f"No known emotion code (E10 to E69) in {path}",
        )
    return counts, unknown


def _all_failed(failures: Sequence[tuple[Path, Message]]) -> InputError:
    first = failures[0][1]
    if len(failures) == 1:
        return InputError(first.ko, first.en)
    return InputError(
        f"파일 {len(failures)}개를 모두 읽지 못했어요. 첫 번째: {first.ko}",
        f"None of {len(failures)} files could be read. The first: {first.en}",
    )


def _distribution(
    counts: Counter[str],
    unknown: Counter[str],
    files: tuple[Path, ...],
    failures: tuple[tuple[Path, Message], ...],
) -> Distribution:
    total = counts.total()
    groups = dict.fromkeys(GROUPS, 0)
    for code, count in counts.items():
        groups[group_of(code)] += count
    labels = tuple(
        LabelCount(code, name, group_of(code), counts[code], counts[code] / total)
        for code, name in NAMES.items()
    )
    kept = dict(unknown.most_common(_UNKNOWN_KEPT))
    return Distribution(labels, groups, total, unknown.total(), kept, files, failures)
