"""The review facade on the shipped model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import reviews
from engine.core import paths
from engine.core.errors import InputError, ModelCorruptError, ModelMissingError
from engine.core.jobs import Cancelled, Progress
from engine.models import manifest, store
from engine.reviews import INSTANT, NEGATIVE, POSITIVE, PRECISE, THREE_WAY, explain, rules
from engine.reviews import model as review_model
from engine.text import ngrams, normalize

GOOD = "정말 재미있어요. 배우들 연기도 훌륭하고 또 보고 싶은 최고의 영화!"
BAD = "지루하고 실망스러웠다. 돈이 아깝다"


@pytest.mark.parametrize("mode", reviews.MODES)
@pytest.mark.parametrize(
    ("given", "label", "low", "high"),
    [
        (GOOD, POSITIVE, 4.5, 5.0),
        (BAD, NEGATIVE, 0.0, 1.5),
        ("쓰레기 영화 시간 낭비", NEGATIVE, 0.0, 1.5),
        ("감동적이었어요 눈물이 났어요", POSITIVE, 4.0, 5.0),
    ],
)
def test_clear_reviews(given: str, label: str, low: float, high: float, mode: str) -> None:
    result = reviews.predict(given, mode=mode)
    assert result.label == label and result.confidence > 0.9
    assert low <= result.stars <= high
    assert result.three_way == label and result.mode == mode
    names = ["reviews-ngram"] if mode == INSTANT else ["text-encoder", "reviews-ngram"]
    assert result.model == " + ".join(manifest.entry(name).label for name in names)
    assert result.text == given and not result.warnings


def test_double_negation_is_not_negative() -> None:
    for phrase in ("별로 나쁘지 않다", "별로 나쁘지 않아요", "나쁘지 않네요"):
        for use_rules in (False, True):
            result = reviews.predict(phrase, explain=False, use_rules=use_rules, mode=INSTANT)
            assert result.label == POSITIVE, phrase
    mild, bad = reviews.predict_many(["별로 나쁘지 않다", "별로다 나쁘다"])
    assert mild.positive > bad.positive + 0.2
    hit = reviews.predict("별로 나쁘지 않다", explain=False).rule
    assert hit is not None and hit.negated and not hit.applied


@pytest.mark.parametrize("mode", reviews.MODES)
def test_evidence_names_the_deciding_words(mode: str) -> None:
    result = reviews.predict("연기는 훌륭했는데 결말은 지루했다", mode=mode)
    assert result.tokenizer == "Okt"
    weights = {item.text: item.weight for item in result.evidence}
    assert weights["훌륭했는데"] > 0 > weights["지루했다"]
    for item in result.evidence:
        assert result.text[item.start : item.end] == item.text
    starts = [item.start for item in result.evidence]
    assert starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=80) | st.text("재밌다 별로ㅋ!😂a", max_size=60),
    st.sampled_from(reviews.MODES),
)
def test_any_text_is_judged_or_refused_with_a_sentence(given: str, mode: str) -> None:
    try:
        result = reviews.predict(given, mode=mode)
    except InputError as error:
        assert error.message.ko and error.message.en
        return
    assert 0.5 <= result.confidence <= 1.0
    assert result.stars in np.arange(0, 5.5, 0.5) and 1 <= result.rating <= 10
    assert (result.label == POSITIVE) == (result.positive > 0.5)
    opposite = NEGATIVE if result.label == POSITIVE else POSITIVE
    assert result.three_way in THREE_WAY and result.three_way != opposite
    json.dumps(result.to_dict())
    for item in result.evidence:
        assert given[item.start : item.end] == item.text


@settings(max_examples=30, deadline=None)
@given(st.text("가나다 재밌ㅋㅋㅋ\u1112\u1161\u11ab!\n", min_size=1, max_size=50))
def test_character_weights_add_up_to_the_score(given: str) -> None:
    answering = review_model.answering()
    if not normalize.normalize(given):
        return
    carried = explain.character_weights(given, answering)
    folded, base = [ngrams.fold(given)], answering.shipped
    score = base.ngrams.logits(folded)[0, 0] - base.ngrams.bias[0]
    score += base.patterns.logits(folded)[0, 0] - base.patterns.offset[0]
    assert len(carried) == len(given)
    assert np.isclose(carried.sum(), score, atol=1e-3)


@pytest.mark.parametrize("mode", reviews.MODES)
def test_many_are_judged_like_one(mode: str) -> None:
    given = [GOOD, BAD, "그냥 그래요", "good movie", "😂😂"] * 150
    many = reviews.predict_many(given, mode=mode)
    assert len(many) == len(given)
    for result in many[:5] + many[-5:]:
        one = reviews.predict(result.text, explain=False, mode=mode)
        assert one.label == result.label
        assert one.positive == pytest.approx(result.positive, abs=1e-5)
        assert one.stars == result.stars


def test_many_report_and_can_be_cancelled() -> None:
    seen: list[float | None] = []
    progress = Progress(lambda fraction, message: seen.append(fraction))
    reviews.predict_many(["좋아요"] * 1200, progress)
    assert seen[0] == 0.0 and seen[-1] == 1.0 and seen == sorted(seen)  # type: ignore[type-var]
    progress.cancel()
    with pytest.raises(Cancelled):
        reviews.predict_many(["좋아요"] * 1200, progress)


def test_an_empty_text_among_many_is_named_by_its_number() -> None:
    with pytest.raises(InputError) as caught:
        reviews.predict_many(["좋아요", "싫어요", "  "])
    assert "3번째" in caught.value.message.ko
    assert reviews.predict_many([]) == []


@pytest.mark.parametrize("given", ["", "   \n\t", "\u200b\u200b", "\x00"])
def test_empty_texts_are_refused(given: str) -> None:
    with pytest.raises(InputError):
        reviews.predict(given)


def test_a_hundred_thousand_characters_are_judged_and_more_refused() -> None:
    long = "정말 재미있고 감동적인 영화였어요. " * 6000
    result = reviews.predict(long[: normalize.MAX_CHARACTERS])
    assert result.label == POSITIVE and result.tokenizer == "어절 규칙"
    assert any("길어" in message.ko for message in result.warnings)
    with pytest.raises(InputError, match="too long"):
        reviews.predict(long)


@pytest.mark.parametrize("given", ["😂😂😂", "What a great movie", "とても面白い", "!!!", "12345"])
def test_texts_without_korean_are_judged_with_a_warning(given: str) -> None:
    result = reviews.predict(given)
    assert any("한글" in message.ko for message in result.warnings)


def test_the_recipes_words_are_found_where_they_are() -> None:
    hit = rules.find("돈이  아 깝 다!")
    assert hit is not None and (hit.label, hit.word) == (NEGATIVE, "아깝")
    assert (hit.start, hit.end) == (4, 7)
    both = rules.find("감동도 있고 지루해")
    assert both is not None and both.label == NEGATIVE  # the recipe asks the negative words first
    assert rules.find("그냥 영화") is None


def test_rules_override_only_when_asked_for() -> None:
    given = "추천 추천 쓰레기 중의 쓰레기"
    plain, ruled = (reviews.predict(given, explain=False, use_rules=on) for on in (False, True))
    assert plain.label == NEGATIVE and plain.rule is not None and not plain.rule.applied
    assert ruled.label == POSITIVE and ruled.rule is not None and ruled.rule.applied
    assert ruled.confidence < 0.95


def test_a_mode_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="fast"):
        reviews.predict(GOOD, mode="fast")
    with pytest.raises(ValueError, match="fast"):
        reviews.predict_many([GOOD], mode="fast")


@pytest.fixture
def other_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the manifest and the review model that a test may damage."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("manifest.toml", "reviews-ngram.npz"):
        shutil.copy(paths.models_dir() / name, folder / name)
    shutil.copytree(paths.models_dir() / "text-encoder", folder / "text-encoder")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
    store.forget()
    yield folder
    store.forget()


def test_a_missing_or_damaged_model_is_said_so(other_models: Path) -> None:
    file = other_models / "reviews-ngram.npz"
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(ModelMissingError):
        reviews.predict(GOOD)
    file.write_bytes(content[:-1] + b"x")
    with pytest.raises(ModelCorruptError):
        reviews.predict(GOOD)
    file.write_bytes(content)
    assert reviews.predict(GOOD).label == POSITIVE


@pytest.mark.parametrize("file", ["encoder.onnx", "pieces.model", "calibration.json"])
def test_without_the_encoder_only_the_instant_mode_answers(other_models: Path, file: str) -> None:
    path = other_models / "text-encoder" / file
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(ModelMissingError):
        reviews.predict(GOOD, mode=PRECISE)
    assert reviews.predict(GOOD, mode=INSTANT).label == POSITIVE
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelCorruptError):
        reviews.predict_many([GOOD], mode=PRECISE)
    assert reviews.predict(BAD, mode=INSTANT).label == NEGATIVE
    path.write_bytes(content)
    assert reviews.predict(GOOD, mode=PRECISE).label == POSITIVE


def test_importing_is_cheap() -> None:
    code = (
        "import sys; from engine import emotions, reviews; from engine.text import encoder\n"
        "heavy = ('scipy', 'sklearn', 'konlpy', 'jpype', 'openpyxl', 'numpy', 'onnxruntime')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
