"""Models by name: where they are found, verified, fetched, and what is said when not."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.errors import ModelCorruptError, ModelMissingError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.models import fetch, manifest, store
from engine.models.manifest import Source
from training.common.register import register

BYTES = b"weights" * 1000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty models folder that the engine looks into."""
    made = tmp_path / "models"
    made.mkdir()
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(made))
    store.forget()
    yield made
    store.forget()


def _register(folder: Path, *sources: Source, files: tuple[str, ...] = ("a.bin",)) -> None:
    sub = "many" if len(files) > 1 else ""
    (folder / sub).mkdir(exist_ok=True)
    for name in files:
        (folder / sub / name).write_bytes(BYTES)
    options = {"version": "1.0", "task": "test", "licence": "CC0-1.0"}
    register(
        folder, "a", files=files, folder=sub, sources=sources or (Source("models"),), **options
    )


def test_the_manifest_round_trips(folder: Path) -> None:
    _register(folder, Source("models"), Source("wheel", "pkg==1.0", "pkg/a.bin"))
    entry = manifest.entry("a")
    assert (entry.label, entry.bytes) == ("a 1.0", len(BYTES))
    assert entry.sources[1] == Source("wheel", "pkg==1.0", "pkg/a.bin")


def test_a_model_of_one_file_is_its_file_and_of_several_its_folder(folder: Path) -> None:
    _register(folder)
    assert store.path("a") == folder / "a.bin"
    _register(folder, files=("x.bin", "y.bin"))
    assert store.path("a") == folder / "many"


def test_threads_share_one_load(folder: Path) -> None:
    _register(folder)
    calls: list[Path] = []

    def loader(path: Path) -> object:
        calls.append(path)
        return object()

    got: list[object] = []
    threads = [
        threading.Thread(target=lambda: got.append(store.load("a", loader))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1
    assert len(set(map(id, got))) == 1
    assert store.is_loaded("a")


def test_changed_bytes_are_corrupt_and_said_so(folder: Path) -> None:
    _register(folder)
    store.path("a")
    (folder / "a.bin").write_bytes(BYTES[:-1] + b"!")
    with pytest.raises(ModelCorruptError) as caught:
        store.path("a")
    assert "손상" in caught.value.message.ko


def test_a_verified_file_that_the_library_cannot_read_is_corrupt(folder: Path) -> None:
    _register(folder)

    def loader(path: Path) -> object:
        raise ValueError("bad magic number")

    with pytest.raises(ModelCorruptError, match="bad magic number"):
        store.load("a", loader)


def test_a_missing_model_says_how_it_can_be_had_and_asks_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(folder, Source("models"), Source("url", "http://model.invalid/a.bin"))
    (folder / "a.bin").unlink()
    monkeypatch.setattr(fetch, "fetch", lambda *_: pytest.fail("it was fetched unasked"))
    with pytest.raises(ModelMissingError, match="maumgyeol models download a") as caught:
        store.load("a", Path.read_bytes)
    assert "모델 관리" in caught.value.message.ko
    _register(folder)
    (folder / "a.bin").unlink()
    with pytest.raises(ModelMissingError, match="Install the program again"):
        store.path("a")


def test_a_missing_model_names_every_source_that_was_tried(folder: Path) -> None:
    _register(folder, Source("models"), Source("package", "no-such-distribution", "a.bin"))
    (folder / "a.bin").unlink()
    with pytest.raises(ModelMissingError, match="no-such-distribution: not installed"):
        store.obtain("a", Progress())


def test_an_unknown_name_and_a_broken_manifest(folder: Path) -> None:
    _register(folder)
    with pytest.raises(ModelMissingError, match="no model called"):
        store.path("b")
    (folder / "manifest.toml").write_text("[[model]\nbroken")
    with pytest.raises(ModelMissingError, match="manifest"):
        store.obtain("a", Progress())


def test_a_member_of_an_installed_package_fills_the_cache(folder: Path) -> None:
    import numpy

    member = "numpy/version.py"
    data = (Path(numpy.__file__).parent / "version.py").read_bytes()
    (folder / "a.bin").write_bytes(data)
    options = {"version": "1", "task": "t", "licence": "BSD-3-Clause"}
    register(folder, "a", files=["a.bin"], sources=[Source("package", "numpy", member)], **options)
    (folder / "a.bin").unlink()
    found = store.obtain("a", Progress())
    assert found.read_bytes() == data
    assert folder not in found.parents


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Serve tmp_path/site over HTTP and return its address."""
    site = tmp_path / "site"
    site.mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_url_is_fetched_once_with_progress(folder: Path, server: str, tmp_path: Path) -> None:
    (tmp_path / "site" / "a.bin").write_bytes(BYTES)
    _register(folder, Source("url", f"{server}/a.bin"))
    (folder / "a.bin").unlink()
    seen: list[float | None] = []
    found = store.obtain("a", Progress(lambda fraction, _: seen.append(fraction)))
    assert found.read_bytes() == BYTES
    assert seen[-1] == 1.0
    (tmp_path / "site" / "a.bin").unlink()
    assert store.obtain("a", Progress()) == found


def test_other_bytes_from_a_url_are_refused(folder: Path, server: str, tmp_path: Path) -> None:
    (tmp_path / "site" / "a.bin").write_bytes(BYTES[::-1])
    _register(folder, Source("url", f"{server}/a.bin"))
    (folder / "a.bin").unlink()
    with pytest.raises(ModelMissingError, match="other bytes than the manifest promises"):
        store.obtain("a", Progress())


def test_cancelling_a_download_leaves_nothing_behind(
    folder: Path, server: str, tmp_path: Path
) -> None:
    (tmp_path / "site" / "a.bin").write_bytes(BYTES)
    _register(folder, Source("url", f"{server}/a.bin"))
    (folder / "a.bin").unlink()
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(Cancelled):
        progress.cancel()
        store.obtain("a", progress)
    assert not [p for p in (tmp_path / "user-cache").rglob("*") if p.is_file()]


def test_a_server_that_is_gone_is_a_reason_not_a_traceback(folder: Path) -> None:
    _register(folder, Source("url", "http://127.0.0.1:9/a.bin"))
    (folder / "a.bin").unlink()
    with pytest.raises(ModelMissingError, match="cannot be reached"):
        store.obtain("a", Progress())


def test_a_cache_that_cannot_be_written_is_a_storage_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _register(folder, Source("url", "http://127.0.0.1:9/a.bin"))
    (folder / "a.bin").unlink()
    (tmp_path / "in-the-way").write_text("")
    monkeypatch.setenv("MAUMGYEOL_CACHE", str(tmp_path / "in-the-way"))
    with pytest.raises(StorageError):
        store.obtain("a", Progress())


def test_registering_a_file_that_is_not_there_fails(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        register(folder, "b", version="1", task="t", licence="l", files=["none.bin"])
