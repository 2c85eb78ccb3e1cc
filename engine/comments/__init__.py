"""Photo -> labels -> the comment that it would get on social media.

``pipeline.analyse`` looks at a photo, :func:`write` writes from labels.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from engine import manifest
from engine.comments import generate, rerank
from engine.comments.labels import select
from engine.comments.result import CommentResult, PhotoFace, PhotoResult
from engine.errors import InputError

__all__ = ["CommentResult", "PhotoFace", "PhotoResult", "write"]

SAMPLES, TEMPERATURE = 24, 0.9
"""Candidates drawn for comments to choose from, and how freely."""

GREEDY_SAMPLES, GREEDY_TEMPERATURE, GREEDY_SEED = 64, 0.7, 0
"""The same for the one most typical comment; chosen on the stop split."""


def write(
    labels: Sequence[str], n: int = 3, seed: int | None = None, greedy: bool = False
) -> CommentResult:
    """Write up to *n* different comments for a photo's labels.

    Args:
        labels: Korean (common English names are mapped); none at all is allowed.
        seed: the same seed gives the same comments; None draws anew.
        greedy: the single most typical comment first, always the same (for figures).

    Raises:
        InputError: *n* is below 1, or no readable comment came out.
        ModelMissingError, ModelCorruptError: the writer cannot be loaded.
    """
    if n < 1:
        raise InputError("댓글을 한 개 이상 골라 주세요.", "Ask for at least one comment.")
    start = time.perf_counter()
    kept, left_out = select(labels)
    if greedy:
        found = generate.candidates(kept, GREEDY_SAMPLES, GREEDY_SEED, GREEDY_TEMPERATURE)
    else:
        found = generate.candidates(kept, SAMPLES, seed, TEMPERATURE)
    comments = rerank.choose(found, kept, n)
    if not comments:
        raise InputError(
            "이 라벨로는 댓글을 쓰지 못했어요. 라벨을 바꿔 주세요.",
            "No readable comment came out of these labels; try others.",
        )
    return CommentResult(
        labels=kept,
        comments=comments,
        left_out=left_out,
        model=manifest.entry(generate.MODEL).label,
        milliseconds=(time.perf_counter() - start) * 1000,
    )
