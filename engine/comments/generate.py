"""Candidate comments for a prompt: a small T5 by CTranslate2, sampled and beam-searched."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import models
from engine.comments.labels import prompt
from engine.text import has_hangul

MODEL = "comments-t5"
NAMES = "names.txt"
"""The objects that the writer knows well, one a line, in the model's folder."""

MAX_PIECES = 48
"""Longest comment in sentencepiece pieces; the training data's longest has 45."""
BEAM = 4
END = "</s>"
_TWICE = re.compile(r"(?<!\S)(\w+) \1")  # a word said twice in a row
_UNREADABLE = "\ufffd⁇"

_random = threading.Lock()  # CTranslate2's seed is one for the whole process


@dataclass(frozen=True)
class Sampling:
    """How candidates are drawn.

    Attributes:
        samples: how many; repeats and unreadable ones are dropped afterwards.
        temperature: below 1 likely pieces become likelier.
        top: only so many of the likeliest pieces are drawn from; 0 is all.
    """

    samples: int
    temperature: float
    top: int = 0


@dataclass(frozen=True)
class Writer:
    """The loaded writer: its folder, its sentencepiece processor, names it knows well."""

    folder: str
    pieces: Any
    names: frozenset[str]


def candidates(labels: tuple[str, ...], sampling: Sampling, seed: int | None) -> list[str]:
    """Return distinct readable comments for *labels*: the beam's, then sampled ones.

    Args:
        seed: the same seed gives the same comments; None draws anew.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`.
    """
    loaded = writer()
    pieces = loaded.pieces
    # CTranslate2 answers an end alone with nothing at all, so an empty prompt has two.
    source = [[*(pieces.encode(prompt(labels), out_type=str) or [END]), END]]
    with _random:
        import ctranslate2

        ctranslate2.set_random_seed(seed if seed is not None else secrets.randbits(31))
        # A thread's generator is seeded when the thread starts: a fresh translator (about
        # 10 ms, six megabytes) is what makes a seed mean something.
        # One thread: so small a network waits longer for a second one than that one helps.
        translator = ctranslate2.Translator(
            loaded.folder, device="cpu", compute_type="int8", inter_threads=1, intra_threads=1
        )
        options = {"max_decoding_length": MAX_PIECES}
        beam = translator.translate_batch(source, beam_size=BEAM, num_hypotheses=BEAM, **options)[0]
        drawn = translator.translate_batch(
            source,
            beam_size=1,
            num_hypotheses=sampling.samples,
            sampling_topk=sampling.top,
            sampling_temperature=sampling.temperature,
            **options,
        )[0]
    texts = (pieces.decode(found).strip() for found in (*beam.hypotheses, *drawn.hypotheses))
    return list(dict.fromkeys(text for text in texts if readable(text)))


def writer() -> Writer:
    """Return the writer, loaded once."""
    return models.load(MODEL, _load)


def readable(text: str) -> bool:
    """Whether a candidate is a sentence that can be shown.

    >>> readable("정말 행복해 보이시네요!"), readable("\\ufffd"), readable("네!")
    (True, False, False)
    """
    if len(text) < 6 or not has_hangul(text) or _TWICE.search(text):
        return False
    return not any(_unfit(character) for character in text)


def _unfit(character: str) -> bool:
    """Whether a character shows that bytes were made up or an unknown piece was."""
    return character in _UNREADABLE or unicodedata.category(character) in ("Cc", "Cs", "Cn")


def _load(folder: Path) -> Writer:
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    ctranslate2.Translator(str(folder), device="cpu", compute_type="int8")  # it must be readable
    names = (folder / NAMES).read_text(encoding="utf-8").split("\n")
    return Writer(str(folder), pieces, frozenset(filter(None, names)))
