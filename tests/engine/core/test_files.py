"""Files written whole: their mode, through links, and what a killed run leaves behind."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import ROOT
from engine.core import files
from engine.core.errors import StorageError

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and signals of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        files.write_whole(tmp_path / "a.csv", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a.csv") == 0o666 & ~umask


@posix
def test_an_existing_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    files.write_whole(target, b"new")
    assert (target.read_bytes(), mode(target)) == (b"new", 0o640)


@posix
def test_a_link_is_written_through_also_when_it_dangles(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(Path("real", "a.csv"))
    for content in (b"first", b"second"):
        files.write_whole(link, content)
        assert link.is_symlink()
        assert (tmp_path / "real" / "a.csv").read_bytes() == content
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["a.csv"]


@posix
def test_what_is_no_ordinary_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    fifo, circle, folder = tmp_path / "fifo.csv", tmp_path / "circle.csv", tmp_path / "folder.csv"
    os.mkfifo(fifo)
    circle.symlink_to(circle)
    folder.mkdir()
    for target in (fifo, circle, folder, tmp_path / "none" / "a.csv"):
        for call in (lambda t: files.write_whole(t, b"x"), files.check_writable):
            with pytest.raises(StorageError) as caught:
                call(target)
            assert str(target) in caught.value.message.ko
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert sorted(tmp_path.glob(".*")) == []


def test_an_error_while_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    with pytest.raises(StorageError, match="No space"), files.replacing(target) as part:
        part.write_bytes(b"half")
        raise OSError(28, "No space left on device")
    with pytest.raises(ZeroDivisionError), files.replacing(target) as part:
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.csv"]
    assert files.clear_leftovers() == 0


def test_a_file_that_cannot_be_noted_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("MAUMGYEOL_CACHE", str(tmp_path / "file"))
    files.write_whole(tmp_path / "a.csv", b"x")
    assert (tmp_path / "a.csv").read_bytes() == b"x"
    assert files.clear_leftovers() == 0


KILLED = {
    "file": "with saving.replacing(folder / 'a.mp4') as part:",
    "folder": "with saving.scratch_folder(folder) as part:",
}


@posix
@pytest.mark.parametrize("kind", list(KILLED))
def test_what_a_killed_run_left_is_cleared_but_not_what_is_being_written(
    tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "user's folder"
    folder.mkdir()
    (folder / ".maumgyeol-12345678.part.mp4").write_bytes(b"of a run that is not known")
    script = (
        "import pathlib, sys, time\nfrom engine.core import files as saving\n"
        f"folder = pathlib.Path(sys.argv[1])\n{KILLED[kind]}\n"
        "    (part / 'in' if part.is_dir() else part).write_bytes(b'half')\n"
        "    print(part, flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as run:
        assert run.stdout is not None
        part = Path(run.stdout.readline().strip())
        assert part.name.startswith(files.PREFIX)
        assert files.clear_leftovers() == 0
        assert part.exists()
        run.send_signal(signal.SIGKILL)
    assert part.exists()
    assert files.clear_leftovers() == 1
    assert not part.exists()
    assert [path.name for path in folder.iterdir()] == [".maumgyeol-12345678.part.mp4"]
    assert files.clear_leftovers() == 0


def test_a_note_never_leads_to_a_file_that_is_not_ours(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"mine")
    notes = tmp_path / "user-cache" / "unfinished"
    notes.mkdir(parents=True)
    (notes / "a.unfinished").write_text(str(letter), encoding="utf-8")
    assert files.clear_leftovers() == 0
    assert letter.read_bytes() == b"mine"
    assert list(notes.iterdir()) == []


def test_the_program_clears_at_its_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.app.main import main

    notes = tmp_path / "user-cache" / "unfinished"
    notes.mkdir(parents=True)
    part = tmp_path / f"{files.PREFIX}0123abcd.part.csv"
    part.write_bytes(b"half")
    (notes / "b.unfinished").write_text(str(part), encoding="utf-8")
    assert main(["--version"]) == 0
    assert not part.exists()
    assert "maumgyeol" in capsys.readouterr().out
