"""Counting emotions: codes, JSON, tables and folders."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import InputError
from engine.emotions.corpus import codes
from engine.emotions.corpus.distribution import Distribution, measure
from tests.engine.emotion_files import corpus, counted, dialogue, put

CODES = st.lists(st.sampled_from(sorted(codes.NAMES)), min_size=1, max_size=80)


# --- codes -----------------------------------------------------------------------------


def test_sixty_codes_in_six_groups_with_names_that_differ() -> None:
    assert len(codes.NAMES) == 60 == len(set(codes.NAMES.values()))
    assert Counter(map(codes.group_of, codes.NAMES)) == dict.fromkeys(codes.GROUPS, 10)
    for digit, group in enumerate(codes.GROUPS, 1):
        assert codes.NAMES[f"E{digit}0"] == group
    assert codes.NAMES["E19"] == "성가신" and codes.NAMES["E45"] == "가난한, 불우한"


@given(st.sampled_from(sorted(codes.NAMES)), st.sampled_from(["", " ", "S01_D02_"]))
def test_a_code_is_known_by_its_code_and_its_name(code: str, before: str) -> None:
    assert codes.code_of(before + code.lower()) == code
    assert codes.code_of(f" {codes.NAMES[code]} ") == code
    assert codes.code_of(codes.NAMES[code].replace(" ", "")) == code


@given(st.text(max_size=100))
def test_any_label_gives_a_known_code_or_none(label: str) -> None:
    assert codes.code_of(label) in {None, *codes.NAMES}


@pytest.mark.parametrize("label", ["", "행복", "E70", "E1", "E100", "nan", "x" * 10_000])
def test_other_labels_have_no_code(label: str) -> None:
    assert codes.code_of(label) is None


# --- counting --------------------------------------------------------------------------


@settings(max_examples=25)
@given(CODES, st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]), st.booleans())
def test_json_counts_what_it_holds(found: list[str], encoding: str, spread: bool) -> None:
    with TemporaryDirectory() as folder:
        path = corpus(Path(folder, "a.json"), found, encoding, 2 if spread else None)
        result = measure([path])
    assert {row.code: row.count for row in result.labels if row.count} == Counter(found)
    assert result.total == len(found) == sum(result.groups.values())
    assert sum(row.share for row in result.labels) == pytest.approx(1)
    assert [row.count for row in result.top()] == sorted(Counter(found).values())[::-1][:10]
    assert result.groups == {g: sum(codes.group_of(c) == g for c in found) for g in codes.GROUPS}
    json.dumps(result.to_dict())


@settings(max_examples=25)
@given(CODES, st.sampled_from([",", "\t", ";", "|"]), st.booleans(), st.booleans())
def test_tables_count_what_they_hold(
    found: list[str], mark: str, named: bool, header: bool
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.tsv" if mark == "\t" else "a.csv")
        with path.open("w", encoding="cp949", newline="") as stream:
            writer = csv.writer(stream, delimiter=mark)
            if header:
                writer.writerow(["번호", "문장", "감정"])
            for number, code in enumerate(found):
                words = f'오늘은, {"정말"} "힘든" 날\n이었어'
                writer.writerow([number, words, codes.NAMES[code] if named else code])
        assert counted(path) == Counter(found)


def test_the_finer_of_two_columns_counts_and_the_group_tells_twins_apart(tmp_path: Path) -> None:
    rows = ["연령,감정_대분류,감정_소분류,사람문장1"]
    rows += ["청년,상처,고립된,혼자야", "청년,당황,고립된,혼자야", "노년,당황,혼란스러운 ,글쎄"]
    rows += ["노년,불안,혼란스러운,글쎄", "노년,기쁨,신이 난,좋아"]
    path = put(tmp_path, "a.csv", "\n".join(rows))
    assert counted(path) == dict.fromkeys(["E34", "E43", "E51", "E59", "E68"], 1)


def test_one_record_a_line_and_a_lone_record_are_read(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(dialogue(code)) for code in ("E10", "E31", "E10"))
    assert counted(put(tmp_path, "a.jsonl", lines + "\n")) == {"E10": 2, "E31": 1}
    assert counted(put(tmp_path, "b.json", json.dumps(dialogue("E66")))) == {"E66": 1}


def test_the_emotion_id_serves_where_the_type_is_missing(tmp_path: Path) -> None:
    record = {"profile": {"emotion": {"emotion-id": "S06_D02_E37"}}}
    assert counted(put(tmp_path, "a.json", json.dumps([record]))) == {"E37": 1}


def test_unknown_labels_are_skipped_and_named(tmp_path: Path) -> None:
    result = measure([corpus(tmp_path / "a.json", ["E10", "E99", "E99", "E60", ""])])
    assert (result.total, result.skipped, result.unknown["E99"]) == (2, 3, 2)
    many = corpus(tmp_path / "b.json", ["E10", *(f"X{n}" for n in range(500))])
    assert len(measure([many]).unknown) <= 20 and measure([many]).skipped == 500


def test_folders_are_searched_to_the_bottom_and_nothing_counts_twice(tmp_path: Path) -> None:
    (tmp_path / "가" / "나").mkdir(parents=True)
    inner = corpus(tmp_path / "가" / "나" / "train.JSON", ["E10", "E20"])
    put(tmp_path, "labels.csv", "emotion\nE10\n불안\n")
    put(tmp_path, "readme.md", "# 설명")
    put(tmp_path, ".hidden.json", "no")
    bad = put(tmp_path, "broken.json", "[{")
    result = measure([tmp_path, inner])
    assert {row.code: row.count for row in result.labels if row.count} == {
        "E10": 2, "E20": 1, "E30": 1,
    }  # fmt: skip
    assert [path for path, _ in result.failures] == [bad] and len(result.files) == 2
    assert "broken.json" in result.to_dict()["failures"][0]["file"]


def test_a_folder_that_cannot_be_entered_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(tmp_path / "a.json", ["E10"])
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [path for path, _ in measure([tmp_path]).failures] == [closed]


def test_a_file_that_breaks_in_the_middle_counts_nothing(tmp_path: Path) -> None:
    whole = corpus(tmp_path / "a.json", ["E10"] * 400).read_bytes()
    put(tmp_path, "b.json", whole[: len(whole) // 2])
    result = measure([tmp_path])
    assert result.total == 400 and len(result.failures) == 1


def test_a_distribution_survives_a_trip_through_json(tmp_path: Path) -> None:
    corpus(tmp_path / "a.json", ["E10", "E31", "E31", "E99"])
    put(tmp_path, "b.json", "[{")
    result = measure([tmp_path])
    assert Distribution.from_dict(json.loads(json.dumps(result.to_dict()))) == result


@pytest.mark.parametrize("key", ["labels", "groups", "skipped", "unknown", "files", "failures"])
@pytest.mark.parametrize("value", [None, [], {}, "x", [{}], {"분노": "x"}])
def test_a_damaged_distribution_is_refused_or_still_whole(
    tmp_path: Path, key: str, value: object
) -> None:
    payload = measure([corpus(tmp_path / "a.json", ["E10"])]).to_dict() | {key: value}
    try:
        assert Distribution.from_dict(payload).total == 1
    except InputError as error:
        assert error.message.ko
    with pytest.raises(InputError, match="damaged"):
        Distribution.from_dict({})
