"""Hiding faces: nothing is left to see within the outlines, nothing is changed outside."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devtools import ROOT
from engine.core.errors import InputError, StorageError
from engine.faces.detect.landmarks import Landmarker
from engine.faces.detect.rotation import turned
from engine.faces.mosaic.cover import (
    BLOCK,
    COVER,
    CUT_OFF,
    INK,
    PIXELATE,
    STYLES,
    Cover,
    Hider,
    Mosaic,
    cells,
    edge,
    head_of_box,
    hide,
    outline,
)
from engine.faces.mosaic.folder import AS_JPEG, EIGHT_BITS, hide_in_file
from engine.media.images import Bgr, read_image
from tests.engine import faces_samples as samples
from tests.engine.faces.test_finding import assets

FACE = (180, 71, 89, 105)


@pytest.fixture(scope="module")
def hider():  # type: ignore[no-untyped-def]
    made = Hider()
    yield made
    made.close()


def mask(shapes: list[np.ndarray], size: tuple[int, ...], grown: int = 0) -> np.ndarray:
    drawn = np.zeros(size[:2], np.uint8)
    for shape in shapes:
        cv2.fillPoly(drawn, [np.round(shape).astype(np.int32)], 255)
    return np.asarray(cv2.dilate(drawn, np.ones((2 * grown + 1,) * 2)) > 0)


def upright(path: Path) -> Bgr:
    return read_image(path, max_side=100_000)


@pytest.mark.parametrize("style", STYLES)
def test_the_face_is_hidden_and_the_rest_is_as_it_was(hider: Hider, style: str) -> None:
    picture = samples.sample()
    (cover,) = hider.covers(picture)
    shape = cover.shape
    assert cover.doubt is None
    hidden = hide(picture, [shape], Mosaic(style))
    inside, near = mask([shape], picture.shape), mask([shape], picture.shape, grown=2)
    assert (hidden[~near] == picture[~near]).all()
    assert inside[FACE[1] + 10 : FACE[1] + 95, FACE[0] + 20 : FACE[0] + 70].all()
    assert (hidden[inside] != picture[inside]).any(axis=1).mean() > 0.9
    before, after = fine(picture)[inside], fine(hidden)[inside]
    alike = np.corrcoef(before, after)[0, 1] if after.std() else 0.0
    assert abs(alike) < 0.4 and after.std() < before.std()


def fine(picture: Bgr) -> np.ndarray:
    """Return what of a picture is finer than the classic block."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float64)
    return np.asarray(grey - cv2.blur(grey, (16, 16)))


def test_the_default_is_the_classic_block() -> None:
    assert Mosaic() == Mosaic(PIXELATE, 16) and BLOCK == 16
    picture = samples.sample()
    shape = np.array([(100, 100), (260, 100), (260, 260), (100, 260)], np.float32)
    hidden = hide(picture, [shape], Mosaic())
    cell = hidden[116:132, 116:132].reshape(-1, 3)
    assert (cell == cell[0]).all()
    assert np.abs(cell[0] - picture[116:132, 116:132].reshape(-1, 3).mean(0)).max() < 1.5


def test_a_cover_is_one_colour() -> None:
    shape = head_of_box((200.0, 200.0, 100.0, 100.0))
    hidden = hide(samples.sample(), [shape], Mosaic(COVER))
    assert (hidden[mask([shape], hidden.shape)] == INK).all()


@given(st.integers(4, 128), st.floats(1, 8000))
def test_a_cell_is_never_small(block: int, width: float) -> None:
    side = edge(width, block)
    assert side >= block and width / side <= 256 / block


@given(st.integers(1, 70), st.integers(1, 70), st.integers(4, 64), st.booleans())
def test_cells_of_any_size(height: int, width: int, side: int, smooth: bool) -> None:
    part = np.arange(height * width * 3, dtype=np.int64).reshape(height, width, 3).astype(np.uint8)
    assert cells(part, side, smooth).shape == part.shape


def test_outlines_beyond_the_picture_do_no_harm() -> None:
    picture = samples.sample()
    for box in ((-300.0, -300.0, 50.0, 50.0), (480.0, 480.0, 400.0, 400.0), (5.0, 5.0, 0.0, 0.0)):
        assert hide(picture, [head_of_box(box)], Mosaic()).shape == picture.shape


def test_the_outline_holds_all_points(hider: Hider) -> None:
    landmarker = Landmarker()
    (face,) = landmarker.find(samples.sample())
    landmarker.close()
    inside = mask([outline(face.points)], samples.sample().shape)
    columns, rows = np.round(face.points[:, :2]).astype(int).T
    assert inside[rows, columns].all()


@pytest.mark.parametrize(("style", "block"), [("smear", 16), ("blur", 3), ("blur", 129)])
def test_a_style_or_block_that_is_not_there_is_refused(style: str, block: int) -> None:
    with pytest.raises(InputError):
        Mosaic(style, block)


def test_a_large_picture_is_hidden_at_its_own_size(hider: Hider) -> None:
    large = cv2.resize(samples.sample(), (7680, 7680))
    hidden, faces = hider.hide(np.asarray(large, np.uint8))
    assert len(faces) == 1 and hidden.shape == large.shape
    middle = hidden[71 * 15 + 700 : 71 * 15 + 780, 180 * 15 + 600 : 180 * 15 + 680]
    assert len(np.unique(middle.reshape(-1, 3), axis=0)) <= 9


def save(path: Path, **options: object) -> Path:
    rgb = np.ascontiguousarray(samples.sample()[:, :, ::-1])
    Image.fromarray(rgb).save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("orientation", [1, 2, 3, 6, 8])
def test_a_jpeg_keeps_orientation_quality_and_exif(
    hider: Hider, tmp_path: Path, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8769)[0x927C] = b"notes of the maker"
    store = io.BytesIO()
    Image.fromarray(samples.sample()[71:176:2, 180:269:2, ::-1].copy()).save(store, "JPEG")
    back = {2: 0, 3: 3, 6: 2, 8: 4}.get(orientation)
    image = Image.fromarray(samples.sample()[:, :, ::-1].copy())
    stored = image if back is None else image.transpose(Image.Transpose(back))
    source = tmp_path / "a.jpg"
    stored.save(source, quality=71, exif=exif)
    assert hide_in_file(source, tmp_path / "b.jpg", hider).faces == 1
    with Image.open(source) as old, Image.open(tmp_path / "b.jpg") as new:
        assert new.format == "JPEG" and new.size == old.size
        assert new.quantization == old.quantization  # type: ignore[attr-defined]
        assert new.getexif()[0x0112] == orientation and new.getexif()[0x010F] == "Camera"
        assert 0x927C not in new.getexif().get_ifd(0x8769)
    before, after = upright(source), upright(tmp_path / "b.jpg")
    assert np.abs(before[300:].astype(int) - after[300:]).mean() < 3
    x, y, width, height = FACE
    part = np.s_[y + 20 : y + height - 20, x + 20 : x + width - 20]
    assert np.abs(before[part].astype(int) - after[part]).mean() > 8


def test_the_preview_inside_a_jpeg_goes(hider: Hider, tmp_path: Path) -> None:
    preview = io.BytesIO()
    Image.fromarray(samples.sample()[::4, ::4, ::-1].copy()).save(preview, "JPEG")
    small = preview.getvalue()
    # TIFF header, an empty IFD0 that points to IFD1, which holds the preview's place and length.
    head = b"Exif\0\0MM\0*\0\0\0\x08" + b"\0\0" + b"\0\0\0\x0e"
    rows = b"\0\2" + b"\x02\x01\0\4\0\0\0\1" + (44).to_bytes(4, "big")
    rows += b"\x02\x02\0\4\0\0\0\1" + len(small).to_bytes(4, "big") + b"\0" * 4
    source = save(tmp_path / "a.jpg", exif=head + rows + small)
    assert small in source.read_bytes()
    hide_in_file(source, tmp_path / "b.jpg", hider)
    assert small[-200:] not in (tmp_path / "b.jpg").read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".webp", ".bmp", ".tif", ".gif"])
def test_other_kinds_stay_what_they_are(hider: Hider, tmp_path: Path, suffix: str) -> None:
    source = save(tmp_path / f"a{suffix}")
    target = tmp_path / "out" / f"b{suffix}"
    assert hide_in_file(source, target, hider).faces == 1
    with Image.open(source) as old, Image.open(target) as new:
        assert new.format == old.format and new.size == old.size
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_transparency_and_grey_stay(hider: Hider, tmp_path: Path) -> None:
    image = Image.fromarray(samples.sample()[:, :, ::-1].copy())
    see_through = image.copy()
    see_through.putalpha(Image.linear_gradient("L").resize((512, 512)))
    see_through.save(tmp_path / "alpha.png")
    image.convert("L").save(tmp_path / "grey.jpg")
    hide_in_file(tmp_path / "alpha.png", tmp_path / "alpha2.png", hider)
    hide_in_file(tmp_path / "grey.jpg", tmp_path / "grey2.jpg", hider)
    with Image.open(tmp_path / "alpha2.png") as new:
        assert new.getchannel("A").tobytes() == see_through.getchannel("A").tobytes()
    with Image.open(tmp_path / "grey2.jpg") as new:
        assert new.mode == "L"


def test_without_a_face_nothing_is_written(hider: Hider, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.full((200, 300, 3), 90, np.uint8))
    assert hide_in_file(tmp_path / "a.png", tmp_path / "b.png", hider).faces == 0
    assert not (tmp_path / "b.png").exists()


@pytest.mark.parametrize("kind", ["gone", "empty", "text", "cut", "moving", "huge"])
def test_what_cannot_be_hidden_is_said(hider: Hider, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.gif"
    if kind == "moving":
        frames = [Image.new("L", (60, 60), shade) for shade in (0, 255)]
        frames[0].save(path, save_all=True, append_images=frames[1:])
    elif kind == "huge":
        header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (20000).to_bytes(4, "big") * 2
        path.write_bytes(header + b"\x08\x02\x00\x00\x00" + b"\x00" * 200)
    elif kind != "gone":
        whole = save(tmp_path / "whole.jpg").read_bytes()
        path.write_bytes({"empty": b"", "text": b"hello", "cut": whole[:6000]}[kind])
    with pytest.raises(InputError, match=r"a\.gif"):
        hide_in_file(path, tmp_path / "b.gif", hider)
    assert not (tmp_path / "b.gif").exists()


def test_a_target_that_cannot_be_written_is_said(hider: Hider, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError):
        hide_in_file(save(tmp_path / "a.jpg"), tmp_path / "file" / "b.jpg", hider)


class Here:
    """Stands for a hider that finds one face in the left upper quarter."""

    mosaic = Mosaic(COVER)

    def covers(self, image: Bgr) -> list[Cover]:
        height, width = image.shape[:2]
        corners = [(0, 0), (width / 2, 0), (width / 2, height / 2), (0, height / 2)]
        return [Cover(np.array(corners, dtype=np.float32))]


@pytest.mark.parametrize("turn", range(1, 9))
def test_what_was_found_upright_is_hidden_where_the_file_stores_it(
    tmp_path: Path, turn: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    Image.new("RGB", (80, 40), "white").save(tmp_path / "a.png", exif=exif)
    hide_in_file(tmp_path / "a.png", tmp_path / "b.png", cast("Hider", Here()))
    pixels = read_image(tmp_path / "b.png")
    height, width = pixels.shape[:2]
    assert (height, width) == ((40, 80) if turn < 5 else (80, 40))
    hidden = (pixels != 255).all(axis=2)
    assert hidden[: height // 2 - 1, : width // 2 - 1].all()
    assert not hidden[height // 2 + 2 :].any() and not hidden[:, width // 2 + 2 :].any()


def test_a_heic_photo_becomes_a_jpeg_and_says_so(tmp_path: Path) -> None:
    heic = ROOT / "tests" / "data" / "colours-turned.heic"
    (tmp_path / "b.jpg").write_bytes(b"there before")
    made = hide_in_file(heic, tmp_path / "b.heic", cast("Hider", Here()))
    assert made.target == tmp_path / "b (2).jpg" and made.notes == (AS_JPEG,)
    before, after = read_image(heic), read_image(made.target)
    assert after.shape == before.shape == (64, 48, 3)
    assert np.abs(after[5:25, 3:20].astype(int) - INK).max() < 12
    assert np.abs(after[40:].astype(int) - before[40:]).mean() < 4


@pytest.mark.parametrize(("name", "top"), [("a.png", 65_535), ("a.png", 1023), ("a.tif", 4095)])
def test_deep_grey_is_hidden_and_saved_in_eight_bits(tmp_path: Path, name: str, top: int) -> None:
    ramp = np.linspace(0, top, 256).round().astype(np.uint16)[None, :].repeat(64, axis=0)
    Image.fromarray(ramp).save(tmp_path / name)
    made = hide_in_file(tmp_path / name, tmp_path / f"out-{name}", cast("Hider", Here()))
    assert made.notes == (EIGHT_BITS,)
    with Image.open(made.target) as new:
        assert new.mode == "L"
        pixels = np.asarray(new).astype(int)
    assert np.abs(pixels[40:] - np.arange(256)).max() <= 1
    assert np.ptp(pixels[:30, :126]) == 0


def test_a_portrait_of_sixteen_bits_is_found(hider: Hider, tmp_path: Path) -> None:
    grey = cv2.cvtColor(samples.sample(), cv2.COLOR_BGR2GRAY).astype(np.uint16)
    for name, deep in (("a.png", grey * 257), ("b.tif", grey * 4)):
        Image.fromarray(deep).save(tmp_path / name)
        assert hide_in_file(tmp_path / name, tmp_path / f"out-{name}", hider).faces == 1


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by getrusage")
def test_a_large_picture_takes_little_more_memory_than_its_pixels(tmp_path: Path) -> None:
    large = Image.new("RGB", (9000, 8000), (120, 130, 140))
    face = Image.fromarray(samples.sample()[:, :, ::-1].copy()).resize((2500, 2500))
    large.paste(face, (3000, 3000))
    large.save(tmp_path / "a.png", compress_level=1)
    script = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from engine.faces.mosaic.cover import Hider\n"
        "from engine.faces.mosaic.folder import hide_in_file\n"
        "import numpy as np\n"
        "with Hider() as hider:\n"
        "    hider.covers(np.zeros((4096, 4096, 3), np.uint8))\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    made = hide_in_file(Path(sys.argv[1]), Path(sys.argv[2]), hider)\n"
        "    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(made.faces, (after - before) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.png"), str(tmp_path / "b.png")],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    faces, megabytes = map(int, done.stdout.split())
    assert faces >= 1
    assert megabytes < 420  # the decoder's pixels alone are 288; seven copies were 1,500


def share_hidden(covers: list[Cover], face: np.ndarray, size: tuple[int, ...]) -> float:
    """Return how much of the polygon *face* is covered."""
    hidden, seen = mask([cover.shape for cover in covers], size), mask([face], size)
    return float(hidden[seen].mean())


ZIDANE = ((603, 350, 78, 112), (983, 196, 78, 112))
"""Middle and half axes of both faces of zidane.jpg, in pixels."""


@pytest.mark.parametrize("degrees", [0, 75, 90, 180, 255, 270])
def test_both_faces_of_a_picture_that_lies_on_its_side_are_hidden(
    hider: Hider, degrees: int
) -> None:
    turn = turned(read_image(assets() / "zidane.jpg"), degrees, 4000)
    covers = hider.covers(turn.image)
    angle = np.linspace(0, 2 * np.pi, 60)
    back = np.array([[np.cos(np.radians(degrees)), np.sin(np.radians(degrees))],
                     [-np.sin(np.radians(degrees)), np.cos(np.radians(degrees))]])  # fmt: skip
    for x, y, across, down in ZIDANE:
        ellipse = np.column_stack([x + across * np.cos(angle), y + down * np.sin(angle)])
        face = (ellipse - np.array(turn.whole) / 2) @ back.T + np.array(turn.image.shape[1::-1]) / 2
        assert share_hidden(covers, face, turn.image.shape) > 0.9
    assert [cover.doubt for cover in covers].count(None) == 1  # the profile is in doubt


@pytest.mark.parametrize("side", ["bottom", "left", "right"])
@pytest.mark.parametrize("share", [0.5, 0.6])
def test_a_face_that_the_edge_cuts_is_hidden_to_the_edge(
    hider: Hider, side: str, share: float
) -> None:
    x, y, width, height = FACE
    low = {"left": round(x + (1 - share) * width)}.get(side, 0)
    high = {"right": round(x + share * width)}.get(side, 512)
    bottom = {"bottom": round(y + share * height)}.get(side, 512)
    part = np.ascontiguousarray(samples.sample()[:bottom, low:high])
    covers = hider.covers(part)
    corners = [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]
    face = np.array([(x + a * width - low, y + b * height) for a, b in corners])
    assert share_hidden(covers, face, part.shape) > 0.9
    assert [cover.doubt for cover in covers] == [CUT_OFF]


@pytest.mark.parametrize("name", ["flower.jpg", "china.jpg"])
def test_a_picture_without_a_person_is_left_alone(hider: Hider, name: str) -> None:
    spec = importlib.util.find_spec("sklearn.datasets")
    assert spec is not None and spec.origin is not None
    assert hider.covers(read_image(Path(spec.origin).parent / "images" / name)) == []
