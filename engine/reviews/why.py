"""Which words of a review decided in precise mode: what happens without each of them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.encoder import occlusion
from engine.encoder.occlusion import Word
from engine.evidence import Evidence
from engine.reviews import fusion
from engine.reviews.model import Answering


def contributions(text: str, words: Sequence[Word], answering: Answering) -> list[Evidence]:
    """Return each word with how far the precise log-odds of 긍정 fall without it.

    Raises:
        ModelMissingError, ModelCorruptError: a model is not there or damaged.
    """
    found = occlusion.drops(text, words, lambda texts: fusion.log_odds(answering, texts))
    return [
        Evidence(start, end, text[start:end], weight, kind) for (start, end, kind), weight in found
    ]
