"""The classic recipe that the review model is measured against.

Okt stems, TF-IDF of one and two words, balanced logistic regression inside sigmoid
calibration with three folds (the web form's recipe, without its word rules).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

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
            from engine import morphemes

            self._okt = morphemes.okt()
        cleaned = " ".join(_REPEAT.sub(r"\1\1", text).split())
        return [str(stem) for stem in self._okt.morphs(cleaned, stem=True)]
