"""From a text to its emotions, and to the words that made them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine import morphemes, text
from engine.emotions import answering, fusion
from engine.emotions.fine import FINE_LABELS, KOTE_LABELS
from engine.emotions.results import LABELS, EmotionResult, FineEmotion
from engine.encoder import occlusion
from engine.evidence import Evidence, strongest
from engine.jobs import Progress
from engine.ngrams import Floats

_BATCH = 512
_FINE = [KOTE_LABELS.index(name) for name in FINE_LABELS]


def predict(given: str) -> EmotionResult:
    """Name the emotion of one text, and its fine emotions.

    Raises:
        InputError: the text is empty or longer than ``engine.text.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    return predict_many([given])[0]


def predict_many(texts: Sequence[str], progress: Progress | None = None) -> list[EmotionResult]:
    """Name the emotions of each text, in order; raises as :func:`predict` does."""
    label = answering.model_label()
    progress = progress or Progress()
    results: list[EmotionResult] = []
    for first in range(0, len(texts), _BATCH):
        progress.report(first / len(texts))
        part = [text.check_text(item) for item in texts[first : first + _BATCH]]
        found, threshold = answering.chances(part), fusion.fusion().threshold
        for item, seven, kote in zip(part, np.exp(found.seven).tolist(), found.kote, strict=True):
            best = int(np.argmax(seven))
            shares = dict(zip(LABELS, seven, strict=True))
            fine = _fine(kote, threshold)
            results.append(EmotionResult(item, LABELS[best], seven[best], shares, label, fine))
    progress.report(1.0)
    return results


def _fine(kote: Floats, threshold: float) -> tuple[FineEmotion, ...]:
    """Return the 43 emotions of KOTE's (44,) probabilities, the likeliest first."""
    each = zip(FINE_LABELS, kote[_FINE].tolist(), strict=True)
    ordered = sorted(each, key=lambda item: -item[1])
    return tuple(FineEmotion(name, chance, chance >= threshold) for name, chance in ordered)


def kote_marks(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return (N, 44) booleans: which of ``KOTE_LABELS``, 없음 included, are over the threshold.

    Raises:
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    return fusion.chances(texts).kote >= fusion.fusion().threshold


def explain(given: str, *, wait: bool = False) -> tuple[Evidence, ...]:
    """Return the words that made the answered label likelier (or, below 0, less likely).

    A word's weight is how far the label's log-odds fall without it.

    Args:
        wait: start the morpheme analyser if need be (seconds); otherwise rules cut the
            words until it runs.

    Raises:
        InputError: the text is empty or longer than ``engine.text.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    best = int(answering.chances([text.check_text(given)]).seven[0].argmax())
    words = morphemes.content_words(morphemes.analyse(given, wait=wait).morphemes)
    found = occlusion.drops(given, words, lambda texts: _log_odds(texts, best))
    return strongest(
        [
            Evidence(start, end, given[start:end], weight, kind)
            for (start, end, kind), weight in found
        ]
    )


def _log_odds(texts: Sequence[str], label: int) -> Floats:
    """Return (N,) log-odds of one label."""
    chance = answering.chances(texts).seven
    return chance[:, label] - np.log(np.maximum(-np.expm1(chance[:, label]), 1e-12))
