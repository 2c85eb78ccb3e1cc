"""The comments' metrics are the libraries' own, and the command reports all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.core.errors import InputError
from engine.models import store
from training.evaluate import comments
from training.evaluate import comments as evaluation
from training.evaluate import comments as metrics
from training.evaluate.__main__ import main
from training.writing.comments.data import Pair

pytest.importorskip("nltk")
pytest.importorskip("rouge")

PAIRS = [
    Pair(("기쁨", "나무"), "정말 기쁜 표정이시네요! 나무가 멋져요! 😊"),
    Pair(("슬픔",), "슬퍼 보이시네요. 힘내세요! 😢"),
]
NAMES = {
    "bleu_1", "bleu_2", "bleu_3", "bleu_4", "rouge_1", "rouge_2", "rouge_l", "meteor",
    "label_coverage", "distinct_1", "distinct_2", "self_bleu", "emotion_match",
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [{"labels": ", ".join(p.labels), "comment": p.comment} for p in PAIRS]
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def test_equal_texts_score_one() -> None:
    scores = metrics.text_metrics(PAIRS, [pair.comment for pair in PAIRS])
    assert set(scores) == NAMES
    for name in NAMES - {"meteor", "self_bleu", "emotion_match"}:
        assert scores[name] == pytest.approx(1.0, abs=1e-5)
    assert scores["meteor"] > 0.98


def test_bleu_is_nltks_on_characters() -> None:
    from nltk.translate.bleu_score import corpus_bleu

    written = ["정말 기쁜 얼굴이네요! 나무도 좋아요!", "슬픈 표정이네요. 힘내세요!"]
    ours = metrics.bleu([pair.comment for pair in PAIRS], written)
    theirs = corpus_bleu([[pair.comment] for pair in PAIRS], written)
    assert ours["bleu_4"] == pytest.approx(theirs)


def test_an_empty_answer_counts_as_nothing() -> None:
    scores = metrics.text_metrics(PAIRS, [PAIRS[0].comment, ""])
    assert scores["rouge_1"] == pytest.approx(0.5, abs=1e-5)


def test_label_coverage_is_of_objects_that_reach_the_prompt() -> None:
    pairs = [Pair(("기쁨", "나무", "차", "남자"), ""), Pair(("슬픔",), "")]
    assert metrics.label_coverage(pairs, ["나무가 좋네요", "힘내세요"]) == 0.5


def test_sameness_is_nltks_bleu_against_the_others() -> None:
    from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu

    texts = ["가 나 다 라 마", "가 나 다 바", "사 나 다 라", "가 가 나 다 라 마 바"]
    words = [text.split() for text in texts]
    theirs = [
        sentence_bleu(
            words[:i] + words[i + 1 :], own, smoothing_function=SmoothingFunction().method1
        )
        for i, own in enumerate(words)
    ]
    assert metrics.self_bleu(texts) == pytest.approx(sum(theirs) / len(theirs))
    assert metrics.self_bleu(["가 나 다 라"] * 3) == pytest.approx(1.0)


def test_a_happy_comment_on_a_sad_face_is_no_match() -> None:
    pairs = [Pair(("슬픔",), ""), Pair(("기쁨",), ""), Pair(("나무",), "")]
    glad, sad = "정말 행복하고 기뻐요! 너무 좋아요!", "너무 슬퍼서 눈물이 나요. 우울해요."
    assert metrics.emotion_match(pairs, [sad, glad, sad]) == 1.0
    assert metrics.emotion_match(pairs, [glad, sad, glad]) == 0.0
    assert metrics.emotion_match(pairs[2:], [glad]) == 1.0


def test_the_command_writes_every_figure_of_every_writer(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    known = tmp_path / "fit.json"
    known.write_text(json.dumps([{"labels": "나무, 기쁨", "comment": "좋네요!"}]), "utf-8")
    other = store.path("comments-gpt2")
    command = ["comments", "--data", str(data), "--json", str(out), "--train", str(known)]
    assert main([*command, "--models", str(other)]) == 0
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert NAMES | {"n", "seconds", "ms_per_item", "model", "unanswered"} <= set(figures)
    assert (figures["n"], figures["unanswered"], figures["n_unseen"]) == (2, 0, 1)
    shipped = figures["model"]
    for name in NAMES:
        assert set(figures["compared"][name]) >= {shipped, "comments-gpt2", "medoid"}
        assert figures["compared"][name][shipped] == figures[name]
        assert figures["compared_seen"][name][shipped] == figures["seen"][name]
        assert figures["compared_unseen"][name][shipped] == figures["unseen"][name]
    assert figures["compared"]["distinct_2"]["references"] == 1.0
    assert 0 < figures["compared"]["megabytes"][shipped] < 30
    assert figures["offered"][shipped]["three_different"] == 1.0


def test_what_is_no_writer_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="comment writer"):
        evaluation.evaluate([data], None, others=[tmp_path])
    with pytest.raises(SystemExit):
        main(["digits", "--data", str(data), "--train", str(data)])


def test_data_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError):
        evaluation.evaluate([tmp_path / "other.json"], None)
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError):
        evaluation.evaluate([tmp_path / "other.json"], None)


def test_the_medoid_is_the_most_typical_comment_of_the_set_or_of_the_nearest() -> None:
    texts = ["나무가 참 멋져요!", "나무가 참 좋아요!", "나무가 참 멋지네요!", "바다로 가요"]
    known = comments.Medoid([Pair(("기쁨", "나무"), text) for text in texts])
    assert known.answer(("나무", "기쁨")) == "나무가 참 멋져요!"
    assert known.answer(("기쁨", "나무", "차")) == "나무가 참 멋져요!"


def test_model_and_medoid_stand_in_one_table(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert comments.main(["--train", str(data), "--data", str(data)]) == 0
    table = capsys.readouterr().out
    assert all(name in table for name in NAMES | {"model", "medoid", "gain"})
