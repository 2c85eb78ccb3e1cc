"""Folded characters point back to where they came from."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.text import alignment, ngrams
from engine.text.normalize import canonical

EXOTIC = "가각ㅋﾡￂＡ❤👨\u0301\u0336\u034f\u200b\u200d\ufe0f\u3164 "
TEXTS = (
    st.text(max_size=60)
    | st.text(EXOTIC, max_size=30)
    | st.text("가각ㅋㅋㅋ  \n\tABſİé́각ᆨ😂​_", max_size=60)
)


@given(TEXTS)
@example("ㅋㅋㅋㅋㅋ 굿굿굿굿")
@example(unicodedata.normalize("NFD", "정말 재밌다각각각각"))
@example("a\u0301\u0301\u0301bcd")
@example("가\u11a8\u11a8")
def test_spans_are_ordered_and_inside(text: str) -> None:
    folded, spans = alignment.align(text)
    assert folded == ngrams.fold(text)
    assert spans.shape == (len(folded), 2)
    assert (spans[:, 0] <= spans[:, 1]).all()
    assert spans.min() >= 0 and spans.max() <= len(text)
    assert (np.diff(spans[:, 0]) >= 0).all()


PLAIN = "우와아아아아!!  진짜\t재밌다"


@pytest.mark.parametrize(
    "text",
    [
        *(unicodedata.normalize(form, PLAIN) for form in ("NFC", "NFD")),
        *(mark.join(PLAIN) for mark in ("\u200d", "\ufe0f", "\u034f", "\u0336")),
    ],
)
def test_a_word_is_found_again_in_the_original(text: str) -> None:
    folded, spans = alignment.align(text)
    at = folded.index("재밌다")
    start, end = spans[at][0], spans[at + 2][1]
    assert canonical(text[start:end]) == "재밌다"
