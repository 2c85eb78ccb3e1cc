"""The small talk's training on a small table of its own, and its figures."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from devtools import ROOT
from engine.chat import retrieval
from engine.chat.retrieval import GENERATOR, NAME
from engine.core import paths
from engine.core.errors import InputError
from engine.models import manifest, store
from training.evaluate.__main__ import evaluate
from training.writing.chat import data, train
from training.writing.chat.data import Pair, kept, read_pairs, split

TOPICS = (
    ("배고파", "맛있는 걸 드세요."),
    ("졸려", "조금 쉬어요."),
    ("추워", "따뜻하게 입으세요."),
    ("심심해", "산책은 어때요?"),
    ("기뻐", "정말 잘됐네요!"),
    ("아파", "병원에 가 보세요."),
    ("바빠", "숨 좀 돌려요."),
    ("외로워", "제가 곁에 있을게요."),
    ("더워", "물을 자주 드세요."),
    ("무서워", "괜찮을 거예요."),
    ("떨려", "잘할 수 있어요."),
    ("화나", "천천히 숨을 쉬어 봐요."),
)
FORMS = ("{}", "너무 {}", "나 오늘 {}", "요즘 계속 {}")
SENTENCES = ROOT / "tests" / "data" / "chat_paraphrases.tsv"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("Q", "A", "label"))
        rows.writerows((f.format(q), a, 0) for q, a in TOPICS for f in FORMS)
        rows.writerow(("커피 좋아해?", "저도 커피 좋아해요.", 0))
    return path


def test_the_split_asks_one_question_of_an_answer_and_is_always_the_same(table: Path) -> None:
    pairs = read_pairs(table)
    assert len(pairs) == len(kept(pairs)) + 1 == 49
    parts = split(pairs)
    assert split(pairs) == parts and parts.test and parts.tune
    held = {*parts.test, *parts.tune}
    assert not held & set(parts.fit) and len(held) + len(parts.fit) == len(pairs)
    answers = [pairs[row].answer for row in held]
    assert len(answers) == len(set(answers))
    known = {pairs[row].answer for row in parts.fit}
    assert set(answers) <= known and not {pairs[r].key for r in held} & {
        pairs[r].key for r in parts.fit
    }


def test_a_question_with_two_answers_is_not_asked() -> None:
    pairs = [Pair("안녕", "네."), Pair("안녕!", "반가워요."), Pair("하이", "반가워요.")]
    assert {pairs[row].key for row in (*split(pairs).test, *split(pairs).tune)} <= {"하이"}


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"Q,A\n,\n", b"Q,A\n\xff\xfe,x\n"])
def test_other_tables_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(InputError):
        data.read_pairs(tmp_path / "x.csv")


def test_the_index_is_made_found_again_and_scored(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "models"
    out.mkdir()
    shutil.copy(paths.models_dir() / "manifest.toml", out / "manifest.toml")
    shutil.copytree(paths.models_dir() / "text-encoder", out / "text-encoder")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(out))
    store.forget()
    try:
        assert train.main(["--data", str(table), "--out", str(out), "--mlflow", "off"]) == 0
        first = (out / NAME / "index.npz").read_bytes()
        assert retrieval.load().find("나 오늘 배고파", 1)[0].answer == "맛있는 걸 드세요."
        assert "저도 커피 좋아해요." not in retrieval.load().answers
        scores = evaluate("chat", [table])
        assert scores["n"] == len(split(kept(read_pairs(table))).test) and scores["left_out"] == 1
        assert 0.5 < float(str(scores["recall_1"])) <= float(str(scores["recall_5"])) <= 1
        train.main(["--data", str(table), "--out", str(out), "--mlflow", "off"])
        assert (out / NAME / "index.npz").read_bytes() == first
        with pytest.raises(InputError):
            evaluate("chat", [_shorter(table)])
    finally:
        store.forget()


def _shorter(table: Path) -> Path:
    path = table.with_name("shorter.csv")
    path.write_text("\n".join(table.read_text("utf-8").splitlines()[:20]), encoding="utf-8")
    return path


def test_the_generator_is_trained_and_exported(table: Path, tmp_path: Path) -> None:
    shutil.copy(paths.models_dir() / "manifest.toml", tmp_path / "manifest.toml")
    options = ["--data", str(table), "--out", str(tmp_path), "--generator", "--epochs", "1"]
    assert train.main([*options, "--mlflow", "off"]) == 0
    entry = manifest.read(tmp_path / "manifest.toml")[GENERATOR]
    assert {item.file for item in entry.files} == set(train.WRITER_FILES)


def test_sentences_of_our_own_find_what_they_are_about() -> None:
    scores = evaluate("chat", [SENTENCES])
    assert int(str(scores["n"])) >= 60
    assert float(str(scores["recall_1"])) > 0.8 and float(str(scores["recall_5"])) > 0.9
