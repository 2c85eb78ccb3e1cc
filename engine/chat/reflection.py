"""A statement given back as what was heard: "면접에서 떨어졌어" -> "면접에서 떨어졌군요."

Reflective listening (Rogers 1951; the device of ELIZA, Weizenbaum 1966): it shows that the
sentence was read, where no stored answer fits it. Endings are changed by rule; what the rules do
not know is not given back at all.
"""

from __future__ import annotations

import re

from engine.chat import rules
from engine.chat.words import key
from engine.text.korean.conjugation import honored, joined, past
from engine.text.korean.hangul import final_of, with_final
from engine.text.normalize import canonical

_FEELINGS = """
외롭 그립 부럽 무섭 두렵 즐겁 괴롭 서럽 부끄럽 고맙 반갑 기쁘 슬프 아프 바쁘 배고프 고프
힘들 싫 귀찮 피곤하 심심하 우울하 불안하 답답하 속상하 행복하 억울하 허전하 초조하 창피하
민망하 미안하 궁금하 쓸쓸하 막막하 후련하 뿌듯하 서운하 섭섭하 졸리 어지럽 걱정스럽 괜찮 싶
"""
_QUALITIES = """
어렵 쉽 귀엽 시끄럽 춥 덥 맵 뜨겁 차갑 무겁 가볍 더럽 아름답 아깝 어둡 가깝 예쁘 나쁘 크 작
많 적 높 낮 길 짧 좁 넓 멀 맛있 맛없 재미있 재밌 재미없 멋있 멋지 비싸 느리 빠르 다르 없 있
늦 밝 맑 조용하 복잡하 이상하 완벽하 대단하 깨끗하 지루하 중요하 필요하 부족하 심하 편하
불편하 신기하 당황스럽 좋
"""
_ACTIONS = """
가 나가 떠나 만나 보 먹 마시 자 일하 공부하 운동하 쉬 이사하 시작하 결혼하 취직하 졸업하 나
오 걸리 듣 울 웃 살 지내 다니 배우 기다리 떨리 설레 걱정되 긴장되 기대되 쓰이 생각나 받 끝나
퇴근하 출근하 놀 먹이 키우 돌보 준비하 싸우 참 굶 모르 내리 불 타 올라가 내려가 돌아가
돌아오 연습하 요리하 청소하 여행하 힘쓰
"""
_OWN = """
마음이 맘이 배가 머리가 기분이 몸이 속이 잠이 목이 허리가 다리가 팔이 눈이 이가 가슴이 손이
발이 용기가 힘이 자신이 걱정이 화가 짜증이 눈물이 의욕이 기운이 생각이 입맛이 돈이 시간이
일이
"""
_DEEDS = """
받 마시 사 팔 잃어버리 잊어버리 놓치 헤어지 싸우 화해하 만나 읽 배우 그만두 다녀오 갔다오 넘어지
망치 합격하 승진하 취직하 취업하 퇴사하 입사하 졸업하 입학하 결혼하 이혼하 이사하 여행하 운동하
공부하 청소하 요리하 실수하 고백하 입양하 실패하 준비하 출근하 퇴근하 산책하 쇼핑하 주문하 포기하
퇴원하 입원하 연습하 다치 속 당하 지각하 예약하 다투 혼나 자르 참 굶 미루
"""

FEELINGS = tuple(_FEELINGS.split())
"""Adjectives of what one feels oneself: with 시 where nobody else is named."""

QUALITIES = tuple(_QUALITIES.split())
"""Adjectives of things."""

ACTIONS = tuple(_ACTIONS.split())
"""Verbs in the present."""

OWN = frozenset(_OWN.split())
"""Subjects that belong to the one who speaks, so that 시 fits all the same."""

DEEDS = tuple(_DEEDS.split())
"""Verbs of what only a person does, whether or not the person is named."""


LONGEST = 40
"""Characters; of a longer sentence the last clause is given back."""

_SPLIT = re.compile(r"[.!?~…\n]+")
_CLAUSE = re.compile(r"(?<=[가-힣](?:는데|아서|어서|해서|다가|지만))\s+|,\s*")
_LAUGHS = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]+")
_ASKS = re.compile(
    r"뭐(?!든)|무슨|무엇|언제|어디|누구|누가|왜|어떻게|어떤|어때|몇|얼마|[?？]"
    r"|(?:까|니|냐|나요|가요|(?<!안 )(?<!못 )자|줘|줘요|세요|십시오|라고|려무나)\s*$"
    r"|\d\s*(?:더하기|빼기|곱하기|나누기)"
)
_WANTS = re.compile(r"([가-힣])래요?\s*$")
"""갈래, 할래요: after ㄹ it asks; else it is what somebody said (암이래)."""
_REPORTED = re.compile(
    r"([다라])(?:던데|더라|더라고|고\s?(?:해|하네|하더라|했어|들었어|그래|한다|하셔))요?$"
)
_HEARD = re.compile(r"(\S*[가-힣])([대래])요?$")
"""How a sentence ends that somebody else said: -다던데, -라고 해; -대, -래."""
_NOUNS = re.compile(r"(?:^|\s)\S*(?:군대|연대|반대|문대|손대)$")
_OTHERS = re.compile(r"(?:^|\s)(?:너|넌|네가|니가|널|너희|당신|자기야?)(?:[는도를의가와랑한]|\s|$)")
_SELF = re.compile(
    r"(?<!\S)(?:나는|난|나도|내가|제가|저는|전|저도|나|저|내|제|우리|저희|나한테|저한테|나에게|저에게|내게|나를|날|저를|절"
    r"|나랑|저랑)\s+"
)
_STARTS = re.compile(
    r"^(?:(?:아+|와+|헐|음+|어+|에휴|휴+|하+|흑+|근데|그런데|그리고|그래서|사실은?|있잖아요?)[\s,]+)+"
)
_PAST = re.compile(
    r"(?:어요?|다|습니다|네요?|지요?|죠|음|는데요?|거든요?|단다|구나|엉|더라고?요?|고)?$"
)
_PLAN = re.compile(r"(\S*[가-힣])\s?(?:거야|거예요|거에요|건데|거임|예정이야|예정이에요|생각이야)$")
_GUESS = re.compile(r"(?:것|거)\s?같(?:아|아요|다|애|네)$")
_SEEMS = re.compile(r"(나|가)\s?(?:봐|봐요|보다|보네)$")
_MUST = re.compile(r"(?<=[가-힣]야)\s?(?:해|돼|하는데|되는데|한다|된다|해요|돼요)$")
_ABOUT_TO = re.compile(r"(려고)\s?(?:해|해요|한다|하는데|하고 있어)?$")
_LIKES = re.compile(r"(마음|맘)에 (안 )?들어요?$")
_BEING = re.compile(r"(?:이야|이에요|이예요|입니다|이다|임)$")


def reflected(said: str) -> str | None:
    """Return what was said as something heard; ``None`` where it cannot be given back.

    >>> reflected("나 오늘 면접 봤는데 떨어졌어 ㅠㅠ"), reflected("택배가 아직도 안 왔어")
    ('오늘 면접 봤는데 떨어졌군요.', '택배가 아직도 안 왔군요.')
    >>> reflected("코딩이 너무 어려워"), reflected("외로워"), reflected("뭐 먹을까?")
    ('코딩이 너무 어렵군요.', '외로우시군요.', None)
    """
    text = canonical(said)
    if asks(text) or _OTHERS.search(text) or rules.abusive(text):
        return None
    for sentence in reversed(_SPLIT.split(text)):
        plain = _plain(sentence)
        if len(key(plain)) >= 2:
            return _heard(plain)
    return None


def asks(text: str) -> bool:
    """Whether it is a question or a request.

    >>> asks("노래 틀어 줘"), asks("내일 뭐 입지"), asks("노래를 들었어")
    (True, True, False)
    >>> asks("같이 갈래"), asks("친구가 암이래")
    (True, False)
    """
    wants = _WANTS.search(text)
    return bool(_ASKS.search(text)) or (wants is not None and final_of(wants[1]) == "ㄹ")


def _plain(sentence: str) -> str:
    """Return a sentence without laughter, emoji, interjections and the one who speaks."""
    letters = "".join(c if c.isalnum() or c in " ,%·'" else " " for c in _LAUGHS.sub(" ", sentence))
    found = _SELF.sub("", _STARTS.sub("", " ".join(letters.split())))
    if len(found) > LONGEST:
        found = _CLAUSE.split(found)[-1]
    return found.strip(" ,")


def _heard(text: str) -> str | None:
    if len(text) > LONGEST or re.search(r"(?<!\S)(?:나|저)[가-힣]?(?:만|의|처럼|보다)(?!\S)", text):
        return None
    changed = _by_pattern(text) or _by_stem(text)
    return f"{changed}." if changed else None


def _by_pattern(text: str) -> str | None:
    """Change an ending that says by itself what it is: said by others, past, plan, guess, name."""
    if told := _told(text):
        return f"{told}는 말을 들으셨군요" if " " in told else None
    stem = _PAST.sub("", text)
    if final_of(stem) == "ㅆ" and stem[-1] not in "있겠":
        return (stem if _others_named(text) else _honored_past(stem)) + "군요"
    others = _others_named(text)
    if (plan := _PLAN.search(text)) and final_of(plan[1]) == "ㄹ":
        return None if others else f"{text[: plan.end(1)]} 생각이시군요"
    for pattern, ending in (
        (_GUESS, "것 같군요" if others else "것 같으시군요"),
        (_SEEMS, r"\1 보군요"),
        (_MUST, " 하는군요" if others else " 하시는군요"),
        (_ABOUT_TO, r"\1 하는군요" if others else r"\1 하시는군요"),
    ):
        if pattern.search(text):
            return pattern.sub(ending, text)
    if _LIKES.search(text):
        return _LIKES.sub(r"\1에 \2드는군요" if others else r"\1에 \2드시는군요", text)
    name = _BEING.sub("", text)
    if name != text and name and name[-1] not in "거것":
        return name + ("이시군요" if name.endswith(" 중") and not others else "이군요")
    return None


def reported(text: str) -> bool:
    """Whether a sentence gives back what somebody else said.

    >>> reported("친구가 아프대요"), reported("암이래"), reported("좋은 노래"), reported("새 침대")
    (True, True, False, False)
    """
    return bool(_told(" ".join(_LAUGHS.sub(" ", canonical(text)).split()).rstrip(" .!~?…")))


def _told(text: str) -> str:
    """Return what somebody else said up to its 다 or 라; empty for a sentence of one's own."""
    if found := _REPORTED.search(text):
        return text[: found.end(1)]
    found = _HEARD.search(text)
    if found is None or _NOUNS.search(text[: found.end(2)]):
        return ""
    word, ending = found.groups()
    if ending == "래":
        return f"{text[: found.end(1)]}라" if len(word) > 1 and word[-1] in "이으하니" else ""
    verb = final_of(word) in ("ㅆ", "ㄴ", "ㅎ", "ㅀ", "ㄶ", "ㅍ", "ㅄ") or word[-1] in "프쁘크"
    return f"{text[: found.end(1)]}다" if verb or (len(word) > 2 and word[-1] == "시") else ""


def _honored_past(stem: str) -> str:
    """Return a past with 시 where only a person can have done it.

    >>> _honored_past("선물 받았"), _honored_past("퇴사했"), _honored_past("비 왔")
    ('선물 받으셨', '퇴사하셨', '비 왔')
    """
    for deed in DEEDS:
        if stem.endswith(done := past(deed)):
            return stem.removesuffix(done) + past(honored(deed))
    return stem


def _by_stem(text: str) -> str | None:
    """Change a present whose last word ends in a known stem."""
    before, _, word = text.rpartition(" ")
    others = _others_named(text)
    found = next(((p, s, k) for p, s, k in _known(word) if _fits(before, p)), None)
    if found is None:
        return None
    start, stem, kind = found
    if kind == "action":
        ending = _present(stem) if others else honored(stem) + "는군요"
    elif stem == "싶" or (kind == "feeling" and not others):
        ending = honored(stem) + "군요"
    else:
        ending = stem + "군요"
    return f"{before} {start}{ending}".strip()


def _known(word: str) -> list[tuple[str, str, str]]:
    """Return (what stands before it, stem, kind) of the stems that a word may end in, the
    longest first."""
    found = []
    for kind, stems in (("feeling", FEELINGS), ("quality", QUALITIES), ("action", ACTIONS)):
        for stem in stems:
            endings = (_present(stem)[:-2] + "다" if kind == "action" else stem + "다",)
            for form in (joined(stem), joined(stem) + "요", *endings):
                if word.endswith(form):
                    found.append((word[: -len(form)], stem, kind))
    return sorted(found, key=lambda item: -len(item[1]))


def _fits(before: str, start: str) -> bool:
    """Whether a stem may stand here: a short verb only as a word of its own, after another."""
    alone = not start or start in ("안", "못", "넘", "너무", "개")
    return alone or (len(start) >= 2 and not before)


def _present(stem: str) -> str:
    """Return a verb's 는군요.

    >>> _present("먹"), _present("들")
    ('먹는군요', '드는군요')
    """
    return (with_final(stem, "") if final_of(stem) == "ㄹ" else stem) + "는군요"


def _others_named(text: str) -> bool:
    """Whether the last clause names somebody or something as its subject."""
    clause = _CLAUSE.split(text)[-1].split()[:-1]
    return any(
        word not in OWN and re.search(r"[가-힣](?:이|가|은|는|께서)$|^(?:아무|누구)도$", word)
        for word in clause
    )
