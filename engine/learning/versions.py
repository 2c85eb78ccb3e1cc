"""Personal heads on disk: numbered versions of a domain, the one that answers, and undo."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from engine.core import files, paths, state
from engine.core.errors import InputError, Message, ModelCorruptError, StorageError
from engine.learning.linear_head import LinearHead
from engine.learning.rehearsal import Lessons
from engine.learning.report import LearnReport, outdated, read_report

log = logging.getLogger(__name__)

Shape: TypeAlias = tuple[int, ...]

_DAMAGED = (OSError, *state.MALFORMED)
_MOST_CHOICES = 100


@dataclass(frozen=True)
class Answering:
    """What answers in a domain.

    Attributes:
        version: number of the personal version, ``None`` for the shipped head.
        head: its head, ``None`` for the shipped one.
        problem: why the chosen version cannot answer and the shipped head does, if so.
        damaged: the number of that version.
    """

    version: int | None = None
    head: LinearHead | None = None
    problem: Message | None = None
    damaged: int | None = None


def _version(value: object) -> int | None:
    if value is not None and (type(value) is not int or value < 1):
        raise TypeError("no number of a version")
    return value


def _decode(data: dict[str, Any]) -> tuple[tuple[int | None, ...], int]:
    chosen, lost = state.entries(data["chosen"], _version)
    return tuple(chosen), lost


_CHOICES: state.StateFile[tuple[int | None, ...]] = state.StateFile(
    title=Message("개인 모델의 선택", "the choice of personal models"),
    decode=_decode,
    encode=lambda chosen: {"chosen": list(chosen)},
    empty=(),
)
"""Which versions were chosen, oldest first; the last one answers, ``None`` is the shipped."""

_heads: dict[Path, tuple[int, LinearHead]] = {}
"""Heads that were read, with the modification time of their files."""


def _folder(domain: str) -> Path:
    return paths.data_place() / "personal" / domain


def _choices_place(domain: str) -> Path:
    return _folder(domain) / "active.json"


def versions(domain: str) -> list[LearnReport]:
    """Return the reports of the adopted versions, oldest first; damaged ones are logged."""
    found = []
    for path in _folder(domain).glob("v*/report.json"):
        try:
            found.append(read_report(path))
        except _DAMAGED as error:
            log.warning("the personal version %s cannot be read: %r", path, error)
    return sorted(found, key=lambda report: report.version or 0)


def answering(domain: str, shape: Shape | None = None) -> Answering:
    """Return what answers in *domain*; a version that is :func:`outdated` does not.

    Where the chosen version is damaged the shipped head answers, and that is told
    (``engine.core.state``).

    Args:
        shape: (C, F) of the shipped head's weights, if the caller knows it: a head of another
            shape is damaged.

    Raises:
        StorageError: the note of the choice cannot be read.
    """
    chosen = _CHOICES.read(_choices_place(domain))
    version = chosen[-1] if chosen else None
    if version is None:
        return Answering()
    folder = _folder(domain) / f"v{version}"
    try:
        if outdated(read_report(folder / "report.json")):
            return Answering()
        head = _read_head(folder / "head.npz")
        if shape is not None and head.weights.shape != shape:
            raise ValueError(f"weights {head.weights.shape} where the shipped head has {shape}")
    except _DAMAGED as error:
        log.warning("the personal version %s cannot be read: %r", folder, error)
        problem = _damaged(domain, version)
        state.tell(problem)
        return Answering(problem=problem, damaged=version)
    return Answering(version, head)


def _read_head(path: Path) -> LinearHead:
    """Return the head of a file, read again only when it has changed.

    Raises:
        OSError, ValueError: it is missing or damaged.
    """
    changed = path.stat().st_mtime_ns
    known = _heads.get(path)
    if known is None or known[0] != changed:
        weights, bias = state.read_arrays(path, "weights", "bias")
        if weights.ndim != 2 or bias.shape != weights.shape[:1] or not weights.size:
            raise ValueError(f"weights {weights.shape} and bias {bias.shape} are no head")
        if weights.dtype != np.float32 or bias.dtype != np.float32:
            raise ValueError(f"weights of type {weights.dtype}, bias of type {bias.dtype}")
        known = _heads[path] = changed, LinearHead(weights, bias)
    return known[1]


def _damaged(domain: str, version: int) -> Message:
    return Message(
        f"손상된 개인 모델 대신 기본 모델이 답해요: {domain} v{version}. 학습 탭에서 기본 모델로 "
        "되돌리거나, 다른 버전을 고르거나, 다시 학습해 주세요.",
        f"The personal model v{version} of '{domain}' is damaged, so the shipped model answers. "
        "Choose another version in the learning tab, or with "
        f"`maumgyeol learn {domain} --use shipped`, or train again.",
    )


def active_version(domain: str) -> int | None:
    """Return the number of the personal version that answers, ``None`` for the shipped head."""
    return answering(domain).version


def active_label(domain: str) -> str | None:
    """Return how the personal version is named, for example ``"개인 3"``."""
    version = active_version(domain)
    return None if version is None else f"개인 {version}"


def active_head(domain: str, shape: Shape | None = None) -> LinearHead | None:
    """Return the personal head that answers, ``None`` when the shipped one does.

    Args:
        shape: see :func:`answering`.
    """
    return answering(domain, shape).head


def model_name(shipped: str, answers: Answering) -> str:
    """Return how results name the model: *shipped* and the personal version beside it.

    >>> model_name("digits-cnn 1.0", Answering())
    'digits-cnn 1.0'
    >>> model_name("digits-cnn 1.0", Answering(damaged=3))
    'digits-cnn 1.0 (개인 3 손상)'
    """
    if answers.version is not None:
        return f"{shipped} + 개인 {answers.version}"
    return shipped if answers.damaged is None else f"{shipped} (개인 {answers.damaged} 손상)"


def active_lessons(domain: str) -> Lessons | None:
    """Return the labelled pictures that the answering version has learned, if it has any.

    Raises:
        ModelCorruptError: they cannot be read.
    """
    version = active_version(domain)
    if version is None:
        return None
    folder = _folder(domain) / f"v{version}"
    try:
        known = read_report(folder / "report.json").pictures
        return Lessons.load(folder / "lessons.npz") if known else None
    except _DAMAGED as error:
        raise ModelCorruptError(
            f"개인 모델 v{version}이 배운 사진을 읽을 수 없어요. 학습 탭에서 기본 모델로 되돌린 뒤 "
            "다시 가르쳐 주세요.",
            f"What pictures taught the personal model v{version} of '{domain}' cannot be read "
            f"({error}). Go back to the shipped model in the learning tab, or with "
            f"`maumgyeol learn {domain} --use shipped`, and teach it again.",
        ) from error


def use(domain: str, version: int | None) -> None:
    """Let *version* answer from now on (``None``: the shipped head).

    Raises:
        InputError: there is no such version.
        StorageError: the choice cannot be saved.
    """
    if version is not None and version not in [r.version for r in versions(domain)]:
        raise InputError(f"v{version}은(는) 없는 버전이에요.", f"There is no version {version}.")

    def choose(chosen: tuple[int | None, ...]) -> tuple[int | None, ...]:
        if chosen[-1:] != (version,):
            chosen = (*(chosen or (None,)), version)
        return chosen[-_MOST_CHOICES:]

    _CHOICES.change(_choices_place(domain), choose)


def undo(domain: str) -> int | None:
    """Go back to what was chosen before the last choice and return it (``None``: shipped).

    Called again it goes back further; versions are kept and can be chosen with :func:`use`.

    Raises:
        StorageError: the choice cannot be saved.
    """
    if not can_undo(domain):
        return active_version(domain)
    left = _CHOICES.change(_choices_place(domain), lambda chosen: chosen[:-1] or chosen)
    return left[-1]


def can_undo(domain: str) -> bool:
    """Whether :func:`undo` has anything to go back to."""
    return len(_CHOICES.read(_choices_place(domain))) > 1


def save(report: LearnReport, head: LinearHead, lessons: Lessons | None = None) -> LearnReport:
    """Write head, report and lessons as the next version, let it answer, return its report.

    Raises:
        StorageError: it cannot be written; what answered before still does.
    """
    folder = _folder(report.domain)
    try:
        with state.locked(folder):
            number = 1 + max((_number(place) for place in folder.glob("v*")), default=0)
            saved = LearnReport(**{**asdict(report), "reason": report.reason, "version": number})
            target = folder / f"v{number}"
            with files.scratch_folder(folder) as part:
                np.savez_compressed(part / "head.npz", weights=head.weights, bias=head.bias)
                if lessons is not None:
                    lessons.save(part / "lessons.npz")
                text = json.dumps(asdict(saved), ensure_ascii=False, indent=1)
                (part / "report.json").write_text(text, encoding="utf-8")
                files.settle(part, target)
            try:
                use(report.domain, number)
            except StorageError:
                shutil.rmtree(target, ignore_errors=True)
                raise
            return saved
    except (OSError, StorageError) as error:
        ko = error.message.ko if isinstance(error, StorageError) else f"{error.strerror}."
        raise StorageError(
            f"개인 모델을 저장할 수 없어 이전 모델을 그대로 써요. {ko}",
            f"Cannot save the personal model, so the old model stays. {error}",
        ) from error


def _number(place: Path) -> int:
    digits = place.name.removeprefix("v")
    return int(digits) if digits.isdecimal() else 0
