"""The kindness filter: abuse however it is spelled, remarks on persons, the classifier."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools import ROOT
from engine.core import paths
from engine.core.errors import ModelCorruptError, ModelMissingError
from engine.models import store
from engine.text.kindness import abusive, check, find_remark, fold

DATA = ROOT / "tests" / "data"

WORDS = [line.split("\t") for line in (DATA / "abuse.tsv").read_text(encoding="utf-8").splitlines()]
ABUSE = [text for kind, text in WORDS if kind == "abuse"]
HARMLESS = [text for kind, text in WORDS if kind == "harmless"]


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).open(encoding="utf-8"), delimiter="\t"))


@pytest.mark.parametrize("text", ABUSE)
def test_abuse_is_found_however_it_is_spelled(text: str) -> None:
    assert abusive(text)
    (verdict,) = check([text])
    assert not verdict.kind and verdict.reason == "profanity" and verdict.score == 1.0


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_that_look_like_abuse_pass(text: str) -> None:
    assert not abusive(text)
    assert check([text])[0].reason != "profanity"


def test_every_remark_of_the_table_the_rules_were_written_with() -> None:
    wrong = [r for r in rows("kindness_rules.tsv") if find_remark(r["text"]) != (r["reason"] or "")]
    assert not wrong


def test_remarks_held_out_from_the_rules() -> None:
    held = rows("kindness_held.tsv")
    found = [bool(find_remark(r["text"])) for r in held if r["reason"]]
    false = [bool(find_remark(r["text"])) for r in held if not r["reason"]]
    assert len(held) + len(rows("kindness_rules.tsv")) >= 100
    assert sum(found) / len(found) >= 0.9 and sum(false) / len(false) <= 0.1


def test_hate_without_a_word_of_the_list_is_the_classifiers() -> None:
    text = "이런 것들은 다 감옥에 처넣고 평생 못 나오게 해야 한다 역한 인간들"
    assert not abusive(text) and not find_remark(text)
    (verdict,) = check([text])
    assert not verdict.kind and verdict.reason == "hate" and 0.5 < verdict.score < 1


def test_friendly_comments_pass_with_a_low_score() -> None:
    texts = [row["text"] for row in csv.DictReader((DATA / "tones.tsv").open(encoding="utf-8"),
                                                   delimiter="\t")]  # fmt: skip
    verdicts = check(texts)
    assert all(verdict.kind for verdict in verdicts)
    assert max(verdict.score for verdict in verdicts) < 0.8


def test_nothing_to_judge_and_empty_texts() -> None:
    assert check([]) == []
    assert check([""])[0].kind
    assert json.loads(json.dumps(check(["멋져요"])[0].to_dict()))["kind"] is True


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gets_a_verdict_of_its_own(texts: list[str]) -> None:
    verdicts = check(texts)
    assert [check([text])[0].kind for text in texts] == [verdict.kind for verdict in verdicts]
    assert all(0 <= v.score <= 1 and v.kind == (not v.reason) for v in verdicts)


@given(st.sampled_from("!1.*_-~"), st.sampled_from(["시발", "씨발", "병신"]))
def test_a_sign_inside_a_word_hides_nothing(sign: str, word: str) -> None:
    assert fold(f"{word[0]}{sign}{word[1]}") == word


def test_a_missing_or_broken_classifier_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(paths.models_dir() / "manifest.toml", tmp_path)
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    monkeypatch.setenv("MAUMGYEOL_CACHE", str(tmp_path / "cache"))
    store.forget()
    try:
        with pytest.raises(ModelMissingError):
            check(["멋져요"])
        (tmp_path / "kindness.npz").write_bytes(b"no model")
        with pytest.raises(ModelCorruptError):
            check(["멋져요"])
    finally:
        monkeypatch.undo()
        store.forget()
