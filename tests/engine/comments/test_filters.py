"""What a comment may not say: other feelings than the face's, other numbers than the photo's."""

from __future__ import annotations

import pytest

from engine import comments
from engine.comments.tone.tone import Style
from engine.comments.write import generate, phrases, rerank
from engine.comments.write import rerank as feeling
from engine.core.errors import InputError
from engine.text import kindness


@pytest.mark.parametrize("label", ["슬픔", "분노", "공포"])
@pytest.mark.parametrize("things", [(), ("나무",), ("재킷", "차")])
def test_a_dark_face_is_never_called_happy(label: str, things: tuple[str, ...]) -> None:
    for seed in range(3):
        written = comments.write((label, *things), seed=seed).comments
        assert written
        assert not any("기쁨" in feeling.spoken(text) for text in written)


def test_a_photo_without_a_face_gets_no_mood() -> None:
    for labels in ((), ("나무",), ("차", "건물")):
        for text in comments.write(labels, seed=4).comments:
            assert not feeling.contradicts(labels, text)


def test_two_cats_are_two_cats() -> None:
    cats = {"Cat": 2}
    numbers = [comments.write(["고양이"], seed=s, counts=cats).comments for s in range(4)]
    said = [text for found in numbers for text in found if "두 마리" in text]
    assert said
    assert all(text.startswith("고양이 두 마리") or " 고양이 두 마리" in text for text in said)
    assert not any(phrases.contradicts(t, {"고양이": 2}) for found in numbers for t in found)


def test_numbers_are_said_only_where_the_sentence_allows_it() -> None:
    assert phrases.say("나무와 의자가 멋져요!", {"의자": 3}) == "나무와 의자 세 개가 멋져요!"
    assert phrases.say("재킷이 멋지세요!", {"재킷": 2}) is None
    assert phrases.say("차량이 멋져요!", {"차": 2}) is None
    assert phrases.say("나무가 멋져요!", {"나무": 1}) is None
    assert phrases.say_once(("나무가 좋아요!",), {"나무": 3}, most=8) == ("나무가 좋아요!",)


@pytest.mark.parametrize(
    "text", ["의자 두 개가 멋져요", "세 개의 의자가 멋져요", "여러 의자가 있네요"]
)
def test_other_numbers_are_denied(text: str) -> None:
    assert phrases.contradicts(text, {"의자": 1})


def test_unkind_candidates_are_counted_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    rude = "진짜 못생긴 나무꾼이네요 병신아"
    assert not kindness.check([rude])[0].kind
    drawn = generate.candidates

    def with_rude(*args: object) -> list[str]:
        return [rude, *drawn(*args)]  # type: ignore[arg-type]

    monkeypatch.setattr(generate, "candidates", with_rude)
    result = comments.write(["나무"], seed=0)
    assert result.replaced == 1
    assert rude not in result.comments


def test_a_style_is_kept_and_named() -> None:
    result = comments.write(["기쁨", "나무"], seed=1, style=Style("짧게", emoji=False, most=20))
    assert result.tone == "짧게"
    assert result.comments
    assert all(len(text) <= 20 and not feeling_emoji(text) for text in result.comments)


def feeling_emoji(text: str) -> bool:
    return any(ord(character) > 0x2190 and not character.isalnum() for character in text)


def test_the_seed_that_was_drawn_writes_the_same_again() -> None:
    first = comments.write(["기쁨", "나무"])
    assert comments.write(["기쁨", "나무"], seed=first.seed).comments == first.comments
    assert first.to_dict()["seed"] == first.seed
    assert all(tag.startswith("#") for tag in first.hashtags)


def test_taste_moves_the_choice() -> None:
    import numpy as np

    texts = ["나무가 멋져요!", "나무가 참 멋져요!", "숲이 좋네요!"]
    plain = rerank.choose(texts, ("나무",), 1)
    assert plain != (texts[2],)
    assert rerank.choose(texts, ("나무",), 1, taste=np.array([0.0, 0.0, 5.0])) == (texts[2],)


def test_a_style_that_nothing_fits_says_so() -> None:
    with pytest.raises(InputError):
        comments.write(["기쁨"], seed=0, style=Style("짧게", most=1))
