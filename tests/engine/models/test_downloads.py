"""Downloads against a local server: whole, gone on with, broken in every way, recorded."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core import state
from engine.core.errors import (
    DownloadError,
    InputError,
    ModelCorruptError,
    ModelMissingError,
    StorageError,
)
from engine.core.jobs import Cancelled, Progress
from engine.models import downloads, http, store
from tests.engine.download_server import Site, archive, offered, part_of

NAME = "objects-oiv7-n"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return the server that has the one download of the list."""
    with offered(monkeypatch) as made:
        yield made


def fetch(progress: Progress | None = None) -> Path:
    return downloads.fetch(downloads.entry(NAME), progress or Progress())


def test_the_size_is_told_before_and_nothing_is_kept(site: Site, data_env: Path) -> None:
    told = downloads.offer(downloads.entry(NAME))
    assert (told.bytes, told.resumable, told.tag) == (len(site.content), True, site.tag)
    assert not data_env.exists()
    assert site.requests[0]["Range"] == "bytes=0-0"


def test_looking_at_the_list_asks_no_server(site: Site, data_env: Path) -> None:
    for item in downloads.catalogue():
        assert downloads.state(item) == downloads.State(None, None, 0)
    assert site.requests == []
    assert not data_env.exists()


def test_a_download_arrives_whole_with_progress_and_its_checksum(site: Site) -> None:
    seen: list[float | None] = []
    words: list[str] = []
    progress = Progress(lambda f, m: (seen.append(f), words.append(m.ko if m else "")))
    place = fetch(progress)
    assert place.read_bytes() == site.content
    assert seen == sorted(seen) and seen[-1] == 1.0
    assert "MB" in words[0] and words[-1] == "받은 파일을 확인하는 중…"
    now = downloads.state(downloads.entry(NAME))
    assert now.record is not None
    assert now.record.sha256 == hashlib.sha256(site.content).hexdigest()
    assert now.record.bytes == len(site.content)
    assert store.path(NAME) == place
    assert sorted(p.name for p in place.parent.iterdir()) == ["n.pt", "records.json", "state.lock"]


def test_only_the_address_and_the_programs_name_are_sent(site: Site) -> None:
    fetch()
    (sent,) = site.requests
    assert set(sent) <= {"Host", "User-Agent", "Accept-Encoding", "Connection"}
    assert sent["User-Agent"] == "maumgyeol"


def test_a_stopped_download_goes_on_where_it_ended(site: Site, data_env: Path) -> None:
    progress = Progress(lambda fraction, _: progress.cancel() if fraction else None)
    with pytest.raises(Cancelled):
        fetch(progress)
    have = part_of(data_env).stat().st_size
    assert 0 < have < len(site.content)
    assert downloads.state(downloads.entry(NAME)).part == have
    assert fetch().read_bytes() == site.content
    assert site.requests[-1]["Range"] == f"bytes={have}-"
    assert site.requests[-1]["If-Range"] == site.tag


def test_two_downloads_of_one_model_never_write_one_file(site: Site, data_env: Path) -> None:
    site.hold_at = 400_000
    first = threading.Thread(target=fetch)
    first.start()
    while not part_of(data_env).exists():
        assert first.is_alive()
    with pytest.raises(InputError, match="already"):
        fetch()
    site.go.set()
    first.join()
    assert store.path(NAME).read_bytes() == site.content


def test_a_broken_connection_is_told_and_gone_on_with(site: Site, data_env: Path) -> None:
    site.cut_at = 300_000
    with pytest.raises(DownloadError, match=r"broke.*0\.3 / 0\.7 MB") as caught:
        fetch()
    assert "이어 받기" in caught.value.message.ko
    site.cut_at = None
    assert part_of(data_env).stat().st_size == 300_000
    assert fetch().read_bytes() == site.content
    assert site.requests[-1]["Range"] == "bytes=300000-"


def test_a_server_without_ranges_sends_all_of_it_again(site: Site) -> None:
    site.ranges = False
    assert not downloads.offer(downloads.entry(NAME)).resumable
    site.cut_at = 300_000
    with pytest.raises(DownloadError):
        fetch()
    site.cut_at = None
    assert fetch().read_bytes() == site.content


def test_a_part_of_no_known_version_is_not_built_on(site: Site) -> None:
    site.tagged, site.cut_at = False, 300_000
    with pytest.raises(DownloadError):
        fetch()
    site.cut_at = None
    assert fetch().read_bytes() == site.content
    assert "Range" not in site.requests[-1]


def test_a_file_that_changes_midway_is_begun_anew(site: Site) -> None:
    site.cut_at = 300_000
    with pytest.raises(DownloadError):
        fetch()
    site.cut_at, site.content = None, archive(seed=1)
    assert fetch().read_bytes() == site.content


def test_a_part_that_was_whole_already_needs_no_server(site: Site, data_env: Path) -> None:
    place = fetch()
    part = part_of(data_env)
    place.rename(part)
    notes = {"tag": site.tag, "bytes": len(site.content)}
    Path(f"{part}.json").write_text(json.dumps(notes))
    asked = len(site.requests)
    assert fetch().read_bytes() == site.content
    assert len(site.requests) == asked


def test_a_longer_part_than_the_file_is_begun_anew(site: Site, data_env: Path) -> None:
    part = part_of(data_env)
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * (len(site.content) + 9))
    Path(f"{part}.json").write_text(json.dumps({"tag": site.tag, "bytes": 5}))
    assert fetch().read_bytes() == site.content


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_a_web_page_instead_of_the_file_is_told(site: Site, data_env: Path, kind: str) -> None:
    site.kind = kind
    with pytest.raises(DownloadError, match=kind):
        downloads.offer(downloads.entry(NAME))
    with pytest.raises(DownloadError, match="login"):
        fetch()
    assert not part_of(data_env).exists()


@pytest.mark.parametrize("content", [b"", b"not a model" * 1000, archive()[:-100], b"PK\x03\x04"])
def test_what_is_no_whole_archive_is_deleted(site: Site, data_env: Path, content: bytes) -> None:
    site.content, site.ranges = content, False
    with pytest.raises(DownloadError, match="damaged"):
        fetch()
    assert list((data_env / "downloads").iterdir()) == []


def test_one_flipped_byte_is_found_at_the_first_download(site: Site) -> None:
    content = bytearray(site.content)
    content[350_000] ^= 1
    site.content = bytes(content)
    with pytest.raises(DownloadError, match="damaged"):
        fetch()


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_refusal_is_told_with_its_number(site: Site, status: int) -> None:
    site.status = status
    with pytest.raises(DownloadError, match=f"HTTP {status}"):
        fetch()


def test_no_connection_is_a_sentence(site: Site) -> None:
    with pytest.raises(DownloadError, match="cannot be reached") as caught:
        http.ask("http://127.0.0.1:9/n.pt")
    assert "인터넷 연결" in caught.value.message.ko


def test_forwarding_is_followed_but_never_to_an_open_line(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    redirects = http._Redirects()
    request = http.urllib.request.Request("https://example.org/n.pt")
    with pytest.raises(OSError, match="without encryption"):
        redirects.redirect_request(request, None, 302, "", {}, "http://example.org/n.pt")
    assert redirects.redirect_request(request, None, 302, "", {}, "https://store.example/n.pt")
    site.forward = f"{site.address}/loop"
    with pytest.raises(DownloadError):
        fetch()


def test_another_file_than_the_first_one_is_refused_until_forgotten(site: Site) -> None:
    item = downloads.entry(NAME)
    fetch()
    assert downloads.remove(item)
    assert downloads.state(item).place is None
    assert downloads.state(item).record is not None
    site.content = archive(seed=2)
    with pytest.raises(DownloadError, match="not the one of the first download"):
        fetch()
    assert downloads.state(item).part == 0
    assert downloads.remove(item, forget=True)
    assert fetch().read_bytes() == site.content


def test_a_file_changed_on_the_disk_is_never_used(site: Site) -> None:
    place = fetch()
    content = bytearray(place.read_bytes())
    content[1000] ^= 1
    place.write_bytes(bytes(content))
    with pytest.raises(ModelCorruptError, match="not what was downloaded"):
        store.path(NAME)


def test_what_was_not_downloaded_and_what_is_unknown(site: Site) -> None:
    with pytest.raises(ModelMissingError, match="maumgyeol models download"):
        store.path(NAME)
    with pytest.raises(InputError, match="none-such"):
        downloads.entry("none-such")
    assert not downloads.remove(downloads.entry(NAME))


def test_a_full_disk_is_told_before_anything_is_written(
    site: Site, data_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(data_env.parent)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StorageError, match="disk is full"):
        fetch()
    assert not part_of(data_env).exists()


def test_a_disk_that_fills_up_midway_keeps_the_part(site: Site, data_env: Path) -> None:
    def fill(fraction: float | None, _: object) -> None:
        if fraction:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageError, match="disk is full"):
        fetch(Progress(fill))
    assert part_of(data_env).stat().st_size > 0
    assert fetch().read_bytes() == site.content


def test_a_folder_that_cannot_be_made_is_told(site: Site, data_env: Path) -> None:
    data_env.mkdir()
    (data_env / "downloads").write_text("in the way")
    with pytest.raises(StorageError, match="Cannot store"):
        fetch()


@pytest.mark.parametrize("text", ["{", "[1]", '{"a": {"bytes": 1}}', '{"a": 5}'])
def test_damaged_records_are_told(site: Site, data_env: Path, text: str) -> None:
    (data_env / "downloads").mkdir(parents=True)
    (data_env / "downloads" / "records.json").write_text(text)
    assert downloads.state(downloads.entry(NAME)).record is None
    (news,) = state.take_news()
    assert "records of downloads" in news.en
    (aside,) = (data_env / "downloads").glob("records.json.damaged-*")
    assert aside.read_text() == text


def test_the_official_list_is_of_five_sizes_over_https() -> None:
    from engine.models import inventory
    from engine.models.downloads import catalogue

    items = catalogue()
    assert [item.file for item in items] == [f"yolov8{s}-oiv7.pt" for s in "nsmlx"]
    assert all(item.url.startswith("https://github.com/ultralytics/assets/") for item in items)
    assert all("github.com" in item.sent.ko for item in inventory.optional())
    assert [item.about for item in items] == sorted(item.about for item in items)
