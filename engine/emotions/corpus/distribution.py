"""How often each emotion of the 감성대화말뭉치 occurs."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.core.errors import InputError, Message
from engine.core.files import write_whole
from engine.core.jobs import Progress
from engine.emotions.corpus import read as corpus
from engine.emotions.corpus.codes import GROUPS, NAMES, code_of, group_of
from engine.media import fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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


# ----------------------------------------------------------------------------------------
# The emotion distribution as a picture.

COLOURS = dict(
    zip(GROUPS, ("#d1495b", "#3d6fb6", "#7b5ea7", "#5b8c85", "#e08e45", "#e2b93b"), strict=True)
)
_INK = "#2b2f36"
_DPI = 150


def write(distribution: Distribution, path: Path, top: int = 10) -> None:
    """Write the commonest emotions and the groups as a PNG.

    Raises:
        InputError: the suffix is not .png.
        ModelMissingError: the Korean font is missing.
        StorageError: the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".png":
        raise InputError(f"그림은 PNG로만 저장할 수 있어요: {path.name}", f"Only .png: {path.name}")
    write_whole(path, png(distribution, top))


def png(distribution: Distribution, top: int = 10) -> bytes:
    """Return the picture as the bytes of a PNG; safe off the UI thread.

    Raises:
        ModelMissingError: the Korean font is missing.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = distribution.top(top)
    figure = Figure(figsize=(11, max(4.5, 1.8 + 0.36 * len(shown))), facecolor="white")
    FigureCanvasAgg(figure)
    _draw(figure, distribution, top)
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=_DPI)
    return target.getvalue()


def _draw(figure: Figure, distribution: Distribution, top: int) -> None:
    shown = distribution.top(top)
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    _bars(
        left,
        f"가장 많은 감정 {len(shown)}가지",
        [f"{label.name}  {label.code}" for label in shown],
        [label.count for label in shown],
        [COLOURS[label.group] for label in shown],
        distribution.total,
    )
    groups = distribution.groups
    _bars(right, "대분류", list(groups), list(groups.values()), list(COLOURS.values()),
          distribution.total)  # fmt: skip
    figure.suptitle(
        f"감정 분포 (대화 {distribution.total:,}개)",
        fontproperties=fonts.properties(16, bold=True), color=_INK, x=0.02, ha="left",
    )  # fmt: skip
    figure.tight_layout(rect=(0, 0, 1, 0.97), w_pad=2)


def _bars(
    axes: Any, title: str, names: list[str], counts: list[int], colours: list[str], total: int
) -> None:
    """Draw one bar a name, the first at the top, each with its count and share."""
    places = range(len(names))
    axes.barh(places, counts, color=colours, height=0.68)
    axes.set_yticks(places, names, fontproperties=fonts.properties(11), color=_INK)
    axes.invert_yaxis()
    axes.set_xlim(0, max(counts) * 1.4)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(title, fontproperties=fonts.properties(12, bold=True), color=_INK, loc="left")
    for place, count in zip(places, counts, strict=True):
        axes.text(
            count + max(counts) * 0.015, place, f"{count:,} ({count / total:.1%})",
            va="center", fontproperties=fonts.properties(10), color=_INK,
        )  # fmt: skip
