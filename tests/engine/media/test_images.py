"""Every kind of image file at the door."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.core.errors import InputError
from engine.media import images


def _bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format=kind, **options)
    return buffer.getvalue()


def test_channels_come_out_as_bgr() -> None:
    red = _bytes(Image.new("RGB", (4, 3), (255, 0, 0)))
    pixels = images.decode_image(red)
    assert pixels.shape == (3, 4, 3)
    assert pixels[0, 0].tolist() == [0, 0, 255]


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "RGBA", "RGB", "I;16", "I", "F"])
def test_every_mode_becomes_eight_bit_bgr(mode: str) -> None:
    kind = {"CMYK": "JPEG", "F": "TIFF", "I": "TIFF"}.get(mode, "PNG")
    pixels = images.decode_image(_bytes(Image.new(mode, (8, 5)), kind))
    assert pixels.shape == (5, 8, 3)
    assert pixels.dtype == np.uint8


def test_sixteen_bits_keep_their_order() -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(4, axis=0)
    pixels = images.decode_image(_bytes(Image.fromarray(ramp)))
    assert pixels[0, 0, 0] == 0
    assert pixels[0, -1, 0] == 255
    assert (np.diff(pixels[0, :, 0].astype(int)) >= 0).all()


def test_transparency_is_laid_on_white() -> None:
    clear = _bytes(Image.new("RGBA", (2, 2), (0, 0, 0, 0)))
    assert (images.decode_image(clear) == 255).all()


def test_exif_orientation_turns_the_picture_upright() -> None:
    wide = Image.new("RGB", (30, 10), "black")
    wide.paste("white", (0, 0, 5, 10))  # the left edge
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned clockwise by 90 degrees
    pixels = images.decode_image(_bytes(wide, "JPEG", exif=exif, quality=95))
    assert pixels.shape[:2] == (30, 10)
    assert pixels[2, 5, 0] > 200
    assert pixels[-3, 5, 0] < 50


def test_a_large_side_is_scaled_down() -> None:
    pixels = images.decode_image(_bytes(Image.new("RGB", (20_000, 40), "white")))
    assert pixels.shape == (8, 4096, 3)


def test_a_picture_of_too_many_pixels_is_refused_before_decoding() -> None:
    huge = _bytes(Image.new("1", (20_000, 20_000)))
    with pytest.raises(InputError) as caught:
        images.decode_image(huge, "huge.png")
    assert "huge.png" in caught.value.message.ko


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_truncated_file_is_called_damaged(kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    whole = _bytes(Image.fromarray(noise), kind)
    with pytest.raises(InputError):
        images.decode_image(whole[: len(whole) // 3])


@pytest.mark.parametrize("data", [b"", b"not an image", b"\x89PNG\r\n\x1a\n", b"\x00" * 1000])
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        images.decode_image(data)


@given(st.binary(max_size=400))
def test_random_bytes_give_an_array_or_an_input_error(data: bytes) -> None:
    try:
        assert images.decode_image(data).ndim == 3
    except InputError as error:
        assert error.message.ko


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(InputError) as caught:
            images.read_image(path)
        assert path.name in caught.value.message.ko


def test_png_round_trip() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (7, 9, 3), dtype=np.uint8)
    assert (images.decode_image(images.encode_png(pixels)) == pixels).all()


def test_the_first_frame_of_an_animation_is_taken() -> None:
    frames = [Image.new("RGB", (5, 5), color) for color in ("red", "blue")]
    data = _bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert images.decode_image(data)[0, 0].tolist() == [0, 0, 255]
