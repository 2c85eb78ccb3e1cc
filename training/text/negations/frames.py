"""Made-up Korean reviews of denial, contrast, concession, degree and plain sarcasm.

Rated reviews have few of them, and models that learn from words alone judge them by their
loudest word. Every sentence comes from a frame (:mod:`training.text.negations.frames`) or a set
phrase (:mod:`training.text.negations.idioms`), with a rating that a reader would give.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from training.text.encoder.pack import encoder_text
from training.text.negations.idioms import IDIOMS, SAYINGS
from training.text.negations.words import (
    COPULA,
    EXISTENCE,
    INTENSE,
    NOT_AT_ALL,
    NOT_MUCH,
    RATINGS,
    VERB,
    Draw,
    Finding,
    Predicate,
    Said,
    particle,
    predicate,
)


def group_of(topic: str) -> str:
    """Return the group of a topic such as "goods:배송"."""
    return topic.split(":")[0]


def plain(draw: Draw, side: int) -> Said:
    """진짜 X, 조금 X, or X alone."""
    item, topic = draw.finding(side, draw.group())
    level, adverb = item.level, ""
    if draw.chance(0.5) and item.word.kind != COPULA:
        adverb = draw.one(INTENSE) + " "
        level = level if level == -1 and draw.chance(0.5) else _stronger(level)
    elif item.word.kind != COPULA and draw.chance(0.3):
        adverb = draw.one(
            ("나름", "꽤", "생각보다") if side > 0 else ("조금", "좀", "약간", "살짝")
        )
        adverb, level = adverb + " ", side
    return Said(
        draw.subject(topic, also=True) + adverb + draw.end(item.word), level, group_of(topic)
    )


def _stronger(level: int) -> int:
    return max(-3, min(3, level + (1 if level > 0 else -1)))


def denied(draw: Draw, side: int) -> Said:
    """X지 않다, 안 X, with 전혀, 별로 and their like; *side* is the sentence's."""
    item, topic = draw.finding(-side, draw.group(), deny=True)
    word, level = denied_word(draw, item)
    return Said(draw.subject(topic, also=True) + draw.end(word), level, group_of(topic))


def denied_word(draw: Draw, item: Finding) -> tuple[Predicate, int]:
    """Return 안 X or X지 않다 with 전혀, 별로 or neither before it, and its level."""
    short = item.short and draw.chance(0.6)
    side = -1 if item.level > 0 else 1
    degree = draw.rng.choice((NOT_AT_ALL, NOT_AT_ALL, NOT_MUCH, NOT_MUCH, (), ()))
    head = draw.one(degree) + " " if degree else ""
    link = draw.one(("지", "지", "지", "지는", "진") if degree is not NOT_AT_ALL else ("지",))
    word = item.word.after("안 ") if short else item.word.denied_by(link)
    if degree is NOT_AT_ALL:
        return word.after(head), 2 * side
    if degree is NOT_MUCH or link != "지":
        return word.after(head), side
    return word, side if side > 0 or abs(item.level) == 1 else -2


_PLACES = ("장면", "부분", "구석", "순간", "데")


def without(draw: Draw, side: int) -> Said:
    """X은 장면이 없다, X지 않은 장면이 없다: one denial or two."""
    about = draw.one(("whole", "whole", "story", "directing"))
    double = draw.chance(0.45)
    item, _ = draw.finding(side if double else -side, about, deny=True)
    word = item.word
    if double:
        word = word.after("안 ") if item.short and draw.chance(0.5) else word.denied
    place = draw.one(_PLACES)
    much = draw.one(("", "", "하나도 ", "단 하나도 ", "아예 ", "전혀 "))
    absent = predicate("없").after(f"{word.modifier} {particle(place, '이', '가')} {much}")
    subject = draw.subject("whole")
    return Said(subject + draw.end(absent), 3 if side > 0 else -2)


def doubled(draw: Draw, side: int) -> Said:
    """X지 않을 수 없다, 안 X을 수가 없다, X을 리가 없다, X다고 할 수 없다."""
    item, topic = draw.finding(side, draw.one(("whole", "story", "acting")), deny=True)
    other, _ = draw.finding(-side, topic, deny=True, again=True)
    name = draw.one(("수", "수가", "리가", "말"))
    if name == "말":
        call = f"{other.word.quoted} {draw.one(('할 수', '말할 수', '하기'))}"
        last = predicate("어렵" if call.endswith("하기") else "없")
        return Said(f"{draw.subject(topic)}{draw.end(last.after(call + ' '))}", side)
    if name == "리가":
        text = (
            f"{draw.subject(topic)}{draw.end(predicate('없').after(other.word.future + ' 리가 '))}"
        )
        return Said(text, 2 * side)
    twice = item.word.after("안 ") if item.short and draw.chance(0.6) else item.word.denied
    text = draw.end(predicate("없").after(f"{twice.future} {name} "))
    return Said(draw.subject(topic) + text, 3 * side if side > 0 else -2)


def doubted(draw: Draw, side: int) -> Said:
    """왜 X다는지 모르겠다, 뭐가 X다는 건지, 누가 X대: someone else's judgement is refused."""
    other, topic = draw.finding(-side, "whole", deny=True)
    word = other.word
    claim = word.quoted.removesuffix("고")
    text = draw.one(
        (
            *(
                f"왜 {claim}는지 모르겠다",
                f"뭐가 {claim}는 건지 모르겠네요",
                f"도대체 뭐가 {claim}는 거지",
            ),
            *(
                f"{claim}는 사람들 이해가 안 간다",
                f"{claim}는 말에 동의 못 하겠어요",
                f"대체 누가 {claim}는 건지",
            ),
            *(
                f"{claim}는 평은 믿지 마세요",
                f"{claim}는 평점 이해 불가",
                f"{claim}는 리뷰는 틀렸습니다",
            ),
            *(
                f"이게 {claim}니 말도 안 된다",
                f"{claim}는 사람은 제대로 안 본 듯",
                f"{claim}는 게 이해가 안 됨",
            ),
        )
    )
    return Said(draw.subject(topic) + text, 2 * side)


# ----------------------------------------------------------------------------------------
# Frames of the made-up reviews that set two judgements against each other; all frames.


def _answer(draw: Draw, side: int, topic: str) -> tuple[str, int]:
    """Return a last clause of one side, said plainly or by denying the other."""
    if draw.chance(0.45):
        item, _ = draw.finding(-side, topic, deny=True, again=True)
        word, level = denied_word(draw, item)
        return draw.end(word), level
    item, _ = draw.finding(side, topic, again=True)
    adverb = draw.one(("", "", *INTENSE, "생각보다", "오히려", "의외로"))
    word = item.word if item.word.kind == COPULA or not adverb else item.word.after(adverb + " ")
    return draw.end(word), item.level


def expected(draw: Draw, side: int) -> Said:
    """X을 줄 알았는데 Y, X다고 하던데 Y, X다길래 걱정했는데 Y."""
    about = draw.group()
    item, topic = draw.finding(-side, about, deny=True)
    word = item.word if draw.chance(0.8) else item.word.denied
    if word is not item.word:
        item, topic = draw.finding(side, about, deny=True)
        word = item.word.denied
    doubt = draw.one(
        (
            *(f"{word.future} 줄 알았는데", f"{word.future} 줄 알았더니", f"{word.quoted} 하던데"),
            *(
                f"{word.quoted} 들었는데",
                f"{word.quoted} 해서 봤는데",
                f"남들은 {word.quoted} 하는데",
            ),
            *(
                f"{word.future} 거라고 생각했는데",
                f"{word.quoted}들 하지만",
                f"{word.future} 것 같았는데",
            ),
            *(
                f"다들 {word.quoted} 하지만",
                f"{word.quoted} 소문났던데",
                f"{word.quoted.removesuffix('고')}는 평이 많던데",
            ),
        )
    )
    doubt = doubt.replace("해서 봤는데", "해서 걱정했는데") if side > 0 else doubt
    last, level = _answer(draw, side, topic)
    return Said(f"{draw.subject(topic)}{doubt} {last}", level, about)


def confirmed(draw: Draw, side: int) -> Said:
    """X다고 하더니 진짜 X: what was said beforehand is true."""
    about = draw.group()
    item, topic = draw.finding(side, about)
    word = item.word
    doubt = draw.one(
        (f"{word.quoted} 하더니", f"{word.future} 줄 알았는데", f"{word.quoted} 들었는데")
    )
    adverb = draw.one(("역시", "역시나", "진짜", "정말", "예상대로"))
    again, _ = draw.finding(side, topic, again=True)
    text = f"{draw.subject(topic)}{doubt} {adverb} {draw.end(again.word)}"
    return Said(text, again.level, about)


def hoped(draw: Draw, side: int) -> Said:
    """기대 안 했는데 Y, 기대했는데 Y."""
    about = draw.one(("whole", "whole", "story", "acting", "action", "music", "book", "food"))
    low = (
        "기대 안 했는데",
        "기대 안 하고 봤는데",
        "별 기대 없이 봤는데",
        "기대를 하나도 안 했는데",
    )
    high = (
        "기대했는데",
        "기대 많이 했는데",
        "잔뜩 기대하고 봤는데",
        "기대가 컸는데",
        "기대하고 봤더니",
    )
    same_high = ("기대한 만큼", "기대했던 대로", "기대 이상으로", "기대를 많이 했는데 역시")
    same_low = ("기대 안 했는데 역시나", "기대도 안 했지만", "기대한 것보다", "기대에 비해")
    differs = draw.chance(0.75)
    head = draw.one(
        (low if differs else same_high) if side > 0 else (high if differs else same_low)
    )
    if about == "food":
        head = head.replace("봤는데", "갔는데").replace("봤더니", "갔더니")
    if differs:
        last, level = _answer(draw, side, about)
    else:
        item, _ = draw.finding(side, about)
        last, level = draw.end(item.word), item.level
    subject = draw.subject(about) if draw.chance(0.5) else ""
    return Said(f"{head} {subject}{last}", level, about)


_PARTS = ("story", "ending", "acting", "directing", "music", "picture", "action")


def _link(draw: Draw, word: Predicate) -> str:
    """Return X지만, X긴 한데, X은데 and their like."""
    does = "하는데" if word.kind == VERB else "한데"
    but = word.modifier + "데" if word.kind != EXISTENCE else word.stem + "는데"
    return draw.one(
        (
            *(f"{word.base}지만", f"{word.base}지만", f"{word.past}지만", f"{word.past}는데", but),
            *(f"{word.base}긴 {does}", f"{word.base}기는 하지만", f"{word.base}긴 해도"),
        )
    )


def weighed(draw: Draw, side: int) -> Said:
    """A part is bad, but the whole is good, or the other way round: the whole decides."""
    part = draw.one(_PARTS)
    item, topic = draw.finding(-side, part)
    whole, _ = draw.finding(side, "whole")
    lead = draw.one(
        ("전체적으로", "영화 자체는", "영화는", "그래도", "결국", "그럼에도", "다 보고 나면")
    )
    if side < 0:
        lead = draw.one(
            ("전체적으로", "영화 자체는", "영화는", "결국", "정작 영화가", "그것 말고는")
        )
    adverb = draw.one(("", "정말 ", "너무 ", "꽤 ")) if whole.word.kind != COPULA else ""
    text = f"{draw.subject(topic)}{_link(draw, item.word)} {lead} {adverb}{draw.end(whole.word)}"
    return Said(text, side * min(2, abs(whole.level)))


def mixed(draw: Draw, _side: int) -> Said:
    """One part is good and another bad: a rating in the middle."""
    first, second = draw.rng.sample(_PARTS, 2)
    side = draw.rng.choice((1, -1))
    (one, topic), (two, other) = draw.finding(side, first), draw.finding(-side, second)
    text = f"{draw.subject(topic)}{_link(draw, one.word)} {draw.subject(other)}{draw.end(two.word)}"
    return Said(text, 0)


def turned(draw: Draw, side: int) -> Said:
    """초반은 X지만 뒤로 갈수록 Y: the end decides."""
    item, _ = draw.finding(-side, "whole")
    last, _ = draw.finding(side, "whole")
    first = draw.one(
        ("초반은", "처음엔", "처음에는", "시작은", "초반엔 좀" if side > 0 else "초반만")
    )
    then = draw.one(("뒤로 갈수록", "중반부터", "후반부터", "갈수록", "나중엔", "끝에 가서는"))
    adverb = draw.one(("", "정말 ", "너무 ", "진짜 ")) if last.word.kind != COPULA else ""
    text = f"{first} {_link(draw, item.word)} {then} {adverb}{draw.end(last.word)}"
    return Said(text, side * min(abs(last.level), 2))


def neither(draw: Draw, _side: int) -> Said:
    """딱히 X지도 Y지도 않다, 그럭저럭 X: the middle."""
    about = draw.one(("whole", "story", "acting", "directing", "action"))
    good, topic = draw.finding(1, about, deny=True)
    bad, _ = draw.finding(-1, about, deny=True)
    if draw.chance(0.4):
        word = draw.rng.choice((predicate("볼만하"), predicate("괜찮"), predicate("재미있")))
        head = draw.one(("그럭저럭", "그냥저냥", "그냥 그런대로", "적당히", "그런대로", "무난하게"))
        return Said(f"{draw.subject('whole')}{head} {draw.end(word)}", 0.5)
    pair = [good.word.base, bad.word.base]
    draw.rng.shuffle(pair)
    last = draw.end(predicate("않"))
    head = draw.one(("딱히", "그렇게", "", "뭐"))
    text = f"{head} {pair[0]}지도 {pair[1]}지도 {last}".strip()
    return Said(draw.subject(topic) + text, 0)


_PRAISED = (
    *("잘 만들었네요", "잘 만들었다", "훌륭하네요", "대단하네", "대단한 영화네요", "감동적이네요"),
    *("재미있네요", "명작이네", "완벽하네요", "최고네요", "볼만하네요", "멋지네요", "대박이네"),
)
_TURNS = {
    1: (
        *("시간 가는 줄 몰랐어요", "또 보고 싶을 만큼", "돈이 하나도 안 아까워요", "두 번 봤어요"),
        *("눈을 뗄 수가 없었어요", "여운이 오래가요", "졸릴 틈이 없네", "온 가족이 울었어요"),
        *("안 봤으면 후회할 뻔", "친구한테도 추천했어요", "잠이 확 깼다", "하품 한 번 안 했어요"),
    ),
    -1: (
        *(
            "돈이 아깝게",
            "하품만 나오네",
            "보다가 세 번 잤어요",
            "덕분에 푹 잤습니다",
            "졸려 죽는 줄",
        ),
        *(
            "환불받고 싶을 만큼",
            "잠이 솔솔 와서 좋았음",
            "중간에 나왔어요",
            "시계만 봤네",
            "욕이 절로 나옴",
        ),
        *(
            "불면증에 특효약이네요",
            "다시는 안 볼 만큼",
            "극장에서 나 혼자 깨어 있더라",
            "돈 돌려주세요",
        ),
    ),
}


def sarcastic(draw: Draw, side: int) -> Said:
    """Praise, and then what shows whether it is meant: 참 잘 만들었네요 돈이 아깝게."""
    head = draw.one(("참 ", "아주 ", "정말 ", "와 진짜 ", "거참 ", "")) + draw.one(_PRAISED)
    text = head + draw.one((" ", " ", ", ", "... ", ". ")) + draw.one(_TURNS[side])
    return Said(text, 3 * side)


FRAMES: dict[Callable[[Draw, int], Said], int] = {
    plain: 10,
    denied: 22,
    expected: 13,
    confirmed: 4,
    hoped: 8,
    weighed: 7,
    mixed: 6,
    turned: 4,
    neither: 3,
    without: 6,
    doubled: 7,
    doubted: 4,
    sarcastic: 4,
}
"""Each frame and its share of the sentences."""


COUNT = 25_000
_IDIOM_SHARE = 0.17
_TRIES = 40
_HEADS = ("영화", "이 영화", "이 작품", "이거", "작품", "드라마", "결국")


@dataclass(frozen=True)
class Made:
    """One sentence as the encoder reads it, its rating 1..10, and what made it."""

    text: str
    rating: int
    frame: str


def generate(count: int = COUNT, seed: int = 0) -> list[Made]:
    """Return at most *count* distinct sentences, the same ones for the same seed.

    Fewer come back only where the grammar has no more.
    """
    draw = Draw(random.Random(f"negations {seed}"))
    frames, weights = list(FRAMES), list(FRAMES.values())
    found: dict[str, Made] = {}
    for _ in range(count * _TRIES):
        if len(found) >= count:
            break
        if draw.chance(_IDIOM_SHARE):
            name, said = "idiom", _idiom(draw)
        else:
            frame = draw.rng.choices(frames, weights)[0]
            name, said = frame.__name__, frame(draw, draw.rng.choice((1, -1)))
        text = encoder_text(draw.dressed(said))
        rating = draw.rng.choice(RATINGS[said.level])
        found.setdefault(text, Made(text, rating, name))
    return list(found.values())


def _idiom(draw: Draw) -> Said:
    if draw.chance(0.25):
        level, sentence = draw.rng.choice(SAYINGS)
        return Said(sentence, level)
    level, phrase = draw.rng.choice(IDIOMS)
    head = draw.one(_HEADS) + " " if draw.chance(0.4) else ""
    if head and draw.chance(0.25):
        head += draw.one(("정말 ", "진짜 ", "솔직히 "))
    return Said(head + draw.end(phrase), level)
