"""Sentences about things that the writer hardly knows, written by hand for each kind of thing.

The training comments know some sixty things well, and hardly a photo without a face. For the
others a sentence of the thing's kind is filled with its name, particles and all. The sentences
lie in ``resources/words/phrases.txt``.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.comments.labels import canonical
from engine.core import paths
from engine.text.korean.counting import counted, counter
from engine.text.korean.particles import attach, swap_name

_NUMERAL = "한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|여러"
_SUBJECT = r"(?=(?:이|가|은|는|을|를|도|와|과|이네요|네요)(?![가-힣]))"
_WEAR = (
    "재킷 안경 스카프 넥타이 정장 신발 목걸이 셔츠 드레스 청바지 모자 귀걸이 고글 헬멧 코트 부츠 "
    "선글라스 핸드백 헤드폰 운동복 배낭 시계"
)
WORN = frozenset(_WEAR.split())
"""What a comment says suits the person: nobody is told that three jackets do."""


def read(counts: Mapping[str, int] | None) -> dict[str, int]:
    """Return the counts by the names that the writer knows; those below one are left out."""
    return {canonical(name): n for name, n in (counts or {}).items() if n > 0}


def contradicts(comment: str, counts: Mapping[str, int]) -> bool:
    """Whether a comment says another number of a thing than *counts* has.

    >>> contradicts("고양이 세 마리가 귀여워요!", {"고양이": 2})
    True
    >>> contradicts("고양이들이 귀여워요!", {"고양이": 1})
    True
    >>> contradicts("고양이 두 마리가 귀여워요!", {"고양이": 2})
    False
    """
    return any(_denies(comment, name, n) for name, n in counts.items())


def _denies(comment: str, name: str, n: int) -> bool:
    if n == 1 and re.search(f"{re.escape(name)}들|여러 {re.escape(name)}", comment):
        return True
    word, unit = re.escape(name), re.escape(counter(name))
    said = re.findall(f"{word}[이가은는을를]? ?(?:{_NUMERAL}) ?{unit}", comment)
    said += re.findall(f"(?:{_NUMERAL}) ?{unit}의 {word}", comment)
    return any(counted(name, n).split(" ")[-2] not in text for text in said)


def say(comment: str, counts: Mapping[str, int]) -> str | None:
    """Return the comment with the number of the first thing that allows it, else None.

    It is said where the thing stands once, alone, as what the sentence is about.

    >>> say("고양이가 정말 귀여워요!", {"고양이": 2})
    '고양이 두 마리가 정말 귀여워요!'
    >>> say("고양이 옆에서 쉬고 있네요!", {"고양이": 2}) is None
    True
    """
    for name, n in counts.items():
        alone = comment.count(name) == 1 and re.search(re.escape(name) + _SUBJECT, comment)
        if n < 2 or name in WORN or not alone:
            continue
        said = swap_name(comment, name, counted(name, n))
        if said is not None:
            return said
    return None


def say_once(
    comments: Sequence[str], counts: Mapping[str, int], most: int | None = None
) -> tuple[str, ...]:
    """Return the comments; the first that can say a number, within *most* characters, does.

    >>> say_once(("좋네요!", "책이 많네요!"), {"책": 3})
    ('좋네요!', '책 세 권이 많네요!')
    """
    for index, comment in enumerate(comments):
        said = say(comment, counts)
        if said is not None and (most is None or len(said) <= most):
            return (*comments[:index], said, *comments[index + 1 :])
    return tuple(comments)


PETS, ANIMALS, ANYTHING, PAIRS, PHOTO = "반려동물", "동물", "무엇", "둘", "사진"
_BY_COUNTER = {
    "마리": ANIMALS, "그루": "식물", "송이": "꽃", "켤레": "차림", "벌": "차림", "권": "책",
    "잔": "음료", "접시": "음식", "판": "음식", "그릇": "음식", "척": "탈것", "채": "건물",
    "곳": "풍경",
}  # fmt: skip
"""Kinds of names that the file does not list, by the word that they are counted with."""

_PLACE = re.compile(r"\{([가-힣]*)(2?)\}")
_TWO_FORMS = frozenset("이을은과")


class Kinds(NamedTuple):
    """The file: name -> kind, kind -> its sentences."""

    by_name: Mapping[str, str]
    sentences: Mapping[str, tuple[str, ...]]


def kind(name: str) -> str:
    """Return the kind of thing that *name* is.

    >>> kind("고양이"), kind("알파카"), kind("유니콘")
    ('반려동물', '동물', '무엇')
    """
    known = kinds().by_name
    found = known.get(name) or known.get(name.split(" ")[-1]) or _BY_COUNTER.get(counter(name))
    return found or ANYTHING


def about(name: str, other: str = "") -> list[str]:
    """Return every sentence about the thing *name*, or about it and the *other* thing.

    >>> about("책")[0]
    '책은 어떤 내용인지 궁금해요! 📚'
    """
    patterns = kinds().sentences[PAIRS if other else kind(name)]
    return [_PLACE.sub(lambda hit: _said(hit, name, other), pattern) for pattern in patterns]


def _said(hit: re.Match[str], name: str, other: str) -> str:
    word = other if hit.group(2) else name
    particle = hit.group(1)
    return attach(word, particle) if particle in _TWO_FORMS else word + particle


def compose(things: Sequence[str], moods: Sequence[str], number: int, seed: int) -> list[str]:
    """Return up to *number* different comments about some of the *things*.

    Args:
        moods: sentences about the face, one of which comes first; none without a face.
        seed: the same seed gives the same comments.

    >>> len(compose(("고양이", "소파"), (), 8, 0))
    8
    """
    rng = random.Random(seed)
    texts: dict[str, None] = {}
    for _ in range(4 * number):
        parts = [rng.choice(moods)] if moods else []
        parts += _parts(things, rng, most=1 if moods else 2)
        texts[" ".join(parts)] = None
        if len(texts) == number:
            break
    return list(texts)


def _parts(things: Sequence[str], rng: random.Random, most: int) -> list[str]:
    """Return a sentence or two about one thing or two, and about the photo as a whole."""
    photo = kinds().sentences[PHOTO]
    if not things:
        return _unlike(rng.sample(photo, rng.choice((1, 2))))
    chosen = rng.sample(list(things), min(len(things), 2))
    if len(chosen) == 2 and rng.random() < 0.5:
        return [rng.choice(about(*chosen))]
    sentences = [rng.choice(about(name)) for name in chosen[:most]]
    if len(sentences) < most and rng.random() < 0.4:
        sentences.append(rng.choice(photo))
    return _unlike(sentences)


def _unlike(sentences: list[str]) -> list[str]:
    """Return the sentences, or the first alone where two of them end alike."""
    return sentences if len(set(map(_shape, sentences))) == len(sentences) else sentences[:1]


def _shape(sentence: str) -> str:
    """Return the sentence's end, which two sentences of one comment should not share."""
    return sentence.split(" ", 1)[-1]


@functools.cache
def kinds() -> Kinds:
    """Return the file's contents, read once."""
    lines = (paths.resources_dir() / "words" / "phrases.txt").read_text(encoding="utf-8")
    by_name: dict[str, str] = {}
    sentences: dict[str, tuple[str, ...]] = {}
    current = ""
    for line in filter(None, lines.splitlines()):
        if line.startswith("["):
            current, names = line[1:].split("]")
            by_name |= {name: current for name in names.strip().split(", ") if name}
            sentences[current] = ()
        elif not line.startswith("#"):
            sentences[current] += (line,)
    return Kinds(by_name, sentences)
