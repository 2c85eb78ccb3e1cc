"""A sentence's end said again in 해체 (friendly) or 합쇼체 (polite)."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.comments.tone.reading import Reading, read, unhonored
from engine.text.korean import conjugation
from engine.text.korean.conjugation import joined, past, soft
from engine.text.korean.hangul import final_of, with_final
from engine.text.sentences import Sentence

_HUMBLE = (
    (re.compile(r"감사(?:하|드리)길"), "고맙길"),
    (re.compile(r"감사(?:해|드려)$"), "고마워"),
    (re.compile(r"(축하|응원|부탁|위로|추천)\s?드려$"), r"\1해"),
    (re.compile(r"(축하|응원|부탁|위로|추천)\s?드릴게$"), r"\1할게"),
    (re.compile(r"(?<=[아어려해]) ?드릴게$"), " 줄게"),
    (re.compile(r"(?<=[아어려해]) ?드려$"), " 줘"),
    (re.compile(r"(?<=[아어려해]) ?드리고"), " 주고"),
    (re.compile(r"말씀"), "말"),
    (re.compile(r"안녕해$"), "안녕"),
    (re.compile(r"(?<![가-힣])저(도|는|를|까지|에게|한테|의)(?![가-힣])"), r"나\1"),
    (re.compile(r"(?<![가-힣])제(가)(?![가-힣])"), r"내\1"),
    (re.compile(r"(?<![가-힣])제 (?=[가-힣])"), "내 "),
    (re.compile(r"(?<![가-힣])저희"), "우리"),
    (re.compile(r"당신의(?![가-힣])"), "너의"),
    (re.compile(r"당신이(?![가-힣])"), "네가"),
    (re.compile(r"당신([은을])(?![가-힣])"), lambda hit: "너" + {"은": "는", "을": "를"}[hit[1]]),
    (re.compile(r"당신(?=에게|도|과)"), "너"),
)
_NO_HONOR = re.compile(
    "^(?:다시|혹시|역시|잠시|당신|자신|정신|확신|대신|변신|몸짓|접시|택시|도시|가시|몹시|표시|전시|감시|무시|즉시|항시|마시|모시|눈부시|"
    "부시|하마터면|임시|동시|실시|제시|과시|헌신|통신|최신|귀신|병신|배신|소식|의식|미신|망신|맹신|실신|전신|출신|수신|발신|"
    "등신|갱신|혁신|문신|임신|순식|욕실|거실|사실|매실|내실|교실|여신|회신|내신)"
)
_INSIDE = (
    re.compile(
        r"^(?P<stem>[가-힣]+?)시(?P<rest>네|는|는데|는지|는구나|던|고|지|지만|면|면서|며|니|니까|거나|길|기를|기|게|다니|나)$"
    ),
    re.compile(r"^(?P<stem>[가-힣]+?)(?P<rest>신|신가|신지|신데|신다면|신다|신다는|신걸)$"),
    re.compile(r"^(?P<stem>[가-힣]+?)(?P<rest>실|실지|실까|실수록)$"),
    re.compile(r"^(?P<stem>[가-힣]+?)(?P<rest>셔서|셔|셔도|셨.*)$"),
)


def plain_words(text: str) -> str:
    """Return *text* without honours for the reader and humble words for the writer.

    >>> plain_words("안경 쓰신 모습이 보이시는데 저도 기분이 좋아져")
    '안경 쓴 모습이 보이는데 나도 기분이 좋아져'
    """
    words = " ".join(_plain(word) for word in text.split(" "))
    for pattern, plain in _HUMBLE:
        words = pattern.sub(plain, words)
    return words


def _plain(word: str) -> str:
    bare = word.rstrip(",")
    if not bare or _NO_HONOR.match(bare):
        return word
    if bare == "계신":
        return "있는" + word[len(bare) :]
    for pattern in _INSIDE:
        hit = pattern.match(bare)
        stem = _stem(hit["stem"]) if hit else None
        if hit and stem is not None:
            return _joined(stem, hit["rest"]) + word[len(bare) :]
    return word


def _stem(text: str) -> str | None:
    """The stem before 시; the copula (기분이신) keeps its 이."""
    if text.endswith("이") and len(text) > 1:
        return text
    return unhonored(text)


def _joined(stem: str, rest: str) -> str:
    if rest[0] == "신":
        if stem.endswith(("있", "없")) and len(rest) > 1:  # 있으신가 -> 있는가
            return stem + "는" + rest[1:]
        return soft(stem, "ㄴ") + rest[1:]
    if rest[0] == "실":
        return soft(stem, "ㄹ") + rest[1:]
    if rest[0] == "셨":
        return past(stem) + rest[1:]
    if rest[0] == "셔":
        return joined(stem) + rest[1:]
    if rest[0] == "면" or rest[0] in "며니":
        soft_stem = soft(stem, "ㄴ") if rest.startswith("니") and final_of(stem) == "ㄹ" else ""
        if soft_stem:
            return with_final(soft_stem, "") + rest
        open_ = with_final(soft(stem, "ㄴ"), "") if final_of(stem) not in ("", "ㄹ") else stem
        return open_ + rest
    if rest[0] in "네는나" and final_of(stem) == "ㄹ":
        return with_final(stem, "") + rest
    return stem + rest


_CALLS = re.compile(
    "^(?:우?와+|오+|어머나?|이런|헉|아이고|세상에|대박|[화파]이팅|힘|저런|음|아)(?:,? .{0,3})?$"
)
"""Calls and cheers, the same in every tone."""
_EATEN = re.compile("(?<=[을를걸] )드(?=시|신|셨|실|세)")  # 드시다 honours who eats
_NEGATED = re.compile("지 말$")
_GREETINGS = re.compile("(?:건강하|행복하|편안하)$")
_SUGGESTS = re.compile("(?:함께|같이|우리|드릴)")
_ASKS_WHAT = re.compile("어떤|어떻|어느|무슨|무엇|뭐|뭘|왜|얼마나|어디|누구|언제|몇")


def friendly(sentence: Sentence, nouns: frozenset[str]) -> Sentence | None:
    """Return the sentence in 해체, without 시 and humble words; None where it is not sure.

    >>> friendly(Sentence("정말 아름다우시네요", "!"), frozenset()).text()
    '정말 아름답네!'
    >>> friendly(Sentence("무슨 일이 있으신가요", "?"), frozenset()).text()
    '무슨 일이 있어?'
    """
    said = read(replace(sentence, words=_EATEN.sub("먹으", sentence.words)), nouns)
    if said is None:
        return sentence if _CALLS.match(sentence.words) else None
    words = _friendly(said)
    return None if words is None else replace(sentence, words=plain_words(words))


def polite(sentence: Sentence, nouns: frozenset[str]) -> Sentence | None:
    """Return the sentence in 합쇼체, honours kept; None where it is not sure.

    -ㄹ까요 has no such form; the question is said as one: -ㄹ지 궁금합니다.

    >>> polite(Sentence("이 나무는 어때요", "?"), frozenset()).text()
    '이 나무는 어떻습니까?'
    >>> polite(Sentence("어떤 이야기가 담겨 있을까요", "?"), frozenset()).text()
    '어떤 이야기가 담겨 있을지 궁금합니다.'
    """
    said = read(sentence, nouns)
    if said is None:
        return sentence if _CALLS.match(sentence.words) else None
    if said.mood == "wonder":
        if _SUGGESTS.search(sentence.words) and not _ASKS_WHAT.search(sentence.words):
            return None
        mark = "." if "?" in sentence.mark else sentence.mark
        return replace(sentence, words=_wondering(said), mark=mark)
    return replace(sentence, words=_polite(said))


def _polite(said: Reading) -> str:
    if said.copula:
        noun = _full(said.stem)
        if said.past:
            return noun + ("이셨습니" if said.honorific else "이었습니") + _da(said)
        return noun + ("이십니" if said.honorific else "입니") + _da(said)
    if said.mood == "command":
        return with_final(_honored(said.stem), "ㅂ") + "시오"
    if said.mood == "promise":
        return said.stem + "겠습니다"
    if said.honorific:
        stem = _honored(said.stem)
        return conjugation.formal(conjugation.past(stem) if said.past else stem) + _da(said)
    return conjugation.formal(said.stem) + _da(said)


def _da(said: Reading) -> str:
    return "까" if said.mood == "ask" else "다"


def _honored(stem: str) -> str:
    """Return the stem with 시; of -고 있다 and -지 말다 their own forms."""
    if _NEGATED.search(stem):
        return stem[:-1] + "마시"
    if stem.endswith("고 있"):
        return stem[:-1] + "계시"
    return conjugation.honored(stem)


def _full(noun: str) -> str:
    """건 것이 -> 것: the spoken 거 is written 것."""
    return re.sub(r"(?<![가-힣])거$", "것", noun)


def _wondering(said: Reading) -> str:
    if said.copula:
        noun = _full(said.stem)
        if noun.endswith("것"):
            return f"{noun}인지 궁금합니다"
        return noun + ("이실지" if said.honorific else "일지") + " 궁금합니다"
    stem = said.stem
    if said.honorific:
        stem = conjugation.honored(stem)
        stem = conjugation.past(stem) if said.past else stem
    return conjugation.soft(stem, "ㄹ") + "지 궁금합니다"


def _friendly(said: Reading) -> str | None:
    if said.copula:
        return _friendly_copula(said)
    stem = said.stem
    if said.honorific and said.past:
        stem = conjugation.past(stem)
    if said.mood == "find":
        return _before_n(stem) + "네"
    if said.mood == "see":
        return _before_n(stem) + ("는" if _is_verb(stem) else "") + "구나"
    if said.mood == "know":
        return stem + "지"
    if said.mood == "wonder":
        return conjugation.soft(stem, "ㄹ") + "까"
    if said.mood == "promise":
        return conjugation.soft(stem, "ㄹ") + "게"
    if said.mood == "command":
        if _NEGATED.search(stem):
            return stem[:-1] + "마"
        if _GREETINGS.search(stem):
            return stem + "길 바라"
    return conjugation.joined(stem)


def _friendly_copula(said: Reading) -> str | None:
    closed = bool(final_of(said.stem))
    if said.past:
        past = said.stem + ("이었" if closed else "였")
        return past + {"find": "네", "see": "구나", "know": "지", "wonder": "을까"}.get(
            said.mood, "어"
        )
    forms = {"find": "이네", "see": "이구나", "know": "이지", "wonder": "일까"}
    form = forms.get(said.mood, "이야")
    if closed:
        return said.stem + form
    if form == "일까":
        return with_final(said.stem, "ㄹ") + "까" if said.stem.endswith("거") else said.stem + form
    return said.stem + form[1:]


def _before_n(stem: str) -> str:
    return with_final(stem, "") if final_of(stem) == "ㄹ" else stem


_VERBS = re.compile(
    "(?:느껴지|어울리|보이|가지|만들|담|들|찍|나|내|오|가|주|되|전해지|아지|어지|해지|여지"
    "|려지|워지|하고 있|표현하|선택하|사용하|열|닿|끌|더하|자아내|돋|이루|넘치|전하)$"
)
_DESCRIBED = re.compile("(?:멋지|값지|뛰어나|빛나)$")


def _is_verb(stem: str) -> bool:
    """Whether 구나 is 는구나: an action, no quality, no past."""
    return bool(_VERBS.search(stem)) and not _DESCRIBED.search(stem) and final_of(stem) != "ㅆ"
