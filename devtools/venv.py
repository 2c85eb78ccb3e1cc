"""The project's own Python in .venv: made once, installed by pip, remembered by a stamp."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from devtools import ROOT
from devtools.console import StatusLine, Stop, note, step

CORE, ALL = "core", "all"
EXTRAS = {CORE: "", ALL: "[training,dev]"}
FREE_BYTES = {CORE: 2_500_000_000, ALL: 4_500_000_000}
"""Room for the installed packages and pip's downloads beside them."""

FOLDER = ROOT / ".venv"
STAMP = FOLDER / "maumgyeol-stamp.json"
LOG = FOLDER / "install.log"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def python(folder: Path = FOLDER) -> Path:
    """Return the interpreter inside the environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted(level: str, root: Path = ROOT) -> dict[str, str]:
    """Return the stamp that an up-to-date environment of *level* carries."""
    with (root / "pyproject.toml").open("rb") as stream:
        table = tomllib.load(stream)
    asked = json.dumps([table["build-system"], table["project"]], sort_keys=True).encode()
    digest = hashlib.sha256(asked + (root / "constraints.txt").read_bytes()).hexdigest()
    return {"level": level, "digest": digest, "root": str(root)}


def is_ready(level: str, stamp: Path = STAMP, root: Path = ROOT) -> bool:
    """Whether the stamp says that *level* (or more) is installed for today's files."""
    have, want = _stamped(stamp), wanted(level, root)
    enough = have.pop("level", "") in (want.pop("level"), ALL)
    return enough and have == want


def _stamped(stamp: Path) -> dict[str, str]:
    """Return what the stamp says; nothing when it is absent or damaged."""
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def ensure(level: str) -> None:
    """Install what *level* needs unless the stamp says that it is there.

    Raises:
        Stop: no disk, no network, no venv module, or pip failed.
    """
    if is_ready(level) and python().exists():
        return
    if _stamped(STAMP).get("level") == ALL:
        level = ALL  # what was installed once is kept up to date
    check_disk(level)
    _make()
    _install(level)
    STAMP.write_text(json.dumps(wanted(level)), encoding="utf-8")


def check_disk(level: str, folder: Path = ROOT) -> None:
    """Raise Stop when the disk has no room for *level*."""
    have = sum(path.stat().st_size for path in _installed())
    free = shutil.disk_usage(folder).free
    need = max(FREE_BYTES[level] - have, 200_000_000)
    if free < need:
        raise Stop(
            f"디스크 공간이 부족해요: {need / 1e9:.1f} GB가 필요한데 {free / 1e9:.1f} GB 남았어요.",
            f"Not enough disk space in {folder}: {need / 1e9:.1f} GB needed, "
            f"{free / 1e9:.1f} GB free.",
        )


def _installed() -> Iterator[Path]:
    """Yield the large files that are in the environment already."""
    for pattern in ("lib/python*/site-packages/**/*.so*", "Lib/site-packages/**/*.dll"):
        yield from (path for path in FOLDER.glob(pattern) if path.is_file())


def _make() -> None:
    """Make .venv, or make it anew when its interpreter no longer answers."""
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    if python().exists() and _quiet([str(python()), "-c", probe]).returncode == 0:
        return
    step(f"Making .venv with Python {platform.python_version()}")
    done = _quiet([sys.executable, "-m", "venv", "--clear", str(FOLDER)])
    if done.returncode:
        raise Stop(
            "가상 환경을 만들 수 없어요. 데비안·우분투라면: sudo apt-get install -y python3-venv",
            "Cannot make .venv. On Debian or Ubuntu: sudo apt-get install -y python3-venv\n"
            f"        {_last_line(done.stdout)}",
        )


def _quiet(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
    except OSError as error:  # an interpreter that was moved or removed
        return subprocess.CompletedProcess(command, 127, str(error), "")


def _install(level: str) -> None:
    step(f"Installing the packages ({level}; the first time takes minutes)")
    command = [str(python()), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--constraint", str(ROOT / "constraints.txt")]
    command += [*torch_index(level), "--editable", f"{ROOT}{EXTRAS[level]}"]
    line = StatusLine()
    count = 0
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as pip,
    ):
        assert pip.stdout is not None
        for text in pip.stdout:
            log.write(text)
            word, _, what = text.strip().partition(" ")
            count += word == "Collecting"
            if word in ("Collecting", "Downloading"):
                line.show(f"[{count}] {word} {what}", important=_is_large(what))
            elif text.startswith("Installing collected"):
                line.show(f"[{count}] Unpacking the packages", important=True)
    line.close()
    if pip.returncode:
        raise explain(LOG.read_text(encoding="utf-8"))


def _is_large(what: str) -> bool:
    """Whether pip's '… (123.4 MB)' says that this download takes a while."""
    size = what.rpartition("(")[2]
    return size.endswith("MB)") and float(size.split()[0]) >= 30


def torch_index(level: str) -> list[str]:
    """Return pip's arguments for PyTorch's CPU wheels, where PyPI's own need CUDA (Linux)."""
    if level != ALL or sys.platform != "linux":
        return []
    try:
        with urllib.request.urlopen(f"{TORCH_CPU_INDEX}/torch/", timeout=5):
            return ["--extra-index-url", TORCH_CPU_INDEX]
    except (urllib.error.URLError, OSError):
        note("PyTorch's CPU index cannot be reached: pip takes torch from its own index")
        return []


OFFLINE = (
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Network is unreachable",
    "Max retries exceeded",
)


def explain(log: str) -> Stop:
    """Return the sentence that fits what pip wrote in *log*."""
    if "No space left on device" in log:
        return Stop(
            "설치하다가 디스크가 가득 찼어요. 공간을 비우고 다시 실행해 주세요.",
            "The disk became full while installing. Free some space and run this again.",
        )
    if any(sign in log for sign in OFFLINE):
        return Stop(
            "인터넷에 연결할 수 없어서 패키지를 받지 못했어요. "
            "연결(또는 프록시)을 확인하고 다시 실행해 주세요.",
            "The network cannot be reached, so the packages could not be fetched. Check the "
            "connection (or proxy) and run this again.",
        )
    return Stop(
        f"패키지를 설치하지 못했어요. 자세한 기록: {LOG}",
        f"pip could not install the packages; its log is {LOG}\n        {_last_line(log)}",
    )


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "ERROR" in line] or text.splitlines() or [""]
    return lines[-1].strip()
