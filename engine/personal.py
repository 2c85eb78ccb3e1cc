"""Personal heads on disk: numbered versions of a domain, the one that answers, and undo."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import zipfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from engine import paths, saving
from engine.adapt import LinearHead
from engine.errors import InputError, ModelCorruptError, StorageError
from engine.lessons import DAMAGED, Lessons
from engine.report import LearnReport, outdated, read_report

log = logging.getLogger(__name__)


_heads: dict[tuple[Path, int], LinearHead] = {}
_lock = threading.RLock()


def _folder(domain: str) -> Path:
    return paths.data_place() / "personal" / domain


def versions(domain: str) -> list[LearnReport]:
    """Return the reports of the adopted versions, oldest first; damaged ones are logged."""
    found = []
    for path in _folder(domain).glob("v*/report.json"):
        try:
            found.append(read_report(path))
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the personal version %s cannot be read: %s", path, error)
    return sorted(found, key=lambda report: report.version or 0)


def active_version(domain: str) -> int | None:
    """Return the number of the personal version that answers, ``None`` for the shipped head.

    A version that is :func:`outdated` does not answer.

    Raises:
        ModelCorruptError: the note of the choice or the version's report cannot be read.
    """
    version = _choice(domain)[-1]
    if version is None:
        return None
    try:
        report = read_report(_folder(domain) / f"v{version}" / "report.json")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(domain, version, error) from error
    return None if outdated(report) else version


def _damaged(domain: str, version: int, error: Exception) -> ModelCorruptError:
    return ModelCorruptError(
        f"개인 모델 v{version}을 읽을 수 없어요. 학습 탭에서 기본 모델로 되돌려 주세요.",
        f"The personal model v{version} of '{domain}' cannot be read ({error}). "
        "Go back to the shipped model in the learning tab.",
    )


def _choice(domain: str) -> list[int | None]:
    """Return which versions were chosen, oldest first; the last one answers."""
    path = _folder(domain) / "active.json"
    try:
        chosen = json.loads(path.read_text(encoding="utf-8"))["chosen"]
        return [None if version is None else int(version) for version in chosen] or [None]
    except (FileNotFoundError, NotADirectoryError):
        return [None]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelCorruptError(
            f"개인 모델의 기록을 읽을 수 없어요: {path}. 학습 탭에서 기본 모델로 되돌려 주세요.",
            f"Which personal model to use cannot be read from {path} ({error}). "
            "Go back to the shipped model in the learning tab.",
        ) from error


def active_label(domain: str) -> str | None:
    """Return how results name the personal version, for example ``"개인 3"``."""
    version = active_version(domain)
    return None if version is None else f"개인 {version}"


def active_head(domain: str) -> LinearHead | None:
    """Return the personal head that answers, ``None`` when the shipped one does.

    Raises:
        ModelCorruptError: the saved head cannot be read.
    """
    version = active_version(domain)
    if version is None:
        return None
    path = _folder(domain) / f"v{version}" / "head.npz"
    with _lock:
        try:
            key = (path, path.stat().st_mtime_ns)
            if key not in _heads:
                with np.load(path, allow_pickle=False) as saved:
                    _heads[key] = LinearHead(saved["weights"], saved["bias"])
            return _heads[key]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise _damaged(domain, version, error) from error


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
    except (*DAMAGED, TypeError) as error:
        raise _damaged(domain, version, error) from error


def use(domain: str, version: int | None) -> None:
    """Let *version* answer from now on (``None``: the shipped head).

    Raises:
        InputError: there is no such version.
        StorageError: the choice cannot be saved.
    """
    if version is not None and version not in [r.version for r in versions(domain)]:
        raise InputError(f"v{version}은(는) 없는 버전이에요.", f"There is no version {version}.")
    with _lock:
        try:
            chosen = _choice(domain)
        except ModelCorruptError:  # choosing anew is the way out of a damaged note
            chosen = []
        if chosen[-1:] != [version]:
            chosen = (chosen or [None]) + [version]
        _choose(domain, chosen)


def _choose(domain: str, chosen: list[int | None]) -> None:
    _write_json(_folder(domain) / "active.json", {"chosen": chosen[-100:]})


def undo(domain: str) -> int | None:
    """Go back to what was chosen before the last choice and return it (``None``: shipped).

    Called again it goes back further; versions are kept and can be chosen with :func:`use`.

    Raises:
        ModelCorruptError: the note of the choices cannot be read.
        StorageError: the choice cannot be saved.
    """
    with _lock:
        chosen = _choice(domain)
        if len(chosen) > 1:
            chosen = chosen[:-1]
            _choose(domain, chosen)
        return chosen[-1]


def can_undo(domain: str) -> bool:
    """Whether :func:`undo` has anything to go back to.

    Raises:
        ModelCorruptError: the note of the choices cannot be read.
    """
    return len(_choice(domain)) > 1


def save(report: LearnReport, head: LinearHead, lessons: Lessons | None = None) -> LearnReport:
    """Write head, report and lessons as the next version, let it answer, return its report.

    Raises:
        StorageError: it cannot be written; what answered before still does.
    """
    with _lock:
        number = 1 + max((_number(place) for place in _folder(report.domain).glob("v*")), default=0)
        saved = LearnReport(**{**asdict(report), "reason": report.reason, "version": number})
        target = _folder(report.domain) / f"v{number}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with saving.scratch_folder(target.parent) as part:
                np.savez_compressed(part / "head.npz", weights=head.weights, bias=head.bias)
                if lessons is not None:
                    lessons.save(part / "lessons.npz")
                _write_json(part / "report.json", asdict(saved))
                saving.settle(part, target)
        except OSError as error:
            raise _storage_error(target, error) from error
        try:
            use(report.domain, number)
        except StorageError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        return saved


def _number(place: Path) -> int:
    digits = place.name.removeprefix("v")
    return int(digits) if digits.isdecimal() else 0


def _write_json(path: Path, content: dict[str, object]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    saving.write_whole(path, text.encode(), make_folder=True)


def _storage_error(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"개인 모델을 저장할 수 없어요: {path} ({error.strerror}). 이전 모델을 그대로 써요.",
        f"Cannot save the personal model {path}: {error.strerror}. The old model stays.",
    )
