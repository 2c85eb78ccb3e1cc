"""Screens: whether there is one to open a window on, and virtual ones for trials (Xvfb)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WINDOWLESS = ("predict", "--selftest", "--version", "--help", "-h")
VIEWABLE = 2
"""X11's map_state of a window that is shown."""


def needed(arguments: Sequence[str]) -> bool:
    """Whether the program opens a window when it is given *arguments*."""
    return not (arguments and arguments[0] in WINDOWLESS)


def available() -> bool:
    """Whether a window can be opened: off Linux always, on it when a display is named."""
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return (
        sys.platform != "linux"
        or any(os.environ.get(name) for name in names)
        or os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal", "vnc"))
    )


def has_xvfb() -> bool:
    """Whether virtual screens can be made here."""
    return shutil.which("Xvfb") is not None


@contextlib.contextmanager
def virtual(size: str = "1600x1000x24") -> Iterator[str]:
    """Run an Xvfb of *size* (width x height x depth) and yield its display name, ``":7"``.

    Raises:
        RuntimeError: Xvfb did not start.
    """
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as stream:
            number = stream.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class _Attributes(ctypes.Structure):
    """Xlib's XWindowAttributes, as far as map_state."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing")),
        ("planes", ctypes.c_ulong),
        ("pixel", ctypes.c_ulong),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int),
        ("rest", ctypes.c_ubyte * 64),
    )


@dataclass(frozen=True)
class Shown:
    """A window on the screen: its size in pixels."""

    width: int
    height: int


class Screen:
    """Looks at an X display from outside, as a person would; a context manager."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        # A window may vanish between two questions; the default handler would end the process.
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        self._ignore = kind(lambda display, error: 0)
        self._x.XSetErrorHandler(self._ignore)
        opened = self._x.XOpenDisplay(name.encode())
        if not opened:
            raise RuntimeError(f"cannot open the display {name}")
        self._display = ctypes.c_void_p(opened)

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *error: object) -> None:
        self._x.XCloseDisplay(self._display)

    def windows(self) -> list[Shown]:
        """Return the windows that are shown now (without a window manager: the top level)."""
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        ignored, count = ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree(
            self._display,
            root,
            ctypes.byref(ignored),
            ctypes.byref(ignored),
            ctypes.byref(children),
            ctypes.byref(count),
        )
        if not count.value:
            return []
        found = [self._shown(ctypes.c_ulong(children[i])) for i in range(count.value)]
        self._x.XFree(children)
        return [item for item in found if item]

    def _shown(self, window: ctypes.c_ulong) -> Shown | None:
        facts = _Attributes()
        if not self._x.XGetWindowAttributes(self._display, window, ctypes.byref(facts)):
            return None
        if facts.map_state != VIEWABLE:
            return None
        return Shown(facts.width, facts.height)

    def wait(
        self, test: Callable[[Shown], bool], process: subprocess.Popen[bytes], seconds: float
    ) -> Shown | None:
        """Return the first window that passes *test*; None when *process* ends or time is up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and process.poll() is None:
            for window in self.windows():
                if test(window):
                    return window
            time.sleep(0.004)
        return None
