"""dev.py: its command line, what it checks before it installs, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import ROOT, cli, display, models, package, syslibs, venv
from devtools.console import StatusLine, Stop


def dev(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


# --- the command line ------------------------------------------------------------------


def test_help_fits_a_screen_and_names_every_command() -> None:
    done = dev("--help", COLUMNS="80")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("run", "test", "check", "build", "bench"))
    assert len(done.stdout.splitlines()) <= 40


def test_only_a_whole_run_takes_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    assert cli.in_parallel(["--durations=15"]) == ["-n", "4", "--dist", "loadfile"]
    assert cli.in_parallel(["tests/engine", "-k", "digits"]) == []
    assert cli.in_parallel(["--pdb"]) == []
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert cli.in_parallel([]) == []


@pytest.mark.parametrize("arguments", [[], ["fly"], ["--fast", "run"]])
def test_a_wrong_command_line_ends_with_two(arguments: list[str]) -> None:
    done = dev(*arguments)
    assert done.returncode == 2
    assert "usage: dev.py" in done.stderr


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        (["run"], []),
        (["run", "photo.jpg"], ["photo.jpg"]),
        (["run", "--selftest"], ["--selftest"]),
        (["run", "--", "--help"], ["--help"]),
        (["test", "-k", "digits", "-x"], ["-k", "digits", "-x"]),
        (["bench", "--only", "reviews"], ["--only", "reviews"]),
    ],
)
def test_what_follows_the_command_is_passed_on(given: list[str], passed_on: list[str]) -> None:
    options, rest = cli.parse(given)
    assert options.command == given[0]
    assert rest == passed_on


def test_dev_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; import devtools.cli; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tops = {name.split(".")[0] for name in done.stdout.split()} - {"devtools", "__main__"}
    assert tops <= set(sys.stdlib_module_names) | set(sys.builtin_module_names) | {
        name for name in tops if name.startswith("_")
    }


def test_an_old_python_is_told_what_is_needed() -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    code = f"import sys; sys.version_info = (3, 8, 1); exec(compile({source!r}, 'dev.py', 'exec'))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed; this is Python 3.8" in done.stderr
    assert "Traceback" not in done.stderr


# --- system libraries ------------------------------------------------------------------

EMPTY_DEBIAN: set[str] = set()
WITHOUT_CURSOR = {item.package for item in syslibs.LIBRARIES} - {"libxcb-cursor0"}


def faked(installed: set[str]) -> list[syslibs.Library]:
    return syslibs.missing(syslibs.LIBRARIES, lambda item: item.package in installed)


def test_missing_libraries_are_named_by_package() -> None:
    assert [item.package for item in faked(WITHOUT_CURSOR)] == ["libxcb-cursor0"]
    line = syslibs.install_line(faked(EMPTY_DEBIAN))
    assert line.startswith("apt-get install -y --no-install-recommends ")
    named = {"libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libxcb-cursor0", "libpulse0"}
    assert named <= set(line.split())


def test_the_linker_is_asked_not_guessed() -> None:
    if sys.platform != "linux":
        pytest.skip("library names of Linux")
    assert syslibs.is_there(syslibs.Library("libc.so.6", "libc6", "all"))
    assert not syslibs.is_there(syslibs.Library("libnothere.so.9", "nothing", "nobody"))
    assert not syslibs.is_there(syslibs.Library("no-such-program", "nothing", "nobody"))


def test_without_root_the_line_to_run_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(syslibs.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(syslibs, "is_there", lambda item: item.package != "libegl1")
    with pytest.raises(Stop) as stopped:
        syslibs.ensure(tests=False)
    assert "sudo apt-get install -y --no-install-recommends libegl1\n" in stopped.value.ko


# --- the stamp -------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\n[project]\nname = "x"\ndependencies = ["numpy"]\n'
        "[tool.ruff]\nline-length = 100\n"
    )
    (tmp_path / "constraints.txt").write_text("numpy==2.4.6\n")
    return tmp_path


def stamp(project: Path, level: str) -> Path:
    path = project / "stamp.json"
    path.write_text(json.dumps(venv.wanted(level, project)))
    return path


def test_a_stamp_of_today_is_enough_and_all_contains_core(project: Path) -> None:
    core, both = venv.CORE, venv.ALL
    assert venv.is_ready(core, stamp(project, core), project)
    assert not venv.is_ready(both, stamp(project, core), project)
    assert venv.is_ready(core, stamp(project, both), project)
    assert venv.is_ready(both, stamp(project, both), project)


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_another_dependency_installs_again(project: Path, name: str) -> None:
    path = stamp(project, venv.CORE)
    changed = project / name
    changed.write_text(changed.read_text().replace("numpy", "scipy"))
    assert not venv.is_ready(venv.CORE, path, project)


def test_a_tool_setting_does_not_install_again(project: Path) -> None:
    path = stamp(project, venv.CORE)
    changed = project / "pyproject.toml"
    changed.write_text(changed.read_text().replace("100", "88"))
    assert venv.is_ready(venv.CORE, path, project)


def test_a_moved_or_damaged_or_absent_stamp_is_none(project: Path, tmp_path: Path) -> None:
    path = stamp(project, venv.CORE)
    elsewhere = tmp_path / "moved"
    elsewhere.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (elsewhere / name).write_bytes((project / name).read_bytes())
    assert not venv.is_ready(venv.CORE, path, elsewhere)
    path.write_text("{")
    assert not venv.is_ready(venv.CORE, path, project)
    path.unlink()
    assert not venv.is_ready(venv.CORE, path, project)


def test_models_are_verified_again_only_after_a_change(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(
        '[[model]]\nname = "a"\nfolder = "f"\nfiles = [{file = "a.bin", bytes = 1, sha256 = ""}]\n'
    )
    absent = models.fingerprint(tmp_path)
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.bin").write_bytes(b"1")
    present = models.fingerprint(tmp_path)
    assert present != absent
    assert models.fingerprint(tmp_path) == present
    (tmp_path / "f" / "a.bin").write_bytes(b"12")
    assert models.fingerprint(tmp_path) != present


# --- what it says ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("WARNING: Retrying … NameResolutionError('…')\nERROR: No matching", "network"),
        ("ProxyError('Cannot connect to proxy.')", "network"),
        ("ERROR: Could not install … [Errno 28] No space left on device", "disk became full"),
        ("Collecting x\nERROR: ResolutionImpossible\n", "ERROR: ResolutionImpossible"),
    ],
)
def test_pip_failures_become_sentences(log: str, sentence: str) -> None:
    stop = venv.explain(log)
    assert sentence in stop.en
    assert any("가" <= sign <= "힣" for sign in stop.ko)


def test_no_room_is_said_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(venv, "FOLDER", tmp_path / "none")
    monkeypatch.setitem(venv.FREE_BYTES, venv.CORE, 10**18)
    with pytest.raises(Stop, match="Not enough disk space"):
        venv.check_disk(venv.CORE, tmp_path)


def test_a_stop_is_shown_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert Stop("안 돼요.", "It does not work.", status=3).show() == 3
    said = capsys.readouterr().err
    assert "안 돼요." in said
    assert "It does not work." in said


def test_a_folder_of_somebody_else_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(rest: object) -> int:
        raise PermissionError(13, "Permission denied", "/somewhere/.venv")

    monkeypatch.setitem(cli.COMMANDS, "check", ("", refuse))
    assert cli.main(["check"]) == 1
    assert "/somewhere/.venv" in capsys.readouterr().err


def test_progress_off_a_terminal_prints_only_what_matters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = StatusLine()
    line.show("small")
    line.show("large", important=True)
    line.close()
    said = capsys.readouterr().out
    assert "large" in said
    assert "small" not in said


@pytest.mark.parametrize(
    ("arguments", "window"),
    [([], True), (["photo.jpg"], True), (["predict", "digit", "a.png"], False)],
)
def test_only_a_window_needs_a_display(arguments: list[str], window: bool) -> None:
    assert display.needed(arguments) is window


def test_the_trial_environment_knows_nothing_of_the_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(ROOT / "models"))
    env = package.clean_environment(tmp_path / "home")
    assert not any(str(ROOT) in value for name, value in env.items() if name != "HOME")
    assert "PYTHONPATH" not in env


def test_a_fall_back_in_the_package_is_noticed() -> None:
    good = "ok     morphemes  9 morphemes (Okt) [1 s]\nok     faces  1 face (face-expression 1.0)\n"
    assert not package.fallbacks(good)
    assert len(package.fallbacks(good.replace("Okt", "어절 규칙"))) == 1
    assert len(package.fallbacks(good.replace("face-expression", "rules"))) == 1


def test_large_downloads_are_recognised() -> None:
    assert venv._is_large("torch-2.13.0.whl (201.5 MB)")
    assert not venv._is_large("six-1.17.0-py2.py3-none-any.whl (11 kB)")
    assert not venv._is_large("numpy-2.4.6.whl (16.7 MB)")


# --- models ----------------------------------------------------------------------------


def test_the_models_are_verified_by_the_engine_as_it_stands() -> None:
    done = subprocess.run(
        [sys.executable, "-c", models.FETCH], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
