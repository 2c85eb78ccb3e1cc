"""What the end of a sentence says: the predicate's stem, its honour, and the kind of ending."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.core import paths
from engine.text.korean.conjugation import joined
from engine.text.korean.hangul import final_of, is_syllable, join, split, with_final
from engine.text.korean.object_names import COCO
from engine.text.sentences import Sentence

_ANYWHERE = ("하", "되")
_AUXILIARY = re.compile("(?:주|보|오|가|내|있|드리|버리|지)$")  # after 아/어: 나눠주, 느껴지
_DROPPED = ("감도", "맴도", "도", "아", "노", "머", "우", "부", "여", "거", "푸", "가느", "이끄")
_B_STEMS = re.compile("[다러로까거려여서추더마쉬두벼가미매누구리고도]우$")
_U_VERBS = re.compile(
    "(?:배|키|태|채|세|피|비|싸|지|재|치|깨|메|외|데|띄|끼|에|틔|돋|새|앞세|일깨|불태|꽃피)우$"
)
_H_STEMS = ("그러", "어떠", "이러", "저러", "하야", "노라", "파라", "빨가", "까마", "커다라")
_FELT = re.compile(
    "(?:마음에|맘에|눈에|생각이|생각도|느낌이|느낌도|기분이|기분도|정이|힘이) 들$"
    "|(?:힘|흔|물|만|줄|접어|떠|거)들$"
)
_HEARD = re.compile("(?:노래|음악|소리|이야기|말)[을를이도]? ?들$|길을 걸$|깨달$")
_D_STEMS = {"들": "듣", "걸": "걷", "깨달": "깨닫"}
_DARK_EU = ("예뻐", "이뻐", "슬퍼", "기뻐", "커", "써", "떠", "꺼", "서글퍼", "구슬퍼", "애달파")
_DARK_EU_A = ("아파", "나빠", "바빠", "고파", "가빠", "모아", "애달파", "담가", "잠가")
_REU = re.compile(
    "(?:달라|몰라|골라|올라|빨라|흘러|불러|눌러|서둘러|머물러|떠올라|놀라워|둘러|갈라)$"
)


def from_base(text: str, nouns: frozenset[str]) -> str | None:
    """Return the stem of *text* before 네, 나, 는, 지, ㅂ니다; None of a noun or the unknown.

    >>> from_base("정말 잘 어울리", frozenset()), from_base("느낌이 드", frozenset())
    ('정말 잘 어울리', '느낌이 들')
    >>> from_base("무서운 분위기", frozenset()) is None
    True
    """
    word = text.split()[-1] if text.split() else ""
    if not word or not is_syllable(word[-1]):
        return None
    if final_of(word):
        return text
    noun = len(noun_at_end(word, nouns))
    if word in _DROPPED or (word[-1] == "드" and not noun):
        return with_final(text, "ㄹ")
    verb = max((len(s) for s in _stems() if _ends(word, s)), default=0)
    if _compound(word):
        verb = max(verb, 2)
    return text if verb > noun else None


def _compound(word: str) -> bool:
    """Whether the word ends in an auxiliary verb after an 아/어 form."""
    hit = _AUXILIARY.search(word)
    before = word[: hit.start()] if hit else ""
    return bool(before) and final_of(before) == "" and split(before[-1])[1] in "ㅏㅐㅓㅕㅘㅝㅙ"


def _ends(word: str, stem: str) -> bool:
    if len(stem) == 1 and stem not in _ANYWHERE:
        return word == stem
    return word.endswith(stem)


def noun_at_end(word: str, nouns: frozenset[str]) -> str:
    """Return the longest known noun that *word* ends in, ``""`` if none."""
    known = (n for n in _nouns() | nouns if word == n or (len(n) > 1 and word.endswith(n)))
    return max(known, key=len, default="")


def from_loose(text: str) -> str | None:
    """Return the stem of an open *text* that lost its ㄴ or ㄹ: 아름다우 -> 아름답.

    >>> from_loose("아름다우"), from_loose("힘드"), from_loose("어떠"), from_loose("멋지")
    ('아름답', '힘들', '어떻', '멋지')
    """
    if text.endswith(_H_STEMS):
        return with_final(text, "ㅎ")
    if text[-1:] == "우":
        if _U_VERBS.search(text):
            return text
        return with_final(text[:-1], "ㅂ") if _B_STEMS.search(text) else None
    return from_base(text, frozenset())


def from_joined(text: str) -> str | None:
    """Return the stem of an 아/어 form; None where two stems could be behind it.

    >>> [from_joined(t) for t in "아름다워 예뻐 같아 보여 전달돼 어때 달라 느껴져 깊어".split()]
    ['아름답', '예쁘', '같', '보이', '전달되', '어떻', '다르', '느껴지', '깊']
    """
    for stem in _candidates(text):
        if stem and joined(stem) == text:
            return stem
    return None


def _candidates(text: str) -> list[str]:  # noqa: C901 - one branch an ending
    """Possible stems, the likeliest first; checked by conjugating them again."""
    last = text[-1:]
    if not last or not is_syllable(last):
        return []
    initial, vowel, final = split(last)
    if final:
        return []
    if last in "아어" and len(text) > 1:
        return _closed(text)
    if last == "해":
        return [text[:-1] + "하"]
    if text.endswith(("어때", "그래", "이래", "저래")):
        return [text[:-1] + join(initial, "ㅓ", "ㅎ")]
    if _REU.search(text):
        return [with_final(text[:-1], "") + "르"]
    if text.endswith(_DARK_EU) or text.endswith(_DARK_EU_A):
        return [text[:-1] + join(initial, "ㅡ")]
    if last == "워":
        return [loosened for loosened in (from_loose(text[:-1] + "우"),) if loosened]
    if text.split()[-1] in ("파래", "빨개", "까매", "하얘"):
        return [text[:-1] + join(initial, "ㅑ" if vowel == "ㅒ" else "ㅏ", "ㅎ")]
    if text.split()[-1] in ("도와", "고와"):
        return [with_final(text[:-1], "ㅂ")]
    if last == "와":
        return [text[:-1] + "오"]
    if text.split()[-1] in ("켜", "펴"):
        return [text]
    apart = {"ㅕ": "ㅣ", "ㅝ": "ㅜ", "ㅘ": "ㅗ", "ㅙ": "ㅚ"}.get(vowel)
    if apart:
        return [text[:-1] + join(initial, apart)]
    return [text] if from_base(text, frozenset()) == text else []


def _closed(text: str) -> list[str]:
    """Stems before 아/어 that is a syllable of its own."""
    stem = text[:-1]
    if final_of(stem) != "ㄹ":
        if final_of(stem) or stem[-1] in "띄뛰쉬뀌쥐튀휘피띠":
            return [stem]
        real = {"나아": "낫", "지어": "짓", "이어": "잇", "모아": "모으"}.get(text[-2:])
        return [text[:-2] + real] if real else []
    for sounded, real in _D_STEMS.items():
        if stem.endswith(sounded):
            if _FELT.search(stem):
                return [stem]
            return [stem[: -len(sounded)] + real] if _HEARD.search(stem) else []
    return [stem]


def unhonored(text: str) -> str | None:
    """Return the stem of *text* before 시; of an honouring verb the plain one.

    >>> [unhonored(text) for text in "있으 보이 아름다우 힘드 계".split()]
    ['있', '보이', '아름답', '힘들', '있']
    """
    word = text.split()[-1] if text.split() else ""
    for honoring, plain in _HONORING.items():
        if word.endswith(honoring):
            return text.removesuffix(honoring) + plain
    if text[-1:] == "으" and final_of(text[:-1]):
        closed = text[:-1]
        if closed.endswith("들"):
            return closed[:-1] + "듣"
        return closed
    if text[-1:] == "으":
        return {"지": text[:-2] + "짓", "나": text[:-2] + "낫"}.get(text[-2:-1])
    return from_loose(text)


_HONORING = {
    "계": "있",
    "주무": "자",
    "편찮으": "아프",
    "말씀하": "말하",
    "잡수": "먹",
    "마": "말",
}


@functools.cache
def _stems() -> frozenset[str]:
    return _words("stems.txt")


@functools.cache
def _nouns() -> frozenset[str]:
    return _words("nouns.txt") | {name for _, name in COCO}


def _words(name: str) -> frozenset[str]:
    text = (paths.resources_dir() / "words" / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and line[0] != "#")
    return frozenset(word for line in lines for word in line.split())


Mood = Literal["tell", "find", "see", "know", "ask", "wonder", "command", "promise"]
"""-어요, -네요, -군요, -지요, -나요?, -ㄹ까요?, -세요, -ㄹ게요."""

_HONORING_STEMS = ("마시", "모시", "눈부시", "부시", "쉬")  # their 시 is the stem's own
_APART = re.compile(r"(?<=[가-힣])([나가]) ?(봐요?|봅니다|보네요?|보군요?)$")
_NOT_READ = re.compile("잖아요?$|다니요?$|라니요?$|답니다$|(?<!바)랍니다$|걸요$")
_WISHES = re.compile(
    "(?:힘내|내|조심하|주|보내|말|쉬|챙기|가|오|되|즐기|지내|건네|돌보|웃|믿|잊|쓰|놓|열|다니)$"
)
_GREETINGS = re.compile("(?:건강하|행복하|편안하)$")
_VERB_I = re.compile("(?:보|쓰|쌓|모|놓|섞|붙|움직|반짝|높|숙|녹|끓|엮|덮|먹|들)이$")


@dataclass(frozen=True)
class Reading:
    """The end of a sentence.

    Attributes:
        stem: the words with the last predicate's stem; with ``copula`` the noun; with
            ``past`` and no honour the stem carries 었 already (있었).
        copula: the noun with 이다.
        honorific: 시 was there; the stem is without it.
        past: 었 was there.
    """

    stem: str
    mood: Mood
    copula: bool = False
    honorific: bool = False
    past: bool = False


def read(sentence: Sentence, nouns: frozenset[str]) -> Reading | None:
    """Read a sentence's end; None where it is no known ending or its stem is not sure.

    Args:
        nouns: the photo's labels, which may end a sentence: 나무네요.

    >>> read(Sentence("표정이 아름다우시네요", "!"), frozenset())
    Reading(stem='표정이 아름답', mood='find', copula=False, honorific=True, past=False)
    """
    words = _APART.sub(r"\1 \2", sentence.words)
    if _NOT_READ.search(words):
        return None
    for pattern, mood, before in _ENDINGS:
        hit = re.search(pattern, words)
        head = words[: hit.start()] if hit is not None else ""
        found = before(head, mood, nouns) if head and head[-1] != " " else None
        if found is not None:
            return _asked(found, sentence)
    return None


def _asked(found: Reading, sentence: Sentence) -> Reading:
    if sentence.question and found.mood in ("tell", "know", "command"):
        return Reading(found.stem, "ask", found.copula, found.honorific, found.past)
    wished = _WISHES.search(found.stem) or _GREETINGS.search(found.stem)
    if found.mood == "command" and not found.copula and not wished:
        return Reading(found.stem, "tell", found.copula, True, found.past)
    return found


def _base(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 네, 나, 지, ㅂ니다: past, 시, copula, stem."""
    word = text.split()[-1]
    if final_of(word) == "ㅆ" and word[-1] not in "있겠":
        return _past(text, mood)
    if word.endswith("겠"):
        return None if word.endswith("시겠") else Reading(text, mood, past=True)
    if word[-1] == "시" and not word.endswith(_HONORING_STEMS):
        return _honored(text[:-1], mood, nouns)
    if word[-1] == "이" and not _VERB_I.search(word) and len(word) > 1:
        return Reading(text[:-1], mood, copula=True)
    stem = from_base(text, nouns)
    if stem is not None:
        return Reading(stem, mood)
    if is_syllable(word[-1]) and not final_of(word) and noun_at_end(word, nouns):
        return Reading(text, mood, copula=True)
    return None


def _past(text: str, mood: Mood) -> Reading | None:
    if text.endswith("셨"):
        if text.endswith("이셨") and not _VERB_I.search(text[:-1]):
            return Reading(text[:-2], mood, copula=True, honorific=True, past=True)
        stem = unhonored(text[:-1])
        return Reading(stem, mood, honorific=True, past=True) if stem else None
    return Reading(text, mood, past=True)


def _honored(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 시."""
    word = text.split()[-1] if text and not text.endswith(" ") else ""
    if not word:
        return None
    if word[-1] == "이" and not _VERB_I.search(word):
        return Reading(text[:-1], mood, copula=True, honorific=True)
    if noun_at_end(word, nouns) == word and len(word) > 1:
        return Reading(text, mood, copula=True, honorific=True)
    stem = unhonored(text)
    return Reading(stem, mood, honorific=True) if stem else None


def _polite(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before ㅂ니다 in an open syllable: 멋집, 입."""
    if not is_syllable(text[-1]) or final_of(text) != "ㅂ":
        return None
    open_ = with_final(text, "")
    word = open_.split()[-1]
    if word[-1] == "이" and not _VERB_I.search(word):
        return Reading(open_[:-1], mood, copula=True) if len(word) > 1 else None
    found = _base(open_, mood, nouns)
    # 나뭅니다 for 나무입니다 is too rare to tell from a verb.
    return None if found is not None and found.copula and not found.honorific else found


def _formal(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 습니다."""
    return _base(text, mood, nouns) if final_of(text) else None


def _loose(final: str) -> Callable[[str, Mood, frozenset[str]], Reading | None]:
    """Before what carries ㄴ or ㄹ: 인가, 은가, 일까, 을까."""

    def before(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
        if not is_syllable(text[-1]) or final_of(text) != final:
            return None
        if text[-1] in "은을" and len(text) > 1 and final_of(text[:-1]):
            if final_of(text[:-1]) == "ㅆ" and text[-2] != "있":
                return _past(text[:-1], mood)
            return Reading(text[:-1], mood)
        open_ = with_final(text, "")
        word = open_.split()[-1]
        if word[-1] == "시" and not word.endswith(_HONORING_STEMS):
            return _honored(open_[:-1], mood, nouns)
        if word[-1] == "이" and not _VERB_I.search(word):
            return Reading(open_[:-1], mood, copula=True) if len(word) > 1 else None
        if word in ("거", "거시"):
            return Reading(open_, mood, copula=True)
        stem = from_loose(open_)
        return Reading(stem, mood) if stem else None

    return before


def _joined(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 요 of 아/어요."""
    if final_of(text):
        return None
    if text.endswith(("이에", "이예")):
        return Reading(text[:-2], mood, copula=True)
    if text.endswith("예"):
        return Reading(text[:-1], mood, copula=True) if len(text) > 1 else None
    if text.endswith("아니에"):
        return Reading(text[:-1], mood)
    if text.endswith("셔"):
        return _honored(text[:-1], mood, nouns)
    if len(text) > 1 and text[-1] == "어" and final_of(text[:-1]) == "ㅆ":
        return _base(text[:-1], mood, nouns)
    if text.endswith("바래"):
        text = text[:-1] + "라"
    if split(text[-1])[1] not in "ㅏㅐㅓㅔㅕㅘㅙㅝㅖ":
        return None
    stem = from_joined(text)
    return Reading(stem, mood) if stem else None


def _honored_joined(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 세요: 시 is joined to 어요."""
    found = _honored(text, mood, nouns)
    if found is None or mood != "command":
        return found
    return Reading(found.stem, mood if not found.copula else "tell", found.copula, True)


def _in_na(text: str, mood: Mood, nouns: frozenset[str]) -> Reading | None:
    """Before 나요 of verbs in 나: 빛나요."""
    stem = from_joined(text + "나")
    return Reading(stem, mood) if stem else None


_ENDINGS: tuple[tuple[str, Mood, Callable[[str, Mood, frozenset[str]], Reading | None]], ...] = (
    ("십시오$", "command", _honored_joined),
    ("(?<=[가-힣])세요$|셔요$", "command", _honored_joined),
    ("네[요여]?$", "find", _base),
    ("는군요?$|는구나$", "see", _base),
    ("(?:군요?|구나)$", "see", _base),
    ("습니다$", "tell", _formal),
    ("니다$", "tell", _polite),
    ("습니까$", "ask", _formal),
    ("니까$", "ask", _polite),
    ("(?<=[빛신화떠만어러타각아])나요$", "tell", _in_na),
    ("(?:는가|나)요$", "ask", _base),
    ("가요$", "ask", _loose("ㄴ")),
    ("까요?$", "wonder", _loose("ㄹ")),
    ("게요$", "promise", _loose("ㄹ")),
    ("는데요$", "tell", _base),
    ("데요$", "tell", _loose("ㄴ")),
    ("(?:지요|죠)$", "know", _base),
    ("[고구]요$", "tell", _base),
    ("[요여]$", "tell", _joined),
)
"""Ends of sentences, longest first: pattern, mood, how to read what stands before."""
