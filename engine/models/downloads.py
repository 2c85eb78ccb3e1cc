"""Models that do not come with the program: offered, downloaded when asked for, kept, removed.

Nothing here reaches out by itself: the network is used by :func:`offer` and :func:`fetch`
only, which run when the user has pressed for it. Files lie in the user's data folder; the
checksum of the first download is kept there, and every later file must have the same.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from engine.core import paths
from engine.core import state as state_files
from engine.core.errors import (
    DownloadError,
    InputError,
    Message,
    ModelCorruptError,
    ModelMissingError,
)
from engine.core.jobs import Progress
from engine.models import http, manifest
from engine.models import http as disk

__all__ = ["Download", "catalogue", "entry", "find"]

_PAGE = "https://github.com/ultralytics/assets/releases/download/v8.3.0/"


@dataclass(frozen=True)
class Download:
    """One model that can be downloaded.

    Attributes:
        name: as ``models.load`` takes it.
        title: as a person reads it.
        about: size in bytes before a server was asked, from the published number of weights.
        card: name of the model card.
    """

    name: str
    title: Message
    url: str
    about: int
    version: str = "8.3.0"
    licence: str = "AGPL-3.0"
    card: str = "objects-oiv7"

    @property
    def file(self) -> str:
        """Name of the file on disk."""
        return self.url.rsplit("/", 1)[-1]

    @property
    def host(self) -> str:
        """The server that is asked."""
        return urlsplit(self.url).netloc

    @property
    def label(self) -> str:
        """Name and version as results show them."""
        return f"{self.name} {self.version}"


def _yolo(letter: str, ko: str, en: str, million: float) -> Download:
    return Download(
        f"objects-oiv7-{letter}",
        Message(f"사물 600가지 · {ko}", f"600 kinds of objects · {en}"),
        f"{_PAGE}yolov8{letter}-oiv7.pt",
        int(million * 2e6),
    )


_CATALOGUE = (
    _yolo("n", "가장 빠름", "fastest", 3.5),
    _yolo("s", "빠름", "fast", 11.4),
    _yolo("m", "중간", "medium", 26.2),
    _yolo("l", "정확함", "precise", 44.1),
    _yolo("x", "가장 정확함", "most precise", 68.7),
)


def catalogue() -> tuple[Download, ...]:
    """Return every model that can be downloaded, the smallest first."""
    return _CATALOGUE


def find(name: str) -> Download | None:
    """Return the download called *name*, or None."""
    return next((item for item in catalogue() if item.name == name), None)


def entry(name: str) -> Download:
    """Return the download called *name*.

    Raises:
        InputError: there is none.
    """
    found = find(name)
    if found is None:
        raise InputError(
            f"받을 수 있는 모델 가운데 '{name}'이(가) 없어요.",
            f"There is no model '{name}' to download.",
        )
    return found


_FOLDER, _RECORDS = "downloads", "records.json"
_guard = threading.Lock()
_running: set[str] = set()


@dataclass(frozen=True)
class Record:
    """What is known of a download since it first arrived: size, SHA-256 in hex, when, whence."""

    bytes: int
    sha256: str
    arrived: str
    url: str


Records: TypeAlias = dict[str, Record]


@dataclass(frozen=True)
class State:
    """Where a download stands: the file if it is here, its record, and bytes of a part."""

    place: Path | None
    record: Record | None
    part: int


def state(item: Download) -> State:
    """Return where *item* stands; asks no server and makes no folder.

    Raises:
        StorageError: the list of records cannot be read.
    """
    place = folder() / item.file
    part = disk.part_of(place)
    size = part.stat().st_size if part.is_file() else 0
    record = _STATE.read(_records_place()).get(item.name)
    return State(place if place.is_file() else None, record, size)


def offer(item: Download) -> http.Offer:
    """Ask the server how large the file is and whether a part of it can be had.

    Raises:
        DownloadError: the server cannot be reached, or does not have it.
    """
    return http.ask(item.url)


def fetch(item: Download, progress: Progress) -> Path:
    """Download *item*, going on from a part that is there, and record its checksum.

    A cancelled or broken download leaves its part, from which the next one goes on.

    Raises:
        DownloadError: see :func:`downloads_http.get`; also when the file differs from the
            one that was recorded at the first download.
        StorageError: the disk is full or the folder cannot be written.
        InputError: it is being downloaded already.
        Cancelled: *progress* was cancelled.
    """
    with _guard:
        if item.name in _running:
            raise InputError(
                "이미 받고 있거나 멈추는 중이에요. 잠시 뒤에 다시 눌러 주세요.",
                "It is being downloaded already, or just being stopped. Try again in a moment.",
            )
        _running.add(item.name)
    try:
        return _fetch(item, progress)
    finally:
        with _guard:
            _running.discard(item.name)


def _fetch(item: Download, progress: Progress) -> Path:
    place = folder() / item.file
    part = http.get(item.url, place, progress)
    found = manifest.sha256(part)
    known = _STATE.read(_records_place()).get(item.name)
    try:
        if known is not None and known.sha256 != found:
            disk.discard(part)
            raise DownloadError(
                f"서버의 파일이 처음 받았을 때와 달라요 (SHA-256 {found[:12]}…, 처음은 "
                f"{known.sha256[:12]}…). 바뀐 것이 맞다고 확인했으면 기록을 지우고 다시 받으세요.",
                f"The server's file is not the one of the first download (SHA-256 {found}, then "
                f"{known.sha256}). If that is right, forget the record and download again.",
            )
        size = part.stat().st_size
        if known is None:
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            record = Record(size, found, now, item.url)
            _STATE.change(_records_place(), lambda known: {**known, item.name: record})
        disk.settle(part, place)
    except OSError as error:
        raise disk.storage(place, error) from error
    return place


def path(name: str) -> Path:
    """Return where the download called *name* lies, its checksum just verified.

    Raises:
        InputError: there is no such download.
        ModelMissingError: it was not downloaded.
        ModelCorruptError: it is not the file that was recorded.
    """
    item = entry(name)
    now = state(item)
    if now.place is None or now.record is None:
        raise ModelMissingError(
            f"'{item.title.ko}' 모델을 아직 받지 않았어요. 도구 → 모델 관리…에서 받아 주세요.",
            f"The model '{name}' was not downloaded. Get it in Tools, Models…, or with "
            f"`maumgyeol models download {name}`.",
        )
    same_size = now.place.stat().st_size == now.record.bytes
    if not same_size or manifest.sha256(now.place) != now.record.sha256:
        raise ModelCorruptError(
            f"'{item.title.ko}' 파일이 받았을 때와 달라요. 모델 관리에서 지우고 다시 받아 주세요.",
            f"The file {now.place} is not what was downloaded (size or SHA-256 differs). "
            "Remove it in the model manager and download it again.",
        )
    return now.place


def remove(item: Download, *, forget: bool = False) -> bool:
    """Delete the file and its part; returns whether there was anything to delete.

    Args:
        forget: also delete the record, so that a changed file on the server is accepted.

    Raises:
        StorageError: the folder cannot be written.
    """
    place, gone = folder() / item.file, False
    try:
        for each in (place, *disk.leftovers(place)):
            gone |= each.is_file()
            each.unlink(missing_ok=True)
    except OSError as error:
        raise disk.storage(place, error) from error
    if forget and item.name in _STATE.read(_records_place()):
        _STATE.change(
            _records_place(),
            lambda known: {name: record for name, record in known.items() if name != item.name},
        )
        gone = True
    return gone


def folder() -> Path:
    """Return where downloads lie, made or not."""
    return paths.data_place() / _FOLDER


def _records_place() -> Path:
    return folder() / _RECORDS


def _decode_records(data: dict[str, Any]) -> tuple[Records, int]:
    records, lost = state_files.entries(list(data.items()), _record)
    return dict(records), lost


def _record(item: tuple[str, dict[str, Any]]) -> tuple[str, Record]:
    name, row = item
    record = Record(**row)
    state_files.check_fields(record)
    return name, record


_STATE: state_files.StateFile[Records] = state_files.StateFile(
    title=Message("받은 모델의 기록", "the records of downloads"),
    decode=_decode_records,
    encode=lambda records: {name: asdict(record) for name, record in sorted(records.items())},
    empty={},
)
