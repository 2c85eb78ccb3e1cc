"""Frames of videos, cameras and streams that are there, that are not, and that stop."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import pytest

from engine.errors import CameraError
from engine.faces.source import Camera, FrameSource, _linux_cameras, list_cameras
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
