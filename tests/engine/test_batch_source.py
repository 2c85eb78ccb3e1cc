"""Files as a stream of rows: delimiters, quotes, ragged rows, workbooks, Parquet, resuming."""

from __future__ import annotations

import csv
import datetime
import io
import os
import subprocess
import sys
import tempfile
import tracemalloc
import unicodedata
from pathlib import Path

import openpyxl
import openpyxl.chart
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import batch
from engine.batch import flags, head, runner, source
from engine.batch.source import Reader
from engine.errors import InputError
from tests.engine.batch_files import BAD, GOOD, HEADER, put, reviews, table


def rows(path: Path, start: int = 0) -> list[source.Row]:
    return list(Reader(source.look(path)[0], start))


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
    found, sample = source.look(path)
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
        reader = Reader(source.look(converted(tmp_path, suffix, 500))[0])
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
    assert rows(path)[-9:] == [(("2", GOOD), 0)] * 9


def test_huge_lines_are_looked_at_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(head, "CHARACTERS", 50_000)
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
    assert [i for i, row in enumerate(found) if row.flags & flags.OPEN_QUOTE] == [30]


def test_ragged_rows_keep_all_they_hold(tmp_path: Path) -> None:
    content = "id,text\n" + "1,좋아요\n" * 50 + "2\n3,나빠요, 정말\n4,보통,,\n"
    found = rows(put(tmp_path, "a.csv", content))[-3:]
    assert [row.cells for row in found] == [("2", ""), ("3", "나빠요, 정말"), ("4", "보통")]
    assert [row.flags for row in found] == [flags.FEWER_CELLS, flags.MORE_CELLS, 0]


def test_a_cell_of_a_megabyte_is_one_cell(tmp_path: Path) -> None:
    long = "가 나\n" * 200_000
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["id", "text"], ["1", GOOD], ["2", long], ["3", BAD]])
    assert cells(path) == [("1", GOOD), ("2", long), ("3", BAD)]


def test_a_list_of_texts_has_one_column(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "리뷰\n좋아요, 정말\n\n나빠요\n")
    assert cells(path) == [("리뷰",), ("좋아요, 정말",), ("나빠요",)]
    assert batch.preview(path).text_column == 0
    assert cells(put(tmp_path, "a.csv", "review\n좋아요\n나빠요\n")) == [("좋아요",), ("나빠요",)]


def test_names_of_columns_that_come_again_are_told_apart(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "글,점수,점수\n좋아요,1,2\n나빠요,3,4\n")
    assert source.look(path)[0].header == ("글", "점수", "점수 (2)")


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
        "import sys; from pathlib import Path; from engine import batch, cli_batch;"
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
