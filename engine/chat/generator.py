"""Answers that no stored pair has: a small T5 by CTranslate2, the likeliest fit ones first."""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.chat import safety
from engine.chat.retrieval import GENERATOR
from engine.models import store
from engine.text.normalize import normalize

_BEAM, _LONGEST, _READ = 6, 32, 60
_END = "</s>"
_TWICE = re.compile(r"(\S{2,})\s+\1|(?<!\S)(\S+)(?:\s+\S+)?\s+\2(?!\S)")
_INVITES = re.compile("말씀|말해보|이야기|들어드릴|들어 ?줄|궁금")
_ENDED = re.compile(r"[요다죠까네라자봐게]\s*[.!?~…]*$|[.!?~…]$")


@dataclass(frozen=True)
class Written:
    """A new answer and its probability a piece, 0..1."""

    text: str
    likelihood: float


@dataclass(frozen=True)
class Writer:
    """The loaded network and its sentencepiece processor; *lock*: one search at a time."""

    network: Any
    pieces: Any
    lock: threading.Lock

    def answers(self, text: str) -> list[Written]:
        """Return the readable and kind answers of a beam search, the likeliest first."""
        source = self.pieces.encode(normalize(text), out_type=str)[-_READ:]
        if not source:
            return []
        with self.lock:
            found = self.network.translate_batch(
                [[*source, _END]],
                beam_size=_BEAM,
                num_hypotheses=_BEAM,
                max_decoding_length=_LONGEST,
                return_scores=True,
                repetition_penalty=1.1,
            )[0]
        texts = [self.pieces.decode(answer).strip() for answer in found.hypotheses]
        fit = set(safety.kind([item for item in texts if readable(item)]))
        return [
            Written(item, min(1.0, math.exp(score)))
            for item, score in zip(texts, found.scores, strict=True)
            if item in fit
        ]


def invites(text: str, glad: bool) -> bool:
    """Whether an answer asks the user to go on (or, to a *glad* one, congratulates).

    The network hardly uses what was said, so anything more definite misses the point too often.

    >>> invites("네 말씀해주세요.", False), invites("지금도 늦지 않았어요.", False)
    (True, False)
    """
    return bool(_INVITES.search(text) or (glad and "축하" in text))


def readable(text: str) -> bool:
    """Whether an answer looks like a whole sentence.

    >>> readable("푹 쉬는 게 좋겠어요."), readable("그 그 그"), readable("잘 잘")
    (True, False, False)
    """
    if len(text) < 3 or _TWICE.search(text) or not re.search("[가-힣]", text):
        return False
    odd = any(unicodedata.category(c) in ("Cc", "Cs", "Cn") or c in "\ufffd⁇" for c in text)
    return not odd and bool(_ENDED.search(text))


def load() -> Writer:
    """Return the shipped generator, loaded once.

    Raises:
        ModelMissingError, ModelCorruptError: it is not there or damaged.
    """
    return store.load(GENERATOR, read)


def read(folder: Path) -> Writer:
    """Read the model's folder.

    Raises:
        OSError, RuntimeError: a file is missing or cannot be read.
    """
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    network = ctranslate2.Translator(
        str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1
    )
    return Writer(network, pieces, threading.Lock())
