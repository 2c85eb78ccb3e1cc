"""More photos out of few: labels shuffled, dropped and swapped, sentences taken apart.

Everything is made from the training pairs, so nothing new has to be collected:

* labels keep "expressions first, then objects", objects in any order;
* a label that the comment does not speak of may be dropped from the prompt;
* an object that the comment names is swapped for another of its kind, with its Korean
  particle mended, which teaches the model to copy names that it has rarely seen;
* sentences without a word of feeling become answers to prompts without an expression.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from engine.comments.feeling import contradicts
from engine.comments.labels import EXPRESSIONS, HIDDEN, mentions
from engine.comments.names import COCO
from engine.comments.particles import has_final, swap_name
from engine.comments.stand_in import THING_EMOJI
from training.comments_data import Pair, sentences


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORN = _words(
    "재킷 안경 스카프 넥타이 정장 신발 목걸이 셔츠 드레스 청바지 모자 귀걸이 고글 헬멧 코트 부츠 "
    "선글라스 핸드백 헤드폰 운동복 배낭 시계"
)
"""Things that a comment says suit the person; swapped only for one another."""

COMMON = tuple(korean for _, korean in COCO if korean not in HIDDEN) + _words(
    "기타 피아노 커피 꽃 바다 산 카메라 풍선 선물 램프 창문 거울 하늘 눈 공원 해변 다리 문 컴퓨터"
)
"""Everyday things and the detector's names, so that names which the data lacks are copied too."""

_MOODY = re.compile(
    "긴장|감정|표정|분위기|마음|강렬|어두|어둡|음산|아프|아픈|아픕|아파|느낌|찌릿|묘하|심상|조심|걱정|"
    "좋은 일|무슨 일|어떤 일|상황|그런|그 |이런 |이럴|😟|🥺|😔|😨|😰|😞"
)
"""Words that point back to a mood or to what was said before."""

_PRAISE = re.compile("멋|예쁘|예뻐|예쁜|아름|사랑스|귀여|순간|사진|근사|인상|독특")


def _calm(sentence: str) -> bool:
    """Whether a sentence fits a photo without a face."""
    return not contradicts((), sentence) and not _MOODY.search(sentence)


def vary(pair: Pair, things: Sequence[str], rng: random.Random) -> Pair:
    """Return the pair with its objects shuffled, some silent ones dropped, one swapped."""
    feelings = [label for label in pair.labels if label in EXPRESSIONS]
    objects = [label for label in pair.labels if label not in EXPRESSIONS]
    comment = pair.comment
    if rng.random() < 0.5:
        rng.shuffle(objects)
    kept = [o for o in objects if mentions(o, comment) or rng.random() > 0.15]
    objects = kept if feelings or kept else objects
    named = [o for o in objects if mentions(o, comment)]
    if named and rng.random() < 0.25:
        old = rng.choice(named)
        pool = sorted(WORN) if old in WORN else things
        new = rng.choice(pool)
        swapped = swap_name(comment, old, new)
        if swapped and new not in objects:
            objects[objects.index(old)] = new
            comment = THING_EMOJI.sub("", swapped).strip()
    return Pair((*feelings, *objects), comment)


def calm_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """Derive pairs without an expression: sentences that name objects and no feeling.

    Praise that names nothing at all answers the empty prompt (a photo without a find).
    """
    derived: list[Pair] = []
    for pair in pairs:
        objects = [label for label in pair.labels if label not in EXPRESSIONS]
        calm = [s for s in sentences(pair.comment) if _calm(s)]
        named = tuple(o for o in objects if any(mentions(o, s) for s in calm))
        text = " ".join(calm)
        if len(text) >= 10 and (named or (not objects and _PRAISE.search(text))):
            derived.append(Pair(named, text))
    return derived


_ALSO = re.compile(r"^(\S+)도(?= )")


def joined(calm: Sequence[Pair], rng: random.Random) -> Pair:
    """Return a calm pair, or two about different things as one; it never begins with "too"."""
    first = rng.choice(calm)
    second = rng.choice(calm)
    if first.labels and second.labels and set(first.labels).isdisjoint(second.labels):
        text = f"{_opened(first)} {second.comment}"
        if len(text) <= 80 and rng.random() < 0.5:
            return Pair((*first.labels, *second.labels), text)
    return Pair(first.labels, _opened(first))


def _opened(pair: Pair) -> str:
    """Return the comment with "안경도 멋져요" as "안경이 멋져요", since nothing stands before."""
    found = _ALSO.match(pair.comment)
    if found is None or found.group(1) not in pair.labels:
        return pair.comment
    name = found.group(1)
    return f"{name}{'이' if has_final(name) else '가'}{pair.comment[found.end() :]}"
