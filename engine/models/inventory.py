"""Every model by name: what it is, where it lies, what its card says, and whether it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core import paths
from engine.core.errors import InputError, Message, ModelCorruptError, ModelMissingError
from engine.core.jobs import Progress
from engine.models import downloads, fetch, manifest, store
from engine.models.manifest import ModelEntry


@dataclass(frozen=True)
class Item:
    """One model of a list.

    Attributes:
        task: what it does, in English.
        bytes: size of all its files; of a download that is not here, about so many.
        place: its file or folder; None if it is not here.
        optional: whether it is a download of the user's.
        sha256: of a model that is one file, in hex; empty for one of several, or not known.
        servers: whom a download asks; empty if it cannot be downloaded.
    """

    name: str
    version: str
    task: str
    licence: str
    bytes: int
    place: Path | None
    optional: bool
    sha256: str
    servers: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        place = None if self.place is None else str(self.place)
        return {**self.__dict__, "place": place, "servers": list(self.servers)}

    @property
    def sent(self) -> Message:
        """What leaves this computer when the model is downloaded, and to whom; empty if nothing."""
        if not self.servers:
            return Message("", "")
        ko, en = ", ".join(self.servers), " or ".join(self.servers)
        return Message(
            f"{ko}에 파일 주소만 보내요. 그 서버와 거기서 이어 주는 저장소는 이 컴퓨터의 "
            "인터넷 주소와 프로그램 이름을 볼 수 있어요. 사진과 글은 보내지 않아요.",
            f"Only the file's address is sent to {en}. That server and the store that it forwards "
            "to see this computer's internet address and the program's name. No photo and no text "
            "is sent.",
        )


def packaged() -> tuple[Item, ...]:
    """Return the manifest's models, in its order.

    Raises:
        ModelMissingError: the manifest cannot be read.
    """
    return tuple(_packaged(entry) for entry in manifest.entries().values())


def _packaged(entry: ModelEntry) -> Item:
    places = _places(entry)
    here = all(place is not None for place in places)
    several = len(entry.files) > 1
    place = places[0].parent if several and places[0] else places[0]
    return Item(
        entry.name,
        entry.version,
        entry.task,
        entry.licence,
        entry.bytes,
        place if here else None,
        False,
        "" if several else entry.files[0].sha256,
        fetch.servers(entry),
    )


def _places(entry: ModelEntry) -> list[Path | None]:
    """Return where each file of a model lies; makes no folder and fetches nothing."""
    return [
        next((place for place in store.places(entry, item) if place.is_file()), None)
        for item in entry.files
    ]


def optional() -> tuple[Item, ...]:
    """Return the models that can be downloaded, here or not; asks no server.

    Raises:
        StorageError: the records of downloads cannot be read.
    """
    return tuple(_optional(item) for item in downloads.catalogue())


def _optional(item: downloads.Download) -> Item:
    now = downloads.state(item)
    size, digest = (now.record.bytes, now.record.sha256) if now.record else (item.about, "")
    return Item(
        item.name,
        item.version,
        item.title.en,
        item.licence,
        size,
        now.place,
        True,
        digest,
        (item.host,),
    )


def find(name: str) -> Item:
    """Return the model called *name*.

    Raises:
        InputError: there is none.
    """
    for item in (*packaged(), *optional()):
        if item.name == name:
            return item
    raise InputError(
        f"'{name}'이라는 모델은 없어요. `maumgyeol models list`로 볼 수 있어요.",
        f"There is no model '{name}'; `maumgyeol models list` names them.",
    )


def verify(name: str, progress: Progress | None = None) -> None:
    """Read every byte of a model again and compare it with what was promised or recorded.

    Raises:
        InputError: there is no model of that name.
        ModelMissingError: a file is not here.
        ModelCorruptError: a file is not what it should be.
        Cancelled: *progress* was cancelled.
    """
    progress = progress or Progress()
    if name not in manifest.entries():
        downloads.path(name)
        return
    entry = manifest.entry(name)
    for index, (item, place) in enumerate(zip(entry.files, _places(entry), strict=True)):
        progress.report(index / len(entry.files))
        if place is None:
            raise ModelMissingError(
                f"모델 '{name}'의 파일이 없어요: {item.file}",
                f"The file {item.file} of the model '{name}' is missing.",
            )
        if place.stat().st_size != item.bytes or manifest.sha256(place) != item.sha256:
            raise ModelCorruptError(
                f"모델 '{name}'의 파일이 손상되었어요: {item.file}. 프로그램을 다시 설치해 주세요.",
                f"The file {place} of the model '{name}' is corrupt. Install the program again.",
            )


def card(name: str) -> str:
    """Return the text (Markdown) of a model's card; empty if there is none."""
    item = downloads.find(name)
    path = paths.models_dir() / "cards" / f"{name if item is None else item.card}.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""
