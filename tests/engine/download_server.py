"""A local HTTP server with ranges, and the ways in which servers misbehave."""

from __future__ import annotations

import hashlib
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import Message
from engine.models import downloads
from engine.models.downloads import Download
from engine.models.manifest import Source
from training.common.register import register


def archive(seed: int = 0, size: int = 700_000) -> bytes:
    """Return a zip of about *size* bytes that cannot be packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("x/data.pkl", np.random.default_rng(seed).bytes(size))
    return made.getvalue()


@dataclass
class Site:
    """What the server gives, and how; tests change it while it runs."""

    content: bytes = field(default_factory=archive)
    ranges: bool = True
    tagged: bool = True
    status: int = 200
    kind: str = "application/octet-stream"
    forward: str = ""
    cut_at: int | None = None
    """Ends the connection after so many bytes of the whole file."""
    hold_at: int | None = None
    """Waits for ``go`` after so many bytes of the whole file."""
    go: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        site, content = self.site, self.site.content
        site.requests.append(dict(self.headers))
        if site.forward:
            self.send_response(302)
            self.send_header("Location", site.forward)
            self.end_headers()
            return
        first, status, last = 0, site.status, len(content) - 1
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        same = self.headers.get("If-Range") in (None, site.tag)
        if asked and site.ranges and same and status == 200:
            first, last = int(asked[1]), int(asked[2] or last)
            if first > last:
                self.send_error(416)
                return
            status = 206
        self.send_response(status)
        self.send_header("Content-Type", site.kind)
        self.send_header("Content-Length", str(last + 1 - first))
        if site.tagged:
            self.send_header("ETag", site.tag)
        if status == 206:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.end_headers()
        self._send(first, last + 1)

    def _send(self, first: int, end: int) -> None:
        site = self.site
        for at in range(first, end, 50_000):
            if site.hold_at is not None and at >= site.hold_at:
                site.go.wait(30)
            if site.cut_at is not None and at >= site.cut_at:
                return
            try:
                self.wfile.write(site.content[at : min(at + 50_000, end)])
            except OSError:  # the client has had enough
                return


@contextmanager
def serving() -> Iterator[Site]:
    """Run a server and yield its site."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield site
        site.go.set()
        server.shutdown()
        thread.join()


@contextmanager
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Offer one download, objects-oiv7-n, from a local server and yield its site."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as made:
        item = Download(
            "objects-oiv7-n", Message("작은 모델", "small model"), f"{made.address}/n.pt", 700_000
        )
        monkeypatch.setattr(downloads, "_CATALOGUE", (item,))
        yield made


def part_of(data: Path) -> Path:
    """Return where the part of that download lies in the data folder."""
    return data / "downloads" / "n.pt.part"


def lacking(monkeypatch: pytest.MonkeyPatch, folder: Path, site: Site, name: str = "lost") -> None:
    """Have the program's own models be one, called *name*, whose file only the server has."""
    (folder / "lost.bin").write_bytes(site.content)
    options = {"version": "1.0", "task": "test", "licence": "CC0-1.0"}
    sources = [Source("models"), Source("url", f"{site.address}/lost.bin")]
    register(folder, name, files=["lost.bin"], sources=sources, **options)
    (folder / "lost.bin").unlink()
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
