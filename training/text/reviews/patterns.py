"""Training the pattern model: a one-layer convolution over syllables, max-pooled, linear on top.

A syllable's vector is the sum of its own and of its initial's, vowel's and final's, so
that rare spellings learn from frequent ones (재밌다, 재밋다). One loss learns the clear
ratings (both sides counting the same), one the rating itself.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as nnf
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.reviews.rules import PatternModel

WIDTHS = (2, 3, 4, 5)
FILTERS = 96
EMBEDDING = 48
LEAST_COUNT = 15
LONGEST = 160
BATCH = 256
EPOCHS = 2
PEAK_RATE = 3e-3
DROPOUT = 0.4


class PatternNet(nn.Module):
    """(N, L) character numbers -> (N, 2) logits of polarity and of the rating's share."""

    def __init__(self, jamo: NDArray[np.int64]) -> None:
        super().__init__()
        self.register_buffer("jamo", torch.from_numpy(jamo))
        self.characters = nn.Embedding(len(jamo), EMBEDDING)
        self.letters = nn.Embedding(int(jamo.max()) + 1, EMBEDDING)
        nn.init.normal_(self.characters.weight, std=0.05)
        nn.init.normal_(self.letters.weight, std=0.1)
        self.windows = nn.ModuleList(nn.Conv1d(EMBEDDING, FILTERS, width) for width in WIDTHS)
        self.out = nn.Linear(len(WIDTHS) * FILTERS, 2)

    def table(self) -> Tensor:
        """Return the (V, EMBEDDING) vectors of all characters; number 0 is nothing."""
        whole = self.characters.weight + self.letters(self.jamo).sum(dim=1)
        return whole * (torch.arange(len(whole)) > 0)[:, None]

    def forward(self, numbers: Tensor) -> Tensor:
        """Windows start at each character and may reach over the end, which counts nothing."""
        longest = numbers.shape[1]
        vectors = self.table()[nnf.pad(numbers, (0, max(WIDTHS) - 1))].transpose(1, 2)
        empty = (numbers == 0)[:, None, :]
        pooled = [
            window(vectors)[:, :, :longest].masked_fill(empty, -1e4).amax(dim=2)
            for window in self.windows
        ]
        kept = nnf.relu(torch.cat(pooled, dim=1))
        logits: Tensor = self.out(nnf.dropout(kept, DROPOUT, self.training))
        return logits


def alphabet(folded: Sequence[str]) -> NDArray[np.uint32]:
    """Return the code points that occur often enough, ascending."""
    counts: Counter[str] = Counter()
    for text in folded:
        counts.update(text)
    return np.array(sorted(ord(c) for c, n in counts.items() if n >= LEAST_COUNT), np.uint32)


def jamo_of(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the (V + 2, 3) letter numbers of each character; 0 for none.

    Row 0 is nothing, row 1 any unknown character.
    """
    found = np.zeros((len(codes) + 2, 3), np.int64)
    index = codes.astype(np.int64) - 0xAC00
    syllable = (index >= 0) & (index < 11172)
    parts = np.column_stack([index // 588 + 1, index % 588 // 28 + 20, index % 28 + 41])
    found[2:][syllable] = parts[syllable]
    return found


def fit(
    folded: Sequence[str],
    polarity: NDArray[np.int64],
    share: NDArray[np.float32],
    weight: NDArray[np.float32],
    *,
    seed: int = 0,
    epochs: int = EPOCHS,
) -> PatternModel:
    """Train and return the model in the engine's form.

    Args:
        polarity: (N,) 1 positive, 0 negative, -1 neither.
        share: (N,) the rating's way from 1 to 10, in 0..1.
        weight: (N,) of the rating's loss.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    codes = alphabet(folded)
    numbers = [_numbers(text[:LONGEST], codes) for text in folded]
    sides = np.maximum(np.bincount(polarity[polarity >= 0], minlength=2), 1)
    side_weight = np.where(polarity < 0, 0.0, len(polarity) / 2 / sides[np.maximum(polarity, 0)])
    columns = [
        torch.from_numpy(np.asarray(column, np.float32))
        for column in (np.maximum(polarity, 0), side_weight, share, weight)
    ]
    net = PatternNet(jamo_of(codes))
    optimizer = torch.optim.Adam(net.parameters(), lr=PEAK_RATE)
    steps = max(1, epochs * -(-len(numbers) // BATCH))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, total_steps=steps + 1)
    net.train()
    seen, total = 0, 0.0
    for rows in _batches([len(item) for item in numbers], epochs, seed):
        side, side_w, goal, goal_w = (column[rows] for column in columns)
        logits = net(_padded([numbers[i] for i in rows]))
        first = nnf.binary_cross_entropy_with_logits(logits[:, 0], side, side_w)
        second = nnf.binary_cross_entropy_with_logits(logits[:, 1], goal, goal_w)
        loss = first + second
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
        seen, total = seen + 1, total + loss.item()
        if seen % 200 == 0:
            spent = f"{time.process_time():.0f} s CPU"
            print(f"[{spent}] patterns {seen}/{steps}, loss {total / 200:.4f}", flush=True)
            total = 0.0
    return export(net, codes)


def export(net: PatternNet, codes: NDArray[np.uint32]) -> PatternModel:
    """Return the trained network as arrays."""
    with torch.no_grad():
        # (P, E, width) -> (E, width * P), step by step
        taps = [window.weight.permute(1, 2, 0).flatten(1) for window in net.windows]
        return PatternModel(
            codes,
            net.table().numpy().astype(np.float16),
            torch.cat(taps, dim=1).numpy().astype(np.float16),
            torch.cat([window.bias for window in net.windows]).numpy().copy(),
            net.out.weight.detach().numpy().T.copy(),
            net.out.bias.detach().numpy().copy(),
            WIDTHS,
        )


def _numbers(text: str, codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    from engine.reviews.rules import numbers

    return numbers(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), codes)


def _padded(items: list[NDArray[np.int64]]) -> Tensor:
    made = np.zeros((len(items), max(len(item) for item in items)), np.int64)
    for row, item in zip(made, items, strict=True):
        row[: len(item)] = item
    return torch.from_numpy(made)


def _batches(lengths: list[int], epochs: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield shuffled batches of texts of about the same length."""
    rng = np.random.default_rng(seed)
    size = np.array(lengths)
    for _ in range(epochs):
        order = rng.permutation(len(size))
        batches: list[NDArray[np.int64]] = []
        for first in range(0, len(order), BATCH * 100):
            block = order[first : first + BATCH * 100]
            block = block[np.argsort(size[block], kind="stable")]
            batches += [block[i : i + BATCH] for i in range(0, len(block), BATCH)]
        for index in rng.permutation(len(batches)):
            yield batches[index]
