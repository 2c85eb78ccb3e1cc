"""Score comment writers against people's comments: ``training.evaluate comments``.

One comment an item, the most typical one (``write(labels, n=1, greedy=True)``), against one
reference; then three (``write(labels, seed=0)``), as a person is offered. The shipped writer
stands beside any others (``--models FOLDER``), the medoid of the training comments
(``--train fit.json``) and the references themselves. See ``comments_metrics`` for the figures.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine import comments
from engine.comments.labels import EXPRESSIONS, mentions, select
from engine.comments.write import generate
from engine.comments.write.generate import Writer
from engine.comments.write.rerank import similarity
from engine.core.errors import InputError
from engine.models import store
from training.writing.comments.data import SEEN, Pair, read_pairs, sentences, set_hash

MOST = 200
"""Comments of one set that are compared; more change nothing but the time."""


class Medoid:
    """Answers with training comments, one a label set."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        groups: dict[frozenset[str], list[str]] = {}
        for pair in pairs:
            groups.setdefault(frozenset(pair.labels), []).append(pair.comment)
        self._answers = {labels: _typical(texts[:MOST]) for labels, texts in groups.items()}

    def answer(self, labels: Sequence[str]) -> str:
        """Return the typical comment of the set, or of the nearest one (Jaccard)."""
        asked = frozenset(labels)
        if asked not in self._answers:
            asked = max(self._answers, key=lambda known: len(known & asked) / len(known | asked))
        return self._answers[asked]


def _typical(texts: Sequence[str]) -> str:
    return texts[int(similarity(texts).sum(1).argmax())]


def compare(train: Path, data: Sequence[Path], limit: int | None) -> dict[str, dict[str, object]]:
    """Return the metrics of the shipped model, of the medoid, and of their difference."""
    pairs = read(data)[:limit]
    medoid = Medoid(read([train]))
    floor = text_metrics(pairs, [medoid.answer(pair.labels) for pair in pairs])
    model = evaluate(data, limit, train)
    gain = {key: float(str(model[key])) - value for key, value in floor.items()}
    return {"model": model, "medoid": dict(floor), "gain": dict(gain)}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; write it as JSON on request."""
    parser = argparse.ArgumentParser(prog="python -m training comments-baselines")
    parser.add_argument("--train", type=Path, required=True, help="what the medoid knows")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="what is scored")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args(argv)
    rows = compare(options.train, options.data, options.limit)
    names = list(rows["medoid"])
    print(f"{'':<16}" + "".join(f"{name:>9}" for name in rows))
    for name in names:
        print(f"{name:<16}" + "".join(f"{row[name]:9.4f}" for row in rows.values()))
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


# ----------------------------------------------------------------------------------------
# Figures of written comments: like the reference, of the labels, of the feeling, varied.
#
# Figures are comparable with recipe F's: BLEU is nltk's ``corpus_bleu`` on strings, so on
# characters; ROUGE is the package ``rouge`` on words; METEOR is nltk's on the words of ``\w+``
# without WordNet, which knows no Korean.

_DARK = frozenset({"슬픔", "분노", "공포"})
_OPPOSED = {"glad": frozenset({"슬픔", "분노", "공포", "혐오"}), "dark": frozenset({"행복"})}
"""What the text-emotion model must not hear in a comment for a glad, or a dark, face."""


def text_metrics(pairs: Sequence[Pair], written: Sequence[str]) -> dict[str, float]:
    """Return bleu_1..4, rouge_1/2/l, meteor and :func:`free_metrics`, each in 0..1."""
    references = [pair.comment for pair in pairs]
    return {
        **bleu(references, written),
        **rouge(references, written),
        "meteor": meteor(references, written),
        **free_metrics(pairs, written),
    }


def free_metrics(pairs: Sequence[Pair], written: Sequence[str]) -> dict[str, float]:
    """Return what needs no reference: label_coverage, emotion_match, distinct_1/2, self_bleu."""
    return {
        "label_coverage": label_coverage(pairs, written),
        "emotion_match": emotion_match(pairs, written),
        "distinct_1": distinct(written, 1),
        "distinct_2": distinct(written, 2),
        "self_bleu": self_bleu(written),
    }


def bleu(references: Sequence[str], written: Sequence[str]) -> dict[str, float]:
    """Return cumulative corpus BLEU on characters, orders 1 to 4."""
    from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu

    listed = [[reference] for reference in references]
    smooth = SmoothingFunction().method0
    return {
        f"bleu_{n}": float(
            corpus_bleu(listed, list(written), weights=(1 / n,) * n, smoothing_function=smooth)
        )
        for n in range(1, 5)
    }


def rouge(references: Sequence[str], written: Sequence[str]) -> dict[str, float]:
    """Return the mean F1 of ROUGE-1, -2 and -L on words; an empty answer counts 0."""
    from rouge import Rouge

    scorer = Rouge()
    totals = {"rouge-1": 0.0, "rouge-2": 0.0, "rouge-l": 0.0}
    for reference, answer in zip(references, written, strict=True):
        if answer.strip(" .") and reference.strip(" ."):
            scores = scorer.get_scores(answer, reference)[0]
            for key in totals:
                totals[key] += scores[key]["f"]
    return {key.replace("-", "_"): total / len(references) for key, total in totals.items()}


class _NoWordNet:
    """Stands for WordNet, which has no Korean words: nothing has a synonym."""

    def synsets(self, word: str) -> list[Any]:
        return []


def meteor(references: Sequence[str], written: Sequence[str]) -> float:
    """Return the mean METEOR on words."""
    from nltk.translate.meteor_score import meteor_score

    words = re.compile(r"\w+")
    total = sum(
        meteor_score([words.findall(reference)], words.findall(answer), wordnet=_NoWordNet())
        for reference, answer in zip(references, written, strict=True)
    )
    return float(total) / len(references)


def label_coverage(pairs: Sequence[Pair], written: Sequence[str]) -> float:
    """Return the share of all objects in the prompts that their comments name.

    Expressions are left out (기쁨 is written as 기쁜, 행복해 …), and so are labels that
    never reach the prompt.
    """
    named = asked = 0
    for pair, answer in zip(pairs, written, strict=True):
        things = [label for label in select(pair.labels)[0] if label not in EXPRESSIONS]
        named += sum(mentions(thing, answer) for thing in things)
        asked += len(things)
    return named / asked if asked else 1.0


def distinct(written: Sequence[str], n: int) -> float:
    """Return distinct word n-grams over all word n-grams of all answers.

    >>> distinct(["가 나 다", "가 나 라"], 2)
    0.75
    """
    grams = [
        tuple(words[i : i + n])
        for words in (answer.split() for answer in written)
        for i in range(len(words) - n + 1)
    ]
    return len(set(grams)) / len(grams) if grams else 0.0


def emotion_match(pairs: Sequence[Pair], written: Sequence[str]) -> float:
    """Return the share of comments in whose first sentence the emotion model hears nothing opposed.

    The first sentence is where comments speak of the face; what follows praises things, which
    sounds glad beside any face. People's comments do not reach 1 either (``references``).

    Opposed is 행복 for faces with only 슬픔, 분노 or 공포, and 슬픔, 분노, 공포 or 혐오 for faces
    with only 기쁨. Prompts with both or neither, and empty answers, are left out.
    """
    from engine import emotions

    asked = [
        (_OPPOSED[mood], sentences(text)[0])
        for mood, text in ((_mood(pair), text) for pair, text in zip(pairs, written, strict=True))
        if mood and text.strip()
    ]
    heard = emotions.predict_many([text for _, text in asked])
    right = sum(
        found.label not in opposed for (opposed, _), found in zip(asked, heard, strict=True)
    )
    return right / len(asked) if asked else 1.0


def _mood(pair: Pair) -> str:
    shown = frozenset(select(pair.labels)[0]) & frozenset(EXPRESSIONS)
    if shown == {"기쁨"}:
        return "glad"
    return "dark" if shown and shown <= _DARK else ""


def self_bleu(written: Sequence[str], orders: int = 4) -> float:
    """Return the mean BLEU of each answer against all others, on words (Zhu et al. 2018).

    1 is always the same. An order without a shared n-gram counts as 0.1 of one (method 1 of
    Chen and Cherry 2014).

    >>> round(self_bleu(["가 나 다 라", "가 나 다 라"]), 6), self_bleu(["가 나"])
    (1.0, 0.0)
    """
    words = [answer.split() for answer in written if answer.strip()]
    if len(words) < 2:
        return 0.0
    logs = [0.0] * len(words)
    for n in range(1, orders + 1):
        grams = [Counter(tuple(w[i : i + n]) for i in range(len(w) - n + 1)) for w in words]
        best = _two_largest(grams)
        for index, own in enumerate(grams):
            shared = sum(min(c, best[g][1 if best[g][0] == c else 0]) for g, c in own.items())
            logs[index] += math.log(max(shared, 0.1) / max(own.total(), 1))
    lengths = [len(w) for w in words]
    penalties = [_brevity(length, lengths) for length in lengths]
    return sum(p * math.exp(v / orders) for p, v in zip(penalties, logs, strict=True)) / len(words)


def _two_largest(grams: Sequence[Counter[tuple[str, ...]]]) -> dict[tuple[str, ...], list[int]]:
    """Return for each n-gram the largest count in one text, and in another text."""
    best: dict[tuple[str, ...], list[int]] = {}
    for own in grams:
        for gram, count in own.items():
            best[gram] = sorted([*best.get(gram, [0, 0]), count])[:0:-1]
    return best


def _brevity(length: int, lengths: Sequence[int]) -> float:
    """Return BLEU's penalty of a text shorter than the nearest of the others."""
    others = list(lengths)
    others.remove(length)
    nearest = min(others, key=lambda other: (abs(other - length), other))
    return 1.0 if length >= nearest else math.exp(1 - nearest / max(length, 1))


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
        answers[writer.label] = _typical_figures(pairs, writer)
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
    return set((store.path(generate.MODEL) / SEEN).read_text(encoding="utf-8").split())


def _typical_figures(pairs: Sequence[Pair], writer: Writer) -> tuple[list[str], Row]:
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


if __name__ == "__main__":
    sys.exit(main())
