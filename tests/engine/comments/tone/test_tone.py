"""Tones: pairs written by hand, lengths, and laws that hold for any text."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools import ROOT
from engine.comments.tone.reading import from_joined
from engine.comments.tone.tone import FRIENDLY, POLITE, SHORT, TONES, WITTY, Style, restyle
from engine.core.errors import InputError
from engine.text.korean import conjugation
from engine.text.sentences import characters, joined, sentences, without_emoji

TABLE = ROOT / "tests" / "data" / "tones.tsv"
PAIRS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t"))


@pytest.mark.parametrize(("tone", "column"), [(FRIENDLY, "friendly"), (POLITE, "polite")])
def test_every_pair_of_the_table(tone: str, column: str) -> None:
    assert len(PAIRS) >= 80
    said = restyle([row["text"] for row in PAIRS], Style(tone), ())
    wrong = [(row["text"], new, row[column]) for row, new in zip(PAIRS, said, strict=True)
             if new != row[column]]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize("tone", [FRIENDLY, POLITE])
@pytest.mark.parametrize(
    "text", ["방가방가 뿌잉", "Beautiful picture!", "그건 힘든 감정이잖아요.", ""]
)
def test_an_unknown_ending_is_refused(tone: str, text: str) -> None:
    assert restyle([text], Style(tone), ()) == [None]


def test_one_unknown_sentence_refuses_the_whole_comment() -> None:
    assert restyle(["정말 멋져요! 뿌잉뿌잉"], Style(POLITE), ()) == [None]


def test_a_label_may_end_a_sentence() -> None:
    said = restyle(["멋진 우쿨렐레네요!"] * 2, Style(POLITE), ("우쿨렐레",))
    assert said == ["멋진 우쿨렐레입니다!"] * 2
    assert restyle(["멋진 우쿨렐레네요!"], Style(POLITE), ()) == [None]


def test_short_keeps_the_sentence_that_names_a_label() -> None:
    text = "정말 행복해 보이시네요! 😊 나무가 참 푸르러요. 어떤 좋은 일이 있으셨나요?"
    assert restyle([text], Style(SHORT), ("기쁨", "나무")) == ["나무가 참 푸르러요."]


def test_short_leaves_out_fillers_only_if_need_be() -> None:
    text = "오늘 입으신 파란 재킷이 정말 너무 멋지고 근사하네요!"
    assert restyle([text], Style(SHORT), ()) == ["오늘 입으신 파란 재킷이 멋지고 근사하네요!"]
    assert restyle([text], Style(SHORT, most=5), ()) == [None]


def test_a_limit_keeps_whole_sentences() -> None:
    text = "정말 멋져요! 나무가 푸르네요. 어떤 좋은 일이 있으셨나요?"
    assert restyle([text], Style(most=20), ("나무",)) == ["정말 멋져요! 나무가 푸르네요."]
    assert restyle([text], Style(most=10), ("나무",)) == ["나무가 푸르네요."]
    assert restyle([text], Style(most=3), ("나무",)) == [None]


def test_witty_plays_on_a_label_that_the_sentence_names() -> None:
    (said,) = restyle(["포스터가 정말 멋지네요! 🎨"], Style(WITTY), ("기쁨", "포스터"))
    assert said == "포스터가 이렇게 멋지다니, 포스가 남다르네요! 🎨"


def test_a_line_that_asks_ends_in_a_question_mark() -> None:
    (said,) = restyle(["고양이가 귀엽네요!"], Style(WITTY), ("고양이",))
    assert said == "고양이가 이렇게 귀엽다니, 집사 지원서는 어디에 내면 되나요?"


@pytest.mark.parametrize("label", ["슬픔", "분노"])
def test_no_jokes_about_grief_and_anger(label: str) -> None:
    assert restyle(["나무가 정말 멋지네요!"], Style(WITTY), (label, "나무")) == [None]


def test_fright_gets_no_line_of_delight() -> None:
    (said,) = restyle(["정말 무서운 분위기네요!"], Style(WITTY), ("공포",))
    assert said is not None and said.startswith("이렇게 무서운 분위기라니, ")
    assert restyle(["어떤 이야기일까요?"], Style(WITTY), ("공포",)) == [None]


def test_emoji_go_and_words_stay() -> None:
    text = "정말 멋져요! 👨‍👩‍👧 나무도 예뻐요 ❤️🇰🇷 ㅎㅎ"
    assert restyle([text], Style(emoji=False), ()) == ["정말 멋져요! 나무도 예뻐요"]
    assert characters("👨‍👩‍👧❤️🇰🇷1️⃣") == 4


@pytest.mark.parametrize("style", [{"tone": "거칠게"}, {"most": 0}, {"most": -3}])
def test_impossible_styles_are_told(style: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Style(**style)  # type: ignore[arg-type]


@given(st.text(max_size=80), st.sampled_from(TONES), st.booleans(), st.integers(1, 60))
def test_any_text_is_answered_within_the_limit(
    text: str, tone: str, emoji: bool, most: int
) -> None:
    (said,) = restyle([text], Style(tone, emoji, most), ("나무",))
    assert said is None or characters(said) <= max(most, 0)


@given(st.lists(st.sampled_from([row["text"] for row in PAIRS]), min_size=1, max_size=4))
def test_sentences_are_said_one_by_one(texts: list[str]) -> None:
    for tone in (FRIENDLY, POLITE):
        each = [part for part in restyle(texts, Style(tone), ()) if part is not None]
        (whole,) = restyle([" ".join(texts)], Style(tone), ())
        assert whole == joined([s for text in each for s in sentences(text)])


@given(st.sampled_from([row["text"] for row in PAIRS]), st.sampled_from("😊🌳❤🎉"))
def test_emoji_do_not_change_the_words(text: str, emoji: str) -> None:
    (said,) = restyle([f"{text} {emoji}"], Style(POLITE), ())
    assert said is not None and emoji in said
    assert [without_emoji(said)] == restyle([text], Style(POLITE, emoji=False), ())


def test_said_twice_is_said_once() -> None:
    for tone in (FRIENDLY, POLITE):
        once = [text for text in restyle([row["text"] for row in PAIRS], Style(tone), ()) if text]
        again = [text for text in restyle(once, Style(tone), ())]
        changed = [(a, b) for a, b in zip(once, again, strict=True) if b not in (a, None)]
        assert not changed


STEMS = "아름답 예쁘 슬프 크 흐르 다르 빠르 어떻 같 좋 깊 보이 어울리 느껴지 전달되 하 있 귀엽 무섭"


@pytest.mark.parametrize("stem", STEMS.split())
def test_a_stem_comes_back_from_its_joined_form(stem: str) -> None:
    assert from_joined(conjugation.joined(stem)) == stem
