"""What the comment writer reads before it sees comments: the Korean texts of the data folder.

Left out are the AI Hub utterances (a writer must not learn them by heart), comments that people
marked as hateful or offensive, held-out photo comments, and texts too short or long to learn from.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.text import has_hangul, normalize
from training.comments_data import Pair, read_pairs, split
from training.encoder_texts import SOURCES

COMMENTS = "comments/comments_train.json"
_HATE = "hate_speech/train.tsv"
_LEFT_OUT = frozenset({"emotion_text/emotion7_train.tsv.gz", COMMENTS, _HATE})
_SHORTEST, _LONGEST = 12, 110
_POLITE = re.compile(r"(요|니다|니까|세요)[^가-힣\w]*$")
_NOISE = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]{3,}|https?:|(.)\1{3,}")
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(은|는|이|가|을|를|의|에|도|와|과|로|으로|에서|까지|만|이나|나)$"
)


def read_texts(data: Path) -> Iterator[str]:
    """Yield the readable texts of the folder *data*, photo comments left out.

    Raises:
        InputError: a file is not as it needs to be.
    """
    for name, read in SOURCES.items():
        path = data / name
        if name in _LEFT_OUT or not path.exists():
            continue
        yield from filter(None, (tidy(item.text) for item in read(path)))
    yield from filter(None, map(tidy, _kind_comments(data / _HATE)))


def _kind_comments(path: Path) -> Iterator[str]:
    """Yield the comments that people marked as neither hateful nor offensive."""
    from engine.reporting.sets.rows import read_tsv

    if path.exists():
        yield from (row["comments"] for row in read_tsv(path) if row.get("hate") == "none")


def tidy(text: str) -> str | None:
    """Return the text on one line, or None where there is nothing to learn from it.

    >>> tidy("정말  재미있게 봤습니다!"), tidy("ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ")
    ('정말 재미있게 봤습니다!', None)
    """
    text = normalize(text)
    fits = _SHORTEST <= len(text) <= _LONGEST and " " in text
    return text if fits and has_hangul(text) and not _NOISE.search(text) else None


def polite(text: str) -> bool:
    """Whether a text ends politely, as the photo comments do.

    >>> polite("재미있었어요!!"), polite("재미있었다.")
    (True, False)
    """
    return _POLITE.search(text) is not None


def mixed(data: Path, size: int, seed: int) -> list[str]:
    """Return *size* texts for pretraining: two of three polite ones, as far as they last."""
    rng = random.Random(seed)
    gentle: list[str] = []
    plain: list[str] = []
    for text in dict.fromkeys(read_texts(data)):
        (gentle if polite(text) else plain).append(text)
    rng.shuffle(gentle)
    rng.shuffle(plain)
    first = gentle[: size * 2 // 3]
    texts = first + plain[: size - len(first)]
    rng.shuffle(texts)
    return texts


def fit_pairs(data: Path) -> list[Pair]:
    """Return the photo comments of the folder that may be trained on."""
    return split(read_pairs(data / COMMENTS))["fit"]


def keywords(text: str, rng: random.Random, most: int = 4) -> list[str]:
    """Return a few nouns and stems of a text in any order, as if they were a photo's labels.

    >>> keywords("나무가", random.Random(0))
    ['나무']
    """
    words = [re.sub(r"[^\w]", "", word) for word in text.split()]
    stems = [_PARTICLE.sub("", word) for word in words]
    known = list(dict.fromkeys(stem for stem in stems if len(stem) >= 2 and stem in text))
    return rng.sample(known, min(len(known), rng.randint(1, most)))


def corrupted(
    ids: Sequence[int], sentinels: Sequence[int], rng: random.Random, share: float = 0.3
) -> tuple[list[int], list[int]]:
    """Return (input, target) of T5's span corruption (Raffel et al. 2020).

    Spans of about three pieces, *share* of all, become sentinels; the target says what each hid.
    """
    wanted = max(1, min(len(sentinels), round(len(ids) * share / 3)))
    starts = sorted(rng.sample(range(len(ids)), min(wanted, len(ids))))
    source: list[int] = []
    target: list[int] = []
    at = 0
    for sentinel, start in zip(sentinels, starts, strict=False):
        if start < at:
            continue
        end = min(len(ids), start + rng.randint(1, 5))
        source += [*ids[at:start], sentinel]
        target += [sentinel, *ids[start:end]]
        at = end
    return source + list(ids[at:]), target
