"""The photo comments as training pairs: reading, splitting, and pieces of text.

``python -m training comments-data --data comments_train.json --out FOLDER`` writes the
three splits that the model card's figures are made on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.comments.labels import EXPRESSIONS, HIDDEN, mentions, split_labels
from engine.comments.write.generate import THING_EMOJI
from engine.comments.write.rerank import contradicts
from engine.text.korean.object_names import COCO
from engine.text.korean.particles import has_final, swap_name

SPLITS = {"stop": 40, "report": 93}
"""Held out, in thousandths of the rows: for early stopping and tuning; for figures only."""

SEEN = "label_sets.txt"
"""Hashes of the label sets that a model was trained on, one a line, in its folder."""

_SENTENCE = re.compile(r"[^.!?…]*[.!?…]+[^\w.!?…]*|[^.!?…]+$")


@dataclass(frozen=True)
class Pair:
    """One photo's labels and the comment that was written for it."""

    labels: tuple[str, ...]
    comment: str


def read_pairs(path: Path) -> list[Pair]:
    """Read a JSON list of ``{"labels": "기쁨, 나무", "comment": "…"}``.

    Raises:
        ValueError: the file is not such a list.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError(f"{path} is not a list of labels and comments")
    try:
        return [Pair(split_labels(row["labels"]), row["comment"].strip()) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a list of labels and comments") from error


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Write pairs in the layout that :func:`read_pairs` reads."""
    rows = [{"labels": ", ".join(pair.labels), "comment": pair.comment} for pair in pairs]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")


def split(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Part the pairs into ``fit``, ``stop`` and ``report`` by a hash of each row.

    Equal rows stay together. Label sets with a single row become unseen ones when that
    row is held out, which gives the share of unseen sets (about 18 %) of the final test.
    """
    parts: dict[str, list[Pair]] = {"fit": [], "stop": [], "report": []}
    for pair in pairs:
        key = ", ".join(pair.labels) + "\t" + pair.comment
        bucket = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 1000
        if bucket < SPLITS["stop"]:
            parts["stop"].append(pair)
        elif bucket < SPLITS["stop"] + SPLITS["report"]:
            parts["report"].append(pair)
        else:
            parts["fit"].append(pair)
    return parts


def set_hash(labels: Sequence[str]) -> str:
    """Return twelve digits that stand for a set of labels, in whatever order.

    >>> set_hash(("기쁨", "나무")) == set_hash(("나무", "기쁨"))
    True
    """
    return hashlib.sha256(", ".join(sorted(set(labels))).encode()).hexdigest()[:12]


def sentences(comment: str) -> list[str]:
    """Split a comment into sentences; emoji after the full stop stay with theirs.

    >>> sentences("슬퍼 보이네요... 😢 재킷이 멋져요!")
    ['슬퍼 보이네요... 😢', '재킷이 멋져요!']
    """
    return [part.strip() for part in _SENTENCE.findall(comment) if part.strip()]


def main(argv: Sequence[str] | None = None) -> None:
    """Write fit.json, stop.json and report.json into a folder."""
    parser = argparse.ArgumentParser(prog="python -m training comments-data")
    parser.add_argument("--data", type=Path, required=True, help="comments_train.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for the three files")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    parts = split(read_pairs(args.data))
    seen = {frozenset(pair.labels) for pair in parts["fit"]}
    for name, pairs in parts.items():
        write_pairs(args.out / f"{name}.json", pairs)
        unseen = sum(frozenset(pair.labels) not in seen for pair in pairs)
        print(f"{name}: {len(pairs)} rows, {unseen} with a label set that fit has not")


# ----------------------------------------------------------------------------------------
# More photos out of few: labels shuffled, dropped and swapped, sentences taken apart.
#
# Everything is made from the training pairs, so nothing new has to be collected:
#
# * labels keep "expressions first, then objects", objects in any order;
# * a label that the comment does not speak of may be dropped from the prompt;
# * an object that the comment names is swapped for another of its kind, with its Korean
#   particle mended, which teaches the model to copy names that it has rarely seen;
# * sentences without a word of feeling become answers to prompts without an expression.


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


if __name__ == "__main__":
    main()
