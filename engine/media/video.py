"""Where live pictures come from: a camera, a video file or a stream, all read the same way."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.core.errors import CameraError
from engine.media.images import Bgr

if TYPE_CHECKING:
    import cv2

VIDEO_SUFFIXES = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
"""File endings that the open dialogs offer."""

OPEN_MS = 5000
"""How long a stream may take to open."""

STALL_MS = 15_000
"""How long a stream may hold its next frame back before it counts as gone."""

SCHEMES = {
    "http": "http,https,httpproxy,tcp,tls,crypto",
    "https": "http,https,httpproxy,tcp,tls,crypto",
    "rtsp": "rtsp,rtp,srtp,udp,tcp,tls,crypto",
    "rtmp": "rtmp,tcp",
}
"""What a stream's address may begin with, and the protocols that FFmpeg may use for it: never
``file``, so that no playlist from elsewhere opens a file of this machine."""

_OPTIONS = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_CONTAINERS = "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg"
_LISTS = (b"ffconcat", b"#EXTM3U", b"[playlist]", b"<?xml", b"<MPD", b"<smil", b"<asx", b"v=0")
_RETRIES = 5
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)  # two letters: not a drive
_LOGIN = re.compile(r"([a-z][a-z0-9+.-]+:/{1,2})\S*@", re.IGNORECASE)
_QUERY = re.compile(r"([a-z][a-z0-9+.-]+:/{1,2}[^\s?]*\?)\S+", re.IGNORECASE)
_HOST = re.compile(r"([^:\[\]]*|\[[^\]]*\])(:\d*)?")
_opening = threading.Lock()


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image: BGR (H, W, 3).
        milliseconds: its time since the source's start; of a video file, the file's own.
        captured: when it was read, by ``time.monotonic``.
    """

    image: Bgr
    milliseconds: int
    captured: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Camera:
    """A camera of this machine: the index to open it by, and its name."""

    index: int
    name: str


def list_cameras() -> list[Camera]:
    """Return this machine's cameras; opens each for a moment where the system has no list."""
    if sys.platform.startswith("linux"):
        return _linux_cameras(Path("/sys/class/video4linux"))
    found = []
    for index in range(5):
        capture = open_capture(index)
        if capture.isOpened():
            found.append(Camera(index, f"Camera {index}"))
        capture.release()
    return found


def _linux_cameras(folder: Path) -> list[Camera]:
    found = []
    for device in folder.glob("video*") if folder.is_dir() else ():
        number = device.name.removeprefix("video")
        first = (device / "index").read_text().strip() if (device / "index").exists() else "0"
        if number.isdecimal() and first == "0":  # the others carry metadata, not pictures
            found.append(Camera(int(number), (device / "name").read_text().strip()))
    return sorted(found, key=lambda camera: camera.index)


class FrameSource:
    """Frames of a camera index, a video file or a stream URL.

    Iterating paces a video file by its own frame rate; a camera and a stream pace
    themselves. One thread at a time; close it, best by ``with``::

        with FrameSource("party.mp4") as source:
            for frame in source: ...

    Args:
        spec: camera index (also as text, ``"0"``), path of a video file, or an address that
            begins with one of ``SCHEMES``.

    Attributes:
        kind: ``"camera"``, ``"video"`` or ``"stream"``.
        name: what error sentences call it, without user name and password.
        frames_per_second: of a video file; 0.0 when unknown.

    Raises:
        CameraError: it cannot be opened.
    """

    def __init__(self, spec: int | str | Path) -> None:
        self.kind, self.name, target = _what(spec)
        self._capture = open_capture(target)
        if not self._capture.isOpened():
            self._capture.release()
            raise _cannot_open(self.kind, self.name)
        import cv2

        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.frames_per_second = rate if np.isfinite(rate) and 1 <= rate <= 240 else 0.0
        self._packed = self.kind == "stream" and _ask_for_jpegs(self._capture)
        self._promised = int(max(self._capture.get(cv2.CAP_PROP_FRAME_COUNT), 0))
        self._count = 0
        self._first_ms = self._last_ms = 0.0
        self._start = time.monotonic()

    def read(self) -> Frame | None:
        """Return the next frame, or ``None`` at the end of a video file.

        Raises:
            CameraError: the camera or the stream has stopped, or the file is damaged.
        """
        for _ in range(_RETRIES if self.kind == "camera" or self._packed else 1):
            good, image = self._capture.read()
            whole = self._unpacked(image) if good and image is not None else None
            if whole is not None and whole.size:
                return self._frame(whole)
            if self.kind == "camera":
                time.sleep(0.02)
        if self.kind != "video":
            raise _gone(self.kind, self.name)
        if self._count == 0 or self._count < 0.8 * self._promised:
            raise CameraError(
                f"영상이 중간에 손상되었어요: {self.name} "
                f"({self._promised}장면 가운데 {self._count}장면까지 읽었어요).",
                f"The video {self.name} is damaged: only {self._count} of its "
                f"{self._promised} frames can be read.",
            )
        return None

    @property
    def frames(self) -> int:
        """How many frames a video file promises to hold; 0 when unknown."""
        return self._promised

    @property
    def clock_ms(self) -> float:
        """Time of the frame last read by the file's own clock; 0 when it has none.

        Frames of a file with a variable rate are not evenly spaced by it.
        """
        import cv2

        return max(float(self._capture.get(cv2.CAP_PROP_POS_MSEC)), 0.0)

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames, each not before its time."""
        while (frame := self.read()) is not None:
            if self.kind == "video":
                time.sleep(max(0.0, self._start + frame.milliseconds / 1000 - time.monotonic()))
            yield frame

    def close(self) -> None:
        """Let go of the device or file; safe to call twice."""
        self._capture.release()

    def __enter__(self) -> FrameSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _unpacked(self, image: npt.ArrayLike) -> Bgr | None:
        """Return the picture alone; ``None`` of a JPEG that is damaged."""
        import cv2

        found = np.asarray(image, dtype=np.uint8)
        if not self._packed or not found.size:
            return found
        decoded = cv2.imdecode(found.ravel(), cv2.IMREAD_COLOR)
        return None if decoded is None else np.asarray(decoded, dtype=np.uint8)

    def _frame(self, image: Bgr) -> Frame:
        if image.ndim == 2:
            image = np.repeat(image[:, :, None], 3, axis=2)
        if self.kind == "video":
            when = float(self._file_time())
        else:
            when = (time.monotonic() - self._start) * 1000
        self._count += 1
        return Frame(image, int(when))

    def _file_time(self) -> int:
        """Return the frame's own time in the file, whose rate may vary, or one by its rate."""
        import cv2

        stamp = float(self._capture.get(cv2.CAP_PROP_POS_MSEC))
        if self._count == 0:
            self._first_ms = stamp if np.isfinite(stamp) else 0.0
            return 0
        stamp -= self._first_ms
        if not np.isfinite(stamp) or stamp <= self._last_ms:
            stamp = self._last_ms + 1000 / (self.frames_per_second or 25.0)
        self._last_ms = stamp
        return round(stamp)


def _what(spec: int | str | Path) -> tuple[str, str, int | str]:
    """Return kind, name and what OpenCV is asked to open.

    Raises:
        CameraError: an address of another kind; a file that is not there, is no ordinary file,
            is empty, or holds no video itself.
    """
    text = str(spec).strip()
    if isinstance(spec, int) or text.isdecimal():
        return "camera", text, int(text)
    path, scheme = Path(spec), _SCHEME.match(text)
    if scheme is not None and not os.path.isfile(path):
        if scheme[1].lower() not in SCHEMES or not text.startswith("//", scheme.end()):
            allowed = ", ".join(SCHEMES)
            raise CameraError(
                f"이런 주소는 열지 않아요: {scheme[0]} 영상 파일이나 {allowed} 주소를 넣어 주세요.",
                f"Addresses with {scheme[0]} are not opened. "
                f"Give a video file, or an address with {allowed}.",
            )
        return "stream", without_secrets(text), text
    _check_file(path, without_secrets(path.name or text))
    return "video", path.name, os.path.abspath(path)  # a relative name might read as a protocol


def _check_file(path: Path, name: str) -> None:
    try:
        kind = path.stat()
    except (OSError, ValueError) as error:
        raise CameraError(
            f"영상을 찾을 수 없어요: {name}", f"There is no video file {name!r}."
        ) from error
    if not stat.S_ISREG(kind.st_mode):
        raise CameraError(
            f"영상 파일이 아니에요 (폴더, 장치나 통로): {name}",
            f"{name} is no video file but a folder, a device or a pipe.",
        )
    if kind.st_size == 0:
        raise CameraError(f"빈 파일이에요: {name}", f"The file {name} is empty.")
    try:
        with path.open("rb") as stream:
            head = stream.read(400)
    except OSError as error:
        raise CameraError(
            f"영상을 열 수 없어요: {name} ({error.strerror})",
            f"Cannot open the video {name}: {error.strerror}",
        ) from error
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_LISTS):
        raise CameraError(
            f"영상이 아니라 다른 파일을 가리키는 목록이에요: {name}. 영상 파일을 직접 열어 주세요.",
            f"{name} is no video but a list of other files. Open the video file itself.",
        )
    if not _is_video(head):
        raise _cannot_open("video", name)


def _is_video(head: bytes) -> bool:
    """Whether a file's first 400 bytes are those of a container that holds its own pictures."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"):
        return True  # MP4, MOV
    if head[:4] == b"RIFF":
        return head[8:12] == b"AVI "
    if any(head[at :: 188 + at][:2] == b"GG" for at in (0, 4)):
        return True  # MPEG transport stream; camcorders put four bytes before each packet
    kinds = (b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"FLV", b"0&\xb2u",
             b"OggS")  # fmt: skip
    return head.startswith(kinds)


def without_secrets(text: str) -> str:
    """Return *text* with an address's login and query hidden, to be shown or logged.

    >>> without_secrets("rtsp://me:secret@camera.local:554/live?token=1")
    'rtsp://…@camera.local:554/live?…'
    >>> without_secrets("/clips/a@b.mp4")
    '/clips/a@b.mp4'
    """
    return _QUERY.sub(r"\1…", _LOGIN.sub(r"\1…@", text))


def without_login(spec: str) -> str:
    """Return a stream's address without user name and password, which are never stored.

    >>> without_login("rtsp://me:secret@camera.local:554/live")
    'rtsp://camera.local:554/live'
    >>> without_login("rtsp://me:pass/word@camera.local/live")
    'rtsp://camera.local/live'
    >>> without_login("http://camera.local:81/a@b"), without_login("/clips/a@b.mp4")
    ('http://camera.local:81/a@b', '/clips/a@b.mp4')
    """
    scheme, mark, rest = spec.partition("://")
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    if mark and _HOST.fullmatch(host):
        return f"{scheme}://{host}{rest[len(authority) :]}"
    return f"{scheme}://{rest.rpartition('@')[2]}" if mark else spec


def _ask_for_jpegs(capture: cv2.VideoCapture) -> bool:
    """Have a motion JPEG stream hand over its pictures undecoded; return whether it does.

    OpenCV squeezes all frames into the size of the first; decoded one by one, pictures of
    another size keep their shape.
    """
    import cv2

    kind = int(capture.get(cv2.CAP_PROP_FOURCC))
    return kind == cv2.VideoWriter.fourcc(*"MJPG") and bool(capture.set(cv2.CAP_PROP_FORMAT, -1))


def open_capture(target: int | str) -> cv2.VideoCapture:
    """Open a camera's index, a file or an address; the caller asks whether it is open.

    FFmpeg may use the protocols of :data:`SCHEMES` for an address, and for a file nothing but
    that file, in a container that holds its own pictures.
    """
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # the errors here say it better
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    if isinstance(target, int):
        return cv2.VideoCapture(target)
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, STALL_MS,
    ]  # fmt: skip
    protocols = SCHEMES.get(target.partition("://")[0].lower())
    if protocols is None:
        allowed = f"protocol_whitelist;file|format_whitelist;{_CONTAINERS}"
    else:
        allowed = f"rtsp_flags;prefer_tcp|protocol_whitelist;{protocols}"
    with _ffmpeg_options(allowed):
        return cv2.VideoCapture(target, cv2.CAP_FFMPEG, limits)


@contextlib.contextmanager
def _ffmpeg_options(added: str) -> Iterator[None]:
    """Hand FFmpeg's options to OpenCV, which reads them from the environment while it opens."""
    with _opening:
        before = os.environ.get(_OPTIONS)
        os.environ[_OPTIONS] = f"{before}|{added}" if before else added
        try:
            yield
        finally:
            if before is None:
                del os.environ[_OPTIONS]
            else:
                os.environ[_OPTIONS] = before


def _cannot_open(kind: str, name: str) -> CameraError:
    """Return the sentence of a ``camera``, ``stream`` or ``video`` that will not open."""
    if kind == "camera":
        return CameraError(
            f"{name}번 카메라를 열 수 없어요. 연결되어 있는지, 다른 프로그램이 쓰고 있지 않은지 "
            "확인해 주세요.",
            f"Camera {name} cannot be opened. Check that it is plugged in, allowed, and not "
            "used by another program.",
        )
    if kind == "stream":
        return CameraError(
            f"스트림에 연결할 수 없어요: {name}. 주소와 네트워크를 확인해 주세요.",
            f"Cannot connect to the stream {name}. Check the address and the network.",
        )
    return CameraError(
        f"영상으로 읽을 수 없는 파일이에요: {name}", f"{name} is not a video that can be read."
    )


def _gone(kind: str, name: str) -> CameraError:
    """Return the sentence of a camera or stream that has stopped."""
    if kind == "camera":
        return CameraError(
            f"{name}번 카메라와 연결이 끊겼어요. 다시 꽂은 뒤 카메라를 다시 켜 주세요.",
            f"Camera {name} has stopped. Plug it in again and start it anew.",
        )
    return CameraError(
        f"스트림이 끊겼어요: {name}. 다시 연결해 주세요.",
        f"The stream {name} has stopped. Connect to it again.",
    )
