"""A word for the feeling before the answer: comfort first, then what there is to say."""

from __future__ import annotations

import random
import re

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
