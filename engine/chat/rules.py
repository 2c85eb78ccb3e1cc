"""What is answered by rule, before anything is searched: greetings, thanks, abuse, marks.

Each rule is a pattern of the sentence's key (no spaces, no marks) and a few ways to answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.chat.words import key
from engine.text.normalize import has_hangul


@dataclass(frozen=True)
class Rule:
    """A kind of sentence and how it may be answered.

    Attributes:
        name: what it is called in :class:`engine.chat.Reply`.
        pattern: searched in the key of the sentence.
        answers: one is chosen; never the one that was said last.
    """

    name: str
    pattern: re.Pattern[str]
    answers: tuple[str, ...]


GREETING, THANKS, FAREWELL = "greeting", "thanks", "farewell"

RULES = (
    Rule(
        "self",
        re.compile(
            r"^(?:너|넌|당신|네|니|그쪽)[은는이가]?(?:도대체)?"
            r"(?:누구|뭐야|뭐니|정체|사람이|사람맞|인간이|로봇|봇이|기계|ai|인공지능|이름)"
            r"|^이름이?(?:뭐|무엇)|^(?:사람|로봇|인공지능|ai)(?:이야|이에요|인가요|이니|맞아|야)"
        ),
        (
            "저는 사람이 아니라 이 컴퓨터 안에서만 도는 대화 프로그램, 마음결이에요.",
            "저는 마음결이라는 프로그램이에요. 사람은 아니지만 말씀은 잘 들을게요.",
        ),
    ),
    Rule(
        THANKS,
        re.compile(
            r"^(?!.*(?:한테|에게|께|덕분)).*(?:고마[워웠움운]|고맙|감사(?:합니다|해|드려|드립|했|요|$)|땡큐|쌩유|ㄱㅅ|thankyou|thanks)"
        ),
        (
            "저도 감사합니다. 이야기 나눠서 좋았어요.",
            "천만에요. 도움이 되었다면 기뻐요.",
            "별말씀을요. 또 이야기해 주세요.",
        ),
    ),
    Rule(
        FAREWELL,
        re.compile(
            r"^(?:이제|그럼|나|난|저는?|오늘은)*(?:잘가|잘있어|안녕히|바이+|빠이+|굿나[잇있]|잘자|다음에(?:봐|또봐|뵈|만나)"
            r"|내일(?:봐|또봐|만나)|또(?:봐|올게|만나)|이만|가볼게|가보겠|가야겠|갈게|자러갈|들어갈게|나갈게"
            r"|수고하세요|ㅂㅂ|ㅃ+ㅇ?|bye|goodbye)"
        ),
        (
            "안녕히 가세요. 오늘도 좋은 하루 보내세요.",
            "네, 다음에 또 이야기해요. 안녕히 가세요!",
            "조심히 가세요. 언제든 다시 찾아 주세요.",
        ),
    ),
    Rule(
        GREETING,
        re.compile(
            r"^(?:안녕|안뇽|안냥)+(?:하세요?|하십니까|하신가요|하셨어요|해|히주무셨어요|[ㅎㅋ~])*"
            r"(?:마음결|반가워요?|반갑습니다)*[요용ㅎㅋ]*$|^(?:하이|하위|헬로|방가|ㅎㅇ|ㅎ2)+[요용ㅎㅋ]*$"
            r"|^(?:반가워|반갑|처음뵙|좋은아침|굿모닝).{0,8}$|^(?:hi|hello|hey)$"
        ),
        (
            "안녕하세요! 만나서 반가워요. 오늘 하루는 어땠어요?",
            "안녕하세요, 반가워요. 무슨 이야기든 편하게 해 주세요.",
            "어서 오세요! 오늘 기분은 어떠세요?",
        ),
    ),
)

_ABUSE = re.compile(
    r"씨발|시발(?!점|역)|ㅅㅂ|ㅆㅂ|병신|ㅂㅅ|개새끼|좆|닥쳐|꺼져|미친[놈년]|지랄|ㅈㄹ|엿먹"
)
CALM = (
    "그 말은 조금 아프네요. 무슨 일이 있었는지 들려주시면 차분히 들을게요.",
    "많이 화가 나셨나 봐요. 숨을 한번 고르고, 무엇이 속상했는지 말해 주세요.",
)

TEASED = re.compile(
    r"^(?:너|넌|네가|니가|진짜|정말|완전|이)*(?:바보|멍청|멍충|똥멍|노잼|재미없|별로|쓸모없|답답해|이상해)"
)
SORRY = (
    "그렇게 느끼셨다니 미안해요. 어떤 답이 좋았을지 알려 주시면 다음부터 그렇게 할게요.",
    "제가 아직 서툴죠. 어떤 점이 아쉬웠는지 들려주실래요?",
)
"""For a sentence that finds fault with the program."""

_MARKS = (
    ("laugh", re.compile("[ㅋㅎ😀-😆😊😄🤣😂😹]"), (
        "저까지 웃음이 나네요. 무슨 재미있는 일이 있었어요?",
        "웃으시니 좋네요! 이야기를 더 들려주세요.",
    )),
    ("love", re.compile("[❤💕💖💗💛💚💙💜😍🥰😘]"), (
        "따뜻한 마음 고마워요. 오늘 좋은 일이 있었나 봐요.",
        "마음이 전해지네요. 누구를 떠올리셨어요?",
    )),
    ("cry", re.compile("[ㅠㅜ😢😭😞😔☹🥺😿💔]"), (
        "무슨 일 있으세요? 울고 싶을 때는 울어도 괜찮아요. 제가 들을게요.",
        "토닥토닥, 많이 속상하셨나 봐요. 천천히 말해 주세요.",
    )),
    ("angry", re.compile("[😠😡🤬👿]"), CALM),
)  # fmt: skip
_YES = re.compile("[ㅇ👍👌]+|ㅇ+ㅋ+")
YES = ("네, 계속 말씀해 주세요.", "좋아요. 그래서 어떻게 되었어요?")
ONLY_MARKS = ("말씀 대신 표정을 보내 주셨네요. 무슨 마음인지 들려주실래요?",)
KOREAN = (
    "저는 한국어로만 이야기할 수 있어요. 한국어로 한번 말해 주실래요? (I only speak Korean.)",
    "미안해요, 한국어만 알아들어요. 한국어로 다시 말해 주세요. (Korean only, sorry.)",
)
UNKNOWN = (
    "잘 알아듣지 못했어요. 조금만 다르게 말해 주실래요?",
    "제가 아직 모르는 이야기네요. 조금 더 들려주세요.",
    "음, 무슨 뜻인지 잘 모르겠어요. 다른 말로 알려 주실래요?",
)
UNABLE = (
    "그건 제가 도와드리지 못해요. 인터넷 없이 이 컴퓨터 안에서만 도는 대화 상대라서요. "
    "대신 마음 이야기는 얼마든지 들을게요.",
    "저는 정보를 찾거나 일을 대신하지는 못해요. "
    "오늘 있었던 일이나 기분을 들려주시면 함께 이야기할게요.",
    "그건 제가 잘 모르는 일이에요. 대신 오늘 기분이 어떤지 들려주실래요?",
)
"""For questions and requests that no stored one is like."""


def abusive(text: str) -> bool:
    """Whether abuse is in *text*."""
    return bool(_ABUSE.search(key(text)))


def ruled(text: str) -> tuple[str, Sequence[str]] | None:
    """Return name and answers of the rule that *text* falls under, ``None`` if none.

    >>> [ruled(text)[0] for text in ("안녕하세요", "감사합니다!", "잘 가", "ㅠㅠ", "How are you?")]
    ['greeting', 'thanks', 'farewell', 'cry', 'korean']
    """
    found = key(text)
    if abusive(text):
        return "abuse", CALM
    if len(found) <= 14 and re.match("너|넌|네가|니가", found) and TEASED.search(found):
        return "teased", SORRY
    for rule in RULES:
        if len(found) <= 22 and rule.pattern.search(found):
            return rule.name, rule.answers
    if not re.search("[가-힣]", found):
        return _without_syllables(text)
    return None


def _without_syllables(text: str) -> tuple[str, Sequence[str]]:
    """Return the rule of a text of jamo, emoji, digits or another language."""
    if re.search("[A-Za-z]{2}", text) and not has_hangul(text):
        return "korean", KOREAN
    marks = "".join(text.split())
    if _YES.fullmatch(marks):
        return "yes", YES
    name, pattern, answers = max(_MARKS, key=lambda mark: len(mark[1].findall(marks)))
    if pattern.search(marks):
        return name, answers
    return ("unknown", UNKNOWN) if any(c.isalnum() for c in text) else ("marks", ONLY_MARKS)
