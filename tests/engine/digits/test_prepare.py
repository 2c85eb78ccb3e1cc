"""MNIST's preparation: any picture becomes 28x28, light on dark, centred, or says why not."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.core.errors import InputError
from engine.digits.prepare import BOX, CENTRE, MAX_SIDE, SEVERAL, SIDE, ink_map, prepare
from tests.engine.digit_drawings import STROKES, drawn

SHAPES = st.one_of(
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from([1, 2, 3, 4, 5])),
    st.just((28, 28)),
)


def _mass(picture: npt.NDArray[np.uint8]) -> list[float]:
    values = picture.astype(float)
    places = np.arange(SIDE)
    return [float(values.sum(axis=axis) @ places / values.sum()) for axis in (1, 0)]


def _is_mnist_like(picture: npt.NDArray[np.uint8]) -> None:
    assert picture.shape == (SIDE, SIDE) and picture.dtype == np.uint8 and picture.any()
    for place, axis in zip(_mass(picture), (1, 0), strict=True):
        inked = np.flatnonzero(picture.any(axis=axis))
        at_edge = inked[0] == 0 or inked[-1] == SIDE - 1
        assert np.ptp(inked) < BOX or np.array_equal(picture, prepare(picture).pixels)
        assert abs(place - CENTRE) <= 1.01 or at_edge


@given(SHAPES.flatmap(lambda shape: arrays.arrays(np.uint8, shape)))
def test_any_array_is_prepared_or_refused_in_words(image: npt.NDArray[np.uint8]) -> None:
    try:
        picture = prepare(image)
    except InputError as error:
        assert error.message.ko and error.message.en
    else:
        _is_mnist_like(picture.pixels)


@given(st.integers(0, 2**32 - 1), SHAPES)
@example(0, (28, 28))
def test_blots_of_any_colour_are_prepared_or_refused(seed: int, shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(seed)
    image = np.full(shape, rng.integers(0, 256), np.uint8)
    for _ in range(int(rng.integers(0, 4))):
        top, left, high, wide = rng.integers(0, 40, 4)
        image[top : top + high, left : left + wide] = rng.integers(0, 256)
    try:
        _is_mnist_like(prepare(image).pixels)
    except InputError as error:
        assert error.message.ko


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("width", [3, 14, 34])
def test_drawings_fill_the_box_with_strokes_that_mnist_knows(digit: str, width: int) -> None:
    picture = prepare(drawn(digit, width=width)).pixels
    _is_mnist_like(picture)
    inked = [np.flatnonzero((picture > 0).any(axis=axis)) for axis in (0, 1)]
    assert max(np.ptp(places) + 1 for places in inked) == BOX
    assert picture.max() > 240
    depth = cv2.distanceTransform((picture > 127).astype(np.uint8), cv2.DIST_L2, 5)
    assert 1.0 <= depth.max() <= 4.5


def test_polarity_colour_place_and_size_do_not_matter() -> None:
    sheet = drawn("5")
    expected = prepare(sheet).pixels.astype(int)
    grown = np.pad(cv2.resize(sheet, (560, 560)), ((300, 20), (10, 500)), constant_values=255)
    ink = sheet.astype(np.float32)[:, :, None] / 255
    red_on_yellow = ink * [60, 230, 250] + (1 - ink) * [40, 30, 200]
    alpha = np.dstack([np.zeros((280, 280, 3), np.uint8), 255 - sheet])
    others = [255 - sheet, grown, red_on_yellow.astype(np.uint8), alpha, sheet // 4 + 100]
    for other in others:
        assert np.abs(prepare(other).pixels - expected).mean() < 8


def test_a_photo_of_paper_under_uneven_light_reads_as_the_drawing() -> None:
    sheet = drawn("3", width=12)
    light = np.linspace(70, 230, 280)[None, :] * np.linspace(1.0, 0.7, 280)[:, None]
    noise = np.random.default_rng(0).normal(0, 4, sheet.shape)
    photo = light * (0.3 + 0.7 * sheet / 255.0) + noise
    seen = prepare(np.clip(photo, 0, 255).astype(np.uint8)).pixels.astype(int)
    around = [np.roll(seen, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(one - prepare(sheet).pixels).mean() for one in around) < 8


def test_a_sheet_on_a_dark_desk_is_looked_into() -> None:
    desk = np.full((400, 460, 3), 40, np.uint8)
    desk[60:340, 90:370] = drawn("7")[:, :, None]
    seen = prepare(desk).pixels.astype(int)
    assert np.abs(seen - prepare(drawn("7")).pixels).mean() < 8


def test_mnist_s_own_form_passes_unchanged_in_either_polarity() -> None:
    picture = prepare(drawn("8")).pixels
    for same in (picture, 255 - picture, np.repeat(picture[:, :, None], 3, axis=2)):
        np.testing.assert_array_equal(prepare(same).pixels, picture)


def test_pieces_of_one_digit_stay_together_and_specks_go() -> None:
    whole, broken = drawn("5"), drawn("5")
    broken[:, 118:126] = 255  # a gap in the middle of the strokes
    broken[5:8, 270:273] = 0  # a speck far off
    difference = np.abs(prepare(whole).pixels.astype(int) - prepare(broken).pixels)
    assert difference.mean() < 12


def test_of_several_digits_the_largest_is_read_and_it_is_said() -> None:
    page = np.full((300, 900), 255, np.uint8)
    page[10:290, 600:880] = drawn("2")
    page[80:220, 20:160] = drawn("6", 140, 12)
    picture = prepare(page)
    assert picture.warnings == (SEVERAL,)
    assert np.abs(picture.pixels.astype(int) - prepare(drawn("2")).pixels).mean() < 8


@pytest.mark.parametrize(
    "image",
    [
        np.full((280, 280), 255, np.uint8),
        np.zeros((28, 28, 3), np.uint8),
        np.full((50, 70, 3), 90, np.uint8),
        np.zeros((40, 40, 4), np.uint8),
    ],
)
def test_a_blank_sheet_says_what_to_do(image: npt.NDArray[np.uint8]) -> None:
    with pytest.raises(InputError) as caught:
        prepare(image)
    assert "숫자 하나를" in caught.value.message.ko


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((0, 10), np.uint8),
        np.zeros((10, 0, 3), np.uint8),
        np.zeros(10, np.uint8),
        np.zeros((5, 5, 3, 2), np.uint8),
        np.zeros((28, 28), np.float32),
        np.zeros((28, 28), np.uint16),
    ],
)
def test_what_is_no_picture_is_refused(image: npt.NDArray[np.uint8]) -> None:
    with pytest.raises(InputError, match="Not a picture"):
        prepare(image)


def test_large_pictures_are_worked_on_at_a_bounded_size() -> None:
    page = cv2.resize(drawn("4", 280, 24), (3000, 2600))
    assert max(ink_map(page).shape) == MAX_SIDE
    _is_mnist_like(prepare(page).pixels)
