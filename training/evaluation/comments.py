"""Score comment writers against people's comments: ``training.evaluate comments``.

One comment an item, the most typical one (``write(labels, n=1, greedy=True)``), against one
reference; then three (``write(labels, seed=0)``), as a person is offered. The shipped writer
stands beside any others (``--models FOLDER``), the medoid of the training comments
(``--train fit.json``) and the references themselves. See ``comments_metrics`` for the figures.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from engine import comments, models
from engine.comments import generate
from engine.comments.generate import Writer
from engine.errors import InputError
from training.comments_data import SEEN, Pair, read_pairs, set_hash
from training.evaluation.comments_metrics import distinct, free_metrics, self_bleu, text_metrics

Row = dict[str, float]


def evaluate(
    data: Sequence[Path],
    limit: int | None,
    train: Path | None = None,
    others: Sequence[Path] = (),
) -> dict[str, object]:
    """Return the metrics of the shipped writer on JSON lists of ``{labels, comment}``.

    Beside them: ``seen`` and ``unseen`` (label sets that it was trained on, or not), ``offered``
    (three comments an item) and ``compared``, ``compared_seen``, ``compared_unseen``: each
    metric of every writer.

    Args:
        train: the pairs that were trained on: adds the medoid, and says what is unseen. What
            the shipped model says of itself counts when None.
        others: folders of further writers.

    Raises:
        InputError: the data cannot be read, is no such list or is empty.
    """
    pairs = read(data)[:limit]
    known = _known(train)
    unseen = [set_hash(pair.labels) not in known for pair in pairs]
    writers = [generate.writer(), *(_open(folder) for folder in others)]
    table: dict[str, dict[str, Row]] = {"": {}, "_seen": {}, "_unseen": {}}
    answers: dict[str, tuple[list[str], Row]] = {}
    for writer in writers:
        answers[writer.label] = _typical(pairs, writer)
    if train is not None:
        answers["medoid"] = _floor(pairs, train)
    for name, (written, more) in answers.items():
        rows = _parted(pairs, written, unseen)
        for part, row in rows.items():
            table[part][name] = {**row, **(more if not part else {})}
    table[""]["references"] = free_metrics(pairs, [pair.comment for pair in pairs])
    shipped = writers[0].label
    return {
        **table[""][shipped],
        "n": len(pairs),
        "n_unseen": sum(unseen),
        "model": shipped,
        "seen": table["_seen"].get(shipped, {}),
        "unseen": table["_unseen"].get(shipped, {}),
        "offered": {writer.label: _offered(pairs, writer) for writer in writers},
        **{f"compared{part}": _turned(rows) for part, rows in table.items()},
    }


def read(data: Sequence[Path]) -> list[Pair]:
    """Read the pairs of all files."""
    try:
        pairs = [pair for path in data for pair in read_pairs(path)]
    except (OSError, ValueError, json.JSONDecodeError) as error:
        raise InputError(
            f"라벨과 댓글의 목록이 아니에요: {error}",
            f"No JSON list of labels and comments: {error}",
        ) from error
    if not pairs:
        raise InputError("평가할 댓글이 없어요.", "There is no comment to score.")
    return pairs


def _open(folder: Path) -> Writer:
    try:
        return generate.open_writer(folder, folder.name)
    except (OSError, RuntimeError) as error:
        raise InputError(
            f"댓글 모델의 폴더가 아니에요: {folder} ({error})",
            f"{folder} is not the folder of a comment writer: {error}",
        ) from error


def _known(train: Path | None) -> set[str]:
    """Return the hashes of the label sets that were trained on."""
    if train is not None:
        return {set_hash(pair.labels) for pair in read([train])}
    return set((models.path(generate.MODEL) / SEEN).read_text(encoding="utf-8").split())


def _typical(pairs: Sequence[Pair], writer: Writer) -> tuple[list[str], Row]:
    """Return one comment a pair ("" where none came out), and what writing them took."""
    comments.write(("기쁨",), n=1, greedy=True, by=writer)  # loading is not part of the time
    start = time.perf_counter()
    written = [_first(pair, writer) for pair in pairs]
    seconds = time.perf_counter() - start
    return written, {
        "unanswered": sum(not text for text in written),
        "seconds": seconds,
        "ms_per_item": 1000 * seconds / len(pairs),
        "megabytes": sum(f.stat().st_size for f in Path(writer.folder).iterdir()) / 1e6,
    }


def _first(pair: Pair, writer: Writer) -> str:
    try:
        return comments.write(pair.labels, n=1, greedy=True, by=writer).comments[0]
    except InputError:
        return ""


def _floor(pairs: Sequence[Pair], train: Path) -> tuple[list[str], Row]:
    from training.baselines import Medoid

    medoid = Medoid(read([train]))
    return [medoid.answer(pair.labels) for pair in pairs], {"megabytes": 0.0}


def _parted(
    pairs: Sequence[Pair], written: Sequence[str], unseen: Sequence[bool]
) -> dict[str, Row]:
    """Return the metrics of all pairs, of the seen and of the unseen ones, where there are any."""
    kinds: dict[str, Callable[[bool], bool]] = {
        "": lambda _: True,
        "_seen": lambda new: not new,
        "_unseen": lambda new: new,
    }
    rows: dict[str, Row] = {}
    for part, wanted in kinds.items():
        at = [i for i, new in enumerate(unseen) if wanted(new)]
        if at:
            rows[part] = text_metrics([pairs[i] for i in at], [written[i] for i in at])
    return rows


def _offered(pairs: Sequence[Pair], writer: Writer) -> Row:
    """Return figures of the three comments that a person chooses from, of an item's means."""
    groups: list[tuple[str, ...]] = []
    times: list[float] = []
    for pair in pairs:
        try:
            result = comments.write(pair.labels, seed=0, by=writer)
        except InputError:
            groups.append(())
            continue
        groups.append(result.comments)
        times.append(result.milliseconds)
    spread = [(pair, text) for pair, group in zip(pairs, groups, strict=True) for text in group]
    free = free_metrics([pair for pair, _ in spread], [text for _, text in spread])
    return {
        "three_different": statistics.fmean(len(set(group)) == 3 for group in groups),
        "distinct_2_of_three": statistics.fmean(distinct(group, 2) for group in groups),
        "self_bleu_of_three": statistics.fmean(self_bleu(group) for group in groups),
        **free,
        "ms_of_three": statistics.median(times) if times else 0.0,
    }


def _turned(rows: dict[str, Row]) -> dict[str, Row]:
    """Return metric -> writer -> figure."""
    names = dict.fromkeys(name for row in rows.values() for name in row)
    return {
        name: {writer: row[name] for writer, row in rows.items() if name in row} for name in names
    }
