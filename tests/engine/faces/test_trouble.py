"""Videos and streams as they come in real life: real files, real servers, real permissions."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core.errors import CameraError, InputError
from engine.faces import FaceReader
from engine.media.images import read_image
from engine.media.video import FrameSource
from tests.engine import faces_samples as samples
from tests.engine.faces.mosaic.test_video import uneven


def test_a_video_without_a_frame_is_said(tmp_path: Path) -> None:
    path = tmp_path / "none.avi"
    cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 64)).release()
    assert path.stat().st_size > 0
    with pytest.raises(CameraError) as raised, FrameSource(path) as source:
        source.read()
    assert "none.avi" in raised.value.message.ko


def test_frames_of_a_variable_rate_come_at_their_own_times(tmp_path: Path) -> None:
    writer = cv2.VideoWriter(
        str(tmp_path / "a.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (160, 160)
    )
    for _ in range(6):
        writer.write(cv2.resize(samples.sample(), (160, 160)))
    writer.release()
    path = uneven(tmp_path / "a.mp4", tmp_path / "uneven.mp4", frames=6)
    with FrameSource(path) as source:
        times = [frame.milliseconds for frame in iter(source.read, None)]
    assert times == [0, 100, 200, 300, 800, 1300]


def test_a_stream_that_is_silent_for_five_seconds_goes_on_in_another_size() -> None:
    with samples.changing_stream() as (url, turn), FrameSource(url) as source:
        frames = [source.read() for _ in range(4)]
        turn.set()
        frames += [source.read() for _ in range(10)]
    times = np.array([frame.milliseconds for frame in frames if frame is not None])
    shapes = [frame.image.shape for frame in frames if frame is not None]
    assert len(times) == 14 and np.diff(times).max() > 4000
    assert shapes[0] == (160, 160, 3) and shapes[-1] == (240, 320, 3)


def test_a_frame_of_8k_is_read(tmp_path: Path) -> None:
    path = write_8k(tmp_path / "large.avi", frames=1)
    with FrameSource(path) as source, FaceReader(use_rules=True, live=True) as reader:
        frame = source.read()
        assert frame is not None and frame.image.shape == (4320, 7680, 3)
        result = reader.read(frame.image, frame.milliseconds)
    (face,) = result.faces
    assert 4000 < face.box[0] < 6000 and result.image_size == (7680, 4320)


def write_8k(path: Path, frames: int) -> Path:
    """Write a motion JPEG video of 7680x4320 with one face on the right."""
    canvas = np.full((4320, 7680, 3), 120, np.uint8)
    canvas[1000:3000, 4000:6000] = cv2.resize(samples.head(), (2000, 2000))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (7680, 4320))
    for _ in range(frames):
        writer.write(canvas)
    writer.release()
    return path


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    video = samples.video(folder / "a.avi", frames=2)
    cv2.imwrite(str(folder / "a.png"), samples.head())
    with samples.closed(folder):
        with pytest.raises(CameraError, match=r"a\.avi"):
            FrameSource(video)
        with pytest.raises(InputError, match=r"a\.png"):
            read_image(folder / "a.png")
