"""Normalisation and the check at the text door."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.text import MAX_CHARACTERS, check_text, has_hangul, normalize


@given(st.text(max_size=300))
def test_normalize_is_idempotent_and_clean(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert once == once.strip()
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in once)


def test_decomposed_hangul_is_composed() -> None:
    assert normalize(unicodedata.normalize("NFD", "재밌어요")) == "재밌어요"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("최고오오오오오", "최고오오"),
        ("ㅋㅋㅋㅋㅋㅋ", "ㅋㅋ"),
        ("a\x00b\tc\r\nd", "a b c d"),
        ("좋아요\u200b!", "좋아요!"),
        ("....", "...."),
        ("\ud800", ""),
    ],
)
def test_normalize_examples(raw: str, folded: str) -> None:
    assert normalize(raw) == folded


def test_an_emoji_of_several_code_points_survives() -> None:
    family = "👨‍👩‍👧"
    assert normalize(family) == family


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00", "\u200b"])
def test_empty_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        check_text(text)
    assert caught.value.message.ko == "글을 입력해 주세요."


def test_the_longest_text_is_judged_and_one_more_is_not() -> None:
    assert check_text("가" * MAX_CHARACTERS)
    with pytest.raises(InputError, match="too long"):
        check_text("가" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("text", ["🙂🙂", "hello", "日本語", "123 !?"])
def test_text_without_hangul_passes_the_door_but_is_recognised(text: str) -> None:
    assert check_text(text) == text
    assert not has_hangul(text)
