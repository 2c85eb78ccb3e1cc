"""The folder of stores: which batches can go on, and forgetting one."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.core import paths, state
from engine.core.errors import InputError, Message, StorageError
from engine.reviews.batch.plan import Columns, Identity, Plan
from engine.reviews.batch.store import FILE, LOCK, Store, locked

log = logging.getLogger(__name__)

FOLDER = "batches"
"""Name of the folder in the user's data folder."""


@dataclass(frozen=True)
class Unfinished:
    """A batch that stopped early.

    Attributes:
        store: its folder; *source*: the file that it reads; *rows*: how many it has stored.
        changed: seconds since 1970 of its last chunk.
        plan: what to hand to ``run`` to go on.
    """

    store: Path
    source: Path
    rows: int
    changed: float
    plan: Plan


def stores_dir() -> Path:
    """Return the user's folder of stores, made or not.

    Raises:
        StorageError: the data folder cannot be made.
    """
    return paths.data_dir() / FOLDER


def store_for(plan: Plan) -> Path:
    """Return the folder in which this plan's store lies, or will.

    The same file, columns and mode give the same folder, whatever the backend.

    Raises:
        InputError: the file cannot be read, or a column is missing or unclear.
        StorageError: the data folder cannot be made.
    """
    from engine.reviews.batch.runner import opened

    found, columns = opened(plan)
    told = json.dumps([str(found.path.resolve()), columns.to_dict(), plan.mode])
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return stores_dir() / f"{found.path.stem[:40]}-{digest}"


def unfinished(folder: Path | None = None) -> list[Unfinished]:
    """Return the batches below *folder* (the user's) that can go on, newest first.

    Those that are finished or whose file has gone are left out; damaged ones are set aside
    and told (``engine.core.state``).
    """
    folder = stores_dir() if folder is None else Path(folder)
    found = [_unfinished(path.parent) for path in folder.glob(f"*/{FILE}")]
    return sorted((one for one in found if one is not None), key=lambda one: -one.changed)


def _unfinished(store: Path) -> Unfinished | None:
    try:
        with Store(store, writing=False) as kept:
            about = kept.identity
            if about is None or kept.finished or not Path(about.source).is_file():
                return None
            plan, rows = plan_of(about), kept.count()
    except (InputError, *state.MALFORMED) as error:
        _set_aside(store, error)
        return None
    except StorageError as error:
        log.warning("the batch %s is left out: %s", store, error)
        return None
    changed = max(path.stat().st_mtime for path in store.glob(f"{FILE}*"))
    return Unfinished(store, Path(about.source), rows, changed, plan)


def _set_aside(store: Path, error: Exception) -> None:
    """Rename the damaged file of a batch, unless a program is just making it, and tell."""
    path = store / FILE
    aside = state.damaged_name(path)
    try:
        with closing(locked(store)):
            state.move_database(path, aside)
    except (OSError, sqlite3.Error, StorageError) as refused:
        log.warning(
            "the batch %s is damaged (%s) and cannot be set aside: %s", store, error, refused
        )
        return
    state.tell(
        Message(
            f"읽다 만 작업이 손상되어 이어서 읽을 수 없어요: {aside}. 파일을 다시 읽어 주세요.",
            f"A stopped batch is damaged and cannot go on: {aside}. Read its file anew.",
        )
    )


def plan_of(about: Identity) -> Plan:
    """Return the plan that a store was made by, in this process's backend."""
    columns = Columns(**about.columns)  # type: ignore[arg-type]
    return Plan(
        source=Path(about.source),
        text_column=columns.text,
        date_column=columns.date,
        group_column=columns.group,
        label_column=columns.label,
        mode=about.mode,
    )


def forget(store: Path) -> None:
    """Delete a store and nothing else in its folder; nothing happens if there is none.

    Raises:
        StorageError: it is in use or cannot be deleted.
    """
    if not (store / FILE).is_file():
        return
    try:
        with closing(locked(store)):  # refused while another program writes
            pass
        for path in (*store.glob(f"{FILE}*"), *store.glob(f"{LOCK}*")):
            path.unlink()
        if not any(store.iterdir()):
            store.rmdir()
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"작업을 지울 수 없어요: {store} ({error})", f"Cannot delete {store}: {error}"
        ) from error
