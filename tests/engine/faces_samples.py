"""Real pictures for the faces tests, all made from the one sample."""

from __future__ import annotations

import contextlib
import http.server
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core import paths
from engine.media.images import Bgr, read_image
from engine.models import store


def sample() -> Bgr:
    """Return the bundled portrait, (512, 512, 3): one face, smiling, of about 100 pixels."""
    return read_image(paths.resources_dir() / "samples" / "face.jpg")


def head() -> Bgr:
    """Return the portrait's head alone, (200, 200, 3)."""
    return np.ascontiguousarray(sample()[20:220, 125:325])


def video(path: Path, frames: int = 12, side: int = 240) -> Path:
    """Write a short MJPG video of the portrait moving to the right, 10 frames a second."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (side, side))
    for number in range(frames):
        writer.write(cv2.resize(np.roll(sample(), 4 * number, axis=1), (side, side)))
    writer.release()
    return path


def turning_head(degrees: float, x: int = 256, side: int = 512) -> tuple[Bgr, np.ndarray]:
    """Return a head turned by *degrees*, its middle at *x*, and where its face can be seen.

    An ellipsoid that wears the portrait in front and dark hair behind, on a plain wall.
    """
    middle, width, height, zoom = (224.0, 128.0), 89.0, 120.0, 1.6
    half = (0.6 * width, 0.72 * height, 0.75 * width)
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    across, down = (columns - x) / zoom, (rows - 210) / zoom
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    square = (sin / half[0]) ** 2 + (cos / half[2]) ** 2
    linear = 2 * across * cos * sin * (1 / half[2] ** 2 - 1 / half[0] ** 2)
    inside = 1 - (down / half[1]) ** 2
    root = linear**2 - 4 * square * ((cos * across / half[0]) ** 2
                                     + (sin * across / half[2]) ** 2 - inside)  # fmt: skip
    head = (inside > 0) & (root >= 0)
    depth = (np.sqrt(np.maximum(root, 0)) - linear) / (2 * square)
    at_x = (cos * across - sin * depth + middle[0]).astype(np.float32)
    at_y = (down + middle[1] - 12).astype(np.float32)
    front = head & (sin * across + cos * depth > 0)
    picture = np.full((side, side, 3), 140, dtype=np.uint8)
    picture[head] = (40, 35, 30)
    picture[front] = cv2.remap(sample(), at_x, at_y, cv2.INTER_LINEAR)[front]
    face = ((at_x - middle[0]) / 44) ** 2 + ((at_y - middle[1]) / 56) ** 2 < 1
    return picture, front & face


def models_without(monkeypatch: pytest.MonkeyPatch, folder: Path, damaged: str = "") -> Path:
    """Point the program to a copy of models/ that holds the manifest only, or *damaged* files.

    What is not *damaged* is left out; no other source can be reached.
    """
    shipped = paths.models_dir()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(shipped / "manifest.toml", folder / "manifest.toml")
    text = (folder / "manifest.toml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith('  { kind = "wheel"')]
    kept = [line for line in kept if not line.startswith('  { kind = "url"')]
    (folder / "manifest.toml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    if damaged:
        place = folder / damaged
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"no model at all")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
    store.forget()
    return folder


def keep(folder: Path, *names: str) -> None:
    """Copy shipped model files into such a folder after all."""
    shipped = paths.program_dir() / "models"
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / name, folder / name)


class _Sender(http.server.BaseHTTPRequestHandler):
    """Sends eight pictures as motion JPEG, then hangs up like an unplugged camera."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        data = cv2.imencode(".jpg", cv2.resize(sample(), (160, 160)))[1].tobytes()
        for _ in range(8):
            self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
            self.wfile.write(f"Content-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


class _Stalling(_Sender):
    """Sends pictures, holds the ninth back for a while, and goes on."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the window has stopped listening
            data = cv2.imencode(".jpg", cv2.resize(head(), (160, 160)))[1].tobytes()
            for number in range(60):
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(f"Content-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n")
                time.sleep(1.6 if number == 7 else 0.05)


class _Changing(_Sender):
    """Sends pictures until told, is silent for five seconds, and goes on in another size."""

    turn = threading.Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        small, large = (
            cv2.imencode(".jpg", cv2.resize(head(), size))[1].tobytes()
            for size in ((160, 160), (320, 240))
        )
        turned = False
        with contextlib.suppress(ConnectionError):  # the window has stopped listening
            for _ in range(1200):
                if not turned and self.turn.wait(0.05):
                    turned = True
                    time.sleep(5.0)
                data = large if turned else small
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(f"Content-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n")
                time.sleep(0.05 if turned else 0.0)


@contextlib.contextmanager
def changing_stream() -> Iterator[tuple[str, threading.Event]]:
    """Serve a motion JPEG stream of 160x160; yield its address, and what makes it change.

    Once that is set it sends nothing for 5 s, then pictures of 320x240.
    """
    _Changing.turn = threading.Event()
    for url in _served(_Changing):
        yield url, _Changing.turn


@contextlib.contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Take all permissions on *folder* away, from the superuser too."""
    superuser = os.geteuid() == 0
    folder.chmod(0)
    if superuser:
        os.seteuid(65534)  # "nobody": no file mode keeps the superuser out
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)
        folder.chmod(0o755)


@contextlib.contextmanager
def stalling_stream() -> Iterator[str]:
    """Serve a motion JPEG stream that stalls for 1.6 s, and yield its address."""
    yield from _served(_Stalling)


@contextlib.contextmanager
def dying_stream() -> Iterator[str]:
    """Serve a motion JPEG stream of eight frames and yield its address."""
    yield from _served(_Sender)


def _served(sender: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), sender)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/live.mjpg"
    finally:
        server.shutdown()
        server.server_close()
