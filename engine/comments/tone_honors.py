"""Words inside a friendly sentence: 시 and humble words taken out."""

from __future__ import annotations

import re

from engine.comments.tone_stems import unhonored
from engine.conjugation import joined, past, soft
from engine.hangul import final_of, with_final

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
