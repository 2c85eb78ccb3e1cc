"""Frames of videos, cameras and streams that are there, that are not, and that stop."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.cli import mosaic
from engine.core.errors import CameraError
from engine.media.video import Camera, FrameSource, _linux_cameras, list_cameras, open_capture
from tests.engine import faces_samples as samples


def test_a_video_gives_its_frames_and_ends(tmp_path: Path) -> None:
    path = samples.video(tmp_path / "short.avi", frames=5)
    with FrameSource(path) as source:
        assert source.kind == "video" and source.frames_per_second == 10
        frames = list(source)
        assert source.read() is None
    assert [frame.milliseconds for frame in frames] == [0, 100, 200, 300, 400]
    assert frames[0].image.shape == (240, 240, 3)


def test_a_video_is_paced_by_its_own_rate(tmp_path: Path) -> None:
    path = samples.video(tmp_path / "short.avi", frames=4)
    start = time.monotonic()
    with FrameSource(str(path)) as source:
        assert len(list(source)) == 4
    assert time.monotonic() - start >= 0.3  # the last frame is due after 300 ms


def test_a_missing_empty_or_other_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.avi").touch()
    (tmp_path / "text.avi").write_bytes(b"no video at all " * 50)
    for name, sentence in (
        ("gone.avi", "찾을 수 없어요"),
        ("empty.avi", "빈 파일"),
        ("text.avi", "읽을 수 없는"),
    ):
        with pytest.raises(CameraError) as raised:
            FrameSource(tmp_path / name)
        assert sentence in raised.value.message.ko


def test_a_truncated_video_is_said_after_its_frames(tmp_path: Path) -> None:
    path = samples.video(tmp_path / "whole.avi", frames=12)
    cut = tmp_path / "cut.avi"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    seen = 0
    with FrameSource(cut) as source, pytest.raises(CameraError, match="damaged"):
        while source.read() is not None:
            seen += 1
    assert 0 < seen < 12


@pytest.mark.parametrize("spec", [77, "77"])
def test_a_camera_that_is_not_there_is_said(
    spec: int | str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CameraError) as raised:
        FrameSource(spec)
    assert "77번 카메라" in raised.value.message.ko
    assert capfd.readouterr().err == ""


def test_a_stream_that_nobody_sends_is_said() -> None:
    with pytest.raises(CameraError) as raised:
        FrameSource("http://127.0.0.1:9/live.mjpg")
    assert "스트림" in raised.value.message.ko


def test_a_stream_that_dies_while_live_is_said() -> None:
    seen = 0
    with (
        samples.dying_stream() as url,
        FrameSource(url) as source,
        pytest.raises(CameraError) as raised,
    ):
        assert source.kind == "stream"
        for frame in source:
            assert frame.image.shape == (160, 160, 3)
            seen += 1
    assert seen >= 1 and "끊겼어요" in raised.value.message.ko


def test_cameras_are_listed_by_name(tmp_path: Path) -> None:
    for number, name, index in ((2, "Desk camera", 0), (0, "Built-in", 0), (1, "Built-in", 1)):
        device = tmp_path / f"video{number}"
        device.mkdir()
        (device / "name").write_text(name + "\n")
        (device / "index").write_text(f"{index}\n")
    assert _linux_cameras(tmp_path) == [Camera(0, "Built-in"), Camera(2, "Desk camera")]
    assert _linux_cameras(tmp_path / "none") == []
    assert all(isinstance(camera, Camera) for camera in list_cameras())


def test_frames_of_a_varying_rate_keep_their_own_times(tmp_path: Path) -> None:
    """Stamps that stand still or are none at all are filled in by the file's rate."""

    class Stamps:
        def __init__(self, capture: cv2.VideoCapture) -> None:
            self.capture = capture
            self.stamps = iter([500.0, 540.0, 700.0, 700.0, float("nan")])

        def read(self) -> object:
            return self.capture.read()

        def get(self, what: int) -> float:
            return next(self.stamps) if what == cv2.CAP_PROP_POS_MSEC else self.capture.get(what)

        def release(self) -> None:
            self.capture.release()

    with FrameSource(samples.video(tmp_path / "short.avi", frames=5)) as source:
        source._capture = Stamps(source._capture)  # type: ignore[assignment]
        assert [frame.milliseconds for frame in source] == [0, 40, 200, 300, 400]


@pytest.mark.parametrize(
    "spec",
    ["ftp://host/a.mp4", "file:///etc/hostname", "concat:a.avi|b.avi", "tcp://host:9", "gopher://h/",
     "data:video/mp4;base64,AAAA", "udp://@239.0.0.1:1234", "http:/host/a", "pipe:0"],
)  # fmt: skip
def test_addresses_of_other_kinds_are_not_opened(
    spec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.media.video.open_capture", lambda target: pytest.fail(str(target)))
    with pytest.raises(CameraError) as raised:
        FrameSource(spec)
    assert "http, https, rtsp, rtmp" in raised.value.message.ko
    assert "not opened" in raised.value.message.en


LISTS = {
    "concat": "ffconcat version 1.0\nfile short.avi\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nshort.avi\n#EXT-X-ENDLIST\n",
    "dash": "<?xml version='1.0'?><MPD><BaseURL>short.avi</BaseURL></MPD>",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
}


@pytest.mark.parametrize("kind", list(LISTS))
@pytest.mark.parametrize("name", ["list.mp4", "list.ffconcat", "list.m3u8"])
def test_a_list_under_the_name_of_a_video_does_not_open_its_neighbours(
    tmp_path: Path, kind: str, name: str
) -> None:
    samples.video(tmp_path / "short.avi", frames=5)
    (tmp_path / name).write_text(LISTS[kind], encoding="utf-8")
    with pytest.raises(CameraError) as raised:
        FrameSource(tmp_path / name)
    assert "목록이에요" in raised.value.message.ko and "list of other files" in str(raised.value)
    capture = open_capture(str(tmp_path / name))  # FFmpeg itself would not, either
    assert not capture.isOpened()


def test_a_playlist_from_the_network_opens_no_file_of_this_machine(tmp_path: Path) -> None:
    video = samples.video(tmp_path / "short.avi", frames=5)
    (tmp_path / "list.ffconcat").write_text(f"ffconcat version 1.0\nfile file:{video}\n")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with FrameSource(f"{address}/short.avi") as frames:
            assert frames.read() is not None
        with pytest.raises(CameraError):
            FrameSource(f"{address}/list.ffconcat").read()
        server.shutdown()


@pytest.mark.parametrize("suffix", [".mp4", ".avi", ".mkv"])
def test_a_file_is_opened_by_its_real_kind(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"short{suffix}"
    code = cv2.VideoWriter.fourcc(*("MJPG" if suffix == ".avi" else "mp4v"))
    writer = cv2.VideoWriter(str(path), code, 10, (64, 48))
    for level in range(5):
        writer.write(np.full((48, 64, 3), level * 40, np.uint8))
    writer.release()
    names = ["other.mov", "file.mp4" if sys.platform == "win32" else "file:short.mp4"]
    for name in (path, *(shutil.copy(path, tmp_path / name) for name in names)):
        with FrameSource(name) as frames:
            assert frames.read() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_a_pipe_or_device_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "zero.mp4").symlink_to("/dev/zero")
    for name in ("pipe.mp4", "zero.mp4"):
        with pytest.raises(CameraError, match="a device or a pipe"):
            FrameSource(tmp_path / name)


def test_passwords_are_in_no_message(capfd: pytest.CaptureFixture[str]) -> None:
    for spec in (
        "rtsp://me:secret@127.0.0.1:9/live", "http://me:sec/ret@127.0.0.1:9/?pw=secret",
        "rtsp:/me:secret@127.0.0.1/live", Path("rtsp://me:secret@127.0.0.1/live"),
        "ftp://me:secret@127.0.0.1/live",
    ):  # fmt: skip
        with pytest.raises(CameraError) as raised:
            FrameSource(spec)
        for said in (*raised.value.message, repr(raised.value)):
            assert "secret" not in said and "sec/ret" not in said
    assert mosaic.main(["rtsp://me:secret@127.0.0.1/live.mp4", "--out", os.devnull]) == 1
    assert "secret" not in "".join(capfd.readouterr())
