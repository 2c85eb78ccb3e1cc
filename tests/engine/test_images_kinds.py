"""Photos of telephones, pictures that move, and pictures of a hundred million pixels."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import images
from engine.errors import InputError

DATA = Path(__file__).resolve().parents[1] / "data"
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
        "from engine import images\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "read = images.read_picture(sys.argv[1])\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert read.pixels.shape == (2621, 4096, 3), read.pixels.shape\n"
        "print((after - before) // (1024 if sys.platform == 'linux' else 1024 ** 2))\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    root = Path(images.__file__).resolve().parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert int(done.stdout) < {"png": 620, "jpg": 330}[kind]
