"""A sentence's end said again in 해체 (friendly) or 합쇼체 (polite)."""

from __future__ import annotations

import re
from dataclasses import replace

from engine import conjugation
from engine.comments.tone_honors import plain_words
from engine.comments.tone_reading import Reading, read
from engine.comments.tone_sentences import Sentence
from engine.hangul import final_of, with_final

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
