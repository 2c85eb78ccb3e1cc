"""Build the one-folder program and try it where the sources are out of reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from devtools import ROOT, display, venv
from devtools.console import StatusLine, Stop, note, step

DIST = ROOT / "dist" / "maumgyeol"
LOG = ROOT / "build" / "pyinstaller.log"
UNWANTED = ("torch", "torchvision", "transformers", "ultralytics", "PySide6/Qt/lib/libQt6WebEngine")
"""What the package must not carry: training libraries and half of Qt."""

TABS = ("reviews", "emotions", "faces", "digits", "comments", "chat", "learning")
SETTLED = 4.0
"""Seconds that a tab gets to load its models, so that a failure reaches the log."""

WITH_SYMBOLS = (
    "_polars_runtime_32/*.so",
    "ctranslate2/_ext*.so",
    "libpython3*.so*",
    "mediapipe/tasks/c/libmediapipe.so",
)
"""Libraries whose symbol tables weigh 150 MB and serve nobody; the trial shows they still load.
Not all libraries: those that auditwheel has patched may break (NumPy's OpenBLAS does)."""


def program(folder: Path = DIST) -> Path:
    """Return the executable inside the built *folder*."""
    return folder / ("maumgyeol.exe" if os.name == "nt" else "maumgyeol")


def build(rest: Sequence[str]) -> int:
    """Run PyInstaller, say the size, and try the copy; returns 0 when all of it works.

    Raises:
        Stop: PyInstaller failed, or the built program does not answer.
    """
    if "--trial-only" not in rest:
        _pyinstaller()
        _strip()
    if not program().exists():
        raise Stop("dist/maumgyeol이 없어요.", "There is no dist/maumgyeol to try.")
    total = size(DIST)
    step(f"dist/maumgyeol: {total / 1e6:.0f} MB in {sum(1 for _ in files(DIST))} files")
    for name, bytes_ in largest(DIST):
        note(f"{bytes_ / 1e6:6.1f} MB  {name}")
    carried = [name for name in UNWANTED if (DIST / "_internal" / name).exists()]
    if carried:
        raise Stop(
            f"패키지에 들어가면 안 되는 것이 있어요: {', '.join(carried)}",
            f"The package carries what it must not: {', '.join(carried)}",
        )
    return trial()


def files(folder: Path) -> Iterator[Path]:
    """Yield every file below *folder*, links left out."""
    return (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def size(folder: Path) -> int:
    """Return the bytes of every file below *folder*."""
    return sum(path.stat().st_size for path in files(folder))


def largest(folder: Path, count: int = 10) -> list[tuple[str, int]]:
    """Return the heaviest entries one level below ``_internal``, largest first."""
    inside = folder / "_internal"
    weights = [
        (path.name, size(path) if path.is_dir() else path.stat().st_size)
        for path in inside.iterdir()
        if not path.is_symlink()
    ]
    return sorted(weights, key=lambda item: -item[1])[:count]


def _pyinstaller() -> None:
    step("PyInstaller (takes minutes)")
    command = [str(venv.python()), "-m", "PyInstaller", "--noconfirm", "--clean", "build.spec"]
    LOG.parent.mkdir(exist_ok=True)
    line = StatusLine()
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for text in process.stdout:
            log.write(text)
            what = text.rpartition("INFO: ")[2].strip()
            line.show(what, important=what.startswith(("Building", "Looking")))
    line.close()
    if process.returncode:
        raise Stop(
            f"패키지를 만들지 못했어요. 자세한 기록: {LOG}",
            f"PyInstaller failed; its log is {LOG}",
        )


def _strip() -> None:
    """Drop the symbol tables of the libraries that carry large ones (Linux)."""
    if sys.platform != "linux" or shutil.which("strip") is None:
        return
    for pattern in WITH_SYMBOLS:
        for path in (DIST / "_internal").glob(pattern):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def clean_environment(home: Path) -> dict[str, str]:
    """Return the environment of a person who has never seen the sources; data in *home*."""
    keep = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LANG", "DISPLAY")
    kept = {name: os.environ[name] for name in keep if name in os.environ}
    path = "/usr/bin:/bin" if os.name == "posix" else os.environ.get("PATH", "")
    home.mkdir(parents=True, exist_ok=True)
    return {"LANG": "C.UTF-8", **kept, "PATH": path, "HOME": str(home), "USERPROFILE": str(home)}


def hiding(command: Sequence[str], hidden: Path = ROOT) -> list[str]:
    """Return *command* run where *hidden* is an empty folder, if this machine can do that."""
    if sys.platform == "linux" and shutil.which("unshare"):
        script = f'mount -t tmpfs none "{hidden}" && exec "$@"'
        wrapped = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh"]
        probe = subprocess.run([*wrapped, "true"], capture_output=True, check=False)
        if probe.returncode == 0:
            return [*wrapped, *command]
    return list(command)


def trial() -> int:
    """Copy the program elsewhere, run its self-test and open its window there.

    Raises:
        Stop: one of the two does not work.
    """
    with tempfile.TemporaryDirectory(prefix="maumgyeol-trial-") as folder:
        copy = Path(folder) / "마음결 copy"
        step(f"Trying a copy in {copy}")
        shutil.copytree(DIST, copy, symlinks=True)
        command = hiding([str(program(copy))])
        if command[0] != "unshare":
            note("the sources stay readable here (no right to hide them)")
        env = clean_environment(Path(folder) / "home")
        _selftest(command, folder, env)
        if display.has_xvfb():
            open_window(command, Path(folder), env)
        else:
            note("Xvfb is not installed, so the window was not tried")
    return 0


def _selftest(command: Sequence[str], folder: str, env: dict[str, str]) -> None:
    done = subprocess.run(
        [*command, "--selftest"],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    print(done.stdout.rstrip(), flush=True)
    if done.returncode:
        raise Stop(
            "패키지의 자가 진단이 실패했어요.",
            f"The package's --selftest failed (status {done.returncode}).",
        )
    if fallen := fallbacks(done.stdout):
        raise Stop(
            f"패키지에서 모델 대신 규칙이 답했어요: {', '.join(fallen)}",
            f"Rules answered instead of a model in the package: {', '.join(fallen)}",
        )


def fallbacks(selftest: str) -> list[str]:
    """Return the self-test's lines in which a fall-back answered instead of the real engine."""
    lines = [line for line in selftest.splitlines() if line.startswith("ok ")]
    okt_missing = [line for line in lines if line.split()[1] == "morphemes" and "Okt" not in line]
    return okt_missing + [line for line in lines if "(rules " in line]


def open_window(command: Sequence[str], folder: Path, env: dict[str, str]) -> None:
    """Open the window once on each tab; its log must stay free of errors.

    Raises:
        Stop: no window came, the program ended, or a tab failed.
    """
    with display.virtual() as name, display.Screen(name) as screen:
        for tab in TABS:
            data = folder / f"data-{tab}"
            data.mkdir()
            settings = json.dumps({"window/last_tab": tab})
            (data / "settings.json").write_text(settings, encoding="utf-8")
            here = {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "MAUMGYEOL_DATA": str(data)}
            process = subprocess.Popen(command, cwd=folder, env={**env, **here})
            try:
                window = screen.wait(lambda shown: shown.width >= 600, process, 60)
                time.sleep(SETTLED)
                ended = process.poll() is not None
            finally:
                process.terminate()
                process.wait()
            log = (data / "maumgyeol.log").read_text(encoding="utf-8")
            if window is None or ended or " ERROR " in log or " CRITICAL " in log:
                raise Stop(
                    f"패키지의 창이 '{tab}' 탭을 열지 못했어요.",
                    f"The package's window could not open the tab '{tab}'.\n{log[-2000:]}",
                )
            note(f"window {window.width} x {window.height}, tab {tab}: ok")
