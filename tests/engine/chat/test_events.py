"""News of a life and requests that can be served: what is said, and what is not mistaken."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.chat import Conversation, rules, safety
from engine.chat.events import event, news
from engine.chat.reflection import reflected
from engine.chat.requests import DISHES, JOKES, served


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("오늘 시험에 합격했어", "passed"),
        ("면접 붙었다!!", "passed"),
        ("나 승진했어요", "career"),
        ("드디어 남자친구가 생겼어", "love"),
        ("아기가 태어났습니다", "baby"),
        ("로또 당첨됐어", "win"),
        ("상 받았어", "win"),
        ("생일 선물을 받았어", "gift"),
        ("드디어 집 샀어", "home"),
        ("길냥이 한 마리 입양했어", "pet"),
        ("엄마 퇴원하셨어", "recovered"),
        ("친구랑 화해했어", "made up"),
        ("다이어트 성공했어", "achieved"),
        ("오늘 내 생일이야", "birthday"),
        ("우리 강아지가 무지개다리를 건넜어", "pet loss"),
        ("할머니가 돌아가셨어", "death"),
        ("어제 남친이랑 헤어졌어", "breakup"),
        ("나 면접에서 떨어졌어ㅠㅠ", "failed"),
        ("기말고사 망쳤어", "failed"),
        ("회사에서 잘렸어", "fired"),
        ("동생이랑 싸웠어", "quarrel"),
        ("지갑을 잃어버렸어", "lost"),
        ("다리를 다쳤어", "ill"),
        ("교통사고 났어", "accident"),
        ("고백했는데 차였어", "breakup"),
        ("팔이 부러졌어", "ill"),
        ("보이스피싱 사기 당했어", "wronged"),
        ("상사가 나만 괴롭혀", "bullied"),
        ("친구가 자꾸 나를 괴롭혀", "bullied"),
    ],
)
def test_news_is_known(said: str, name: str) -> None:
    found = event(said)
    assert found is not None and found.name == name
    assert (name, found.good) in {(kind.name, kind.good) for kind, _ in news().kinds}


@pytest.mark.parametrize(
    "said",
    [
        "합격했으면 좋겠다",
        "합격할 수 있을까",
        "나 합격했을까?",
        "안 싸웠어",
        "복권에 당첨되고 싶다",
        "싸웠던 친구가 보고 싶다",
        "어제 생일이었던 친구",
        "택배를 받았어",
        "인상 받았어",
        "낙엽이 떨어졌어",
        "머리 잘랐어",
        "밥을 먹었어",
        "선물 받고 싶어",
        "잃어버릴 뻔했어",
        "어제 본 건 자동차였어",
        "연필이 부러졌어",
        "나는 항상 받았어",
        "좋은 생각을 생각해냈어",
        "",
        "😂",
    ],
)
def test_what_has_not_happened_is_no_news(said: str) -> None:
    assert event(said) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("월급이 안 들어왔어", "missed"),
        ("월급이 아직 안들어왔어", "missed"),
        ("월급을 받지 못했어", "missed"),
        ("시험 못 붙었어", "missed"),
        ("화해 안 했어", "missed"),
        ("친구랑 싸웠는데 화해 안 했어", "missed"),
        ("동기는 승진했는데 나는 못 했어", "missed"),
        ("안 다쳤어", "spared"),
        ("다치지 않았어", "spared"),
        ("사고가 났는데 안 다쳤대", "spared"),
        ("암은 아니래", "spared"),
        ("나 불합격했어", "failed"),
        ("월급이 밀렸어", "unpaid"),
        ("여행이 취소됐어", "cancelled"),
    ],
)
def test_what_did_not_happen_is_neither_congratulated_nor_mourned(said: str, name: str) -> None:
    found = event(said)
    assert found is not None and found.name == name and found.good == (name == "spared")
    assert "축하" not in Conversation(seed=0).say(said).text


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("친구가 암에 걸렸대", "ill"),
        ("친구가 암이래요", "ill"),
        ("엄마가 많이 아프시대", "ill"),
        ("민수가 다쳤대", "ill"),
        ("동생이 시험에 떨어졌다던데", "failed"),
        ("아빠가 회사에서 잘리셨다고 들었어", "fired"),
        ("부모님이 이혼하신대", "breakup"),
        ("언니가 임신했대", "baby"),
        ("친구가 결혼한대", "love"),
        ("민수 씨가 승진했다더라", "career"),
    ],
)
def test_what_others_say_of_others_is_their_news(said: str, name: str) -> None:
    found = event(said)
    assert found is not None and found.name == name
    assert found.answers == news().of_others[found.good]
    reply = Conversation(seed=0).say(said)
    assert "는 말을 들으셨군요." in reply.text and reply.answer in found.answers


def test_what_others_say_of_oneself_is_ones_own_news() -> None:
    for said in ("엄마가 그러는데 나 합격했대", "의사가 암이래"):
        found = event(said)
        assert found is not None and found.answers not in news().of_others.values()


def test_violence_is_answered_with_those_who_help() -> None:
    for said in ("아빠가 나를 때려", "남친한테 맞았어", "데이트 폭력을 당했어"):
        reply = Conversation(seed=0).say(said)
        assert all(number in reply.text for number in ("112", "1366", "1388")), said
    for said in ("동생이 공을 때렸어", "문제 정답 맞았어"):
        assert event(said) is None


def test_a_stored_answer_to_the_opposite_is_not_said() -> None:
    for said in ("생일인데 아무도 축하 안 해줬어", "선물을 하나도 못 받았어"):
        assert "축하해" not in Conversation(seed=0).say(said).text


def test_of_two_news_the_last_counts() -> None:
    found = event("친구랑 싸웠는데 오늘 화해했어")
    assert found is not None and found.name == "made up"
    found = event("승진했는데 지갑을 잃어버렸어")
    assert found is not None and found.name == "lost"


def test_what_happened_to_somebody_else_is_spoken_of_as_theirs() -> None:
    glad, sad, death = (
        event("친구가 승진했어"),
        event("언니가 회사에서 잘렸어"),
        event("아빠가 돌아가셨어"),
    )
    assert glad is not None and glad.answers == news().of_others[True]
    assert sad is not None and sad.answers == news().of_others[False]
    assert death is not None and death.answers not in news().of_others.values()
    birth = event("언니가 출산했어")
    assert birth is not None and birth.answers == news().of_others[True]
    own = event("친구랑 헤어졌어")
    assert own is not None and own.answers not in news().of_others.values()


def test_the_sentence_is_given_back_before_what_is_said_to_it() -> None:
    talk = Conversation(seed=1)
    reply = talk.say("회사에서 선물 받았어")
    assert reply.text.startswith("회사에서 선물 받으셨군요. ") and reply.source == "rule"
    assert reply.matched == "gift" and reply.answer in reply.text
    again = talk.say("월급 받았어")
    assert again.answer != reply.answer


def test_every_kind_of_news_has_something_to_say_that_no_other_has() -> None:
    said = [answer for kind, _ in news().kinds for answer in kind.answers]
    assert len(said) == len(set(said)) and all(re.search(r"[.!?]$", answer) for answer in said)
    names = [kind.name for kind, _ in news().kinds]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("선물 받았어", "선물 받으셨군요."),
        ("버스를 놓쳤어", "버스를 놓치셨군요."),
        ("동생이 버스를 놓쳤어", "동생이 버스를 놓쳤군요."),
        ("오늘 퇴사했어", "오늘 퇴사하셨군요."),
        ("비 왔어", "비 왔군요."),
        ("택배 왔어", "택배 왔군요."),
        ("새 옷을 샀어", "새 옷을 사셨군요."),
        ("음악을 들었어", "음악을 들었군요."),
        ("팀장님이 또 야근하래", "팀장님이 또 야근하라는 말을 들으셨군요."),
        ("내일 비 온대요", "내일 비 온다는 말을 들으셨군요."),
        ("머리가 마음에 안 들어", "머리가 마음에 안 드시는군요."),
        ("아기가 잠을 안 자", "아기가 잠을 안 자는군요."),
    ],
)
def test_a_deed_is_honoured_in_the_past(said: str, heard: str) -> None:
    assert reflected(said) == heard


NOW = datetime(2026, 11, 21, 0, 5)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("지금 몇 시야?", "time"),
        ("몇시에요", "time"),
        ("오늘 며칠이야?", "date"),
        ("오늘 무슨 요일이에요?", "date"),
        ("몇 살이야?", "age"),
        ("넌 나이가 몇이야", "age"),
        ("너는 뭘 할 수 있어?", "abilities"),
        ("축하해줘", "congratulate"),
        ("나 좀 위로해 줘", "console"),
        ("칭찬해주세요", "praise"),
        ("응원해줘", "cheer"),
        ("농담 하나 해줘", "joke"),
        ("재밌는 얘기 해줘", "joke"),
        ("오늘 점심 뭐 먹지?", "dish"),
        ("저녁 메뉴 추천해줘", "dish"),
        ("웃긴 얘기 해줘ㅋㅋ", "joke"),
    ],
)
def test_requests_are_served(said: str, name: str) -> None:
    found = served(said, NOW)
    assert found is not None and found[0] == name and all(found[1])
    assert Conversation(seed=0).say(said).matched == name


@pytest.mark.parametrize(
    "said",
    [
        "몇 시에 만날까",
        "어제 몇 시에 잤는지 모르겠어",
        "친구 생일 축하해줬어",
        "영화 추천해줘",
        "뭐 먹고 싶어",
        "친구가 저녁 메뉴를 추천해줬어",
        "위로해줘서 눈물이 났어",
        "무엇을 할 수 있는지 모르겠어",
        "오늘 뭐 했어",
        "노래 불러줘",
        "",
    ],
)
def test_other_requests_are_not(said: str) -> None:
    assert served(said, NOW) is None


def test_the_clock_is_told_by_halves_of_the_day() -> None:
    hours = {hour: served("지금 몇 시야", NOW.replace(hour=hour)) for hour in (0, 11, 12, 23)}
    told = {hour: found[1][0][4:12] for hour, found in hours.items() if found}
    assert told[0].startswith("오전 12시") and told[11].startswith("오전 11시")
    assert told[12].startswith("오후 12시") and told[23].startswith("오후 11시")


def test_jokes_and_dishes_are_not_told_twice_in_a_row() -> None:
    talk = Conversation(seed=0)
    for said, many in (("농담 해줘", JOKES), ("뭐 먹지", DISHES)):
        first, second = talk.say(said), talk.say(said)
        assert first.answer in many and second.answer in many and first.answer != second.answer


def test_fault_found_with_the_program_is_taken_calmly() -> None:
    for said in ("너 바보야", "넌 재미없어", "너 이상해"):
        assert Conversation(seed=0).say(said).text in rules.SORRY
    assert Conversation(seed=0).say("너무 이상한 하루였어").text not in rules.SORRY


def test_no_stored_answer_that_scolds_is_said() -> None:
    talk = Conversation(seed=0)
    for said in ("핸드폰 액정 깨졌어", "나 예뻐?", "혼자 밥 먹었어", "돈이 없어"):
        reply = talk.say(said)
        assert not any(map(safety.blunt, (reply.answer, *reply.alternatives))), reply


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    event(text)
    served(text, NOW)
