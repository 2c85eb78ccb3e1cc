"""Particles after Hangul, digits, Latin letters and brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.korean.counting import counted
from engine.text.korean.object_names import COCO, open_images
from engine.text.korean.particles import attach, has_final, swap_name


@pytest.mark.parametrize(
    ("word", "particle", "said"),
    [
        ("고양이", "이", "고양이가"),
        ("꽃", "가", "꽃이"),
        ("나무", "은", "나무는"),
        ("책", "를", "책을"),
        ("연필", "으로", "연필로"),
        ("칼", "로", "칼로"),
        ("집", "로", "집으로"),
        ("버스", "으로", "버스로"),
        ("물", "과", "물과"),
        ("커피", "과", "커피와"),
        ("강아지", "이에요", "강아지예요"),
        ("곰", "예요", "곰이에요"),
        ("말", "랑", "말이랑"),
        ("7", "으로", "7로"),
        ("3", "로", "3으로"),
        ("2", "은", "2는"),
        ("10", "를", "10을"),
        ("100", "로", "100으로"),
        ("0", "가", "0이"),
        ("20,000", "는", "20,000은"),
        ("TV", "을", "TV를"),
        ("URL", "을", "URL을"),
        ("URL", "으로", "URL로"),
        ("PC", "이", "PC가"),
        ("unicorn", "를", "unicorn을"),
        ("apple", "으로", "apple로"),
        ("cake", "을", "cake를"),
        ("game", "는", "game은"),
        ("robot", "가", "robot이"),
        ("boat", "이", "boat가"),
        ("book", "를", "book을"),
        ("king", "는", "king은"),
        ("배 (과일)", "은", "배 (과일)는"),
        ("책 😀", "를", "책 😀을"),
    ],
)
def test_the_form_fits_the_word_as_it_is_read(word: str, particle: str, said: str) -> None:
    assert attach(word, particle) == said


def test_every_name_and_count_takes_its_particles() -> None:
    names = {korean for _, korean in COCO} | {name.korean for name in open_images()}
    for name in names:
        closed = (ord(name[-1]) - ord("가")) % 28 > 0
        assert attach(name, "이") == name + ("이" if closed else "가")
        said = counted(name, 2)
        assert attach(said, "을")[-1] == ("을" if (ord(said[-1]) - ord("가")) % 28 else "를")


def test_a_particle_without_two_forms_is_refused() -> None:
    with pytest.raises(KeyError):
        attach("책", "에서")


@pytest.mark.parametrize(
    ("comment", "old", "new", "said"),
    [
        ("재킷이 멋져요!", "재킷", "스카프", "스카프가 멋져요!"),
        ("버스예요. 버스로 가요", "버스", "지하철", "지하철이에요. 지하철로 가요"),
        ("나무랑 꽃", "나무", "책", "책이랑 꽃"),
        ("책이네요", "책", "TV", "TV네요"),
    ],
)
def test_names_are_exchanged_with_their_particles(
    comment: str, old: str, new: str, said: str
) -> None:
    assert swap_name(comment, old, new) == said


@given(st.text(max_size=12))
def test_any_word_has_an_answer(word: str) -> None:
    assert has_final(word) == (attach(word, "은") == word + "은")
