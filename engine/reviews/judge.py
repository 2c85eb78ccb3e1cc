"""From a text to its judgement."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from engine import morphemes, ngrams, text
from engine.errors import InputError, Message
from engine.jobs import Progress
from engine.reviews import evidence, model, rules
from engine.reviews.model import Answering
from engine.reviews.results import LABELS, POSITIVE, ReviewResult, RuleHit

RULE_CONFIDENCE = 0.92
"""How often an unnegated rule was right on the held-out films; the recipe claimed 0.99."""

_BATCH = 512


def predict(
    given: str, *, explain: bool = True, use_rules: bool = False, wait: bool = True
) -> ReviewResult:
    """Judge one review.

    Args:
        explain: also say which words decided (starts the morpheme analyser).
        use_rules: let an unnegated strong word of the classic recipe override the model.
        wait: wait for the morpheme analyser's start (seconds); otherwise rules cut the
            words until it runs, and ``tokenizer`` says so.

    Raises:
        InputError: the text is empty or longer than ``engine.text.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    text.check_text(given)
    answering = model.answering()
    result = _results([given], answering)[0]
    if use_rules:
        result = _overridden(result)
    return _explained(result, answering, wait) if explain else result


def predict_many(texts: Sequence[str], progress: Progress | None = None) -> list[ReviewResult]:
    """Judge many reviews without explanations, in order.

    Raises:
        InputError: one of the texts cannot be judged; the sentence names its number.
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: the model cannot be loaded.
    """
    answering = model.answering()
    progress = progress or Progress()
    results: list[ReviewResult] = []
    for first in range(0, len(texts), _BATCH):
        done = Message(
            f"{len(texts):,}개 가운데 {first:,}개를 읽었어요", f"{first:,} of {len(texts):,} read"
        )
        progress.report(first / len(texts), done)
        part = texts[first : first + _BATCH]
        for number, item in enumerate(part, start=first + 1):
            _check(item, number)
        results += _results(part, answering)
    progress.report(1.0)
    return results


def _check(given: str, number: int) -> None:
    try:
        text.check_text(given)
    except InputError as error:
        ko, en = error.message
        raise InputError(f"{number:,}번째 글: {ko}", f"Text {number:,}: {en}") from error


def _results(texts: Sequence[str], answering: Answering) -> list[ReviewResult]:
    scores = model.score(answering, [ngrams.fold(item) for item in texts])
    positive = np.exp(-np.logaddexp(0.0, -scores.log_odds.astype(np.float64)))
    return [
        ReviewResult(
            text=item,
            label=LABELS[int(chance > 0.5)],
            positive=float(chance),
            confidence=float(max(chance, 1.0 - chance)),
            stars=round(float(rating)) / 2,
            rating=float(rating),
            evidence=(),
            rule=rules.find(item),
            tokenizer="",
            model=answering.label,
            warnings=_warnings(item),
        )
        for item, chance, rating in zip(texts, positive, scores.rating, strict=True)
    ]


def _warnings(given: str) -> tuple[Message, ...]:
    if text.has_hangul(given):
        return ()
    return (
        Message(
            "한글이 없는 글이에요. 한국어 리뷰로 학습한 모델이라 결과가 정확하지 않을 수 있어요.",
            "There is no Korean in this text; the model learned from Korean reviews, "
            "so the answer may be off.",
        ),
    )


def _overridden(result: ReviewResult) -> ReviewResult:
    """Let the strong word answer, unless a negation follows it."""
    hit = result.rule
    if hit is None or hit.negated:
        return result
    applied = dataclasses.replace(hit, applied=True)
    if hit.label == result.label:
        return dataclasses.replace(result, rule=applied)
    chance = RULE_CONFIDENCE if hit.label == POSITIVE else 1.0 - RULE_CONFIDENCE
    return dataclasses.replace(
        result, label=hit.label, positive=chance, confidence=RULE_CONFIDENCE, rule=applied
    )


def _explained(result: ReviewResult, answering: Answering, wait: bool) -> ReviewResult:
    carried = evidence.character_weights(result.text, answering)
    analysis = morphemes.analyse(result.text, wait=wait)
    found = evidence.gather(result.text, carried, analysis.morphemes, _spans(result.rule))
    reason = () if analysis.reason is None else (analysis.reason,)
    return dataclasses.replace(
        result,
        evidence=found,
        tokenizer=analysis.tokenizer,
        warnings=result.warnings + reason,
    )


def _spans(hit: RuleHit | None) -> list[tuple[int, int]]:
    return [] if hit is None else [(hit.start, hit.end)]
