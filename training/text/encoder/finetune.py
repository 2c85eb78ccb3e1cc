"""Fine-tuning: polarity, rating, seven emotions and KOTE's labels at once.

With teachers, the student also learns their answers to every task on every text, those
without labels included (Hinton et al. 2015, "Distilling the Knowledge in a Neural Network").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from engine.text.encoder.layout import EMOTION, KOTE, OUTPUTS, POLARITY, RATING
from training.text.encoder import loop as batches
from training.text.encoder.net import EncoderModel
from training.text.encoder.pack import GROUPS, Bools, Ints, Pack
from training.text.encoder.score import clear_rows, predict, scores

LOOKS = 16_000
"""So many reviews of the stop split decide when to stop; all of them would take long."""


@dataclass(frozen=True)
class Tuning:
    """How the tasks are mixed.

    Attributes:
        batch: texts a batch; *longest*: where texts are cut.
        emotion_times, kote_times: how often an epoch sees each such text.
        emotion_weight, kote_weight, rating_weight: of the losses, against polarity's 1.
        middle: weight in the polarity of a rating of 5 to 8 (as a soft label).
        taught: share of the loss that follows the teachers, where there are any.
        heat: by what the teachers' logits are divided.
    """

    batch: int = 128
    longest: int = 128
    emotion_times: int = 3
    kote_times: int = 6
    emotion_weight: float = 0.5
    kote_weight: float = 1.0
    rating_weight: float = 0.5
    middle: float = 0.1
    taught: float = 0.7
    heat: float = 1.5


def parts(pack: Pack, folds: int, fold: int) -> tuple[Ints, Ints]:
    """Return the rows to train on and those to stop by.

    Without folds (0) the stop split is group 0. With folds, fold *fold* of the other groups
    is left out and stopped by, and group 0 is untouched.

    Raises:
        ValueError: there is no such fold.
    """
    there = pack.length > 0
    if not folds:
        return np.flatnonzero(there & (pack.group != 0)), np.flatnonzero(there & (pack.group == 0))
    if not 0 <= fold < folds <= GROUPS - 1:
        raise ValueError(f"fold {fold} of {folds}: at most {GROUPS - 1} folds, counted from 0")
    left_out = (pack.group - 1) % folds == fold
    train = there & (pack.group != 0)
    return np.flatnonzero(train & ~left_out), np.flatnonzero(train & left_out)


class Labels:
    """The task for :class:`training.text.encoder.loop.Loop`."""

    def __init__(
        self,
        pack: Pack,
        tuning: Tuning,
        device: str,
        seed: int,
        *,
        train: Ints,
        stop: Ints,
        taught: NDArray[np.float16] | None = None,
    ) -> None:
        self._pack, self._tuning, self._device, self._seed = pack, tuning, device, seed
        self._taught = taught
        self._begin, self._width = pack.begin, batches.widths(pack, tuning.longest)
        self._rows = _repeated(pack, train, tuning, everything=taught is not None)
        labelled = (pack.rating > 0) | (pack.emotion >= 0) | (pack.kote[:, 0] >= 0)
        self._stop = _some_rated(pack, stop[labelled[stop]])
        if not len(self._rows) or not len(self._stop):
            raise ValueError("no labelled texts to train on, or none to stop by")
        rating = pack.rating[clear_rows(pack, train)]
        high, low = (rating >= 9).sum(), (rating <= 4).sum()
        self._up, self._down = (high + low + 2) / (2 * np.array([high + 1, low + 1]))

    def epoch(self, number: int) -> list[Ints]:
        """Return the rows of each batch of an epoch."""
        most = self._tuning.batch
        return batches.plan(self._rows, self._width, 10**9, most, (self._seed, number))

    def prepare(self, rows: Ints, step: int) -> list[torch.Tensor]:
        """Return ids (B, W), ratings, emotions (B,), KOTE labels (B, 44), teachers' logits."""
        pack = self._pack
        ids = batches.gather(pack, self._begin, rows, self._tuning.longest)
        answers = np.zeros((0, OUTPUTS), np.float16) if self._taught is None else self._taught[rows]
        columns = (ids, pack.rating[rows], pack.emotion[rows], pack.kote[rows], answers)
        return [torch.from_numpy(part) for part in columns]

    def loss(self, model: EncoderModel, batch: Any) -> torch.Tensor:
        """Return the weighted sum of the tasks' losses, and of the teachers'."""
        ids, rating, emotion, kote, taught = (part.to(self._device) for part in batch)
        logits = model(ids)[0].float()
        hard = self._polarity_loss(logits[:, 0], rating) + self._other_losses(
            logits, rating, emotion, kote
        )
        if self._taught is None:
            return hard
        share = self._tuning.taught
        return (1 - share) * hard + share * self._taught_loss(logits, taught.float())

    def _polarity_loss(self, logit: torch.Tensor, rating: torch.Tensor) -> torch.Tensor:
        rated = (rating > 0).float()
        middle = (rating >= 5) & (rating <= 8)
        share = torch.where(middle, (rating - 4.5) / 4.0, (rating >= 9).float()).clamp(0, 1)
        side = share * float(self._up) + (1 - share) * float(self._down)
        weight = rated * side * torch.where(middle, self._tuning.middle, 1.0)
        loss = functional.binary_cross_entropy_with_logits(logit, share, reduction="none")
        return (loss * weight).sum() / len(rating)

    def _other_losses(
        self,
        logits: torch.Tensor,
        rating: torch.Tensor,
        emotion: torch.Tensor,
        kote: torch.Tensor,
    ) -> torch.Tensor:
        tuning, size = self._tuning, len(rating)
        above = (rating[:, None] > torch.arange(1, 10, device=rating.device)).float()
        steps = functional.binary_cross_entropy_with_logits(
            logits[:, RATING], above, reduction="none"
        ).mean(1)
        total = tuning.rating_weight * (steps * (rating > 0)).sum() / size
        feelings = functional.cross_entropy(
            logits[:, EMOTION], emotion, ignore_index=-1, reduction="sum"
        )
        marks = functional.binary_cross_entropy_with_logits(
            logits[:, KOTE], kote.clamp(min=0).float(), reduction="none"
        ).sum(1)
        total = total + tuning.emotion_weight * feelings / size
        return total + tuning.kote_weight * 0.1 * (marks * (kote[:, 0] >= 0)).sum() / size

    def _taught_loss(self, logits: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
        tuning = self._tuning
        mine, theirs = logits / tuning.heat, taught / tuning.heat
        aim = torch.sigmoid(theirs)
        each = functional.binary_cross_entropy_with_logits(mine, aim, reduction="none")
        feelings = -(theirs[:, EMOTION].softmax(1) * mine[:, EMOTION].log_softmax(1)).sum(1)
        return (
            each[:, POLARITY].mean()
            + tuning.rating_weight * each[:, RATING].mean()
            + tuning.emotion_weight * feelings.mean()
            + tuning.kote_weight * 0.1 * each[:, KOTE].sum(1).mean()
        ) * tuning.heat**2

    def look(self, model: EncoderModel) -> dict[str, float]:
        """Return the scores on the stop split."""
        logits = predict(model, self._pack, self._stop, self._tuning.longest, self._device)
        return scores(logits, self._pack, self._stop)


def _some_rated(pack: Pack, stop: Ints) -> Ints:
    """Return *stop* with at most ``LOOKS`` rated rows, always the same ones."""
    rated = np.random.default_rng(0).permutation(stop[pack.rating[stop] > 0])[:LOOKS]
    return np.sort(np.concatenate([rated, stop[pack.rating[stop] == 0]]))


def _repeated(pack: Pack, train: Ints, tuning: Tuning, everything: bool) -> Ints:
    """Return the rows of an epoch; unlabelled ones only where teachers label them."""
    feeling, marked = train[pack.emotion[train] >= 0], train[pack.kote[train, 0] >= 0]
    rated = train[pack.rating[train] > 0]
    found = [rated, *[feeling] * tuning.emotion_times, *[marked] * tuning.kote_times]
    if everything:
        bare = (pack.rating == 0) & (pack.emotion < 0) & (pack.kote[:, 0] < 0)
        found.append(train[bare[train]])
    return np.concatenate(found)


def merged(answers: list[tuple[NDArray[np.float16], Bools]]) -> NDArray[np.float16]:
    """Return the (N, 61) mean of the teachers' logits.

    Args:
        answers: of each teacher its (N, 61) logits, and (N,) which texts it never saw in
            training. A text that some never saw is answered by these alone.
    """
    total = np.zeros(answers[0][0].shape, np.float32)
    fresh = np.stack([unseen for _, unseen in answers]).astype(np.float32)
    fresh[:, fresh.sum(axis=0) == 0] = 1
    for (logits, _), weight in zip(answers, fresh, strict=True):
        total += logits.astype(np.float32) * weight[:, None]
    return (total / fresh.sum(axis=0)[:, None]).astype(np.float16)
