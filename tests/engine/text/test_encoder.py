"""The encoder: pieces, windows, one text's answer whatever its neighbours, occlusion."""

from __future__ import annotations

import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import encoder
from engine.text.encoder import model
from engine.text.encoder.layout import FIRST, MOST_WINDOWS, OUTPUTS, POLARITY, SPECIAL, WINDOW
from engine.text.encoder.model import windows

GOOD = "정말 재미있고 감동적인 최고의 영화"
BAD = "지루하고 실망스러운 최악의 영화"


def test_logits_have_a_row_a_text_and_tell_the_sides_apart() -> None:
    logits = encoder.logits([GOOD, BAD, GOOD])
    assert logits.shape == (3, OUTPUTS) and logits.dtype == np.float32
    assert logits[0, POLARITY] > 0 > logits[1, POLARITY]
    assert np.array_equal(logits[0], logits[2])
    assert encoder.logits([]).shape == (0, OUTPUTS)


def test_a_text_is_answered_alike_alone_and_among_others() -> None:
    texts = [f"{GOOD if i % 3 else BAD} {i}번" for i in range(60)]
    together = encoder.logits(texts)
    assert np.array_equal(together, np.concatenate([encoder.logits([text]) for text in texts]))


def test_threads_may_share_it() -> None:
    texts = [GOOD, BAD] * 40
    expected = encoder.logits(texts)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: encoder.logits(texts), range(8)):
            assert np.array_equal(found, expected)


@given(st.text(max_size=60) | st.text("재밌다 별로ㅋ!😂a▁\u1112\u1161\u11ab", max_size=60))
def test_any_text_has_pieces_and_finite_logits(text: str) -> None:
    ids = encoder.load().ids(text)
    assert all(SPECIAL <= number < len(encoder.load().pieces) or number == 1 for number in ids)
    assert np.isfinite(encoder.logits([text])).all()


def test_texts_that_are_written_alike_have_the_same_pieces() -> None:
    ids = encoder.load().ids
    assert ids("재밌다ㅋㅋㅋㅋㅋ  GOOD ") == ids("재밌다ㅋㅋ good")
    assert ids("\u1112\u1161\u11ab국") == ids("한국")
    assert ids("") == ids(" \u200b\n") == []


@given(st.integers(0, 3 * WINDOW * MOST_WINDOWS))
def test_windows_cover_the_text_evenly(size: int) -> None:
    found = windows(range(SPECIAL, SPECIAL + size))
    assert (found[:, 0] == FIRST).all() and len(found) <= MOST_WINDOWS
    assert found.shape[1] == min(size, WINDOW) + 1
    seen = np.unique(found[:, 1:])
    if size <= WINDOW * MOST_WINDOWS:
        assert len(seen) == size and len(found) == max(1, -(-size // WINDOW))
    if size:
        assert seen[0] == SPECIAL and seen[-1] == SPECIAL + size - 1


def test_a_long_text_is_not_judged_by_its_beginning() -> None:
    ends_badly, ends_well = GOOD + f" {BAD}." * 60, BAD + f" {GOOD}." * 60
    bad, good = encoder.logits([ends_badly, ends_well])[:, 0]
    assert bad < 0 < good
    assert not encoder.read_in_part(ends_badly)
    assert encoder.read_in_part("아주 긴 글입니다. " * 5000)


def test_loading_it_is_left_until_it_is_used() -> None:
    code = (
        "import sys; from engine.text import encoder\n"
        "print([n for n in ('numpy', 'onnxruntime', 'sentencepiece') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- occlusion ---------------------------------------------------------------------------


def words(text: str) -> list[model.Word]:
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at, "어절"))
    return found


def count(letter: str) -> object:
    return lambda texts: np.array([text.count(letter) for text in texts], np.float32)


def test_each_word_weighs_what_falls_without_it() -> None:
    text = "가나 가가 다"
    found = model.drops(text, words(text), count("가"))  # type: ignore[arg-type]
    assert [(text[a:b], weight) for (a, b, _), weight in found] == [
        ("가나", 1.0),
        ("가가", 2.0),
        ("다", 0.0),
    ]
    assert model.drops("!!", [], count("가")) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [41, 300, 3000, 20_000])
def test_long_texts_are_explained_in_groups_at_a_bounded_cost(size: int) -> None:
    text = " ".join(["가나다", "라마"][i % 2] for i in range(size))
    asked: list[int] = []

    def measure(texts: list[str]) -> np.ndarray:
        asked.append(len(texts))
        return np.array([text.count("가") for text in texts], np.float32)

    found = model.drops(text, words(text), measure)
    units = model.MOST_UNITS + model.MOST_CHUNKS
    assert len(asked) == 1 and asked[0] <= units and len(found) <= model.MOST_UNITS
    spans = [(start, end) for (start, end, _), _ in found]
    assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(weight >= 0 for _, weight in found)
    if size <= 300:
        assert spans[0][0] == 0 and spans[-1][1] == len(text)
