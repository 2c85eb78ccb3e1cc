"""The system libraries that Qt and MediaPipe open on Linux, and how to get what is missing."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devtools.console import Stop, note, step


@dataclass(frozen=True)
class Library:
    """A shared library or program, the Debian package that has it, and what needs it."""

    name: str
    package: str
    reason: str
    required: bool = True


LIBRARIES = (
    Library("libEGL.so.1", "libegl1", "Qt, MediaPipe"),
    Library("libGL.so.1", "libgl1", "Qt"),
    Library("libGLESv2.so.2", "libgles2", "MediaPipe"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "Qt"),
    Library("libdbus-1.so.3", "libdbus-1-3", "Qt"),
    Library("libfontconfig.so.1", "libfontconfig1", "Qt"),
    Library("libfreetype.so.6", "libfreetype6", "Qt"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "Qt"),
    Library("libX11.so.6", "libx11-6", "Qt"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "the window on X11"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "the window on X11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "the window on X11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "the window on X11"),
    Library("libxcb-image.so.0", "libxcb-image0", "the window on X11"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "the window on X11"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "the window on X11"),
    Library("libxcb-render.so.0", "libxcb-render0", "the window on X11"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "the window on X11"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "the window on X11"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "the window on X11"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "the window on X11"),
    Library("libxcb-util.so.1", "libxcb-util1", "the window on X11"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "the window on X11"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "the window on X11"),
    Library("libpulse.so.0", "libpulse0", "QtMultimedia, where it is used", required=False),
)
FOR_TESTS = (
    Library("Xvfb", "xvfb", "the tests' virtual screen", required=False),
    Library("strace", "strace", "the test that nothing leaves the machine", required=False),
)


def is_there(library: Library) -> bool:
    """Whether the dynamic linker opens the library, or the program is on the path."""
    if ".so" not in library.name:
        return shutil.which(library.name) is not None
    try:
        ctypes.CDLL(library.name)
    except OSError:
        return False
    return True


def missing(
    wanted: Sequence[Library], probe: Callable[[Library], bool] | None = None
) -> list[Library]:
    """Return those of *wanted* that *probe* (by default this machine) does not have."""
    ask = probe or is_there
    return [library for library in wanted if not ask(library)]


def install_line(libraries: Sequence[Library]) -> str:
    """Return the line that a person types to install them on Debian or Ubuntu."""
    packages = " ".join(dict.fromkeys(library.package for library in libraries))
    return f"apt-get install -y --no-install-recommends {packages}"


def ensure(*, tests: bool) -> None:
    """Check the libraries; as root on Debian install them, else print the line to run.

    Raises:
        Stop: a required library is missing and cannot be installed from here.
    """
    if sys.platform != "linux":
        return
    lacking = missing(LIBRARIES + (FOR_TESTS if tests else ()))
    if not lacking:
        return
    names = ", ".join(f"{item.name} ({item.reason})" for item in lacking)
    if shutil.which("apt-get") is None:
        note(f"Missing system libraries, please install them: {names}")
        return
    if os.geteuid() != 0:
        if any(item.required for item in lacking):
            raise by_hand(lacking)
        note(f"Missing: {names}. To install: sudo {install_line(lacking)}")
        return
    step(f"Installing system libraries: {', '.join(item.package for item in lacking)}")
    if not _apt(install_line(lacking)):
        note("Refreshing the package lists (apt-get update)")
        if not (_apt("apt-get update") and _apt(install_line(lacking))):
            raise by_hand(lacking)
    if still := [item for item in missing(lacking) if item.required]:
        raise by_hand(still)


def by_hand(lacking: Sequence[Library]) -> Stop:
    """Return the sentence that hands the installation over to the person."""
    line = f"sudo {install_line(lacking)}"
    return Stop(
        f"창을 여는 데 필요한 시스템 라이브러리가 없어요. 이 줄을 실행해 주세요:\n\n    {line}\n",
        "System libraries that the window needs are missing. Run the line above, then this again.",
    )


def _apt(line: str) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        line.split(), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        note((done.stdout.strip().splitlines() or [f"{line} failed"])[-1])
    return done.returncode == 0
