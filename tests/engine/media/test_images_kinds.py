"""Photos of telephones, pictures that move, and pictures of a hundred million pixels."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from devtools import ROOT
from engine.core.errors import InputError
from engine.media import images
from tests.engine.damage import damages

DATA = ROOT / "tests" / "data"
RED, BLUE = (200, 30, 40), (30, 60, 200)


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)
    return path


def colour(pixels: images.Bgr, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in pixels[y, x][::-1])


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 16


def test_a_heic_photo_is_read() -> None:
    read = images.read_picture(DATA / "colours.heic")
    assert read.pixels.shape == (48, 64, 3)
    assert near(colour(read.pixels, 10, 10), RED)
    assert near(colour(read.pixels, 50, 40), BLUE)
    assert read.notes == ()


def test_a_heic_photo_is_turned_upright_once() -> None:
    read = images.read_picture(DATA / "colours-turned.heic")
    assert read.size == (48, 64)
    assert read.pixels.shape == (64, 48, 3)
    assert near(colour(read.pixels, 40, 10), RED)
    assert near(colour(read.pixels, 5, 50), BLUE)


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_a_truncated_heic_photo_is_told(tmp_path: Path, cut: int) -> None:
    bad = tmp_path / "아이폰.heic"
    bad.write_bytes((DATA / "colours.heic").read_bytes()[:cut])
    with pytest.raises(InputError) as caught:
        images.read_image(bad)
    assert "아이폰.heic" in caught.value.message.ko


def test_a_wrong_ending_does_not_matter(tmp_path: Path) -> None:
    shutil.copy(DATA / "colours.heic", tmp_path / "photo.jpg")
    assert images.read_image(tmp_path / "photo.jpg").shape == (48, 64, 3)


def test_an_avif_photo_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.avif", Image.new("RGB", (40, 30), BLUE))
    assert near(colour(images.read_image(path), 20, 15), BLUE)


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_of_a_picture_that_moves_the_first_frame_is_taken_and_said(
    tmp_path: Path, kind: str
) -> None:
    frames = [Image.new("RGB", (32, 24), each) for each in (RED, BLUE)]
    path = saved(
        tmp_path / f"a.{kind}", frames[0], save_all=True, append_images=frames[1:], duration=80
    )
    read = images.read_picture(path)
    assert read.notes == (images.FIRST_FRAME,)
    assert near(colour(read.pixels, 16, 12), RED)
    still = images.read_picture(saved(tmp_path / f"b.{kind}", frames[0]))
    assert still.notes == ()


def test_of_a_file_with_pages_the_first_is_taken_and_said(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (32, 24), each) for each in (RED, BLUE)]
    path = saved(tmp_path / "a.tif", pages[0], save_all=True, append_images=pages[1:])
    read = images.read_picture(path)
    assert read.notes == (images.FIRST_PAGE,)
    assert near(colour(read.pixels, 3, 3), RED)


def test_two_photos_in_one_jpeg_are_no_animation(tmp_path: Path) -> None:
    pair = [Image.new("RGB", (32, 24), each) for each in (RED, BLUE)]
    path = saved(tmp_path / "a.jpg", pair[0], format="MPO", save_all=True, append_images=pair[1:])
    assert images.read_picture(path).notes == ()


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "RGBA", "RGB", "I;16", "I", "F"])
def test_shrinking_in_bands_keeps_every_mode(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_BAND", 200)
    colours = Image.new("RGB", (60, 90), "white")
    colours.paste("black", (0, 45, 60, 90))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(colours.convert("L")).astype(np.uint16) * 257)
    else:
        image = colours.convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, format={"CMYK": "JPEG", "F": "TIFF", "I": "TIFF"}.get(mode, "PNG"))
    pixels = images.decode_image(buffer.getvalue(), max_side=20)
    assert pixels.shape == (20, 13, 3)
    assert pixels[:9].min() > 240
    assert pixels[11:].max() < 15


def test_bands_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    ramp = np.linspace(0, 255, 997).astype(np.uint8)[:, None].repeat(50, 1)
    image = Image.fromarray(ramp)
    whole = np.asarray(images._shrink(image, 100)).astype(int)
    monkeypatch.setattr(images, "_BAND", 600)
    assert np.abs(np.asarray(images._shrink(image, 100)).astype(int) - whole).max() <= 1


def test_a_large_webp_is_like_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = Image.new("RGB", (900, 600), RED)
    picture.paste(BLUE, (450, 0, 900, 600))
    path = saved(tmp_path / "a.webp", picture, quality=95)
    monkeypatch.setattr(images, "_LARGE_WEBP", 1000)
    for side in (80, 200, 400, 4096):
        read = images.read_picture(path, side)
        height, width = read.pixels.shape[:2]
        assert max(width, height) == min(side, 900)
        assert near(colour(read.pixels, width // 4, height // 2), RED)
        assert near(colour(read.pixels, 3 * width // 4, height // 2), BLUE)


@pytest.mark.parametrize(("turn", "corner"), [(3, (55, 35)), (6, (35, 3)), (8, (3, 55))])
def test_what_is_scaled_down_is_upright_and_said(
    tmp_path: Path, turn: int, corner: tuple[int, int]
) -> None:
    wide = Image.new("RGB", (120, 80), "white")
    wide.paste(RED, (0, 0, 20, 20))  # the file's own first corner
    exif = Image.Exif()
    exif[0x0112] = turn
    read = images.read_picture(saved(tmp_path / "a.png", wide, exif=exif), max_side=60)
    assert near(colour(read.pixels, *corner), RED)
    assert read.size == ((120, 80) if turn == 3 else (80, 120))
    assert "줄여서" in read.notes[0].ko
    assert "x" in read.notes[0].en


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by getrusage")
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_hundred_megapixels_take_bounded_memory(tmp_path: Path, kind: str) -> None:
    path = saved(
        tmp_path / f"big.{kind}", Image.new("RGB", (12_500, 8_000), BLUE), compress_level=1
    )
    script = (
        "import resource, sys\n"
        "from engine.media import images\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "read = images.read_picture(sys.argv[1])\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert read.pixels.shape == (2621, 4096, 3), read.pixels.shape\n"
        "print((after - before) // (1024 if sys.platform == 'linux' else 1024 ** 2))\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    root = ROOT
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert int(done.stdout) < {"png": 620, "jpg": 330}[kind]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "link to /dev/zero", "socket"])
def test_what_may_never_end_is_not_read(tmp_path: Path, kind: str) -> None:
    path, pipe = tmp_path / "끝없음.jpg", tmp_path / "pipe"
    os.mkfifo(pipe)
    if kind == "pipe":
        pipe.rename(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
    else:
        path.symlink_to(pipe if kind == "link to a pipe" else "/dev/zero")
    for read in (images.read_image, images.read_bytes):
        with pytest.raises(InputError) as caught:
            read(path)
        assert "장치나 통로" in caught.value.message.ko and path.name in caught.value.message.ko
        assert "not a file" in caught.value.message.en


def test_a_link_to_a_picture_is_followed(tmp_path: Path) -> None:
    saved(tmp_path / "a.png", Image.new("RGB", (8, 6), BLUE))
    (tmp_path / "b.png").symlink_to("a.png")
    assert images.read_image(tmp_path / "b.png").shape == (6, 8, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="sparse files")
def test_a_file_of_thirty_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", Image.new("RGB", (8, 6), BLUE))
    os.truncate(path, 30 * 2**30)
    for read in (images.read_image, images.read_bytes):
        with pytest.raises(InputError) as caught:
            read(path)
        assert "30,720 MB" in caught.value.message.ko and "too large" in caught.value.message.en


@pytest.mark.parametrize("side", [15_000, 25_000])
def test_of_a_bomb_it_is_said_what_it_is(tmp_path: Path, side: int) -> None:
    path = saved(tmp_path / "a.png", Image.new("1", (side, side)))
    with pytest.raises(InputError) as caught:
        images.read_image(path)
    assert "픽셀이 너무 많아요" in caught.value.message.ko and "2억" in caught.value.message.ko
    assert "too many pixels" in caught.value.message.en


@pytest.mark.parametrize(("top", "kind"), [(1023, "png"), (4095, "tif"), (65_535, "png")])
def test_grey_of_ten_twelve_and_sixteen_bits_is_as_light(
    tmp_path: Path, top: int, kind: str
) -> None:
    ramp = np.linspace(0, top, 256).round().astype(np.uint16)[None, :].repeat(4, axis=0)
    pixels = images.read_image(saved(tmp_path / f"a.{kind}", Image.fromarray(ramp)))
    assert np.abs(pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.0, 1.0, (0, 255)), (0.0, 0.5, (0, 128)), (0.0, 255.0, (0, 255)), (0.0, 4.0, (0, 255)),
     (0.0, 200.0, (0, 200)), (-1.0, 1.0, (0, 255)), (0.0, 1e6, (0, 255))],
)  # fmt: skip
def test_floats_are_scaled_by_what_they_hold(
    tmp_path: Path, low: float, high: float, shown: tuple[int, int]
) -> None:
    ramp = np.linspace(low, high, 256, dtype=np.float32)[None, :].repeat(4, axis=0)
    ramp[3, 7] = np.nan
    pixels = images.read_image(saved(tmp_path / "a.tif", Image.fromarray(ramp)))
    assert (pixels[0, 0, 0], pixels[0, -1, 0]) == shown
    assert pixels[3, 7, 0] == 0


@pytest.mark.parametrize(("drawn", "paper"), [("white", 0), ("black", 255), ("red", 255)])
def test_what_is_drawn_on_a_transparent_ground_is_seen(
    tmp_path: Path, drawn: str, paper: int
) -> None:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    image.paste(drawn, (10, 10, 20, 20))
    pixels = images.read_image(saved(tmp_path / "a.png", image))
    assert (pixels[0, 0] == paper).all()
    assert pixels[15, 15].tolist() == list(Image.new("RGB", (1, 1), drawn).getpixel((0, 0)))[::-1]


def kinds(folder: Path) -> list[bytes]:
    """Return a small picture in each way that it may be kept."""
    light = Image.fromarray(np.linspace(0, 255, 24 * 32 * 3).reshape(24, 32, 3).astype(np.uint8))
    grey = np.linspace(0, 60_000, 24 * 32).reshape(24, 32)
    made = [
        saved(folder / "a.png", light),
        saved(folder / "a.jpg", light),
        saved(folder / "a.webp", light),
        saved(folder / "a.bmp", light),
        saved(folder / "a.gif", light.convert("P")),
        saved(folder / "a.tif", light, compression="tiff_lzw"),
        saved(folder / "a.avif", light),
        saved(folder / "clear.png", light.convert("RGBA")),
        saved(folder / "deep.png", Image.fromarray(grey.astype(np.uint16))),
        saved(folder / "float.tif", Image.fromarray(grey.astype(np.float32))),
        DATA / "colours.heic",
    ]
    return [path.read_bytes() for path in made]


def test_random_damage_of_a_picture_is_read_or_told(tmp_path: Path) -> None:
    """``MAUMGYEOL_FUZZ=200`` tries 2,200 pictures."""
    read = told = 0
    for content in kinds(tmp_path):
        for damaged in damages(content):
            path = tmp_path / "사진.jpg"
            path.write_bytes(damaged)
            try:
                pixels = images.read_image(path)
            except InputError as error:
                told += 1
                assert error.message.ko and error.message.en
                continue
            read += 1
            assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3
            assert 0 < max(pixels.shape[:2]) <= images.MAX_SIDE
    assert read and told
    print(f"{read} read, {told} told")
