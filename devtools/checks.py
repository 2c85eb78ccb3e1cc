"""The checks that read the sources: ruff, mypy and the import contracts."""

from __future__ import annotations

import subprocess
import time

from devtools import ROOT, venv
from devtools.console import note, step

CHECKS = {
    "ruff": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import contracts": [
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-logo",
    ],
}


def run_all() -> list[str]:
    """Run every check and print what it found; return the names of those that failed."""
    failed = []
    for name, arguments in CHECKS.items():
        start = time.monotonic()
        step(name)
        done = subprocess.run(
            [str(venv.python()), *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            failed.append(name)
            print(done.stdout.rstrip(), flush=True)
        verdict = "FAILED" if done.returncode else "ok"
        note(f"{verdict}, {time.monotonic() - start:.0f} s")
    return failed
