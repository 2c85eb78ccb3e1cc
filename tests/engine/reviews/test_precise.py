"""Precise mode: verdicts, stars, long and odd texts, and evidence that stands deletion."""

from __future__ import annotations

import numpy as np
import pytest

from engine import reviews
from engine.reviews import NEGATIVE, NEUTRAL, POSITIVE, PRECISE, THREE_WAY
from engine.text import normalize
from training.evaluate.why import check

CLEAR = [
    ("정말 재미있게 봤어요 배우들 연기도 최고예요", POSITIVE),
    ("너무 지루해서 중간에 나왔다 돈이 아깝다", NEGATIVE),
    ("감동적이고 여운이 남는 훌륭한 영화입니다", POSITIVE),
    ("스토리가 엉망이고 연기도 최악이었다", NEGATIVE),
    ("가족과 함께 보기 좋은 따뜻하고 재미있는 영화", POSITIVE),
    ("이런 쓰레기 같은 영화는 처음 본다 시간 낭비", NEGATIVE),
]


def test_clear_reviews_have_their_verdict_and_stars() -> None:
    for result, (_, label) in zip(
        reviews.predict_many([given for given, _ in CLEAR]), CLEAR, strict=True
    ):
        assert result.mode == PRECISE and result.label == result.three_way == label
        assert result.stars >= 4 if label == POSITIVE else result.stars <= 2
        assert result.stars * 2 == round(result.rating)


def test_a_lukewarm_review_lies_between() -> None:
    mild = reviews.predict("그냥 그래요 볼만은 한데 결말이 아쉽네요", explain=False)
    assert mild.three_way == NEUTRAL and 2 <= mild.stars <= 4
    assert set(THREE_WAY) == {NEGATIVE, NEUTRAL, POSITIVE}


def test_evidence_stands_the_deletion_check() -> None:
    """Without the named words the answer is less sure than without others."""
    found = check([given for given, _ in CLEAR], PRECISE)
    assert found["fall_top"] > 2 * found["fall_random"] >= 0  # type: ignore[operator]


def test_evidence_is_in_the_text_as_it_was_given() -> None:
    given = "  배우들  연기는 \u1112\u116e\u11af륭했지만ㅋㅋㅋㅋㅋ\t이야기가 지루했다!!  "
    result = reviews.predict(given)
    assert result.evidence
    for item in result.evidence:
        assert given[item.start : item.end] == item.text.strip() == item.text
    weights = {item.text: item.weight for item in result.evidence}
    assert min(weights, key=lambda word: weights[word]).startswith("지루")


@pytest.mark.parametrize(
    "given", ["😂😂😂", "ㅋㅋㅋㅋ", "What a great movie", "!!!", "12345", "굿"]
)
def test_odd_texts_are_judged_and_explained(given: str) -> None:
    result = reviews.predict(given)
    assert 0.5 <= result.confidence <= 1
    assert all(given[item.start : item.end] == item.text for item in result.evidence)


def test_a_very_long_text_is_judged_as_a_whole_and_says_what_was_left_out() -> None:
    long = ("정말 재미있고 감동적인 영화였어요. " * 6000)[: normalize.MAX_CHARACTERS]
    result = reviews.predict(long)
    assert result.label == POSITIVE and result.evidence
    assert any("일부만" in message.ko for message in result.warnings)
    middle = reviews.predict("정말 재미있고 감동적인 영화였어요. " * 100)
    assert not any("일부만" in message.ko for message in middle.warnings)


def test_a_long_word_without_spaces_is_judged() -> None:
    result = reviews.predict("재미없고지루한영화" * 2000)
    assert result.label == NEGATIVE and np.isfinite(result.rating)


def test_an_answer_does_not_depend_on_its_neighbours() -> None:
    given = [f"{words} {i}" for i in range(30) for words, _ in CLEAR]
    many = reviews.predict_many(given)
    for i in (0, 57, 179):
        alone = reviews.predict(given[i], explain=False)
        assert alone.positive == pytest.approx(many[i].positive, abs=1e-6)
        assert (alone.three_way, alone.stars) == (many[i].three_way, many[i].stars)
