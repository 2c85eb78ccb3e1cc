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

from engine.comments.labels import EXPRESSIONS, HIDDEN, mentions
from engine.comments.names import COCO
from engine.comments.particles import swap_name
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

FEELING = re.compile(
    "공포|무서|무섭|두려|소름|긴장|섬뜩|으스스|기쁨|기쁘|기뻐|기쁜|행복|즐거|즐겁|기분|슬프|슬퍼|슬픈|슬픔|"
    "아프|아픈|아픕|아파|힘내|힘든|위로|응원|괜찮|분노|화가|화난|화나|짜증|감정|표정|분위기|마음|강렬|😱|😢|😠|😨|💔"
)


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

    Sentences that name nothing at all answer the empty prompt (a photo without a find).
    """
    derived: list[Pair] = []
    for pair in pairs:
        objects = [label for label in pair.labels if label not in EXPRESSIONS]
        calm = [s for s in sentences(pair.comment) if not FEELING.search(s)]
        named = tuple(o for o in objects if any(mentions(o, s) for s in calm))
        text = " ".join(calm)
        if len(text) >= 10 and (named or not objects):
            derived.append(Pair(named, text))
    return derived
