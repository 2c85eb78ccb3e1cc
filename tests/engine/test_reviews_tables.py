"""Files of texts: encodings, delimiters, headers, columns, and writing them again."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InputError, StorageError
from engine.jobs import Cancelled, Progress
from engine.reviews import tables, tables_write

TEXTS = ["정말 재미있어요, 추천!", '그는 "최고"라고 했다', "지루해서 졸았다"]


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp949", "cp949"),
        ("euc-kr", "cp949"),
        ("utf-16", "utf-16"),
        ("utf-16-be", "utf-16-be"),
        ("utf-16-le", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_list_of_lines_in_any_encoding(
    tmp_path: Path, encoding: str, found: str, newline: str
) -> None:
    path = put(tmp_path, "a.txt", newline.join([*TEXTS, "", " "]), encoding)
    table = tables.read_table(path)
    assert table.texts(0) == TEXTS
    assert table.encoding == found and table.text_column == 0


@pytest.mark.parametrize("mark", [",", ";", "|", "\t"])
def test_delimiters_and_headers(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp949", newline="") as stream:
        writer = csv.writer(stream, delimiter=mark)
        writer.writerows([["번호", "리뷰", "평점"], *([i, t, 9] for i, t in enumerate(TEXTS))])
    table = tables.read_table(path)
    assert table.header == ("번호", "리뷰", "평점")
    assert table.text_column == 1 and tables.read_texts(path) == TEXTS


def test_nsmc_with_stray_quotes(tmp_path: Path) -> None:
    rows = ['1\t"최고의 영화\t1', "2\t별로\t0", '3\t뭐지 이 "영화" 는\t0', "4\t\t0"]
    path = put(tmp_path, "ratings.txt", "\n".join(["id\tdocument\tlabel", *rows]))
    assert tables.read_texts(path) == ['"최고의 영화', "별로", '뭐지 이 "영화" 는']
    assert len(tables.read_table(path).rows) == 4


def test_quoted_line_breaks_and_delimiters_stay_in_their_cell(tmp_path: Path) -> None:
    content = 'text,score\n"첫 줄\n둘째 줄, 끝",3\n"그는 ""와"" 했다",5\n보통,1\n'
    assert tables.read_texts(put(tmp_path, "a.csv", content)) == [
        "첫 줄\n둘째 줄, 끝",
        '그는 "와" 했다',
        "보통",
    ]


def test_a_header_is_known_by_the_numbers_below_it(tmp_path: Path) -> None:
    table = tables.read_table(
        put(tmp_path, "a.csv", "말,수\n아주 좋은 영화였습니다,3\n별로였다,1\n")
    )
    assert table.header == ("말", "수") and table.text_column == 0


def test_a_file_without_header_gets_made_up_names(tmp_path: Path) -> None:
    table = tables.read_table(put(tmp_path, "a.csv", "1,정말 재미있어요\n2,지루했습니다\n"))
    assert table.header == ("열 1", "열 2") and table.text_column == 1 and len(table.rows) == 2


@pytest.mark.parametrize(
    "content",
    [
        "id,score\n1,2\n3,4\n",
        "a,b\n참 좋은 영화예요,아주 나쁜 영화예요\n또 보고 싶어요,다시는 안 봐요\n",
        "본문,댓글\n좋아요,싫어요\n",
    ],
)
def test_an_unclear_text_column_is_asked_for(tmp_path: Path, content: str) -> None:
    path = put(tmp_path, "a.csv", content)
    table = tables.read_table(path)
    assert table.text_column is None
    with pytest.raises(InputError) as caught:
        tables.read_texts(path)
    assert all(name in caught.value.message.ko for name in table.header)
    assert tables.read_texts(path, table.header[1]) == [row[1] for row in table.rows]
    assert tables.read_texts(path, "1") == [row[0] for row in table.rows]
    with pytest.raises(InputError, match="no column"):
        tables.read_texts(path, "없는 열")


def test_uneven_rows_are_filled(tmp_path: Path) -> None:
    table = tables.read_table(
        put(tmp_path, "a.csv", "id,text\n" + "1,좋아요\n" * 20 + "2\n3,나빠요,남는 칸\n")
    )
    assert table.header == ("id", "text", "열 3")
    assert {len(row) for row in table.rows} == {3} and table.rows[-1] == ("3", "나빠요", "남는 칸")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "빈 파일"),
        ("a.txt", b"  \n \n", "빈 파일"),
        ("a.csv", b"\xef\xbb\xbf\n", "읽을 글이 없는"),
        ("a.csv", b"text,score\n", "없는"),
        ("a.txt", bytes(range(256)) * 4, "글자를 읽을 수 없는"),
        ("a.xlsx", b"PK\x03\x04 broken", "엑셀 파일을 읽을 수 없어요"),
        ("a.xlsx", b"not a workbook", "엑셀 파일을 읽을 수 없어요"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "예전 엑셀"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        tables.read_texts(put(tmp_path, name, content))
    assert said in caught.value.message.ko


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match="Cannot open"):
            tables.read_table(path)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        tables.read_table(put(tmp_path, "a.txt", "좋아요"), progress)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_written_tables_are_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    rows = [
        (text, "긍정", 0.93, 4.5) for text in [*TEXTS, "=HYPERLINK(1)", "+82", "줄\n바꿈", "😂"]
    ]
    assert tables_write.write(path, ("리뷰", "판단", "확률", "별"), rows) == 0
    table = tables.read_table(path)
    assert table.header == ("리뷰", "판단", "확률", "별") and table.text_column == 0
    lead = "'" if suffix == ".csv" else ""
    expected = [*TEXTS, f"{lead}=HYPERLINK(1)", f"{lead}+82", "줄\n바꿈", "😂"]
    assert table.texts(0) == expected
    assert table.rows[0][1:] == ("긍정", "0.93", "4.5")
    assert [file for file in tmp_path.iterdir() if file.is_file()] == [path]


def test_excel_opens_the_files_rightly(tmp_path: Path) -> None:
    header, rows = ("글", "별"), [("=1+1", 4.5), ("가" * 40_000, 1.0), ("a\x01b", 2.0)]
    tables_write.write(tmp_path / "a.csv", header, rows)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert tables_write.write(tmp_path / "a.xlsx", header, rows) == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 4.5 and sheet["A4"].value == "ab"
    assert len(sheet["A3"].value) == tables_write.XLSX_CHARACTERS


def test_a_target_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        tables_write.write(tmp_path / "none" / "a.csv", ("글",), [("좋아요",)])
    with pytest.raises(InputError):
        tables_write.write(tmp_path / "a.pdf", ("글",), [("좋아요",)])


CELLS = st.text("가나다 ,;\"'\n=+abc1😂", max_size=12).filter(lambda text: text.strip() == text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS.filter(bool), CELLS.filter(bool)), min_size=1, max_size=8))
def test_any_written_csv_holds_what_was_written(rows: list[tuple[str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        tables_write.write(path, ("글", "제목"), rows)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            again = list(csv.reader(stream))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in again] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.txt", "a.csv", "a.xlsx"):
            path = Path(folder) / name
            path.write_bytes(content)
            try:
                table = tables.read_table(path)
            except InputError:
                continue
            assert table.rows and all(len(row) == len(table.header) for row in table.rows)
