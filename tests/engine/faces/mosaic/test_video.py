"""Videos and live frames: every face stays hidden, also where it is lost for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.core.errors import CameraError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.faces import FaceReader
from engine.faces.mosaic.cover import COVER, HOLD_MS, INK, Gap, Mosaic, Privacy
from engine.faces.mosaic.video import LEAD_MS, VideoDone, _Clock, hide_in_video
from engine.media.images import Bgr
from engine.media.video import FrameSource
from tests.engine import faces_samples as samples

EYES = (225, 105)
"""Between the sample's eyes."""


def covered(image: Bgr, x: int = EYES[0], y: int = EYES[1]) -> bool:
    return bool((np.abs(image[y - 3 : y + 4, x - 3 : x + 4].astype(int) - INK) < 12).all())


def test_a_face_that_is_lost_stays_hidden_for_a_moment() -> None:
    empty = np.full_like(samples.sample(), 128)
    with FaceReader(live=True, use_rules=True) as reader, Privacy(Mosaic(COVER)) as privacy:
        faces = reader.read(samples.sample(), 100).faces
        assert covered(privacy.cover(samples.sample(), faces, 100))
        assert covered(privacy.cover(empty, (), 140))
        assert covered(privacy.cover(empty, (), 100 + HOLD_MS))
        assert not covered(privacy.cover(empty, (), 140 + HOLD_MS))


def test_a_face_that_the_landmarker_misses_is_hidden_by_its_box() -> None:
    with Privacy(Mosaic(COVER)) as privacy:
        assert covered(privacy.cover(samples.sample(), (), 0))


def test_another_clock_lets_go_of_what_was_held() -> None:
    empty = np.full_like(samples.sample(), 128)
    with Privacy(Mosaic(COVER)) as privacy:
        privacy.cover(samples.sample(), (), 5000)
        assert not covered(privacy.cover(empty, (), 0))


def test_frames_may_change_their_size() -> None:
    with Privacy() as privacy:
        for side in (512, 200, 2000, 8):
            frame = np.asarray(cv2.resize(samples.sample(), (side, side)), np.uint8)
            assert privacy.cover(frame, (), 0).shape == frame.shape
        assert privacy.cover(np.zeros((4320, 7680, 3), np.uint8), (), 0).shape[1] == 7680


def test_every_frame_of_a_video_is_hidden(tmp_path: Path) -> None:
    source = samples.video(tmp_path / "a.avi", frames=8)
    before = source.read_bytes()
    told: list[float | None] = []
    made = hide_in_video(
        source, tmp_path / "b.mp4", Mosaic(COVER), Progress(lambda share, said: told.append(share))
    )
    assert (made.frames, made.written, made.with_faces, made.faces) == (8, 8, 8, 1)
    assert not made.variable_rate and made.stopped is None
    assert source.read_bytes() == before and len(told) == 8
    with FrameSource(tmp_path / "b.mp4") as video:
        frames = list(iter(video.read, None))
        assert video.frames_per_second == pytest.approx(10, abs=0.1)
    scale = 240 / 512
    for number, frame in enumerate(frames):
        x = round((EYES[0] + 4 * number) * scale)
        assert covered(frame.image, x, round(EYES[1] * scale))


def test_a_face_is_hidden_before_it_is_first_found(tmp_path: Path) -> None:
    source = tmp_path / "a.avi"
    writer = cv2.VideoWriter(str(source), cv2.VideoWriter.fourcc(*"MJPG"), 10, (512, 512))
    empty = np.full_like(samples.sample(), 200)
    for number in range(12):
        writer.write(samples.sample() if number >= 9 else empty)
    writer.release()
    made = hide_in_video(source, tmp_path / "b.avi", Mosaic(COVER))
    assert made.with_faces == 3
    with FrameSource(tmp_path / "b.avi") as video:
        hidden = [covered(frame.image) for frame in iter(video.read, None)]
    late = LEAD_MS // 100
    assert hidden == [False] * (9 - late) + [True] * (3 + late)


def test_sizes_that_a_codec_does_not_take_are_rounded(tmp_path: Path) -> None:
    writer = cv2.VideoWriter(
        str(tmp_path / "odd.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (241, 201)
    )
    for _ in range(4):
        writer.write(cv2.resize(samples.sample(), (241, 201)))
    writer.release()
    made = hide_in_video(tmp_path / "odd.avi", tmp_path / "b.mp4", Mosaic())
    assert made.written == 4 and (tmp_path / "b.mp4").stat().st_size > 100


@pytest.mark.parametrize("kind", ["gone", "empty", "text", "no frame"])
def test_a_video_that_cannot_be_read_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.avi"
    if kind == "no frame":
        cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 64)).release()
    elif kind != "gone":
        path.write_bytes({"empty": b"", "text": b"no video at all " * 50}[kind])
    with pytest.raises(CameraError):
        hide_in_video(path, tmp_path / "b.mp4", Mosaic())
    assert [left.name for left in tmp_path.iterdir() if left.suffix == ".mp4"] == []


def test_a_damaged_video_is_written_up_to_there(tmp_path: Path) -> None:
    whole = samples.video(tmp_path / "whole.avi", frames=12).read_bytes()
    (tmp_path / "cut.avi").write_bytes(whole[: len(whole) // 2])
    made = hide_in_video(tmp_path / "cut.avi", tmp_path / "b.avi", Mosaic())
    assert 0 < made.frames < 12 and made.stopped is not None and "손상" in made.stopped.ko
    with FrameSource(tmp_path / "b.avi") as video:
        assert len(list(iter(video.read, None))) == made.written


def test_a_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    source = samples.video(tmp_path / "a.avi", frames=8)
    progress = Progress()
    progress._on_report = lambda share, said: progress.cancel()
    with pytest.raises(Cancelled):
        hide_in_video(source, tmp_path / "out" / "b.mp4", Mosaic(), progress)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_target_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    source = samples.video(tmp_path / "a.avi", frames=3)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError):
        hide_in_video(source, tmp_path / "file" / "b.mp4", Mosaic())


def test_an_even_clock_writes_each_frame_once() -> None:
    clock = _Clock(10)
    assert [clock.copies(number / 10) for number in range(20)] == [1] * 20
    assert not clock.uneven


def test_a_variable_rate_keeps_its_times() -> None:
    clock = _Clock(10)
    times = [0.0, 0.1, 0.2, 0.7, 0.72, 0.74, 1.4, 1.5]
    copies = [clock.copies(when) for when in times]
    assert copies == [1, 1, 1, 5, 0, 0, 7, 1] and sum(copies) == clock.written == 16
    assert clock.uneven


def test_a_clock_that_stands_still_or_runs_off_is_not_believed() -> None:
    clock = _Clock(25)
    assert [clock.copies(when) for when in (0.0, 0.0, 0.0, 1e9, -5.0)] == [1] * 5


def uneven(path: Path, target: Path, frames: int) -> Path:
    """Copy an MP4 whose second half shows each frame five times as long (another time table)."""
    data = bytearray(path.read_bytes().replace(b"edts", b"free"))
    at = data.index(b"stts")
    count, step = (int.from_bytes(data[at + n : at + n + 4], "big") for n in (12, 16))
    assert count == frames and data.index(b"moov") > data.index(b"mdat")
    half = count // 2
    table = [2, half, step, count - half, 5 * step]
    data[at + 8 : at + 20] = b"".join(number.to_bytes(4, "big") for number in table)
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stts"):
        size = data.index(name) - 4
        data[size : size + 4] = (int.from_bytes(data[size : size + 4], "big") + 8).to_bytes(4)
    target.write_bytes(data)
    return target


def test_a_video_of_variable_rate_keeps_its_times(tmp_path: Path) -> None:
    writer = cv2.VideoWriter(
        str(tmp_path / "a.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10, (240, 240)
    )
    for _ in range(8):
        writer.write(cv2.resize(samples.sample(), (240, 240)))
    writer.release()
    source = uneven(tmp_path / "a.mp4", tmp_path / "uneven.mp4", frames=8)
    made = hide_in_video(source, tmp_path / "b.mp4", Mosaic())
    assert made.frames == 8 and made.variable_rate and made.stopped is None
    with FrameSource(tmp_path / "b.mp4") as video:
        assert len(list(iter(video.read, None))) == made.written
        assert video.frames_per_second == pytest.approx(10, abs=0.1)  # no frame is lost
    assert made.written == 20  # the frame of 1.9 seconds is the last


def hidden_shares(
    tmp_path: Path, views: Sequence[tuple[float, int]]
) -> tuple[list[float], VideoDone]:
    """Return how much of the visible face is covered in each frame of a head that moves.

    Args:
        views: angle and place of the head, frame by frame, 25 a second.
    """
    made = [samples.turning_head(*view) for view in views]
    writer = cv2.VideoWriter(
        str(tmp_path / "a.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 25, (512, 512)
    )
    for picture, _ in made:
        writer.write(picture)
    writer.release()
    done = hide_in_video(tmp_path / "a.avi", tmp_path / "b.avi", Mosaic(COVER))
    with FrameSource(tmp_path / "b.avi") as video:
        frames = [frame.image.astype(int) for frame in iter(video.read, None)]
    dark = [np.asarray((np.abs(frame - INK) < 14).all(axis=2)) for frame in frames]
    return [
        float(hidden[face].mean())
        for hidden, (_, face) in zip(dark, made, strict=True)
        if face.sum() > 150
    ], done


def test_a_face_that_turns_to_the_back_and_again_is_hidden_in_every_frame(tmp_path: Path) -> None:
    turn = [*range(0, 181, 3), *range(180, -1, -3)]
    shares, done = hidden_shares(tmp_path, [(angle, 256) for angle in turn])
    assert len(shares) > 80 and min(shares) > 0.9
    ((start, end),) = done.doubtful
    assert 0.3 < start < 1.2 and 3.6 < end < 4.9
    assert done.doubt is not None and "(0:0" in done.doubt.en and "직접 확인" in done.doubt.ko


def test_a_head_that_walks_while_its_face_is_lost_is_hidden_in_between(tmp_path: Path) -> None:
    views = [(0 if n < 12 or n > 36 else 130, 150 + 4 * n) for n in range(50)]
    shares, done = hidden_shares(tmp_path, views)
    assert len(shares) > 45 and min(shares) > 0.9 and done.doubtful


def test_a_face_that_looks_into_the_camera_is_no_doubt(tmp_path: Path) -> None:
    shares, done = hidden_shares(tmp_path, [(0, 250 + n) for n in range(12)])
    assert min(shares) > 0.9 and done.doubtful == () and done.doubt is None


def test_a_gap_is_hidden_between_both_places() -> None:
    gap = Gap(100, (0.0, 0.0, 40.0, 40.0), 300, (200.0, 0.0, 80.0, 80.0))
    assert gap.shape(100) is None and gap.shape(300) is None
    shape = gap.shape(200)
    assert shape is not None and shape.mean(axis=0) == pytest.approx((130, 30), abs=0.1)
