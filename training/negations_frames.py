"""Frames of the made-up reviews that praise or blame, plainly or by one denial or two."""

from __future__ import annotations

from training.korean_forms import COPULA, Predicate, particle, predicate
from training.negations_draw import INTENSE, NOT_AT_ALL, NOT_MUCH, Draw, Said
from training.negations_words import Finding


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
