"""Nothing leaves the machine: no command and no idle window looks up a name or connects."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.app.main import USAGE
from devtools import ROOT
from engine.core import paths, privacy
from tests.engine import batch_files, emotion_files, faces_samples, labelled_sets, report_sets

SAMPLES = paths.resources_dir() / "samples"
IDLE = 60.0
"""Seconds; the first event of ONNX Runtime 1.31 left after ten."""

RUN = """
import io, json, sys, time
from desktop.app.main import main
for arguments in json.loads(sys.argv[1]):
    sys.stdin = io.StringIO("안녕하세요\\n")
    status = main(arguments)
    assert status == 0, (arguments, status)
time.sleep(float(sys.argv[2]))
"""
"""Every command in one process, which then waits for what libraries send later."""

NETWORK = re.compile(
    r"\b(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_INET6?"  # any address but a local socket
    r"|/etc/resolv\.conf|/run/systemd/resolve/"  # a name is looked up
)


def untouched() -> dict[str, str]:
    """Return this process's environment without what ``engine`` has set in it."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in privacy.SILENCE and "proxy" not in name.lower()
    }


def seen(command: Sequence[str], folder: Path, **extra: str) -> list[str]:
    """Run *command* and its children with a home of their own; return what they did on a network.

    Each is a line of strace: a connection that was tried, a packet, or a look-up of a name.
    """
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: what leaves the machine cannot be seen")
    home, trace = folder / "home", folder / "trace.txt"
    home.mkdir(exist_ok=True)
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    calls = "connect,sendto,sendmsg,sendmmsg,openat"
    done = subprocess.run(
        [strace, "-f", "--seccomp-bpf", "-qq", "-e", f"trace={calls}", "-o", str(trace), *command],
        cwd=ROOT,
        env={**untouched(), **own, **extra},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    if done.returncode and "PTRACE" in done.stdout:
        pytest.skip("this machine lets no process be traced")
    assert done.returncode == 0, done.stdout[-3000:]
    return [
        line for line in trace.read_text("utf-8", "replace").splitlines() if NETWORK.search(line)
    ]


def commands(folder: Path) -> list[list[str]]:
    """Return one use of each command of the program, on small inputs in *folder*."""
    table = batch_files.table(folder, 300)
    face, digit = str(SAMPLES / "face.jpg"), str(SAMPLES / "digit-5.png")
    judged = [str(folder / name) for name in ("judged.csv", "judged.parquet")]
    return [
        ["predict", "reviews", "배우들 연기가 정말 좋았어요", "--explain", "--json"],
        ["predict", "reviews", str(table), "--out", judged[0], "--backend", "loky"],
        ["predict", "reviews", str(table), "--out", judged[1], "--charts", str(folder / "charts")],
        ["predict", "emotions", "오늘 너무 무서웠어"],
        ["predict", "face", face],
        ["predict", "digit", digit],
        ["predict", "comment", face, "--seed", "1"],
        ["emotions-distribution", str(emotion_files.corpus(folder / "c.json", ["E10", "E20"]))],
        ["report", "reviews", "--data", str(report_sets.reviews(folder / "r.tsv")),
         "--out", str(folder / "report.pdf")],
        ["mosaic", face, "--out", str(folder / "hidden")],
        ["session", str(faces_samples.video(folder / "v.mp4")), "--csv", str(folder / "s.csv")],
        ["learn", "digits", "--data", str(labelled_sets.sign_folders(folder / "set", "4")),
         "--dry-run"],
        ["models", "list"],
        ["models", "verify"],
        ["chat"],
        ["--selftest"],
        ["--version"],
    ]  # fmt: skip


def test_no_command_uses_the_network(tmp_path: Path) -> None:
    runs = commands(tmp_path)
    named = set(re.findall(r"^maumgyeol ([a-z-]+)(?: |$)", USAGE, re.M)) - {"--quit-after-paint"}
    assert {run[0] for run in runs} == named, "a command is not tried"
    call = [sys.executable, "-c", RUN, json.dumps(runs), "15"]
    assert seen(call, tmp_path) == []
    left = [path for path in (tmp_path / "home").rglob("*") if "Microsoft" in path.parts]
    assert left == [], "a library left a device id"


def test_an_idle_window_whose_tabs_were_used_does_not_use_the_network(tmp_path: Path) -> None:
    code = f"from tests.benchmarks import all_tabs; all_tabs.probe({IDLE})"
    assert seen([sys.executable, "-c", code], tmp_path) == []


def test_libraries_of_training_and_of_charts_do_not_use_the_network(tmp_path: Path) -> None:
    code = (
        "from training.common import torchvision_cpu; torchvision_cpu.prepare()\n"
        "import dask, matplotlib.pyplot, mlflow, polars, sklearn, transformers, ultralytics"
    )
    assert seen([sys.executable, "-c", code], tmp_path) == []


def test_a_look_up_would_be_seen(tmp_path: Path) -> None:
    code = (
        "import contextlib, socket\n"
        "with contextlib.suppress(OSError): socket.getaddrinfo('maumgyeol.invalid', 443)"
    )
    assert seen([sys.executable, "-c", code], tmp_path)


def test_a_connection_would_be_seen(tmp_path: Path) -> None:
    code = (
        "import contextlib, socket\n"
        "with contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 1))"
    )
    assert seen([sys.executable, "-c", code], tmp_path)


# --- the doors ---------------------------------------------------------------------------


def told(code: str, **environment: str) -> dict[str, object]:
    """Run *code*, which prints JSON, in a Python of its own with *environment*."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**untouched(), **environment}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_doors_are_closed_before_any_library_and_the_users_settings_are_kept() -> None:
    given = {
        "https_proxy": "http://proxy.example:3128",
        "no_proxy": "localhost,10.0.0.0/8,.googleapis.com,example.org",
        "ORT_DISABLE_TELEMETRY": "0",
    }
    code = (
        "import json, os, sys, engine; from engine.core import privacy\n"
        "late = ('onnxruntime', 'mediapipe', 'cv2', 'urllib.request')\n"
        "heavy = [name for name in late if name in sys.modules]\n"
        "names = ('https_proxy', 'no_proxy', 'ORT_DISABLE_TELEMETRY')\n"
        "outside = privacy.outside_environment()\n"
        "print(json.dumps({'heavy': heavy, 'here': [os.environ[n] for n in names],"
        " 'outside': [outside.get(n) for n in names], 'all': outside.get('ALL_PROXY')}))"
    )
    found = told(code, **given)
    assert found["heavy"] == []
    assert found["here"] == [privacy.NOWHERE, "localhost,10.0.0.0/8,example.org", "1"]
    assert found["outside"] == list(given.values())
    assert found["all"] is None


def test_a_process_that_another_of_ours_started_gives_no_closed_proxy_to_others() -> None:
    code = (
        "import json, engine; from engine.core import privacy\n"
        "print(json.dumps({'outside': privacy.outside_environment().get('https_proxy')}))"
    )
    assert told(code, https_proxy=privacy.NOWHERE) == {"outside": None}


@pytest.mark.parametrize(
    ("entry", "lets_by"),
    [
        ("*", True), ("googleapis.com", True), (".com", True), ("*.googleapis.com", True),
        ("play.googleapis.com", True), ("", False), ("apis.com", False), ("localhost", False),
        ("192.168.0.0/16", False),
    ],
)  # fmt: skip
def test_an_exemption_that_would_open_the_door_is_left_out(entry: str, lets_by: bool) -> None:
    found = told(
        "import json, os, engine; print(json.dumps([os.environ['NO_PROXY']]))", NO_PROXY=entry
    )
    assert (found == [entry]) is not lets_by


def test_a_download_that_is_asked_for_goes_through_the_users_proxy(tmp_path: Path) -> None:
    """A proxy of the test's own answers for a host that does not exist."""
    code = """
import http.server, json, os, threading, urllib.request
class Proxy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(self.path.encode())
    def log_message(self, *said): pass
with http.server.HTTPServer(("127.0.0.1", 0), Proxy) as proxy:
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{proxy.server_port}"
    os.environ["http_proxy"] = here
    os.environ["no_proxy"] = "127.0.0.1"
    from engine.core import privacy
    opener = privacy.opener()
    answers = [opener.open(url).read().decode() for url in ("http://model.invalid/a", here + "/b")]
    proxy.shutdown()
print(json.dumps(answers))
"""
    assert told(code) == ["http://model.invalid/a", "/b"]


def test_what_onnx_runtime_left_is_deleted_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("the folder was seen on Linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    tools = tmp_path / "Microsoft" / "DeveloperTools"
    (tools / ".onnxruntime").mkdir(parents=True)
    (tools / ".onnxruntime" / "deviceid").write_text("x")
    (tools / "deviceid").write_text("another program's")
    privacy.remove_traces()
    assert [path.name for path in tools.iterdir()] == ["deviceid"]
    (tools / "deviceid").unlink()
    (tools / ".onnxruntime").mkdir()
    privacy.remove_traces()
    assert list(tmp_path.iterdir()) == []
    privacy.remove_traces()


def test_a_missing_model_is_not_fetched_unasked(tmp_path: Path) -> None:
    manifest = paths.models_dir() / "manifest.toml"
    assert 'kind = "url"' in manifest.read_text("utf-8"), "no model could be fetched at all"
    shutil.copy(manifest, tmp_path / "manifest.toml")
    code = (
        "import sys; from desktop.app.main import main; "
        f"sys.exit(main(['predict', 'face', {str(SAMPLES / 'face.jpg')!r}]) != 1)"
    )
    assert seen([sys.executable, "-c", code], tmp_path, MAUMGYEOL_MODELS=str(tmp_path)) == []
