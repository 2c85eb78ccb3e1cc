"""Models that the checkout does not carry: fetched into models/ and verified, once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
from pathlib import Path

from devtools import ROOT, venv
from devtools.console import Stop, step

STAMP = venv.FOLDER / "maumgyeol-models.json"

FETCH = """
import json, shutil, sys
from engine.core import paths
from engine.core.errors import MaumgyeolError
from engine.core.jobs import Progress
from engine.models import manifest, store

def report(fraction, message):
    print(f"  {message.en if message else ''} {'' if fraction is None else f'{fraction:.0%}'}",
          end="\\r" if sys.stdout.isatty() else "\\n", flush=True)

try:
    for name, entry in manifest.entries().items():
        found = store.obtain(name, Progress(report))
        for item in entry.files:
            target = paths.models_dir() / entry.folder / item.file
            if not target.exists():
                shutil.copyfile(found if found.is_file() else found / item.file, target)
except MaumgyeolError as error:
    sys.exit(json.dumps([error.message.ko, error.message.en]))
"""


def fingerprint(folder: Path = ROOT / "models") -> str:
    """Return a hash that changes with the manifest or with the size or time of any model file."""
    text = (folder / "manifest.toml").read_bytes()
    digest = hashlib.sha256(text)
    for row in tomllib.loads(text.decode()).get("model", []):
        for item in row["files"]:
            path = folder / row.get("folder", "") / item["file"]
            stat = path.stat() if path.exists() else None
            digest.update(f"{path}{stat and (stat.st_size, stat.st_mtime_ns)}".encode())
    return digest.hexdigest()


def ensure() -> None:
    """Verify every model by its SHA-256 and fetch those that models/ lacks, unless done before.

    Raises:
        Stop: a model can be had from none of its sources, or is corrupt.
    """
    if not (ROOT / "models" / "manifest.toml").exists():
        raise Stop(
            "models/manifest.toml이 없어요. 저장소를 다시 받아 주세요.",
            "models/manifest.toml is missing. Clone the repository again.",
        )
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    step("Verifying the models")
    done = subprocess.run(
        [str(venv.python()), "-c", FETCH], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise _explain(done.stderr)
    STAMP.write_text(fingerprint(), encoding="utf-8")


def _explain(stderr: str) -> Stop:
    last = (stderr.strip().splitlines() or [""])[-1]
    try:
        ko, en = json.loads(last)
    except ValueError:
        ko, en = f"모델을 확인하지 못했어요: {last}", f"The models cannot be verified: {last}"
    return Stop(ko, en)
