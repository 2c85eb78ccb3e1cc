"""The list of models that can be downloaded: what each is, how large, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.errors import InputError, Message

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
