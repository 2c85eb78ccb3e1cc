"""The comment writer's training runs from data to a model that answers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from engine.comments.write import generate
from engine.core.errors import InputError
from training.writing.comments import data as comments_augment
from training.writing.comments import pretrain, train
from training.writing.comments.data import SEEN, Pair, set_hash
from training.writing.comments.nets import KINDS

pytest.importorskip("torch")
pytest.importorskip("transformers")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write two hundred made-up comments."""
    things = ("나무", "바다", "모자", "책", "우산")
    feelings = {"기쁨": "정말 기뻐 보이시네요!", "슬픔": "슬퍼 보이시네요."}
    rows = [
        {"labels": f"{feeling}, {thing}", "comment": f"{words} {thing} 사진 {n}번도 멋져요! 😊"}
        for n in range(20)
        for thing in things
        for feeling, words in feelings.items()
    ]
    path = tmp_path / "comments.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def write_texts(folder: Path) -> None:
    """Write a data folder with chat pairs and the comments."""
    (folder / "chat").mkdir()
    rows = [f"오늘은 날씨가 {n}번 좋아요,그래요 {n}번 산책을 가요,0" for n in range(400)]
    text = "Q,A,label\n" + "\n".join(rows) + "\n"
    (folder / "chat" / "ChatbotData.csv").write_text(text, encoding="utf-8")
    (folder / "comments").mkdir()
    (folder / "comments.json").rename(folder / "comments" / "comments_train.json")


@pytest.mark.parametrize("kind", KINDS)
def test_training_makes_a_model_that_writes(kind: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "models"
    options = ["--data", str(data), "--out", str(out), "--epochs", "2", "--width", "32"]
    assert train.main([*options, "--pieces", "700", "--kind", kind, "--mlflow", "off"]) == 0
    folder = out / f"comments-{kind}"
    writer = generate.open_writer(folder, "new")
    assert "나무" in writer.names
    assert writer.pieces.decode(writer.pieces.encode("기쁨, 나무 ★漢")) == "기쁨, 나무 ★漢"
    drawn = generate.candidates(("기쁨", "나무"), generate.Sampling(4, 1.0), 0, writer)
    assert drawn == generate.candidates(("기쁨", "나무"), generate.Sampling(4, 1.0), 0, writer)
    seen = (folder / SEEN).read_text(encoding="utf-8").split()
    assert set_hash(("나무", "기쁨")) in seen
    assert set_hash(("나무", "기차")) not in seen


@pytest.mark.parametrize("kind", KINDS)
def test_pretraining_makes_weights_that_training_goes_on_from(
    kind: str, data: Path, tmp_path: Path
) -> None:
    write_texts(data.parent)
    small = ["--out", str(tmp_path / "base"), "--mlflow", "off", "--kind", kind]
    steps = ["--steps", "2", "--texts", "700", "--pieces", "700", "--width", "32"]
    assert pretrain.main(["--data", str(data.parent), *small, *steps]) == 0
    first = tmp_path / "base" / f"{kind}.pretrained.pt"
    on = ["--out", str(tmp_path / "on"), "--start", str(first), "--mlflow", "off", *steps]
    assert pretrain.main(["--data", str(data.parent), *on, "--kind", kind]) == 0
    start = tmp_path / "on" / f"{kind}.pretrained.pt"
    file = data.parent / "comments" / "comments_train.json"
    options = ["--data", str(file), "--out", str(tmp_path / "models"), "--epochs", "1"]
    options += ["--start", str(start), "--mlflow", "off"]
    other = next(name for name in KINDS if name != kind)
    with pytest.raises(InputError, match=kind):
        pretrain.main(["--data", str(data.parent), *on, "--kind", other])
    with pytest.raises(InputError, match=kind):
        train.main([*options, "--kind", other])
    assert train.main([*options, "--kind", kind]) == 0
    assert generate.open_writer(tmp_path / "models" / f"comments-{kind}", "new").names


def test_span_corruption_can_be_undone() -> None:
    ids, hidden = list(range(100, 130)), list(range(12))
    for seed in range(20):
        source, target = pretrain.corrupted(ids, hidden, random.Random(seed))
        spans: dict[int, list[int]] = {}
        for piece in target:
            if piece < 100:
                spans[piece] = []
            else:
                spans[max(spans)].append(piece)
        mended = [inner for piece in source for inner in spans.get(piece, [piece])]
        assert mended == ids
        assert spans


def test_calm_pairs_say_nothing_of_feelings() -> None:
    pair = Pair(("슬픔", "안경", "나무"), "슬퍼 보여요. 😢 안경도 잘 어울려요! 나무가 멋져요.")
    calm = comments_augment.calm_pairs([pair])
    assert calm == [Pair(("안경", "나무"), "안경도 잘 어울려요! 나무가 멋져요.")]
    joined = comments_augment.joined(calm, random.Random(0))
    assert joined.comment == "안경이 잘 어울려요! 나무가 멋져요."


def test_object_names_come_from_label_sets_beside_the_data(data: Path) -> None:
    (data.parent / "label_sets.txt").write_text("기쁨, 풍차\n남자, 등대\n", encoding="utf-8")
    names = train.object_names(data)
    assert {"풍차", "등대"} <= set(names)
    assert not {"기쁨", "남자", "사람"} & set(names)
