"""Photo -> labels -> the comment that it would get on social media.

``pipeline.analyse`` looks at a photo, :func:`write` writes from labels.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from engine import manifest
from engine.comments import generate, rerank, stand_in
from engine.comments.generate import Sampling
from engine.comments.labels import HIDDEN, select
from engine.comments.result import CommentResult, PhotoFace, PhotoResult
from engine.errors import InputError

__all__ = ["CommentResult", "PhotoFace", "PhotoResult", "write"]

FREE = Sampling(32, 0.9, top=12)
"""For comments to choose from."""

TYPICAL, TYPICAL_SEED = Sampling(64, 0.7), 0
"""For the one most typical comment; chosen on the stop split."""


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
    names = generate.writer().names | HIDDEN
    if greedy:
        comments = rerank.choose(_texts(kept, TYPICAL, TYPICAL_SEED, names), kept, n, names)
    else:
        comments = rerank.choose(_texts(kept, FREE, seed, names), kept, n, names, rerank.CAREFUL)
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


def _texts(
    labels: tuple[str, ...], sampling: Sampling, seed: int | None, names: frozenset[str]
) -> list[str]:
    """Return candidates for *labels*, with stand-ins for names that the writer hardly knows."""
    asked, back = stand_in.disguise(labels, names)
    found = generate.candidates(asked, sampling, seed)
    revealed = (stand_in.reveal(text, back) for text in found)
    texts = [text for text in revealed if text is not None and generate.readable(text)]
    return texts or generate.candidates(labels, sampling, seed)
