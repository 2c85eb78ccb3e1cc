"""Made-up Korean reviews of denial, contrast, concession, degree and plain sarcasm.

Rated reviews have few of them, and models that learn from words alone judge them by their
loudest word. Every sentence comes from a frame (:mod:`training.negations_frames`) or a set
phrase (:mod:`training.negations_idioms`), with a rating that a reader would give.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from training.encoder_texts import encoder_text
from training.negations_contrast import FRAMES
from training.negations_draw import Draw, Said
from training.negations_idioms import IDIOMS
from training.negations_sayings import SAYINGS
from training.negations_words import RATINGS

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
