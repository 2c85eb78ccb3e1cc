"""Personal heads on disk: numbered versions of a domain, the one that answers, and undo."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from engine import paths
from engine.adapt import LinearHead
from engine.errors import InputError, Message, ModelCorruptError, StorageError


@dataclass(frozen=True)
class LearnReport:
    """What a training run measured; accuracies in 0..1.

    Attributes:
        corrections_before, corrections_after: accuracy on the corrections, each judged by
            heads that did not see it (``FOLDS``-fold cross-validation).
        corrections_fitted: share of the corrections that the new head now answers right.
        anchors_before, anchors_after: accuracy on the anchors held out of training.
        adopted: whether the new head now answers.
        version: number of the saved version, ``None`` when it was not adopted.
    """

    domain: str
    corrections: int
    corrections_before: float
    corrections_after: float
    corrections_fitted: float
    anchors_before: float
    anchors_after: float
    adopted: bool
    version: int | None
    reason: Message
    created: str


_heads: dict[tuple[Path, int], LinearHead] = {}
_lock = threading.RLock()


def _folder(domain: str) -> Path:
    return paths.data_place() / "personal" / domain


def versions(domain: str) -> list[LearnReport]:
    """Return the reports of the adopted versions, oldest first."""
    found = []
    for path in sorted(_folder(domain).glob("v*/report.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        found.append(LearnReport(**{**row, "reason": Message(*row["reason"])}))
    return sorted(found, key=lambda report: report.version or 0)


def active_version(domain: str) -> int | None:
    """Return the number of the personal version that answers, ``None`` for the shipped head.

    Raises:
        ModelCorruptError: the note of the choice cannot be read.
    """
    return _choice(domain).get("version")


def _choice(domain: str) -> dict[str, int | None]:
    """Return which version answers and which did before; empty when nothing was chosen."""
    path = _folder(domain) / "active.json"
    try:
        found: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))
        return {key: found[key] for key in ("version", "previous")}
    except (FileNotFoundError, NotADirectoryError):
        return {}
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
        except (OSError, ValueError, KeyError) as error:
            raise ModelCorruptError(
                f"개인 모델 v{version}을 읽을 수 없어요. 학습 탭에서 기본 모델로 되돌려 주세요.",
                f"The personal model v{version} of '{domain}' cannot be read ({error}). "
                "Go back to the shipped model in the learning tab.",
            ) from error


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
            previous = active_version(domain)
        except ModelCorruptError:  # choosing anew is the way out of a damaged note
            previous = None
        _write_json(_folder(domain) / "active.json", {"version": version, "previous": previous})


def undo(domain: str) -> int | None:
    """Go back to what answered before the last change and return its version number."""
    choice = _choice(domain)
    if not choice:
        return None
    use(domain, choice["previous"])
    return choice["previous"]


def save(report: LearnReport, head: LinearHead) -> LearnReport:
    """Write head and report as the next version, let it answer, and return its report.

    Raises:
        StorageError: it cannot be written; what answered before still does.
    """
    with _lock:
        number = 1 + max((r.version or 0 for r in versions(report.domain)), default=0)
        saved = LearnReport(**{**asdict(report), "reason": report.reason, "version": number})
        target = _folder(report.domain) / f"v{number}"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = Path(tempfile.mkdtemp(dir=target.parent))
            try:
                np.savez_compressed(part / "head.npz", weights=head.weights, bias=head.bias)
                _write_json(part / "report.json", asdict(saved))
                os.replace(part, target)
            finally:
                shutil.rmtree(part, ignore_errors=True)
        except OSError as error:
            raise _storage_error(target, error) from error
        use(report.domain, number)
        return saved


def _write_json(path: Path, content: dict[str, object]) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise _storage_error(path, error) from error


def _storage_error(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"개인 모델을 저장할 수 없어요: {path} ({error.strerror}). 이전 모델을 그대로 써요.",
        f"Cannot save the personal model {path}: {error.strerror}. The old model stays.",
    )
