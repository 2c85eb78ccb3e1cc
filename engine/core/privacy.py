"""Nothing leaves the machine unasked: libraries that report home are silenced before they load.

``close_doors`` runs when ``engine`` is imported, so before any of these libraries; processes that
are started from here inherit what it sets. docs/privacy.md tells how each door was found, and
tests/test_privacy.py looks for new ones.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import urllib.request

SILENCE = {
    # Usage events and a lasting device id, ten seconds after the first session and then again.
    "ORT_DISABLE_TELEMETRY": "1",
    # Training: a look-up at import and events to an analytics server.
    "YOLO_OFFLINE": "true",
    # Training: usage events.
    "MLFLOW_DISABLE_TELEMETRY": "true",
    # Training: nothing is fetched from a hub, and nothing told to it.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # `predict reviews --backend ray`: usage statistics.
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Environment variables by which libraries are told not to report."""

NOWHERE = "nowhere://closed"
"""A proxy of a kind that libcurl does not know: it gives up before it opens a socket."""

REPORTED_TO = "play.googleapis.com"
"""Where MediaPipe 1.x sends its metrics, by libcurl and https; it has no option against that."""

_CLOSED = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
# http_proxy stays: OpenCV's FFmpeg opens the streams that a user names through it.
_EXEMPTIONS = ("no_proxy", "NO_PROXY")
_before: dict[str, str | None] = {}
"""What the variables held before the doors were closed."""

log = logging.getLogger(__name__)


def close_doors() -> None:
    """Silence every library that reports home; a second call changes nothing."""
    wanted = {**SILENCE, **dict.fromkeys(_CLOSED, NOWHERE)}
    for name in _EXEMPTIONS:
        if name in os.environ:
            kept = [item for item in os.environ[name].split(",") if not _exempts(item, REPORTED_TO)]
            wanted[name] = ",".join(kept)
    for name, value in wanted.items():
        given = os.environ.get(name)
        if given == NOWHERE:  # a process of ours was started by another one
            _before[name] = None
        elif given != value:
            _before[name] = given
        os.environ[name] = value


def _exempts(entry: str, host: str) -> bool:
    """Whether an entry of no_proxy would let *host* by the closed door."""
    suffix = entry.strip().lstrip("*.").lower()
    return bool(entry.strip()) and f".{host}".endswith(f".{suffix}" if suffix else "")


def outside_environment() -> dict[str, str]:
    """Return the environment as the user gave it, for other programs: a browser, a file manager."""
    environment = dict(os.environ)
    for name, value in _before.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    if getattr(sys, "frozen", False) and "LD_LIBRARY_PATH" in environment:
        # PyInstaller's loader points it at our own libraries, which are not for others.
        original = environment.pop("LD_LIBRARY_PATH_ORIG", None)
        del environment["LD_LIBRARY_PATH"]
        if original:
            environment["LD_LIBRARY_PATH"] = original
    return environment


def opener(*handlers: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """Return an opener for downloads that the user asked for, through the user's own proxies."""
    import urllib.request

    given = _user_proxies()

    class UserProxies(urllib.request.ProxyHandler):
        def proxy_open(self, req: urllib.request.Request, proxy: str, type: str) -> Any:
            if _bypasses(req.host, given):
                return None
            return super().proxy_open(req, proxy, type)  # type: ignore[misc]

    return urllib.request.build_opener(
        UserProxies({kind: url for kind, url in given.items() if kind != "no"}), *handlers
    )


def _user_proxies() -> dict[str, str]:
    """Return the user's proxies by kind, ``"no"`` for the hosts that need none.

    From the environment; where it names none, from the system's settings (macOS, Windows).
    """
    import urllib.request

    given = outside_environment()
    proxies: dict[str, str] = {}
    # Sorted, so that the lower-case name, which urllib prefers, comes last.
    for name in sorted(given):
        if name.lower().endswith("_proxy") and given[name]:
            proxies[name.lower().removesuffix("_proxy")] = given[name]
    system = {"darwin": "getproxies_macosx_sysconf", "win32": "getproxies_registry"}
    if not proxies and sys.platform in system:
        found: dict[str, str] = getattr(urllib.request, system[sys.platform])()
        return found
    return proxies


def _bypasses(host: str, proxies: dict[str, str]) -> bool:
    """Whether the user's settings say that *host* is reached without a proxy."""
    import urllib.request

    if "no" in proxies or sys.platform not in ("darwin", "win32"):
        return bool(urllib.request.proxy_bypass_environment(host, proxies))  # type: ignore[attr-defined]
    system = {"darwin": "proxy_bypass_macosx_sysconf", "win32": "proxy_bypass_registry"}
    return bool(getattr(urllib.request, system[sys.platform])(host))


def remove_traces() -> None:
    """Delete the device id and the queued events that ONNX Runtime kept in earlier versions."""
    import shutil  # its archives are not for the start

    for folder in _trace_folders():
        if not folder.is_dir():
            continue
        try:
            shutil.rmtree(folder)
            for parent in (folder.parent, folder.parent.parent):  # Microsoft/DeveloperTools
                if not any(parent.iterdir()):
                    parent.rmdir()
        except OSError as error:
            log.warning("the events kept in %s could not be deleted: %s", folder, error)


def _trace_folders() -> list[Path]:
    """Return where ONNX Runtime keeps a device id and events (seen on Linux; elsewhere alike)."""
    home = Path.home()
    if sys.platform == "darwin":
        roots = [home / "Library" / "Application Support", home / "Library" / "Caches"]
    elif sys.platform == "win32":
        roots = [Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))]
    else:
        roots = [Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")]
    return [root / "Microsoft" / "DeveloperTools" / ".onnxruntime" for root in roots]
