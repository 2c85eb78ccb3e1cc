"""Measure the classic recipe's strong words against the model, on films it has not seen.

`python -m training reviews-rules --data reviews_train.tsv.gz`
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine import reviews
from engine.reports.sets.reviews import label_of
from engine.reviews import ReviewResult
from training.text.reviews.data import read_rated

_REPEAT = re.compile(r"(\w)\1{2,}")


class OktRecipe:
    """Okt + TF-IDF(1,2) + calibrated logistic regression.

    >>> recipe = OktRecipe().fit(texts, labels)          # doctest: +SKIP
    >>> recipe.predict(["정말 재미있어요"])                 # doctest: +SKIP
    ['긍정']
    """

    def __init__(self) -> None:
        self.model_: Any = None
        self._okt: Any = None

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> OktRecipe:
        """Learn from texts and their labels; each label needs three texts at least."""
        from sklearn.calibration import CalibratedClassifierCV
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        classifier = LogisticRegression(max_iter=2000, class_weight="balanced")
        self.model_ = make_pipeline(
            TfidfVectorizer(
                tokenizer=self.tokens, token_pattern=None, ngram_range=(1, 2), min_df=1
            ),
            CalibratedClassifierCV(classifier, method="sigmoid", cv=3),
        )
        self.model_.fit(list(texts), list(labels))
        return self

    def predict(self, texts: Sequence[str]) -> list[str]:
        """Return the label of each text."""
        return [str(label) for label in self.model_.predict(list(texts))]

    def tokens(self, text: str) -> list[str]:
        """Return the stems of a cleaned text."""
        if self._okt is None:
            from engine.text import morphemes

            self._okt = morphemes.okt()
        cleaned = " ".join(_REPEAT.sub(r"\1\1", text).split())
        return [str(stem) for stem in self._okt.morphs(cleaned, stem=True)]


def measure(results: list[ReviewResult], truth: list[str]) -> dict[str, object]:
    """Return how often rule and model are right where an unnegated rule speaks, and overall.

    ``*_balanced`` is the mean recall of the two labels over all reviews.
    """
    fired = [i for i, result in enumerate(results) if result.rule and not result.rule.negated]
    turned = [i for i, result in enumerate(results) if result.rule and result.rule.negated]
    model = [result.label for result in results]
    ruled = [
        result.rule.label if result.rule and not result.rule.negated else result.label
        for result in results
    ]
    naive = [result.rule.label if result.rule else result.label for result in results]
    return {
        "n": len(results),
        "fired": len(fired),
        "rule_accuracy_where_fired": _accuracy(ruled, truth, fired),
        "model_accuracy_where_fired": _accuracy(model, truth, fired),
        "negated": len(turned),
        "rule_accuracy_where_negated": _accuracy(naive, truth, turned),
        "model_accuracy_where_negated": _accuracy(model, truth, turned),
        "model_balanced": _balanced(model, truth),
        "with_unnegated_rules_balanced": _balanced(ruled, truth),
        "with_all_rules_balanced": _balanced(naive, truth),
    }


def _accuracy(labels: list[str], truth: list[str], rows: list[int]) -> float | None:
    return float(np.mean([labels[i] == truth[i] for i in rows])) if rows else None


def _balanced(labels: list[str], truth: list[str]) -> float:
    recalls = [
        np.mean([a == b for a, b in zip(labels, truth, strict=True) if b == label])
        for label in sorted(set(truth))
    ]
    return float(np.mean(recalls))


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="reviews_train.tsv.gz")
    parser.add_argument("--limit", type=int, help="measure on N random rows")
    options = parser.parse_args(argv)
    read = read_rated(options.data, options.limit)
    rows = [(read.texts[i], label_of(int(read.rating[i]))) for i in np.flatnonzero(read.held_out)]
    clear = [(text, label) for text, label in rows if label is not None]
    results = reviews.predict_many([text for text, _ in clear], mode=reviews.INSTANT)
    print(json.dumps(measure(results, [label for _, label in clear]), indent=1), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
