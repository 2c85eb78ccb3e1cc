"""Small talk with the shipped models: greetings, memory, feelings, help, learning, bad input."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.chat import Conversation, Turn, rules, safety, tone
from engine.chat.taught import FILE, Personal
from engine.core import state
from engine.core.errors import InputError, ModelMissingError, StorageError
from engine.models import store
from engine.text.normalize import MAX_CHARACTERS


@pytest.fixture
def talk() -> Conversation:
    return Conversation(seed=3)


def test_from_greeting_over_thanks_to_farewell(talk: Conversation) -> None:
    replies = [talk.say(text) for text in ("안녕하세요", "고마워요", "감사합니다", "잘 가요")]
    assert [reply.matched for reply in replies] == ["greeting", "thanks", "thanks", "farewell"]
    assert "안녕하세요" in replies[0].text or "어서" in replies[0].text
    assert replies[1].text != replies[2].text and re.search("가세요", replies[3].text)
    assert all(reply.source == "rule" for reply in replies)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("배가 정말 고파", "드세요|먹|챙겨"),
        ("잠이 안 와", "잠|자|눈|양|운동|따뜻|우유|마음|낮"),
        ("감기 걸린 거 같아요", "병원|약|쉬|조심|따뜻|건강|주사|생강"),
    ],
)
def test_a_question_asked_otherwise_gets_a_fitting_answer(
    talk: Conversation, said: str, about: str
) -> None:
    reply = talk.say(said)
    assert reply.source == "pairs" and re.search(about, reply.text), reply
    assert 0 < reply.confidence < 1 and reply.matched and len(reply.alternatives) == 4
    assert "chat 1.0" in reply.model and reply.text not in reply.alternatives


def test_the_same_words_never_get_the_same_answer_twice_in_a_row(talk: Conversation) -> None:
    for said in ("심심해", "안녕", "ㅋㅋㅋ"):
        answers = [talk.say(said).answer for _ in range(4)]
        assert all(one != two for one, two in itertools.pairwise(answers)), answers


def test_sorrow_is_comforted_and_joy_shared(talk: Conversation) -> None:
    sad = talk.say("오늘 너무 힘들고 슬펐어")
    assert sad.emotion == "슬픔" and sad.sure > tone.SURE
    comfort = "|".join([*tone.LEADS["슬픔"], tone._SAID["슬픔"], "기대", "쉬"])
    assert re.search(comfort, sad.text), sad.text
    glad = talk.say("오늘 친구들이랑 놀아서 정말 행복했어")
    assert glad.emotion == "행복" and not tone._TOO_SAD.search(glad.text), glad.text


def test_a_feeling_that_is_not_sure_does_not_colour(talk: Conversation) -> None:
    for emotion, sure in (("슬픔", 0.3), ("중립", 0.99), ("놀람", 0.99), ("", 0.0)):
        assert tone.lead(emotion, sure, "네.", "", talk._random) == ""
    ways = {tone.lead("분노", 0.9, "네.", "", talk._random) for _ in range(40)}
    assert ways == set(tone.LEADS["분노"])
    first = tone.LEADS["분노"][0]
    assert first not in {tone.lead("분노", 0.9, "네.", first, talk._random) for _ in range(40)}


def test_follow_ups_speak_of_the_turn_before(talk: Conversation) -> None:
    first = talk.say("회사 가기 싫어")
    assert first.source == "pairs"
    more = talk.say("그래서?")
    assert more.answer == first.alternatives[0]
    assert "회사 가기 싫어" in talk.say("왜?").text
    assert "프로그램" in talk.say("너는?").text or "사람이 아니" in talk.turns[-1].reply.text
    assert Conversation(seed=0).say("왜?").matched != "why"


def test_another_answer_takes_the_old_ones_place(talk: Conversation) -> None:
    first = talk.say("심심해")
    second = talk.again()
    assert second.answer == first.alternatives[0] and second.alternatives[-1] == first.answer
    assert [turn.reply for turn in talk.turns] == [second]
    third = talk.choose(second.alternatives[0])
    assert third.answer == second.alternatives[0]
    with pytest.raises(InputError):
        talk.choose("없는 답")
    assert talk.say("다르게 답해 줘").answer == third.alternatives[0]


def test_it_never_pretends_to_be_a_person(talk: Conversation) -> None:
    for said in ("너 사람이야?", "넌 누구야", "이름이 뭐야?"):
        assert "프로그램" in talk.say(said).text
    assert not safety.presentable("저도 커피 좋아해요.") and safety.kind(["푹 쉬세요."])
    assert safety.kind(["병신 같은 소리네요.", "씨발"]) == []


@pytest.mark.parametrize("said", ["씨발", "병신아 꺼져", "ㅅㅂ"])
def test_abuse_is_answered_calmly(talk: Conversation, said: str) -> None:
    assert talk.say(said).text in rules.CALM


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ㅠㅠ", "cry"),
        ("ㅜㅜㅜㅜ", "cry"),
        ("ㅋㅋㅋㅋㅋ", "laugh"),
        ("😂😂", "laugh"),
        ("😢", "cry"),
        ("❤️", "love"),
        ("ㅇㅇ", "yes"),
        ("?!", "marks"),
        ("How are you?", "korean"),
        ("SELECT * FROM users; DROP TABLE x", "korean"),
        ("12345", "unknown"),
    ],
)
def test_marks_jamo_emoji_and_other_languages(talk: Conversation, said: str, name: str) -> None:
    assert talk.say(said).matched == name


@pytest.mark.parametrize("said", ["", "   ", "\n\t", "\u200b", "가" * (MAX_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(talk: Conversation, said: str) -> None:
    with pytest.raises(InputError):
        talk.say(said)
    assert talk.turns == ()


def test_ten_thousand_characters_and_markup_are_answered(talk: Conversation) -> None:
    assert talk.say("오늘은 정말 힘든 하루였어. " * 600).text
    assert talk.say("<b>배고파</b> & '; DROP TABLE").text


@given(st.text(max_size=40))
def test_rules_take_any_text(said: str) -> None:
    found = rules.ruled(said)
    assert found is None or found[1]
    assert tone.follow(said, ()) is None


def test_what_is_taught_is_used_at_once_kept_and_forgotten(talk: Conversation) -> None:
    talk.say("심심해")
    talk.correct("끝말잇기 할까요?")
    assert talk.turns[-1].reply.source == "personal"
    assert talk.say("심심해!!").text == "끝말잇기 할까요?"
    assert Conversation().say("심심해").source == "personal"
    talk.say("나 왔어")
    taught = talk.say("이렇게 답해 줘: 어서 와요!")
    assert "어서 와요!" in taught.text and talk.say("나 왔어").text == "어서 와요!"
    assert talk.undo() == "나 왔어" and talk.undo() == "심심해"
    assert Conversation().personal.pairs == ()
    with pytest.raises(InputError):
        talk.undo()
    for answer in ("", "씨발놈아", "가" * 2000):
        with pytest.raises(InputError):
            talk.correct(answer)


def test_a_damaged_file_of_taught_answers_is_put_aside_and_told(data_env: Path) -> None:
    data_env.mkdir()
    (data_env / FILE).write_text("{not json", encoding="utf-8")
    personal = Personal()
    assert personal.pairs == ()
    (aside,) = data_env.glob(f"{FILE}.damaged-*")
    assert aside.read_text(encoding="utf-8") == "{not json"
    (news,) = state.take_news()
    assert "가르친 답" in news.ko and aside.name in news.en
    personal.teach("안녕", "반가워요")
    assert Personal().find("안녕!") is not None and state.take_news() == []


def test_damaged_pairs_are_left_out_and_the_others_kept(data_env: Path) -> None:
    data_env.mkdir()
    rows = [{"question": "안녕", "answer": "반가워요"}, {"question": 3, "answer": "x"}, [], None]
    (data_env / FILE).write_text(json.dumps({"pairs": rows}), encoding="utf-8")
    assert [pair.answer for pair in Personal().pairs] == ["반가워요"]
    (news,) = state.take_news()
    assert news.en.startswith("3 damaged entries") and len(list(data_env.glob("*damaged*"))) == 1
    assert len(Personal().pairs) == 1 and state.take_news() == []


def test_what_two_programs_teach_at_once_is_all_kept(data_env: Path) -> None:
    code = (
        "import sys; from engine.chat.taught import Personal; personal = Personal()\n"
        "for n in range(20): personal.teach(f'질문 {sys.argv[1]} 번호 {n}', f'{n}')"
    )
    programs = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("가나", "다라")]
    mine = Personal()
    for number in range(20):
        mine.teach(f"물음 마바 번호 {number}", f"{number}")
    assert [program.wait() for program in programs] == [0, 0]
    assert len(mine.pairs) == len(Personal().pairs) == 60


def test_what_cannot_be_written_is_told_and_changes_nothing(
    talk: Conversation, data_env: Path
) -> None:
    data_env.write_text("a file where the folder should be", encoding="utf-8")
    talk.say("심심해")
    with pytest.raises(StorageError):
        talk.correct("놀아요")
    assert talk.personal.pairs == () and talk.turns[-1].reply.source == "pairs"


def test_a_missing_index_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    store.forget()
    try:
        with pytest.raises(ModelMissingError):
            Conversation().say("배고파")
        assert "109" in Conversation().say("죽고 싶어").text
    finally:
        store.forget()


def test_turns_come_back_from_their_dicts(talk: Conversation) -> None:
    talk.say("심심해")
    (turn,) = talk.turns
    back = Turn.from_dict(turn.to_dict())
    assert back.said == "심심해" and back.reply.alternatives == turn.reply.alternatives
    with pytest.raises(InputError):
        Turn.from_dict({"said": "x"})
    with pytest.raises(InputError):
        Turn.from_dict({**turn.to_dict(), "source": "dream"})


def test_the_same_seed_gives_the_same_conversation() -> None:
    said = ("안녕", "오늘 너무 슬펐어", "고마워")
    one, two = ([c.say(text).text for text in said] for c in (Conversation(5), Conversation(5)))
    assert one == two
