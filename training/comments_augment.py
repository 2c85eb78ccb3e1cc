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
_THING_EMOJI = re.compile(  # not those of moods: hearts, party, sparkle, faces
    "[\U0001f300-\U0001f388\U0001f38b-\U0001f493\U0001f497-\U0001f4a1\U0001f4ac-\U0001f5ff"
    "\U0001f680-\U0001f90b\U0001f950-\U0001f96f\U0001f980-\U0001faff]"
)
_PARTICLES = {
    **dict.fromkeys(("은", "는"), ("은", "는")),
    **dict.fromkeys(("이", "가"), ("이", "가")),
    **dict.fromkeys(("을", "를"), ("을", "를")),
    **dict.fromkeys(("과", "와"), ("과", "와")),
    **dict.fromkeys(("으로", "로"), ("으로", "로")),
    **dict.fromkeys(("이네요", "네요"), ("이네요", "네요")),
}
_PLAIN = ("도", "의", "에서", "에", "와의", "과의", "까지", "만", "")
_AFTER = re.compile(
    "(" + "|".join(sorted([*_PARTICLES, *_PLAIN[:-1]], key=len, reverse=True)) + r")?(?![가-힣])"
)


def has_final(word: str) -> bool:
    """Whether the last Hangul syllable ends in a consonant.

    >>> has_final("책"), has_final("나무")
    (True, False)
    """
    last = next((c for c in reversed(word) if "가" <= c <= "힣"), "나")
    return (ord(last) - ord("가")) % 28 > 0


def swap_name(comment: str, old: str, new: str) -> str | None:
    """Replace the noun *old* by *new* with fitting particles; None where that is unsafe.

    >>> swap_name("재킷이 멋져요!", "재킷", "스카프")
    '스카프가 멋져요!'
    >>> swap_name("차량이 멋져요!", "차", "버스") is None
    True
    """
    out, at, found = [], 0, False
    for hit in re.finditer(re.escape(old), comment):
        before = comment[hit.start() - 1 : hit.start()]
        after = _AFTER.match(comment, hit.end())
        if after is None or "가" <= before <= "힣":
            return None
        found = True
        particle = after.group(1) or ""
        if particle in _PARTICLES:
            particle = _PARTICLES[particle][0 if has_final(new) else 1]
            if particle == "으로" and (ord(new[-1]) - ord("가")) % 28 == 8:
                particle = "로"  # after ㄹ
        out += [comment[at : hit.start()], new, particle]
        at = after.end()
    return "".join([*out, comment[at:]]) if found else None


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
            comment = _THING_EMOJI.sub("", swapped).strip()
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
