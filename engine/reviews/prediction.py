"""From a text to its judgement."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reviews import explain as evidence
from engine.reviews import explain as why
from engine.reviews import fusion, model, rules
from engine.reviews.model import Answering, Scores
from engine.reviews.result import LABELS, MODES, POSITIVE, PRECISE, THREE_WAY, ReviewResult
from engine.text import encoder, morphemes, ngrams, normalize
from engine.text.evidence import strongest

RULE_CONFIDENCE = 0.92
"""How often an unnegated rule was right on the held-out films; the recipe claimed 0.99."""

_BATCH = 512


def predict(
    given: str,
    *,
    explain: bool = True,
    use_rules: bool = False,
    wait: bool = True,
    mode: str = PRECISE,
) -> ReviewResult:
    """Judge one review.

    Args:
        explain: also say which words decided (starts the morpheme analyser).
        use_rules: let an unnegated strong word of the classic recipe override the model.
        wait: wait for the morpheme analyser's start (seconds); otherwise rules cut the
            words until it runs, and ``tokenizer`` says so.
        mode: ``"precise"`` (encoder and n-grams) or ``"instant"`` (n-grams alone).

    Raises:
        InputError: the text is empty or longer than ``engine.text.normalize.MAX_CHARACTERS``.
        ModelMissingError, ModelCorruptError: a model that the mode needs cannot be loaded.
        ValueError: there is no such mode.
    """
    normalize.check_text(given)
    answering = model.answering()
    result = _results([given], answering, mode)[0]
    if use_rules:
        result = _overridden(result)
    return _explained(result, answering, wait) if explain else result


def predict_many(
    texts: Sequence[str], progress: Progress | None = None, *, mode: str = PRECISE
) -> list[ReviewResult]:
    """Judge many reviews without explanations, in order.

    Raises:
        InputError: one of the texts cannot be judged; the sentence names its number.
        Cancelled: *progress* was cancelled.
        ModelMissingError, ModelCorruptError: a model that the mode needs cannot be loaded.
        ValueError: there is no such mode.
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
        results += _results(part, answering, mode)
    progress.report(1.0)
    return results


def _check(given: str, number: int) -> None:
    try:
        normalize.check_text(given)
    except InputError as error:
        ko, en = error.message
        raise InputError(f"{number:,}번째 글: {ko}", f"Text {number:,}: {en}") from error


def _results(texts: Sequence[str], answering: Answering, mode: str) -> list[ReviewResult]:
    scores, label = _scores(texts, answering, mode)
    positive = np.exp(-np.logaddexp(0.0, -scores.log_odds.astype(np.float64)))
    rows = zip(texts, positive, scores.rating, scores.verdict, strict=True)
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
            model=label,
            three_way=THREE_WAY[int(verdict)],
            mode=mode,
            warnings=_warnings(item, mode),
        )
        for item, chance, rating, verdict in rows
    ]


def _scores(texts: Sequence[str], answering: Answering, mode: str) -> tuple[Scores, str]:
    """Return what the mode's models say, and their names."""
    if mode not in MODES:
        raise ValueError(f"mode is {mode!r}, not one of {MODES}")
    if mode == PRECISE:
        return fusion.score(answering, texts), f"{encoder.label()} + {answering.label}"
    return model.score(answering, [ngrams.fold(item) for item in texts]), answering.label


def _warnings(given: str, mode: str) -> tuple[Message, ...]:
    found = []
    if not normalize.has_hangul(given):
        found.append(
            Message(
                "한글이 없는 글이에요. 한국어 리뷰로 학습한 모델이라 "
                "결과가 정확하지 않을 수 있어요.",
                "There is no Korean in this text; the model learned from Korean reviews, "
                "so the answer may be off.",
            )
        )
    if mode == PRECISE and encoder.read_in_part(given):
        found.append(
            Message(
                "글이 아주 길어서, 정밀 모델은 처음부터 끝까지 고르게 나눈 일부만 읽었어요.",
                "The text is very long: the encoder read evenly spaced parts of it only.",
            )
        )
    return tuple(found)


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
        result,
        label=hit.label,
        positive=chance,
        confidence=RULE_CONFIDENCE,
        three_way=hit.label,
        rule=applied,
    )


def _explained(result: ReviewResult, answering: Answering, wait: bool) -> ReviewResult:
    analysis = morphemes.analyse(result.text, wait=wait)
    spans = [] if result.rule is None else [(result.rule.start, result.rule.end)]
    words = evidence.words(analysis.morphemes, spans)
    if result.mode == PRECISE:
        found = why.contributions(result.text, words, answering)
    else:
        found = evidence.gather(result.text, words, answering)
    reason = () if analysis.reason is None else (analysis.reason,)
    return dataclasses.replace(
        result,
        evidence=strongest(found),
        tokenizer=analysis.tokenizer,
        warnings=result.warnings + reason,
    )
