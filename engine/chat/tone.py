"""Sentences that mean nothing without the turn before: "왜?", "너는?", "그래서?"."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from engine.chat.result import Turn
from engine.chat.words import key

SURE = 0.6
"""Probability of an emotion from which it colours the answer."""

HEAVY = ("슬픔", "분노", "공포")
LISTEN = (
    "어떤 일이 있었는지 조금 더 들려주실래요?",
    "제가 들을게요. 천천히 이야기해 주세요.",
    "그 마음을 조금 더 말해 주실래요?",
)
"""Heavy feelings, and what is said to them where no stored answer fits."""

SHARE = (
    "어떤 점이 제일 좋으셨어요?",
    "그 이야기를 더 들려주세요!",
    "지금 기분을 조금 더 말해 주실래요?",
)
CURIOUS = (
    "조금 더 들려주실래요?",
    "그 이야기를 더 듣고 싶어요.",
    "지금 마음은 어떠세요?",
)
"""What is asked after a sentence was given back: of joy, and of anything else."""

LEADS = {
    "슬픔": (
        "많이 속상하셨겠어요.",
        "마음이 많이 아프셨겠네요.",
        "힘든 이야기를 들려줘서 고마워요.",
        "토닥토닥, 애 많이 쓰셨어요.",
    ),
    "분노": (
        "화가 날 만했네요.",
        "정말 속이 끓으셨겠어요.",
        "그런 일이 있으면 누구라도 화가 나죠.",
        "잠깐 숨을 고르고 이야기해요.",
    ),
    "공포": (
        "많이 불안하셨겠어요.",
        "무서우셨겠네요. 지금은 괜찮아요?",
        "걱정이 크셨군요. 하나씩 살펴봐요.",
        "떨리는 마음이 당연해요.",
    ),
    "행복": (
        "듣기만 해도 기분이 좋아지네요!",
        "정말 잘됐어요!",
        "좋은 소식이네요!",
        "기쁜 마음이 전해져요!",
    ),
}
"""Comfort for sorrow, calm for anger, reassurance for fear, joy shared."""

_SAID = {
    "슬픔": "속상|위로|토닥|힘내|힘들|아프|괜찮|마음고생|맘고생|안타|슬프|슬픈|지치|지쳤|곁에",
    "분노": "화나|화가|화를|진정|참으|심호흡|너무하|나쁜",
    "공포": "걱정|괜찮|불안|무서|두려|떨리|안심|긴장",
    "행복": "축하|좋|기쁘|기쁜|행복|잘됐|부럽|멋|다행|최고|즐거",
}
_TOO_GLAD = re.compile("축하|부럽|부러|좋겠|신나|즐거|로맨틱|멋지|멋져")
_TOO_SAD = re.compile(
    "힘내|위로|슬프|슬픈|안타깝|맘고생|마음고생|속상|아프겠|헤어|지울|잊|울어도|울지"
)


def lead(emotion: str, sure: float, answer: str, last: str, rng: random.Random) -> str:
    """Return the word for the feeling, "" where none is sure or the answer says it itself.

    >>> lead("슬픔", 0.9, "힘내세요.", "", random.Random(0))
    ''
    """
    ways = LEADS.get(emotion, ())
    if not ways or sure < SURE or re.search(_SAID[emotion], answer):
        return ""
    return rng.choice([way for way in ways if not last.startswith(way)])


def fits(emotion: str, sure: float, answer: str) -> bool:
    """Whether an answer does not jar with the feeling: no envy of sorrow, no pity for joy.

    >>> fits("슬픔", 0.9, "부럽네요."), fits("행복", 0.9, "부럽네요.")
    (False, True)
    """
    if sure < SURE:
        return True
    if emotion in HEAVY:
        return not _TOO_GLAD.search(answer)
    return not (emotion == "행복" and _TOO_SAD.search(answer))


AGAIN = re.compile(
    r"^(?:다르게|다른말로|다시)(?:답해|대답해|말해)(?:줘|줄래|주세요|봐)?요?$|^다른(?:답|대답|말)(?:은|없어|해줘)?$"
)
"""Asks for another answer to the sentence before."""

TEACH = re.compile(r"^\s*이렇게\s*(?:답|대답|말)해\s*(?:줘|주세요)\s*[:：,]?\s*(.+)$", re.S)
"""Teaches the answer to the sentence before."""

MORE = re.compile(
    r"^(?:그래서|그리고|그런데|근데|그러면|그럼|더|또|계속|그다음(?:은|에)?|더말해줘|더얘기해줘|자세히)(?:요|어떻게해|말해줘|얘기해줘|뭐|어떡해)*$"
)
"""Asks to go on: answered with the next answer of the turn before."""

_WHY = re.compile(
    r"^(?:왜|왜요|왜그래|왜그래요|왜그렇게말해|왜그렇게생각해|어째서|무슨뜻이야|무슨말이야|무슨소리야|뭔소리야|이유가뭐야)$"
)
_YOU = re.compile(
    r"^(?:너는|넌|너도|너는어때|넌어때|너는요|당신은|당신은요|그쪽은|마음결은|넌뭐해|너는뭐해)$"
)
_REALLY = re.compile(
    r"^(?:진짜|진짜로|정말|정말로|레알|ㄹㅇ|그래|그런가|그럴까|확실해)(?:요|야|이야|인가)*$"
)
_YES = re.compile(
    r"^(?:응+|네+|넹|넵|예|어+|그래|맞아|맞아요|그렇지|그러게|당연하지|웅+|오케이|오키|알겠어|알았어|그럴게)(?:요)?$"
)
_NO = re.compile(
    r"^(?:아니+|아뇨|아니요|아니야|아니에요|싫어|싫은데|별로|그건아니야|그게아니라|그게아니고)$"
)


def follow(text: str, turns: Sequence[Turn]) -> tuple[str, Sequence[str]] | None:
    """Return a name and ways to answer what only the last turn explains, ``None`` if nothing."""
    if not turns:
        return None
    found, last = key(text), turns[-1]
    about = _quoted(_topic(turns))
    if _WHY.search(found):
        return "why", (
            f"{about}라고 하셔서 그렇게 말씀드렸어요. 제 답이 어긋났다면 고쳐 주세요.",
            f"앞에서 {about}라고 하신 말씀에 이어서 한 이야기였어요. 뜻이 달랐나요?",
        )
    if _YOU.search(found):
        return "you", (
            "저는 프로그램이라 겪은 일이 없어요. 대신 당신 이야기를 더 듣고 싶어요.",
            f"저는 사람이 아니라서 느껴 보지는 못했어요. {about}라고 하신 이야기를 더 해 주실래요?",
        )
    if _REALLY.search(found) and last.reply.source != "rule":
        return "really", (
            "제 생각일 뿐이에요. 마음에 걸리는 점이 있으면 말해 주세요.",
            "저도 틀릴 수 있어요. 어떤 부분이 궁금하세요?",
        )
    if _YES.search(found):
        return "yes", (
            "네, 이어서 말씀해 주세요.",
            "그렇군요. 조금 더 들려주실래요?",
            "네, 듣고 있어요.",
        )
    if _NO.search(found):
        return "no", (
            "제가 잘못 짚었네요. 어떤 마음인지 다시 말해 주실래요?",
            "그렇지 않았군요. 조금 더 이야기해 주세요.",
        )
    return None


def topic_needed(text: str) -> bool:
    """Whether *text* is so short that the sentence before belongs to it.

    >>> topic_needed("그 사람이?"), topic_needed("내일은 뭐 하지")
    (True, False)
    """
    return len(key(text)) <= 5 and bool(
        re.match(r"\s*(?:그|이|저|걔|얘|거기|언제|어디|누구|뭐|얼마)", text)
    )


def _topic(turns: Sequence[Turn]) -> str:
    """Return what the user last said that stands by itself."""
    for turn in reversed(turns):
        if len(key(turn.said)) > 3:
            return turn.said
    return turns[-1].said


def _quoted(text: str) -> str:
    short = " ".join(text.split())
    return f"‘{short[:30] + '…' if len(short) > 30 else short}’"
