"""The encoder's whole chain runs on made-up data, and a stopped run goes on as if it had not."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch

from engine.text.encoder.layout import FIRST, PAD
from training.text.encoder import pack as encoder_pack
from training.text.encoder import train
from training.text.encoder.net import EncoderModel, Shape, load_weights

GOOD = ("정말 좋아요", "최고의 영화", "감동이 있다", "또 보고 싶다")
BAD = ("너무 지루해요", "최악의 영화", "돈이 아깝다", "다시는 안 본다")
FEELINGS = {"행복": "기뻐서 웃었다", "슬픔": "눈물이 나왔다", "분노": "화가 치밀었다"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write some hundred made-up texts in the layout of the data folder."""
    folder = tmp_path_factory.mktemp("data")
    rng = random.Random(0)
    things = ("배우", "음악", "장면", "이야기", "화면")
    rows = ["review_id\tmovie_id\trating\ttext"]
    for n in range(240):
        side = n % 2
        words = (
            f"{rng.choice(things)} {rng.choice(GOOD if side else BAD)} {rng.choice(things)}ㅋㅋㅋ"
        )
        rows.append(f"{n}\t{n // 2 % 40}\t{rng.choice((9, 10) if side else (1, 2, 6))}\t{words}")
    _write(folder / "reviews/reviews_train.tsv.gz", rows)
    feelings = [
        f"{rng.choice(things)} {FEELINGS[name]} {n}\t{name}" for n in range(60) for name in FEELINGS
    ]
    _write(folder / "emotion_text/emotion7_train.tsv.gz", ["text\temotion", *feelings])
    kote = [f"{n}\t{rng.choice(things)} 댓글 {n}번째\t{n % 44},{(n * 7) % 44}" for n in range(60)]
    _write(folder / "emotion_text/kote_train.tsv", kote)
    return folder


def _write(path: Path, rows: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(rows) + "\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def packed(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pack")
    argv = ["pack", "--data", str(data), "--out", str(out), "--pieces", "500"]
    assert train.main(argv) == 0
    return out / "pack.npz"


TINY = ["--width", "32", "--layers", "2", "--heads", "2", "--tokens", "1024", "--warmup", "3"]


def test_the_whole_chain(packed: Path, tmp_path: Path) -> None:
    common = ["--data", str(packed), "--out", str(tmp_path)]
    run = [*common, "--steps", "12", "--every", "6"]
    assert train.main(["pretrain", *run, "--name", "t", *TINY]) == 0
    start = ["--start", str(tmp_path / "t.pretrained.pt"), "--warmup", "2", "--batch", "32"]
    for fold in "01":
        folds = ["--folds", "2", "--fold", fold, "--name", f"t{fold}"]
        assert train.main(["finetune", *run, *start, *folds]) == 0
        assert train.main(["teach", *common, *folds]) == 0
    teachers = [str(tmp_path / f"t{fold}.answers.npz") for fold in "01"]
    assert train.main(["finetune", *run, *start, "--name", "s", "--teacher", *teachers]) == 0
    assert train.main(["export", *common, "--name", "s"]) == 0
    report = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert set(report["full"]) == {"score", "polarity", "rating_mae", "emotion", "kote"}
    for name, value in report["full"].items():
        assert report["int8"][name] == pytest.approx(value, abs=0.3)
    assert report["polarity_calibration"]["temperature"] > 0
    assert (tmp_path / "encoder.onnx").stat().st_size < 1e6
    log = (tmp_path / "t-pretrained.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["step"] for line in log] == [6, 12]


def test_telling_replaced_words_begins_where_guessing_ended(packed: Path, tmp_path: Path) -> None:
    common = ["--data", str(packed), "--out", str(tmp_path), "--steps", "60", "--every", "20"]
    assert train.main(["pretrain", *common, "--name", "t", *TINY]) == 0
    start = ["--start", str(tmp_path / "t.pretrained.pt"), "--tokens", "1024", "--warmup", "2"]
    assert train.main(["replaced", *common, "--name", "t", "--rate", "3e-3", *start]) == 0
    log = (tmp_path / "t-replaced.jsonl").read_text(encoding="utf-8").splitlines()
    first, *_, last = (json.loads(line) for line in log)
    assert last["score"] > first["score"] and 0 <= last["true_kept"] <= 1
    before, after = load_weights(Path(start[1])), load_weights(tmp_path / "t.replaced.pt")
    assert after.shape == before.shape and after.shape.dropout == 0.1
    assert not torch.equal(after.trunk.embedding.weight, before.trunk.embedding.weight)


def test_a_resumed_run_equals_an_uninterrupted_one(packed: Path, tmp_path: Path) -> None:
    argv = ["pretrain", "--data", str(packed), *TINY, "--steps", "14", "--every", "4"]
    assert train.main([*argv, "--out", str(tmp_path / "whole")]) == 0
    out = ["--out", str(tmp_path / "cut")]
    for call in range(9):
        # Out of time at once, so one step a call; the last call has no limit.
        more = ["--resume"] if call else []
        more += ["--minutes", "1e-9"] if call < 8 else []
        assert train.main([*argv, *out, *more]) == 0
        assert _step(tmp_path / "cut") == (call + 1 if call < 8 else 14)
    one, two = (
        torch.load(tmp_path / name / "small.pretrained.pt", weights_only=True)["weights"]
        for name in ("whole", "cut")
    )
    for name, value in one.items():
        assert torch.equal(value, two[name]), name


def _step(out: Path) -> int:
    state = torch.load(out / "small-pretrained.checkpoint.pt", weights_only=True)
    return int(state["numbers"][0])


def test_resuming_without_a_checkpoint_is_an_error(packed: Path, tmp_path: Path) -> None:
    argv = ["pretrain", "--data", str(packed), "--out", str(tmp_path), *TINY, "--resume"]
    with pytest.raises(FileNotFoundError):
        train.main(argv)


def test_stop_split_is_by_film_and_the_pack_round_trips(packed: Path, tmp_path: Path) -> None:
    pack = encoder_pack.load(packed)
    pieces = encoder_pack.load_pieces(packed.parent / "pieces.model")
    assert "ㅋㅋ" in pieces.decode(pack.row(0).tolist())
    assert (pack.group[:80] == pack.group[80:160]).all()
    assert 0 < (pack.group == 0).sum() < len(pack) / 4
    encoder_pack.save(tmp_path / "again.npz", pack)
    again = encoder_pack.load(tmp_path / "again.npz")
    for name, value in vars(pack).items():
        assert np.array_equal(value, getattr(again, name)), name


def test_padding_does_not_change_the_answer() -> None:
    torch.manual_seed(0)
    model = EncoderModel(Shape(pieces=50, width=32, layers=2, heads=2, inner=64)).eval()
    ids = torch.tensor([[FIRST, 7, 8, 9]])
    padded = torch.cat([ids, torch.full((1, 5), PAD)], 1)
    with torch.no_grad():
        assert torch.allclose(model(ids)[0], model(padded)[0], atol=1e-5)
