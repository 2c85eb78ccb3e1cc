"""Candidate comments for a prompt: a small network by CTranslate2, sampled and beam-searched."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import manifest, models
from engine.comments.labels import prompt
from engine.text import has_hangul

MODEL = "comments-gpt2"
NAMES = "names.txt"
"""The objects that the writer knows well, one a line, in the model's folder."""

MAX_PIECES = 48
"""Longest comment in sentencepiece pieces; the training data's longest has 45."""
BEAM = 4
START, END = "<s>", "</s>"
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
    """A loaded writer.

    Attributes:
        folder: where its files lie.
        label: its name and version.
        pieces: its sentencepiece processor.
        names: the objects that it knows well.
        goes_on: a decoder alone, which goes on from the prompt; an encoder reads it otherwise.
    """

    folder: str
    label: str
    pieces: Any
    names: frozenset[str]
    goes_on: bool


def candidates(
    labels: tuple[str, ...], sampling: Sampling, seed: int | None, by: Writer | None = None
) -> list[str]:
    """Return distinct readable comments for *labels*: the beam's, then sampled ones.

    Args:
        seed: the same seed gives the same comments; None draws anew.
        by: who writes; the shipped writer when None.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.load`.
    """
    by = by or writer()
    source = by.pieces.encode(prompt(labels), out_type=str)
    drawn: dict[str, Any] = {
        "beam_size": 1,
        "num_hypotheses": sampling.samples,
        "sampling_topk": sampling.top,
        "sampling_temperature": sampling.temperature,
    }
    with _random:
        import ctranslate2

        ctranslate2.set_random_seed(seed if seed is not None else secrets.randbits(31))
        answers = _answers(by, source, ({"beam_size": BEAM, "num_hypotheses": BEAM}, drawn))
    texts = (by.pieces.decode(answer).strip() for answer in answers)
    return list(dict.fromkeys(text for text in texts if readable(text)))


def _answers(by: Writer, source: list[str], searches: tuple[dict[str, Any], ...]) -> list[Any]:
    """Return what each search finds, as pieces.

    A thread's generator is seeded when the thread starts: a fresh network (about 10 ms, six
    megabytes) is what makes a seed mean something. It has one thread, since so small a one
    waits longer for a second than that one helps.
    """
    import ctranslate2

    network = ctranslate2.Generator if by.goes_on else ctranslate2.Translator
    loaded = network(by.folder, device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
    found: list[Any] = []
    for search in searches:
        if by.goes_on:
            results = loaded.generate_batch(
                [[*source, START]],
                max_length=MAX_PIECES,
                include_prompt_in_result=False,
                **search,
            )
            found += results[0].sequences
        else:
            # CTranslate2 answers an end alone with nothing at all, so an empty prompt has two.
            read = [[*(source or [END]), END]]
            results = loaded.translate_batch(read, max_decoding_length=MAX_PIECES, **search)
            found += results[0].hypotheses
    return found


def writer() -> Writer:
    """Return the shipped writer, loaded once."""
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
    return open_writer(folder, manifest.entry(MODEL).label)


def open_writer(folder: Path, label: str) -> Writer:
    """Return the writer whose files lie in *folder*.

    Raises:
        OSError, RuntimeError: a file is missing or cannot be read.
    """
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    goes_on = not (folder / "shared_vocabulary.json").exists()
    network = ctranslate2.Generator if goes_on else ctranslate2.Translator
    network(str(folder), device="cpu", compute_type="int8")  # it must be readable
    names = (folder / NAMES).read_text(encoding="utf-8").split("\n")
    return Writer(str(folder), label, pieces, frozenset(filter(None, names)), goes_on)
