"""Normalisation and the check at the text door."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import InputError
from engine.text.korean import hangul
from engine.text.normalize import (
    MAX_CHARACTERS,
    canonical,
    check_text,
    has_hangul,
    name_key,
    normalize,
)

EXOTIC = st.text(
    "가각각ㄱㅏㅋﾡￂＡ！❤👨1é\u0301\u0336\u034f\u200b\u200d\ufe0e\ufe0f\u20e3\u3164 \t",
    max_size=24,
)


@given(st.text(max_size=300) | EXOTIC)
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


SPELLED = "재미없고 지루한 영화"
HALF_WIDTH = {
    unicodedata.lookup(name.removeprefix("HALFWIDTH ")): chr(code)
    for code in range(0xFFA1, 0xFFDD)
    if (name := unicodedata.name(chr(code), ""))
}


def half_width(text: str) -> str:
    """Return syllables as the half-width letters of old terminals."""
    return "".join(
        "".join(HALF_WIDTH[letter] for letter in hangul.split(c) if letter)
        if hangul.is_syllable(c)
        else c
        for c in text
    )


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", SPELLED),
        "\u200d".join(SPELLED),
        "\ufe0f".join(SPELLED),
        "\u034f".join(SPELLED),
        "\u0336".join(SPELLED),
        "\u1160".join(SPELLED),
        "\ue000".join(SPELLED),
        half_width(SPELLED),
        SPELLED.replace(" ", "\u3000"),
        SPELLED.replace(" ", "\u3164"),
    ],
)
def test_one_text_has_one_spelling_however_it_is_encoded(text: str) -> None:
    assert has_hangul(text)
    assert normalize(text) == SPELLED


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Ｇｏｏｄ　１０／１０！", "Good 10/10!"),
        ("ᄏᄏ ᅲᅲ", "ㅋㅋ ㅠㅠ"),
        ("❤\ufe0f\u200d🔥 👍🏽 1\ufe0f\u20e3", "❤\ufe0f\u200d🔥 👍🏽 1\ufe0f\u20e3"),
        ("👨\u200d 좋아\u200d요\ufe0f❤", "👨 좋아요❤"),
        ("café ㄱㅏ", "café ㄱㅏ"),
    ],
)
def test_only_what_does_not_shape_a_sign_is_left_out(raw: str, folded: str) -> None:
    assert normalize(raw) == folded


def test_names_are_compared_in_one_spelling() -> None:
    for name in (
        unicodedata.normalize("NFD", "리뷰 내용"),
        "리뷰\u3000내용 ",
        "\ufeff리뷰\u200b 내용",
    ):
        assert name_key(name) == "리뷰 내용"
    assert name_key("Ｒｅｖｉｅｗ") == name_key("REVIEW") == "review"
    assert canonical("REVIEW") == "REVIEW"


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
