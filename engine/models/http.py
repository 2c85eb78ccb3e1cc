"""One file over HTTP: asked about, fetched in parts that can be gone on with, checked whole."""

from __future__ import annotations

import errno
import http.client
import json
import os
import re
import shutil
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from engine.core import privacy
from engine.core.errors import DownloadError, Message, StorageError
from engine.core.jobs import Progress
from engine.core.state import MALFORMED

_CHUNK, _TIMEOUT, _PAUSE = 1 << 17, 20.0, 0.1


@dataclass(frozen=True)
class Offer:
    """What a server says: size in bytes (None: not told), whether parts can be had, which file.

    ``tag`` names the file's version (its ETag or date); empty where the server tells none.
    """

    bytes: int | None
    resumable: bool
    tag: str


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a server's forwarding, but never from https to something that can be read."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise urllib.error.URLError("forwarded to an address without encryption")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(url: str) -> Offer:
    """Ask for the first byte only, and return what the server says of the file.

    Raises:
        DownloadError: no connection, no such file, or a web page instead of the file.
    """
    with _open(url, {"Range": "bytes=0-0"}) as reply:
        return _offer(reply)


def get(url: str, place: Path, progress: Progress) -> Path:
    """Fetch *url* into the part beside *place*, going on where the last time ended.

    Returns:
        The part: complete, and a zip whose every member has its checksum.

    Raises:
        DownloadError: no connection, no such file, a web page instead, cut short, damaged.
        StorageError: the disk is full or the folder cannot be written.
        Cancelled: *progress* was cancelled; the part stays.
    """
    part = part_of(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = kept_part(part)
        if not kept.whole:
            _get(url, part, kept, progress)
        progress.report(1.0, Message("받은 파일을 확인하는 중…", "Checking the file…"))
        check(part)
    except OSError as error:
        raise storage(place, error) from error
    return part


def _get(url: str, part: Path, kept: Kept, progress: Progress) -> None:
    """Bring *part* to its whole length, from the start if the file is another one by now."""
    asked = {"Range": f"bytes={kept.bytes}-", "If-Range": kept.tag} if kept.bytes else {}
    with _open(url, asked) as reply:
        offer = _offer(reply)
        goes_on = reply.status == 206 and _start(reply) == kept.bytes
        have = kept.bytes if goes_on else 0
        room(part, offer.bytes, have)
        note(part, offer.tag, offer.bytes)
        with part.open("r+b" if have else "wb") as out:
            out.seek(have)
            out.truncate()
            total = _copy(reply, out, have, offer.bytes, progress)
    if offer.bytes is not None and total < offer.bytes:
        raise _cut(total, offer.bytes)


def _copy(
    reply: http.client.HTTPResponse, out: IO[bytes], have: int, size: int | None, to: Progress
) -> int:
    """Write what arrives and return how many bytes the part has then."""
    first, began, told = have, time.monotonic(), 0.0
    to.report(have / size if size else None, _message(have, size, 0.0))
    while True:
        to.raise_if_cancelled()
        try:
            chunk = reply.read(_CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise _cut(have, size) from error
        if not chunk:
            return have
        out.write(chunk)
        have += len(chunk)
        now = time.monotonic()
        if now - told >= _PAUSE:
            told = now
            speed = (have - first) / max(now - began, 1e-3)
            to.report(have / size if size else None, _message(have, size, speed))


def _message(have: int, size: int | None, speed: float) -> Message:
    whole = f" / {size / 1e6:.1f}" if size else ""
    done = f"{have / 1e6:.1f}{whole} MB"
    if not speed:
        return Message(done, done)
    done += f" · {speed / 1e6:.1f} MB/s"
    if not size:
        return Message(done, done)
    left = (size - have) / speed
    ko, en = (f"{left:.0f}초", f"{left:.0f} s") if left < 90 else (
        f"{left / 60:.0f}분", f"{left / 60:.0f} min"
    )  # fmt: skip
    return Message(f"{done} · {ko} 남음", f"{done} · {en} left")


@contextmanager
def _open(url: str, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    """Open the address; a full part that the server cannot go on with is asked for anew."""
    own = {"User-Agent": "maumgyeol", "Accept-Encoding": "identity"}
    opener = privacy.opener(_Redirects())
    try:
        try:
            reply = opener.open(
                urllib.request.Request(url, headers={**own, **headers}), None, _TIMEOUT
            )
        except urllib.error.HTTPError as error:
            if error.code != 416:
                raise
            reply = opener.open(urllib.request.Request(url, headers=own), None, _TIMEOUT)
    except urllib.error.HTTPError as error:
        raise DownloadError(
            f"서버가 파일을 주지 않았어요 (HTTP {error.code}). 나중에 다시 해 보세요.",
            f"The server did not give the file (HTTP {error.code} {error.reason}). Try later.",
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        raise DownloadError(
            "서버에 연결할 수 없어요. 인터넷 연결을 확인하고 다시 눌러 주세요.",
            f"The server cannot be reached ({getattr(error, 'reason', error)}). "
            "Check the internet connection and try again.",
        ) from error
    with reply:
        yield reply


def _offer(reply: http.client.HTTPResponse) -> Offer:
    kind = reply.headers.get_content_type()
    if kind.startswith("text/") or kind.endswith(("json", "xml")):
        raise DownloadError(
            f"모델 대신 다른 것이 왔어요 ({kind}). 로그인이 필요한 인터넷이 아닌지 보고 다시 해 "
            "주세요.",
            f"Something else than the model came ({kind}). Perhaps the network asks for a login.",
        )
    tag = reply.headers.get("ETag") or ""
    tag = tag if tag and not tag.startswith("W/") else reply.headers.get("Last-Modified") or ""
    ranged = re.fullmatch(r"bytes \d+-\d+/(\d+)", reply.headers.get("Content-Range") or "")
    if reply.status == 206 and ranged:
        return Offer(int(ranged[1]), bool(tag), tag)
    length = reply.headers.get("Content-Length") or ""
    return Offer(int(length) if length.isdigit() else None, False, tag)


def _start(reply: http.client.HTTPResponse) -> int:
    found = re.match(r"bytes (\d+)-", reply.headers.get("Content-Range") or "")
    return int(found[1]) if found else -1


def _cut(have: int, size: int | None) -> DownloadError:
    whole = f" / {size / 1e6:.1f}" if size else ""
    return DownloadError(
        f"받다가 연결이 끊겼어요 ({have / 1e6:.1f}{whole} MB). '이어 받기'를 누르면 이어서 받아요.",
        f"The connection broke ({have / 1e6:.1f}{whole} MB arrived). Resume to go on from there.",
    )


# ----------------------------------------------------------------------------------------
# The disk's side of a download: the part, what is noted beside it, room, and the last check.

_SPARE = 20_000_000  # bytes that stay free on the disk
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Kept:
    """Bytes of a part, the version of the file that they are of, and whether that is all."""

    bytes: int = 0
    tag: str = ""
    whole: bool = False


def kept_part(part: Path) -> Kept:
    """Return what is there to go on from; nothing where its version is not known."""
    try:
        notes = json.loads(_notes(part).read_text(encoding="utf-8"))
        size, tag = part.stat().st_size, str(notes["tag"])
        return Kept(size, tag, size == notes["bytes"]) if tag else Kept()
    except (FileNotFoundError, *MALFORMED):  # then the download begins anew
        return Kept()


def note(part: Path, tag: str, size: int | None) -> None:
    """Note beside *part* which version of the file it is of, and how large that is.

    Raises:
        OSError: the folder cannot be written.
    """
    _notes(part).write_text(json.dumps({"tag": tag, "bytes": size}), encoding="utf-8")


def room(place: Path, size: int | None, have: int) -> None:
    """Refuse to begin what the disk cannot hold.

    Raises:
        OSError: there is too little room.
    """
    free = shutil.disk_usage(place.parent).free
    if size is not None and size - have > free - _SPARE:
        raise OSError(errno.ENOSPC, "No space left on device")


def check(part: Path) -> None:
    """Refuse what is no whole zip; a damaged part is deleted, as nothing can be built on it.

    Raises:
        DownloadError: it is damaged or something else.
        OSError: it cannot be read.
    """
    with part.open("rb") as stream:
        head = stream.read(4)
    try:
        with zipfile.ZipFile(part) as archive:
            bad = archive.testzip() is not None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError):
        bad = True
    if bad or head != _ZIP:
        discard(part)
        raise DownloadError(
            "받은 파일이 모델이 아니거나 손상되었어요. 지웠으니 다시 받아 주세요.",
            "What arrived is no model file, or is damaged. It was deleted; download it again.",
        )


def discard(part: Path) -> None:
    """Delete a part and its notes.

    Raises:
        OSError: the folder cannot be written.
    """
    for each in (part, _notes(part)):
        each.unlink(missing_ok=True)


def storage(place: Path, error: OSError) -> StorageError:
    """Return what to say when a file cannot be written."""
    if error.errno == errno.ENOSPC:
        return StorageError(
            f"디스크에 자리가 모자라요: {place.parent}. 자리를 만든 뒤 이어 받아 주세요.",
            f"The disk is full: {place.parent}. Make room, then resume the download.",
        )
    return StorageError(
        f"모델을 저장할 수 없어요: {place.parent} ({error.strerror})",
        f"Cannot store the model in {place.parent}: {error.strerror or error}",
    )


def part_of(place: Path) -> Path:
    """Return where the part of a file lies while it is being fetched."""
    return place.with_name(place.name + ".part")


def _notes(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def leftovers(place: Path) -> tuple[Path, Path]:
    """Return the files that an unfinished download leaves beside *place*."""
    part = part_of(place)
    return part, _notes(part)


def settle(part: Path, place: Path) -> None:
    """Put the whole part in its place.

    Raises:
        OSError: the folder cannot be written.
    """
    os.replace(part, place)
    _notes(part).unlink(missing_ok=True)
