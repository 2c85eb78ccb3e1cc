"""Tables as Excel opens them: CSV and XLSX."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import InputError, StorageError
from engine.tables import Reader, look
from engine.tables.write import XLSX_UNITS, safe, write

TEXTS = ["정말 재미있어요, 추천!", '그는 "최고"라고 했다', "지루해서 졸았다"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_written_tables_are_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    rows = [
        (text, "긍정", 0.93, 4.5) for text in [*TEXTS, "=HYPERLINK(1)", "+82", "줄\n바꿈", "😂"]
    ]
    assert write(path, ("리뷰", "판단", "확률", "별"), rows) == 0
    found, read = look(path)
    assert found.header == ("리뷰", "판단", "확률", "별")
    lead = "'" if suffix == ".csv" else ""
    expected = [*TEXTS, f"{lead}=HYPERLINK(1)", f"{lead}+82", "줄\n바꿈", "😂"]
    assert [row.cells[0] for row in Reader(found)] == [row.cells[0] for row in read] == expected
    assert read[0].cells[1:] == ("긍정", "0.93", "4.5")
    assert [file for file in tmp_path.iterdir() if file.is_file()] == [path]


def test_excel_opens_the_files_rightly(tmp_path: Path) -> None:
    header, rows = ("글", "별"), [("=1+1", 4.5), ("가" * 40_000, 1.0), ("a\x01b", 2.0)]
    write(tmp_path / "a.csv", header, rows)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert write(tmp_path / "a.xlsx", header, rows) == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 4.5 and sheet["A4"].value == "ab"
    assert len(sheet["A3"].value) == XLSX_UNITS


def test_a_target_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write(tmp_path / "none" / "a.csv", ("글",), [("좋아요",)])
    with pytest.raises(InputError):
        write(tmp_path / "a.pdf", ("글",), [("좋아요",)])


CELLS = st.text("가나다 ,;\"'\n=+abc1😂", max_size=12).filter(lambda text: text.strip() == text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS.filter(bool), CELLS.filter(bool)), min_size=1, max_size=8))
def test_any_written_csv_holds_what_was_written(rows: list[tuple[str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        write(path, ("글", "제목"), rows)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            again = list(csv.reader(stream))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in again] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


@pytest.mark.parametrize("text", ["\ufffe좋아요\uffff", "\x00좋\x0b아\x1f요", "좋아요\ud800"])
def test_what_xml_has_no_place_for_does_not_end_a_workbook(tmp_path: Path, text: str) -> None:
    write(tmp_path / "a.xlsx", ("글\uffff",), [(text,), ("다음",)])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet["A"]] == ["글", text.strip("\ufffe\uffff").replace(
        "\ud800", "?").translate({0: None, 11: None, 31: None}), "다음"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("😂" * 16_383, 0),
        ("가" * 32_767, 0),
        ("😂" * 16_384, 1),
        ("가" + "😂" * 16_383 + "나", 1),
        ("가" * 32_768, 1),
    ],
)
def test_a_cell_of_excel_is_measured_in_utf_16_units(
    tmp_path: Path, text: str, shortened: int
) -> None:
    assert write(tmp_path / "a.xlsx", ("글",), [(text,)]) == shortened
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].value
    assert len(cell.encode("utf-16-le")) // 2 <= XLSX_UNITS
    assert cell == (f"{text[: len(cell) - 1]}…" if shortened else text)


@pytest.mark.parametrize(
    "lead", ["", "\r", "\n", "\r\n", "\t", " ", "\u3000", "\ufeff", "\u200b", "\x01"]
)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＠"])
def test_a_formula_is_a_text_whatever_leads_it(lead: str, sign: str) -> None:
    text = f"{lead}{sign}HYPERLINK(1)"
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("end", ["\r", "\n"])
def test_the_guard_of_a_formula_survives_a_batch(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f'글,점\n"{end}=1+1",3\n"{end}좋아요",5\n'.encode())
    rows = [row.cells for row in Reader(look(path)[0])]
    write(tmp_path / "b.csv", ("글", "점"), rows)
    with (tmp_path / "b.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1:] == [["'\n=1+1", "3"], ["'\n좋아요", "5"]]
