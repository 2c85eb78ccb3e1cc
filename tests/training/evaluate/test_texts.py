"""Evaluation of the text models: modes, ratings, KOTE, and the deletion check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.core.errors import InputError
from engine.emotions.result import KOTE_LABELS
from engine.reviews import INSTANT, MODES, PRECISE
from training.evaluate import __main__, kote, why

RATED = (
    "review_id\tmovie_id\trating\ttext",
    "1\t1\t10\t정말 재미있고 감동적인 최고의 영화",
    "2\t1\t1\t지루하고 실망스러운 최악의 영화 돈이 아깝다",
    "3\t1\t6\t그냥 그래요 볼만은 한데 결말이 아쉽네요",
    "4\t1\t9\t배우들 연기가 훌륭했고 음악도 좋았어요",
    "5\t1\t2\t이런 쓰레기 같은 영화는 처음 본다",
)


def put(folder: Path, *rows: str) -> Path:
    path = folder / "data.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("mode", MODES)
def test_both_modes_are_scored(
    tmp_path: Path, mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    argv = ["reviews", "--data", str(put(tmp_path, *RATED)), "--mode", mode, "--json", str(out)]
    assert __main__.main(argv) == 0 and "three_way:" in capsys.readouterr().out
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["n"] == 4 and found["accuracy"] == 1.0
    assert found["stars_n"] == 5 and found["rating_mae"] < 2.5 and found["quadratic_kappa"] > 0.6
    assert set(found["three_way"]) == {"accuracy", "macro_f1", "per_class"}
    assert found["three_way"]["accuracy"] >= 0.8
    assert ("text-encoder" in found["model"]) == (mode == PRECISE)


def test_precise_is_the_usual_mode_and_others_have_none(tmp_path: Path) -> None:
    path = put(tmp_path, *RATED)
    assert "text-encoder" in str(__main__.evaluate("reviews", [path])["model"])
    with pytest.raises(InputError, match="no --mode"):
        __main__.evaluate("kote", [path], mode=INSTANT)
    with pytest.raises(SystemExit):
        __main__.main(["reviews", "--data", str(path), "--mode", "fast"])


def test_kote_is_scored_over_all_labels(tmp_path: Path) -> None:
    glad, sad = KOTE_LABELS.index("기쁨"), KOTE_LABELS.index("슬픔")
    path = put(tmp_path, f"a\t너무 기쁘고 행복한 하루\t{glad}", f"b\t너무 슬퍼서 눈물이 나\t{sad}")
    found = __main__.evaluate("kote", [path])
    assert found["n"] == 2 and set(found["per_class"]) == {"기쁨", "슬픔"}  # type: ignore[call-overload]
    assert 0 < found["micro_f1"] <= 1 and found["per_class"]["기쁨"]["f1"] > 0  # type: ignore[index, operator]
    assert __main__.evaluate("kote", [path], limit=1)["n"] == 1


@pytest.mark.parametrize("row", ["a\t글\t44", "a\t글\t-1", "a\t글\tx", "a\t글", "a\t \t3", "글"])
def test_kote_refuses_other_rows(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputError, match="labels 0 to 43"):
        list(kote.read(put(tmp_path, row)))


def test_kote_refuses_empty_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no texts"):
        kote.evaluate([put(tmp_path, "")], None)
    path = tmp_path / "old.tsv"
    path.write_bytes("a\t글\t3".encode("cp949"))
    with pytest.raises(InputError, match="UTF-8"):
        kote.evaluate([path], None)


@pytest.mark.parametrize("mode", MODES)
def test_named_words_matter_more_than_random_ones(tmp_path: Path, mode: str) -> None:
    found = __main__.evaluate("why", [put(tmp_path, *RATED)], mode=mode)
    assert found["n"] == 5 and found["fall_top"] > found["fall_random"]  # type: ignore[operator]


def test_texts_of_few_words_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="four words"):
        why.evaluate([put(tmp_path, RATED[0], "1\t1\t10\t최고 영화")], None)
