"""Hashed character and word n-grams: the features that reviews and emotions share.

An n-gram is a slice of the folded text. Every slice's hash is a difference of prefix sums of
a polynomial (Rabin-Karp modulo 2**64), so that all n-grams of a whole batch are hashed by a
few numpy operations and no n-gram string is ever made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.text import normalize as texts_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_CHUNK = 4096


@dataclass(frozen=True)
class NgramSpec:
    """Which n-grams are taken, and into how many buckets they are hashed.

    Attributes:
        characters: lengths of character n-grams; they may cross spaces, so that the
            negation in "나쁘지 않다" stays in one piece.
        words: lengths of n-grams of white-space words.
        bits: there are ``2**bits`` buckets.
    """

    characters: tuple[int, ...] = (1, 2, 3, 4, 5)
    words: tuple[int, ...] = (1, 2)
    bits: int = 20

    @property
    def size(self) -> int:
        """Number of buckets."""
        return 1 << self.bits


@dataclass(frozen=True)
class Ngrams:
    """Every n-gram of a batch of texts, one entry an occurrence; all arrays (N,).

    Attributes:
        row: index of the text.
        start, end: slice of the folded text, which has one space before and one after.
        bucket: hash bucket, 0 <= bucket < ``spec.size``.
        rows: number of texts in the batch.
    """

    row: Ints
    start: Ints
    end: Ints
    bucket: Ints
    rows: int


def fold(text: str) -> str:
    """Return the text that n-grams are cut from: normalised, lower case, spaces around.

    >>> fold("Good  영화ㅋㅋㅋㅋ")
    ' good 영화ㅋㅋ '
    """
    return f" {texts_of.normalize(text).lower()} "


def ngrams(folded: Sequence[str], spec: NgramSpec) -> Ngrams:
    """Cut and hash the n-grams of texts that went through :func:`fold`."""
    lengths = np.array([len(item) for item in folded], np.int64)
    ends = np.cumsum(lengths)
    joined = "".join(folded)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    powers, inverses = _powers(len(codes) + 1)
    prefix = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers[:-1], out=prefix[1:])
    row = np.repeat(np.arange(len(folded)), lengths)
    begins = (ends - lengths)[row] if len(codes) else np.zeros(0, np.int64)
    limit = ends[row] if len(codes) else np.zeros(0, np.int64)
    at = np.arange(len(codes))
    parts = [_slices(at[at + n <= limit], n) for n in spec.characters]
    parts += _word_slices(codes, row, spec.words)
    start = np.concatenate([part[0] for part in parts])
    end = np.concatenate([part[1] for part in parts])
    kind = np.concatenate([np.full(len(part[0]), part[2], np.uint64) for part in parts])
    hashed = (prefix[end] - prefix[start]) * inverses[start] + kind
    owner = row[start]
    first = begins[start]
    return Ngrams(owner, start - first, end - first, _bucket(hashed, spec.bits), len(folded))


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2**64."""
    powers = np.full(count, _BASE, np.uint64)
    inverses = np.full(count, _INVERSE, np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers, dtype=np.uint64), np.cumprod(inverses, dtype=np.uint64)


def _slices(start: Ints, length: int) -> tuple[Ints, Ints, int]:
    return start, start + length, length


def _word_slices(
    codes: NDArray[np.uint32], row: Ints, sizes: Sequence[int]
) -> Iterator[tuple[Ints, Ints, int]]:
    """Slices of one or more white-space words; a folded text begins and ends with a space."""
    space = np.flatnonzero(codes == 32)
    filled = np.flatnonzero(space[1:] - space[:-1] > 1) if len(space) else space
    begin, end = space[filled] + 1, space[filled + 1] if len(space) else space
    for size in sizes:
        last = np.arange(size - 1, len(begin))
        first = last - (size - 1)
        same = row[begin[first]] == row[begin[last]] if len(last) else np.zeros(0, bool)
        yield begin[first[same]], end[last[same]], 64 + size


def _bucket(hashed: Hashes, bits: int) -> Ints:
    mixed = (hashed ^ (hashed >> np.uint64(31))) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return (mixed >> np.uint64(64 - bits)).astype(np.int64)


def distinct(found: Ngrams, spec: NgramSpec) -> tuple[Ints, Ints]:
    """Return row and bucket of each text's different n-grams, sorted; both arrays (M,)."""
    key = (found.row << spec.bits) | found.bucket
    key.sort()
    if len(key):
        key = key[np.concatenate([[True], key[1:] != key[:-1]])]
    return key >> spec.bits, key & (spec.size - 1)


def scores(folded: Sequence[str], weights: Floats, spec: NgramSpec) -> Floats:
    """Return the (N, H) products of the texts' features with *weights* (size, H).

    The same as ``matrix(folded, spec) @ weights`` without making the matrix.
    """
    result = np.zeros((len(folded), weights.shape[1]), np.float32)
    for first in range(0, len(folded), _CHUNK):
        part = folded[first : first + _CHUNK]
        row, bucket = distinct(ngrams(part, spec), spec)
        length = np.sqrt(np.maximum(np.bincount(row, minlength=len(part)), 1))
        for head in range(weights.shape[1]):
            total = np.bincount(row, weights[bucket, head], minlength=len(part))
            result[first : first + len(part), head] = total / length
    return result


def matrix(folded: Sequence[str], spec: NgramSpec) -> csr_matrix:
    """Return the (N, size) float32 CSR features: 1/sqrt(k) at each of a text's k n-grams."""
    from scipy.sparse import csr_matrix

    counts: list[Ints] = []
    buckets: list[NDArray[np.int32]] = []
    for first in range(0, len(folded), _CHUNK):
        part = folded[first : first + _CHUNK]
        row, bucket = distinct(ngrams(part, spec), spec)
        counts.append(np.bincount(row, minlength=len(part)))
        buckets.append(bucket.astype(np.int32))
    count = np.concatenate(counts) if counts else np.zeros(0, np.int64)
    columns = np.concatenate(buckets) if buckets else np.zeros(0, np.int32)
    values = np.repeat(1.0 / np.sqrt(np.maximum(count, 1)), count).astype(np.float32)
    pointers = np.concatenate([[0], np.cumsum(count)])
    return csr_matrix((values, columns, pointers), shape=(len(folded), spec.size))


# ----------------------------------------------------------------------------------------
# Linear models over hashed n-grams, kept small: one byte a weight, no pickle.

_LEVELS = 127


@dataclass(frozen=True)
class NgramModel:
    """Heads that answer with ``features @ weights + bias``.

    Attributes:
        spec: which n-grams the features are.
        weights: (spec.size, H) float32, one column a head.
        bias: (H,) float32.
        extra: further arrays of the model (its own calibration, anchors …) by name.
    """

    spec: NgramSpec
    weights: Floats
    bias: Floats
    extra: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def logits(self, folded: Sequence[str]) -> Floats:
        """Return (N, H) scores of texts that went through ``ngrams.fold``."""
        return scores(folded, self.weights, self.spec) + self.bias


def save(path: Path, model: NgramModel) -> None:
    """Write *model* as a compressed npz with one signed byte a weight.

    The byte is a square-root scale, fine around zero where most weights lie and coarse
    at the few large ones: ``weight = sign(q) * (q / 127)**2 * largest of the head``.
    """
    largest = np.maximum(np.abs(model.weights).max(axis=0), 1e-9).astype(np.float32)
    share = np.sqrt(np.abs(model.weights) / largest)
    packed = (np.sign(model.weights) * np.rint(share * _LEVELS)).astype(np.int8)
    extra: dict[str, Any] = {f"extra_{name}": array for name, array in model.extra.items()}
    np.savez_compressed(
        path,
        packed=np.ascontiguousarray(packed.T),
        largest=largest,
        bias=model.bias.astype(np.float32),
        characters=np.array(model.spec.characters, np.int64),
        words=np.array(model.spec.words, np.int64),
        bits=np.array(model.spec.bits, np.int64),
        **extra,
    )


def read(path: Path) -> NgramModel:
    """Read what :func:`save` wrote.

    Raises:
        OSError, ValueError, KeyError: the file is not such a model.
    """
    with np.load(path, allow_pickle=False) as saved:
        spec = NgramSpec(
            tuple(int(n) for n in saved["characters"]),
            tuple(int(n) for n in saved["words"]),
            int(saved["bits"]),
        )
        table = np.square(np.arange(-128, 128, dtype=np.float32) / _LEVELS)
        table *= np.sign(np.arange(-128, 128, dtype=np.float32))
        packed = saved["packed"].T
        weights = np.empty(packed.shape, np.float32)
        for head, largest in enumerate(saved["largest"]):
            weights[:, head] = (table * largest)[packed[:, head].view(np.uint8) ^ 0x80]
        if packed.shape != (spec.size, len(saved["bias"])):
            raise ValueError(f"{packed.shape} weights do not fit {spec}")
        extra = {
            name.removeprefix("extra_"): saved[name]
            for name in saved.files
            if name.startswith("extra_")
        }
        return NgramModel(spec, weights, saved["bias"], extra)
