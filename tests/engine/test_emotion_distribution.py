"""Counting emotions: codes, JSON, tables, folders, and every bad input."""

from __future__ import annotations

import csv
import json
import os
import tracemalloc
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.emotions import codes, distribution
from engine.emotions.distribution import measure
from engine.errors import InputError, Message
from engine.jobs import Cancelled, Progress

CODES = st.lists(st.sampled_from(sorted(codes.NAMES)), min_size=1, max_size=80)


def dialogue(code: str, said: str = "일은 왜 해도 해도 끝이 없을까?") -> dict[str, object]:
    """Return one dialogue in the corpus's layout."""
    return {
        "profile": {
            "persona-id": "Pro_05349",
            "persona": {"human": ["A02", "G02"], "computer": ["C01"]},
            "emotion": {
                "emotion-id": f"S06_D02_{code}",
                "type": code,
                "situation": ["S06", "D02"],
            },
        },
        "talk": {
            "id": {"profile-id": "Pro_05349", "talk-id": "Pro_05349_00053"},
            "content": {"HS01": said, "SS01": "많이 힘드시겠어요.", "HS02": "", "SS02": ""},
        },
    }


def corpus(path: Path, found: list[str], encoding: str = "utf-8", indent: int | None = 2) -> Path:
    text = json.dumps([dialogue(code) for code in found], ensure_ascii=False, indent=indent)
    path.write_text(text, encoding=encoding)
    return path


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def counted(*paths: Path) -> dict[str, int]:
    return {row.code: row.count for row in measure(paths).labels if row.count}


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


# --- bad input -------------------------------------------------------------------------

SENTENCE = json.dumps([dialogue("E10", "오늘은 정말 힘든 하루였어요")], ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "content", "ko", "en"),
    [
        ("a.json", b"", "빈 파일", "empty"),
        ("a.json", b"\xef\xbb\xbf \n", "빈 파일", "empty"),
        ("a.csv", b"\n\n", "빈 파일", "empty"),
        ("a.json", b"hello", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[{]", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b'[{"a": 1}', "올바른 JSON이", "Not valid JSON"),
        ("a.json", b'[{"a": 1} {"b": 2}]', "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[]]", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[" * 100_000, "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[" + b"9" * 10_000 + b"]", "올바른 JSON이", "Not valid JSON"),
        ("a.json", b"[]", "말뭉치 형식이", "layout"),
        ("a.json", b"[1, null, [2]]", "말뭉치 형식이", "layout"),
        ("a.json", b'{"data": []}', "말뭉치 형식이", "layout"),
        ("a.json", b'[{"profile": {"emotion": "E10"}}]', "말뭉치 형식이", "layout"),
        ("a.json", b'[{"profile": {"emotion": {"type": 10}}}]', "말뭉치 형식이", "layout"),
        ("a.json", b'[{"profile": {"emotion": {"type": "E99"}}}]', "코드", "No known"),
        ("a.csv", "글,점수\n좋아요,3\n".encode(), "감정 열을", "No emotion column"),
        ("a.csv", b"id,text\n", "감정 열을", "No emotion column"),
        ("a.tsv", b"text\temotion\nhi\tnan\nyo\tnan\n", "감정 열을", "No emotion column"),
        ("a.csv", bytes(range(256)) * 20, "글자를 읽을 수 없는", "as text"),
        ("a.json", b"\xff\xfe\x00", "글자를 읽을 수 없는", "as text"),
        ("a.csv", b"\x81\xff\xfe\xfd" * 50, "글자를 읽을 수 없는", "as text"),
        ("a.xlsx", b"PK\x03\x04", "JSON, CSV, TSV만", "Only JSON"),
        ("a.json", SENTENCE.encode() + b"\n" + SENTENCE.encode("cp949"), "인코딩이 섞여", "mixed"),
        ("a.json", SENTENCE.encode("cp949") + b"\n" + SENTENCE.encode(), "인코딩이 섞여", "mixed"),
        ("a.csv", "감정,글\n분노,힘들었어요\n".encode() + "불안,두렵다\n".encode("cp949"),
         "인코딩이 섞여", "mixed"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, ko: str, en: str
) -> None:
    with pytest.raises(InputError, match=en) as caught:
        measure([put(tmp_path, name, content)])
    assert ko in caught.value.message.ko
    assert "a." in caught.value.message.ko


def test_missing_files_and_empty_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Cannot open"):
        measure([tmp_path / "none.json"])
    with pytest.raises(InputError, match="Cannot open"):
        measure([tmp_path / ("긴" * 500)])
    with pytest.raises(InputError, match="no JSON"):
        measure([tmp_path])
    for name in ("a.json", "b.json"):
        put(tmp_path, name, "nothing")
    with pytest.raises(InputError, match="None of 2 files"):
        measure([tmp_path])


def test_a_quote_that_is_never_closed_does_not_swallow_the_memory(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", 'id,emotion\n1,E10\n2,"E10\n' + "3,E10\n" * 3_000_000)
    with pytest.raises(InputError, match="never ends"):
        measure([path])


def test_a_row_of_a_megabyte_is_a_row(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", f"text,emotion\n{'가' * 1_000_000},E10\n짧은 글,E20\n")
    assert counted(path) == {"E10": 1, "E20": 1}
    long = put(tmp_path, "b.json", json.dumps([dialogue("E33", "가" * 1_000_000)]))
    assert counted(long) == {"E33": 1}


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a.json", ["E10", "E27"] * 15_000)
    measure([path])
    tracemalloc.start()
    result = measure([path])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.total == 30_000
    assert peak < path.stat().st_size / 2


@given(st.binary(max_size=300), st.sampled_from([".json", ".csv", ".tsv", ".txt"]))
def test_any_bytes_end_in_a_result_or_a_sentence(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = put(Path(folder), f"a{suffix}", content)
        try:
            assert measure([path]).total > 0
        except InputError as error:
            assert error.message.ko and error.message.en


# --- progress --------------------------------------------------------------------------


def test_progress_grows_to_one_and_names_the_files(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        corpus(tmp_path / name, ["E10"] * 3000)
    seen: list[tuple[float | None, Message | None]] = []
    measure([tmp_path], Progress(lambda *report: seen.append(report)))
    shares = [fraction for fraction, _ in seen if fraction is not None]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(set(shares)) > 5
    assert any(message and "b.json" in message.ko for _, message in seen)


def test_counting_can_be_cancelled_within_a_file(tmp_path: Path) -> None:
    path = corpus(tmp_path / "a.json", ["E10"] * 3000)
    progress = Progress(lambda fraction, _: progress.cancel() if fraction else None)
    with pytest.raises(Cancelled):
        measure([path], progress)


def test_a_result_cannot_be_changed(tmp_path: Path) -> None:
    result = measure([corpus(tmp_path / "a.json", ["E10"])])
    with pytest.raises(AttributeError):
        result.total = 5  # type: ignore[misc]
    assert isinstance(result, distribution.Distribution)
