"""Files as a stream of rows: delimiters, quotes, ragged rows, workbooks, Parquet, resuming."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import subprocess
import sys
import tempfile
import tracemalloc
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import openpyxl.chart
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import InputError
from engine.reviews import batch
from engine.reviews.batch import runner
from engine.tables import Reader, Row, delimited, encoding, look, texts_of
from tests.engine.batch_files import BAD, GOOD, HEADER, put, reviews, table


def rows(path: Path, start: int = 0) -> list[Row]:
    return list(Reader(look(path)[0], start))


TEXTS = ["정말 재미있어요, 추천!", '그는 "최고"라고 했다', "지루해서 졸았다"]


def texts(path: Path, column: str | None = None) -> list[str]:
    return [text for text, _ in texts_of(path, column)]


def cells(path: Path, start: int = 0) -> list[tuple[str, ...]]:
    return [row.cells for row in rows(path, start)]


def converted(folder: Path, suffix: str, count: int) -> Path:
    """Return the same table as .csv, .tsv, .xlsx or .parquet."""
    path = folder / f"표{suffix}"
    if suffix == ".csv":
        return table(folder, count, path.name)
    if suffix == ".tsv":
        lines = ["\t".join(row) for row in (HEADER, *reviews(count))]
        return put(folder, path.name, "\n".join(lines), "cp949")
    if suffix == ".parquet":
        frame = polars.DataFrame(reviews(count), schema=list(HEADER), orient="row")
        frame.write_parquet(path)
        return path
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADER, *reviews(count)):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
def test_every_kind_of_file_gives_the_same_rows_from_anywhere(tmp_path: Path, suffix: str) -> None:
    path = converted(tmp_path, suffix, 60)
    found, sample = look(path)
    assert found.header == HEADER and [row.cells for row in sample] == reviews(60)
    assert cells(path) == reviews(60)
    for start in (1, 37, 59, 60, 99):
        assert cells(path, start) == reviews(60)[start:]
    seen = batch.preview(path)
    assert seen.header == HEADER and list(seen.rows) == reviews(60)[:50]
    columns = (seen.text_column, seen.date_column, seen.group_column, seen.label_column)
    assert columns == (1, 2, 3, 4)
    assert seen.row_estimate is not None and abs(seen.row_estimate - 60) <= 1


def test_reading_says_how_far_it_is(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx", ".parquet"):
        reader = Reader(look(converted(tmp_path, suffix, 500))[0])
        seen = [reader.fraction for _ in reader]
        assert seen[-1] == 1.0 and seen == sorted(value for value in seen if value is not None)


def test_a_large_file_is_estimated_not_read(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", f"{GOOD}\n" * 50_000)
    estimate = batch.preview(path).row_estimate
    assert estimate is not None and 45_000 < estimate < 55_000


def test_korean_that_comes_late_tells_the_encoding(tmp_path: Path) -> None:
    content = "id,review\n" + "1,just fine and nothing else\n" * 20_000 + f"2,{GOOD}\n" * 9
    path = put(tmp_path, "a.csv", content, "cp949")
    assert batch.preview(path).encoding == "cp949"
    assert [row[:2] for row in rows(path)[-9:]] == [(("2", GOOD), 0)] * 9


def test_huge_lines_are_looked_at_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "MOST_SAMPLED", 50_000)
    path = put(tmp_path, "a.txt", ("가 나 " * 10_000 + "\n") * 60)
    tracemalloc.start()
    assert batch.preview(path).row_estimate in range(40, 80)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * 40_000
    assert len(rows(path)) == 60


def test_quotes_line_breaks_and_delimiters_stay_in_their_cell(tmp_path: Path) -> None:
    content = '글;점\r\n"첫 줄\r\n둘째; 줄";3\r\n"그는 ""와"" 했다";5\r\n3" 화면이 좋다;4\r\n'
    assert cells(put(tmp_path, "a.csv", content)) == [
        ("첫 줄\n둘째; 줄", "3"),
        ('그는 "와" 했다', "5"),
        ('3" 화면이 좋다', "4"),
    ]


def test_a_quote_that_is_never_closed_takes_one_line_only(tmp_path: Path) -> None:
    lines = ["id,text", *(f"{i},좋아요 {i}" for i in range(30)), '30,"안 닫힌 따옴표']
    lines += [f"{i},나빠요 {i}" for i in range(31, 60)]
    found = rows(put(tmp_path, "a.csv", "\n".join(lines)))
    assert len(found) == 60
    assert [row.cells[0] for row in found] == [str(i) for i in range(60)]
    assert [i for i, row in enumerate(found) if row.flags & delimited.OPEN_QUOTE] == [30]


def test_ragged_rows_keep_all_they_hold(tmp_path: Path) -> None:
    content = "id,text\n" + "1,좋아요\n" * 50 + "2\n3,나빠요, 정말\n4,보통,,\n"
    found = rows(put(tmp_path, "a.csv", content))[-3:]
    assert [row.cells for row in found] == [("2", ""), ("3", "나빠요, 정말"), ("4", "보통")]
    assert [row.flags for row in found] == [delimited.FEWER_CELLS, delimited.MORE_CELLS, 0]


def test_a_cell_of_a_megabyte_is_one_cell(tmp_path: Path) -> None:
    long = "가 나\n" * 200_000
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["id", "text"], ["1", GOOD], ["2", long], ["3", BAD]])
    assert cells(path) == [("1", GOOD), ("2", long), ("3", BAD)]


def test_a_list_of_texts_has_one_column(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "리뷰\n좋아요, 정말\n\n나빠요\n")
    assert cells(path) == [("리뷰",), ("좋아요, 정말",), ("",), ("나빠요",)]
    assert batch.preview(path).text_column == 0
    assert cells(put(tmp_path, "a.csv", "review\n좋아요\n나빠요\n")) == [("좋아요",), ("나빠요",)]


def test_names_of_columns_that_come_again_are_told_apart(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "글,점수,점수\n좋아요,1,2\n나빠요,3,4\n")
    assert look(path)[0].header == ("글", "점수", "점수 (2)")


def test_dates_and_numbers_of_a_workbook_are_texts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["글", "날짜", "점"])
    for day in range(1, 9):
        book.active.append([GOOD, datetime.datetime(2024, 1, day), 4.5])
    book.create_chartsheet(index=0).add_chart(openpyxl.chart.BarChart())
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx")[0] == (GOOD, "2024-01-01 00:00:00", "4.5")
    assert batch.preview(tmp_path / "a.xlsx").date_column == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "빈 파일"),
        ("a.txt", b" \n \r\n", "빈 파일"),
        ("a.csv", b"\xef\xbb\xbf\n", "빈 파일"),
        ("a.csv", b"text,score\n", "읽을 글이 없는"),
        ("a.csv", bytes(range(256)) * 4, "글자를 읽을 수 없는"),
        ("a.xlsx", b"PK\x03\x04 broken", "엑셀 파일을 읽을 수 없어요"),
        ("a.xlsx", b"no workbook", "엑셀 파일을 읽을 수 없어요"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "예전 엑셀"),
        ("a.parquet", b"PAR1 broken", "Parquet"),
        ("a.parquet", b"no parquet", "Parquet"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        batch.preview(put(tmp_path, name, content))
    assert said in caught.value.message.ko


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path / "none.parquet", tmp_path):
        with pytest.raises(InputError, match="Cannot"):
            batch.preview(path)


def test_an_empty_workbook_and_an_empty_parquet_are_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    polars.DataFrame({"글": []}).write_parquet(tmp_path / "a.parquet")
    for name in ("a.xlsx", "a.parquet"):
        with pytest.raises(InputError):
            batch.preview(tmp_path / name)


def test_a_damaged_workbook_is_refused_wherever_the_damage_lies(tmp_path: Path) -> None:
    whole = converted(tmp_path, ".xlsx", 200).read_bytes()
    for place in range(20, len(whole) - 100, len(whole) // 25):
        path = put(tmp_path, "b.xlsx", whole[:place] + b"\0" * 60 + whole[place + 60 :])
        try:
            assert all(len(row) == 5 for row in cells(path))
        except InputError as error:
            assert "b.xlsx" in error.message.ko


CELLS = st.text("가나 ,;\t\"'\n=ab😂", max_size=12).map(lambda text: text.strip() or "x")


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=10), st.sampled_from(",;|"))
def test_any_csv_is_read_as_the_csv_module_wrote_it(
    given_rows: list[tuple[str, str, str]], mark: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=mark)
    plain = [("글 하나", "둘", "셋")] * 30
    writer.writerows([("review", "date", "name"), *plain, *given_rows])
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "a.csv", stream.getvalue())
        found = cells(path)
    assert found == [*plain, *given_rows]


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.csv", "a.tsv", "a.xlsx", "a.parquet"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), name, content)
        try:
            seen = batch.preview(path)
        except InputError as error:
            assert error.message.ko and error.message.en
            return
        assert all(len(row) == len(seen.header) for row in cells(path))


def test_looking_at_a_csv_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from engine.reviews import batch;"
        "from engine.cli import batch as cli_batch;"
        "batch.preview(Path(sys.argv[1]));"
        "heavy = ('numpy', 'polars', 'openpyxl', 'joblib', 'distributed', 'matplotlib', 'jpype');"
        "met = [name for name in heavy if name in sys.modules]; sys.exit(str(met) if met else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(table(tmp_path, 9))],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_column_is_found_however_its_name_is_encoded(tmp_path: Path) -> None:
    for number, name in enumerate((unicodedata.normalize("NFD", "리뷰"), "리뷰\u200b", "리뷰")):
        path = put(tmp_path, f"{number}.csv", f"번호,{name},평\n1,{GOOD},{BAD}\n")
        for asked in ("리뷰", unicodedata.normalize("NFD", "리뷰"), " 리뷰"):
            assert runner.opened(batch.Plan(path, asked))[1].text == 1
    with pytest.raises(InputError, match="no column"):
        runner.opened(batch.Plan(path, "리뷰1"))


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
    assert texts(path) == TEXTS
    assert look(path)[0].encoding == found


@pytest.mark.parametrize("mark", [",", ";", "|", "\t"])
def test_delimiters_and_headers(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp949", newline="") as stream:
        writer = csv.writer(stream, delimiter=mark)
        writer.writerows([["번호", "리뷰", "평점"], *([i, t, 9] for i, t in enumerate(TEXTS))])
    assert look(path)[0].header == ("번호", "리뷰", "평점")
    assert texts(path) == TEXTS


def test_nsmc_with_stray_quotes(tmp_path: Path) -> None:
    rows = ['1\t"최고의 영화\t1', "2\t별로\t0", '3\t뭐지 이 "영화" 는\t0', "4\t\t0"]
    path = put(tmp_path, "ratings.txt", "\n".join(["id\tdocument\tlabel", *rows]))
    assert texts(path) == ['"최고의 영화', "별로", '뭐지 이 "영화" 는', ""]


def test_a_header_is_known_by_the_numbers_below_it(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "말,수\n아주 좋은 영화였습니다,3\n별로였다,1\n")
    assert look(path)[0].header == ("말", "수")
    assert texts(path) == ["아주 좋은 영화였습니다", "별로였다"]


def test_a_file_without_header_gets_made_up_names(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "1,정말 재미있어요\n2,지루했습니다\n")
    assert look(path)[0].header == ("열 1", "열 2")
    assert texts(path) == ["정말 재미있어요", "지루했습니다"]


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
    header, read = look(path)[0].header, rows(path)
    with pytest.raises(InputError) as caught:
        texts(path)
    assert all(name in caught.value.message.ko for name in header)
    assert texts(path, header[1]) == [row.cells[1] for row in read]
    assert texts(path, "1") == [row.cells[0] for row in read]
    with pytest.raises(InputError, match="no column"):
        texts(path, "없는 열")


# --- rows in are rows out --------------------------------------------------------------


@pytest.mark.parametrize("later", ['"좋아요, 정말"', '"그는 ""와"" 했다"', "좋아요"])
@pytest.mark.parametrize("opened", ['"안 닫힌', 'x,"안 닫힌'])
def test_an_open_quote_swallows_no_row_whatever_follows(
    tmp_path: Path, later: str, opened: str
) -> None:
    lines = ["id,text", *(f"{i},좋아요 {i}" for i in range(500)), opened]
    lines += [f"{i},{later}" for i in range(501, 1000)]
    found = rows(put(tmp_path, "a.csv", "\n".join(lines)))
    assert len(found) == 1000
    assert [(i, row.line) for i, row in enumerate(found) if row.flags & delimited.OPEN_QUOTE] == [
        (500, 502)
    ]


def test_a_quote_that_closes_many_rows_below_is_an_open_one(tmp_path: Path) -> None:
    lines = ["id,text", *(f"{i},좋아요" for i in range(60))]
    lines[11], lines[51] = '10,"좋아요', '50,좋아요"'
    found = rows(put(tmp_path, "a.csv", "\n".join(lines)))
    assert [row.cells[0] for row in found] == [str(i) for i in range(60)]


def test_a_quote_open_in_the_first_rows_leaves_the_columns(tmp_path: Path) -> None:
    lines = ["text,score", '"안 닫힌,3', *(f"좋아요 {i},5" for i in range(50))]
    path = put(tmp_path, "a.csv", "\n".join(lines))
    assert look(path)[0].header == ("text", "score") and len(rows(path)) == 51


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a.xlsx"])
def test_blank_rows_between_others_are_rows(tmp_path: Path, name: str) -> None:
    table = [
        ["글", "점"],
        ["좋아요", "5"],
        [],
        ["NA", "3"],
        ["", "1"],
        [],
        [],
        ["나빠요", "1"],
        [],
        [],
    ]
    path = tmp_path / name
    if name == "a.xlsx":
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        book.active.cell(60, 1).value = " "
        book.save(path)
    else:
        mark = "," if name == "a.csv" else "\t"
        path.write_text("\n".join(mark.join(row) for row in table) + "\n", encoding="utf-8")
    found = rows(path)
    assert [row.cells[0] for row in found] == ["좋아요", "", "NA", "", "", "", "나빠요"]
    assert [row.line for row in found] == [2, 3, 4, 5, 6, 7, 8]
    assert not any(row.flags for row in found)


def test_blank_lines_above_are_rows_of_a_list_and_none_above_a_header(tmp_path: Path) -> None:
    assert texts(put(tmp_path, "a.txt", "\n \n좋아요\n\n")) == ["", "", "좋아요"]
    assert texts(put(tmp_path, "b.csv", "\n,\ntext,점\n좋아요,1\n")) == ["좋아요"]
    assert texts(put(tmp_path, "c.csv", "\n아주 좋아요,1\n나빠요,2\n"), "1") == [
        "", "아주 좋아요", "나빠요",
    ]  # fmt: skip


def sized(path: Path, claim: str) -> Path:
    """Return a workbook of fifty rows that claims another size."""
    book = openpyxl.Workbook()
    for row in (
        ["글", "점", ""],
        *([f"{GOOD} {i}", i, "메모" if i == 7 else ""] for i in range(50)),
    ):
        book.active.append(row)
    book.save(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    claimed = f'<dimension ref="{claim}"/>'.encode() if claim else b""
    parts[sheet] = re.sub(rb'<dimension ref="[^"]*" ?/>', claimed, parts[sheet])
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize("claim", ["A1", "", "A1:A3", "A1:XFD1048576", "B2:C9"])
def test_the_cells_of_a_workbook_count_and_not_what_it_claims(tmp_path: Path, claim: str) -> None:
    path = sized(tmp_path / "a.xlsx", claim)
    found = rows(path)
    assert [row.cells[:2] for row in found] == [(f"{GOOD} {i}", str(i)) for i in range(50)]
    assert look(path)[0].header == ("글", "점", "열 3") and found[7].cells[2] == "메모"
    assert batch.preview(path).row_estimate == 50


@pytest.mark.parametrize("name", ["p[1].parquet", "p*.parquet", "p?.parquet", "a=1.parquet"])
def test_a_parquet_name_is_a_name_and_no_pattern(tmp_path: Path, name: str) -> None:
    for other in ("p1.parquet", "pp.parquet"):
        polars.DataFrame({"text": ["다른 파일"]}).write_parquet(tmp_path / other)
    path = tmp_path / name
    with path.open("wb") as stream:
        polars.DataFrame({"text": [GOOD, BAD]}).write_parquet(stream)
    assert texts(path) == [GOOD, BAD]
    path.unlink()
    with pytest.raises(InputError, match="Cannot"):
        look(path)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_file_is_found_however_its_name_is_encoded(tmp_path: Path, swapped: bool) -> None:
    forms = [unicodedata.normalize(form, "리뷰 모음") for form in ("NFC", "NFD")]
    on_disk, asked = reversed(forms) if swapped else forms
    (tmp_path / on_disk).mkdir()
    put(tmp_path / on_disk, f"{on_disk}.txt", "좋아요\n")
    assert texts(tmp_path / asked / f"{asked}.txt") == ["좋아요"]
