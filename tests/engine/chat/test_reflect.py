"""What is given back of a sentence, and what is not."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.chat import Conversation, listening, tone
from engine.chat.reflection import ACTIONS, FEELINGS, LONGEST, QUALITIES, reflected
from engine.chat.result import Reply, Turn
from engine.emotions import EmotionResult


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("나 오늘 면접 봤는데 떨어졌어ㅠㅠ", "오늘 면접 봤는데 떨어졌군요."),
        ("강아지가 아파서 병원에 다녀왔어요", "강아지가 아파서 병원에 다녀왔군요."),
        ("어제 친구랑 싸웠음", "어제 친구랑 싸우셨군요."),
        ("드디어 시험 끝났다!! 🎉", "드디어 시험 끝났군요."),
        ("상사가 나한테 소리를 질렀어", "상사가 소리를 질렀군요."),
        ("엄마가 해준 밥이 먹고 싶다", "엄마가 해준 밥이 먹고 싶으시군요."),
        ("코딩이 너무 어려워", "코딩이 너무 어렵군요."),
        ("옆집이 너무 시끄러워요", "옆집이 너무 시끄럽군요."),
        ("외로워", "외로우시군요."),
        ("동생이 외로워", "동생이 외롭군요."),
        ("머리가 너무 아파", "머리가 너무 아프시군요."),
        ("내일 제주도 여행 가", "내일 제주도 여행 가시는군요."),
        ("친구가 내일 서울에 와", "친구가 내일 서울에 오는군요."),
        ("요즘 마음이 너무 힘들어", "요즘 마음이 너무 힘드시군요."),
        ("나 오늘 생일이야", "오늘 생일이군요."),
        ("드라마 정주행 중이야", "드라마 정주행 중이시군요."),
        ("이번 주말에 이사할 거야", "이번 주말에 이사할 생각이시군요."),
        ("감기 걸린 것 같아", "감기 걸린 것 같으시군요."),
        ("커피를 너무 많이 마셨나 봐", "커피를 너무 많이 마셨나 보군요."),
        ("내일까지 다 끝내야 해", "내일까지 다 끝내야 하시는군요."),
        ("영어를 배우려고 해", "영어를 배우려고 하시는군요."),
        ("사과하고 싶은데 용기가 안 나", "사과하고 싶은데 용기가 안 나시는군요."),
        ("아이가 말을 안 들어", "아이가 말을 안 듣는군요."),
        ("음악을 들어요", "음악을 들으시는군요."),
        ("새 집이 마음에 들어", "새 집이 마음에 드는군요."),
        ("아무도 내 마음을 몰라", "아무도 마음을 모르는군요."),
        ("밥을 먹었어. 그리고 영화를 봤어.", "영화를 봤군요."),
    ],
)
def test_statements_are_given_back(said: str, heard: str) -> None:
    assert reflected(said) == heard


@pytest.mark.parametrize(
    "said",
    [
        "오늘 점심은 뭐 먹을까?",
        "넷플릭스 볼 거 추천해줘",
        "너 어제 뭐 했어",
        "네가 그랬잖아",
        "양자역학을 설명해 줘",
        "같이 가자",
        "힘들어 죽겠어",
        "비가 올 거야",
        "시발 졌어",
        "ㅋㅋㅋㅋ",
        "😂",
        "",
        "hello there",
    ],
)
def test_questions_requests_and_abuse_are_not(said: str) -> None:
    assert reflected(said) is None


def test_of_a_long_sentence_the_last_clause_is_given_back() -> None:
    said = "어제 회사에서 하루 종일 회의만 하고 저녁도 못 먹고 늦게까지 일했는데 버스를 놓쳤어"
    assert reflected(said) == "버스를 놓치셨군요."
    assert reflected("가" * 5000 + "았어") is None


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    heard = reflected(text)
    assert heard is None or (heard.endswith(("군요.",)) and len(heard) <= LONGEST + 12)


@given(st.sampled_from(FEELINGS + QUALITIES + ACTIONS))
def test_every_stem_makes_a_whole_word(stem: str) -> None:
    from engine.text.korean.conjugation import joined

    heard = reflected(f"정말 많이 {joined(stem)}")
    assert heard is None or re.search(r"[가-힣]군요\.$", heard)


def felt(label: str, sure: float) -> EmotionResult:
    from engine import emotions

    rest = (1 - sure) / 6
    chances = {name: sure if name == label else rest for name in emotions.LABELS}
    return EmotionResult(
        text="", label=label, confidence=sure, probabilities=chances, model="", fine=()
    )


def test_comfort_joy_or_curiosity_follow() -> None:
    for label, sure, ways in (
        ("슬픔", 0.9, tone.LISTEN),
        ("행복", 0.9, tone.SHARE),
        ("슬픔", 0.3, tone.CURIOUS),
    ):
        reply = listening.give_back(
            "버스를 놓쳤어", felt(label, sure), None, random.Random(0), ("걸어가세요.",)
        )
        assert reply is not None and reply.source == "heard" and reply.answer in ways
        assert reply.text.startswith("버스를 놓치셨군요. ") and reply.text.endswith(reply.answer)
        assert any(way in reply.text for way in tone.LEADS[label]) == (sure > tone.SURE)
        assert reply.alternatives[-1] == "걸어가세요." and reply.answer not in reply.alternatives
        assert Turn.from_dict(Turn("버스를 놓쳤어", reply).to_dict()).reply.source == "heard"


def test_the_same_question_is_not_asked_twice() -> None:
    last: Reply | None = None
    for seed in range(20):
        reply = listening.give_back("졌어", felt("중립", 0.9), last, random.Random(seed))
        assert reply is not None and (last is None or reply.answer != last.answer)
        last = reply


def test_what_no_pair_is_like_is_given_back_in_a_conversation() -> None:
    talk = Conversation(seed=0)
    reply = talk.say("주말에 등산 갔다가 길을 헤맸어")
    assert reply.source == "heard" and reply.text.startswith("주말에 등산 갔다가 길을 헤맸군요.")
    other = talk.again()
    assert other.text.startswith("주말에 등산 갔다가 길을 헤맸군요.") and other != reply
    assert talk.say("요즘 살이 너무 쪘어").source == "pairs"
