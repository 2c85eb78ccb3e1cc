"""The set of hard minimal pairs: sound in itself, and scored rightly."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools import ROOT
from engine import reviews
from engine.core.errors import InputError
from engine.reviews.result import NEGATIVE, POSITIVE
from training.evaluate import __main__, robustness

DATA = ROOT / "tests" / "data" / "robustness_reviews.tsv"
KINDS = {
    "typo", "spacing", "repeat", "jamo", "emoji", "negation", "contrast", "sarcasm",
    "intensity", "double_negation",
}  # fmt: skip


def put(folder: Path, *rows: str, header: str = "kind\ttext\tlabel\tpair") -> Path:
    path = folder / "pairs.tsv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


# --- the file --------------------------------------------------------------------------


def test_the_columns_are_whole_and_the_text_is_clean() -> None:
    header, *lines = DATA.read_text(encoding="utf-8").split("\n")
    assert header == "kind\ttext\tlabel\tpair" and lines.pop() == ""
    for line in lines:
        kind, text, label, pair = line.split("\t")
        assert kind in KINDS and label in ("0", "1") and pair.startswith(f"{kind}-")
        assert text == text.strip() and "  " not in text and 5 <= len(text) <= 60, text
        assert re.search("[가-힣]", text), text


def test_pairs_are_whole_with_one_of_each_label() -> None:
    pairs: defaultdict[str, list[robustness.Item]] = defaultdict(list)
    for item in robustness.read(DATA):
        pairs[item.pair].append(item)
    assert len(pairs) >= 120
    for both in pairs.values():
        assert Counter(item.label for item in both) == {POSITIVE: 1, NEGATIVE: 1}
        assert len({item.kind for item in both}) == 1


def test_every_kind_has_at_least_twelve_pairs() -> None:
    counts = Counter(item.kind for item in robustness.read(DATA))
    assert set(counts) == KINDS and min(counts.values()) >= 24


def test_no_sentence_is_there_twice_whatever_its_spaces() -> None:
    plain = Counter(re.sub(r"\s", "", item.text) for item in robustness.read(DATA))
    assert not [text for text, count in plain.items() if count > 1]


def test_the_sentences_are_not_one_template() -> None:
    """No word stands in more than a tenth of the sentences, and most occur once."""
    texts = [set(item.text.split()) for item in robustness.read(DATA)]
    words = Counter(word for text in texts for word in text)
    assert max(words.values()) <= len(texts) / 10
    assert len(words) > 2.5 * len(texts)


# --- the evaluation --------------------------------------------------------------------


def test_the_shipped_model_is_scored_by_kind(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert __main__.main(["robustness", "--data", str(DATA), "--json", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    items = robustness.read(DATA)
    answers = [result.label for result in reviews.predict_many([item.text for item in items])]
    right = [item.label == label for item, label in zip(items, answers, strict=True)]
    assert found["accuracy"] == pytest.approx(sum(right) / len(right))
    by_pair: defaultdict[str, list[bool]] = defaultdict(list)
    for item, hit in zip(items, right, strict=True):
        by_pair[item.pair].append(hit)
    assert found["pairs_right"] == pytest.approx(sum(map(all, by_pair.values())) / len(by_pair))
    assert set(found["per_kind"]) == KINDS
    assert sum(row["n"] for row in found["per_kind"].values()) == found["n"] == len(items)
    for kind, row in found["per_kind"].items():
        hits = [hit for item, hit in zip(items, right, strict=True) if item.kind == kind]
        assert row["accuracy"] == pytest.approx(sum(hits) / len(hits))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=20))
def test_a_pair_counts_only_when_both_are_right(hits: list[tuple[bool, bool]]) -> None:
    scored = [
        (robustness.Item("typo", "글", label, str(number)), hit)
        for number, both in enumerate(hits)
        for label, hit in zip((POSITIVE, NEGATIVE), both, strict=True)
    ]
    expected = sum(map(all, hits)) / len(hits)
    assert robustness._by_pair(scored) == {"pairs": len(hits), "pairs_right": expected}
    assert robustness._by_pair(scored[:-1])["pairs"] == len(hits) - 1


def test_a_limit_cuts_and_a_half_pair_is_no_pair() -> None:
    found = robustness.evaluate([DATA], 5)
    assert found["n"] == 5 and found["pairs"] == 2


@pytest.mark.parametrize(
    "row",
    [
        "typo\t좋아요\t2\ta",
        "typo\t좋아요\t\ta",
        "typo\t\t1\ta",
        "typo\t좋아요\t1",
        "\t좋아요\t1\ta",
    ],
)
def test_bad_rows_are_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputError, match="needs the columns"):
        robustness.read(put(tmp_path, row))


def test_files_without_the_columns_or_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs the columns"):
        robustness.read(put(tmp_path, "1\t좋아요\t1", header="id\tdocument\tlabel"))
    with pytest.raises(InputError, match="no sentences"):
        robustness.evaluate([put(tmp_path)], None)
    assert __main__.main(["robustness", "--data", str(tmp_path / "none.tsv")]) == 2
