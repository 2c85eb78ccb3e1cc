"""The commands of dev.py and the order of their steps."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from devtools import ROOT, checks, display, models, package, syslibs, venv
from devtools.console import Stop, note, step, use_utf8

EPILOG = """\
examples:
  python dev.py run                           open the window
  python dev.py run predict reviews "정말 재밌어요" --json
  python dev.py run --selftest                load every model, use each once
  python dev.py test                          checks, then every test
  python dev.py test tests/engine -k digits   arguments go on to pytest
  python dev.py build                         dist/maumgyeol, tried in another folder
  python dev.py bench --only reviews          speed, size and ratios in one table
"""


def main(argv: Sequence[str]) -> int:
    """Run one command; returns its exit status (2 for a bad command line)."""
    use_utf8()
    options, rest = parse(argv)
    try:
        return COMMANDS[options.command][1](rest)
    except Stop as stop:
        return stop.show()
    except PermissionError as error:
        return Stop(
            f"이 파일을 쓰거나 읽을 권한이 없어요: {error.filename}. 폴더의 주인으로 실행하거나 "
            "저장소를 내 폴더에 다시 받아 주세요.",
            f"No permission for {error.filename}. Run this as the owner of the folder, or clone "
            "the repository into a folder of your own.",
        ).show()
    except KeyboardInterrupt:
        print("\ndev.py: 멈췄어요. / stopped.", file=sys.stderr)
        return 130


def parse(argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Split *argv* into the command and what is passed on to it."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Install, start, test, package and measure 마음결.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    lines = "; ".join(f"{name}: {text}" for name, (text, _) in COMMANDS.items())
    parser.add_argument("command", choices=list(COMMANDS), help=lines)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the command")
    options = parser.parse_args(argv)
    rest: list[str] = options.rest
    return options, rest[1:] if rest[:1] == ["--"] else rest


def prepare(level: str) -> None:
    """Make everything ready: system libraries, .venv with *level*, models."""
    syslibs.ensure(tests=level == venv.ALL)
    venv.ensure(level)
    models.ensure()


def run(rest: Sequence[str]) -> int:
    """Open the window, or run one of the program's sub-commands."""
    prepare(venv.CORE)
    if display.needed(rest) and not display.available():
        raise Stop(
            "화면이 없어서 창을 열 수 없어요. 창 없이는 `python dev.py run predict …`, "
            "시험용 화면은 `xvfb-run python dev.py run`을 써 주세요.",
            "There is no display to open a window on. Without one use `python dev.py run "
            "predict …`; on a virtual one `xvfb-run python dev.py run`.",
        )
    return call(["-m", "desktop", *rest])


def in_parallel(rest: Sequence[str]) -> list[str]:
    """Return pytest's options for a run of every test: a process a core, at most four.

    Arguments that pick tests or a debugger are for one process.
    """
    whole = all(argument.startswith("--durations") or argument == "-q" for argument in rest)
    cores = min(os.cpu_count() or 1, 4)
    return ["-n", str(cores), "--dist", "loadfile"] if whole and cores > 1 else []


def test(rest: Sequence[str]) -> int:
    """Run the checks and pytest; everything is tried even when the first fails."""
    prepare(venv.ALL)
    failed = checks.run_all()
    command = ["-m", "pytest", *in_parallel(rest), *rest]
    step(" ".join(command[1:]))
    status = call(command)
    if failed:
        note(f"checks that failed before the tests: {', '.join(failed)}")
    return status or int(bool(failed))


def check(rest: Sequence[str]) -> int:
    """Run ruff, mypy and the import contracts only."""
    prepare(venv.ALL)
    return int(bool(checks.run_all()))


def build(rest: Sequence[str]) -> int:
    """Build the one-folder program and try it away from the sources."""
    prepare(venv.ALL)
    return package.build(rest)


def bench(rest: Sequence[str]) -> int:
    """Measure speed and memory against bare libraries on this machine."""
    prepare(venv.ALL)
    return call(["-m", "tests.benchmarks", *rest])


def call(arguments: Sequence[str]) -> int:
    """Run the project's Python with *arguments*; return its status.

    The window keeps the caller's folder, so that file names mean what they say; the rest
    runs in the checkout.
    """
    command = [str(venv.python()), *arguments]
    sys.stdout.flush()
    if arguments[:2] != ["-m", "desktop"]:
        return subprocess.call(command, cwd=ROOT)
    if os.name == "posix":
        os.execv(command[0], command)  # the window gets the terminal's signals itself
    return subprocess.call(command)


COMMANDS: dict[str, tuple[str, Callable[[Sequence[str]], int]]] = {
    "run": ("open the window, or a sub-command of the program", run),
    "test": ("ruff, mypy, import contracts, then pytest", test),
    "check": ("only ruff, mypy and import contracts", check),
    "build": ("the one-folder program, tried in another folder", build),
    "bench": ("speed and memory in one table", bench),
}
