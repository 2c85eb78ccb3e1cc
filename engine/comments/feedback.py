"""Which comment was chosen or rewritten: kept in the user's data folder, and used at once.

>>> preference(["강아지가 귀여워요!", "멋져요!"], ("강아지",)).shape
(2,)
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import paths
from engine.comments.taste import Choice, Taste, learn
from engine.errors import InputError, Message, StorageError
from engine.saving import free, write_whole

log = logging.getLogger(__name__)

FILE = "comment-choices.json"
MOST = 200
"""Older choices than so many are dropped."""
BOUND = 0.5
"""The most that taste adds to, or takes from, a candidate's worth (its agreement is in 0..1)."""

_VERSION = 1
_lock = threading.RLock()
_known: dict[Path, tuple[tuple[int, int], tuple[Choice, ...], Taste]] = {}
_troubles: dict[Path, Message] = {}


def record(
    labels: Sequence[str],
    candidates: Sequence[str],
    chosen_index: int | None,
    edited: str | None = None,
) -> int:
    """Remember a choice; the next :func:`preference` knows it. Return how many are kept.

    Args:
        labels: the photo's.
        candidates: the comments that were offered.
        chosen_index: which was taken; None for a text of the person's own (*edited*).
        edited: what it was changed to; None, or the same text, when it was not.

    Raises:
        InputError: nothing was offered or chosen, or no such candidate.
        StorageError: the file cannot be written; what was known before stays.
    """
    own = (edited or "").strip() or None
    if chosen_index is not None and not 0 <= chosen_index < len(candidates):
        raise InputError("고른 댓글이 목록에 없어요.", f"There is no candidate {chosen_index}.")
    if chosen_index is not None and own == candidates[chosen_index]:
        own = None
    if not candidates or (chosen_index is None and own is None):
        raise InputError("고른 댓글이 없어요.", "No comment was chosen.")
    choice = Choice(tuple(labels), tuple(candidates), chosen_index, own)
    with _lock:
        kept = (*_choices(_place()), choice)[-MOST:]
        rows = [
            {
                "labels": item.labels,
                "candidates": item.candidates,
                "chosen": item.chosen,
                "edited": item.edited,
            }
            for item in kept
        ]
        content = json.dumps({"version": _VERSION, "choices": rows}, ensure_ascii=False, indent=1)
        write_whole(_place(), content.encode(), make_folder=True)
        return len(kept)


def preference(texts: Sequence[str], labels: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return what taste adds to the worth of each text: (N,) within ``BOUND`` of zero.

    Zeros where nothing was recorded, or where the file cannot be read (see :func:`trouble`).
    """
    with _lock:
        path = _place()
        if not texts or not _choices(path):
            return np.zeros(len(texts))
        taste = _known[path][2]
    return np.asarray(BOUND * np.tanh(taste.worth(texts, labels) / 2), dtype=np.float64)


def count() -> int:
    """Return how many choices are remembered."""
    with _lock:
        return len(_choices(_place()))


def forget() -> None:
    """Forget all choices: the order is as if none had been made.

    Raises:
        StorageError: the file cannot be deleted.
    """
    path = _place()
    with _lock:
        _known.pop(path, None)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"취향을 지울 수 없어요: {path} ({error.strerror}). 폴더의 권한을 확인해 주세요.",
                f"Cannot delete {path}: {error.strerror}. Check the folder's permissions.",
            ) from error


def trouble() -> Message | None:
    """Return what was wrong with the file, once; None if nothing was."""
    with _lock:
        return _troubles.pop(_place(), None)


def _place() -> Path:
    return paths.data_place() / FILE


def _choices(path: Path) -> tuple[Choice, ...]:
    """Return the choices in the file, read and learnt again only when it has changed."""
    try:
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_size)
        if path not in _known or _known[path][0] != stamp:
            read = _parse(path.read_bytes())
            _known[path] = (stamp, read, learn(read))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        log.warning("cannot read %s: %s", path, error)
        _troubles[path] = Message(
            f"고른 댓글의 기록을 읽을 수 없어 취향 없이 써요: {path} ({error.strerror})",
            f"The chosen comments cannot be read, so they do not count: {path} ({error.strerror})",
        )
        return ()
    except (ValueError, TypeError, KeyError) as error:
        _set_aside(path, error)
        return ()
    return _known[path][1]


def _parse(content: bytes) -> tuple[Choice, ...]:
    data: Any = json.loads(content)
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        raise ValueError("another version")
    return tuple(map(_choice, data["choices"][-MOST:]))


def _choice(row: dict[str, Any]) -> Choice:
    labels, candidates = tuple(row["labels"]), tuple(row["candidates"])
    chosen, edited = row["chosen"], row["edited"]
    texts = (*labels, *candidates, *(() if edited is None else (edited,)))
    if not candidates or not all(isinstance(text, str) for text in texts):
        raise ValueError("not a list of texts")
    if chosen is None and edited is None:
        raise ValueError("nothing chosen")
    if chosen is not None and chosen not in range(len(candidates)):
        raise ValueError("no such candidate")
    return Choice(labels, candidates, chosen, edited)


def _set_aside(path: Path, error: Exception) -> None:
    """Move a damaged file out of the way, so that the next choice begins a new one."""
    aside = free(path.with_name(f"{path.stem}-damaged{path.suffix}"))
    log.warning("%s is damaged: %s", path, error)
    _known.pop(path, None)
    try:
        os.replace(path, aside)
    except OSError as refused:
        log.warning("cannot move %s: %s", path, refused)
        aside = path
    _troubles[path] = Message(
        f"고른 댓글의 기록이 손상되어 새로 시작해요. 이전 파일: {aside.name}",
        f"The record of chosen comments was damaged and starts anew. The old file: {aside.name}",
    )
