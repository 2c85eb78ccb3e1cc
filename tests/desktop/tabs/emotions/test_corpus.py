"""The emotions of a corpus in the tab: files and folders, tables and charts, and bad input."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.app.context import AppContext
from desktop.shell.tabs import TABS
from desktop.tabs.emotions.corpus import CODE, COUNT, SUFFIXES, LabelTable
from desktop.tabs.emotions.tab import EmotionsTab
from engine.core.jobs import Progress
from engine.emotions.corpus.codes import GROUPS
from tests.desktop.emotions_kit import WAIT, Bot, click
from tests.engine.emotion_files import corpus, dialogue, put

MANY = ["E10"] * 5 + ["E31"] * 3 + ["E66"] * 2


def count(qtbot: Bot, tab: EmotionsTab, *paths: Path) -> None:
    """Open files and wait for the end of the counting."""
    tab.open_paths(list(paths))
    qtbot.waitUntil(lambda: not tab.job_bar.isVisible(), timeout=WAIT)


def cells(tab: EmotionsTab, column: int) -> list[str]:
    model = tab.findChild(LabelTable).model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_dropped_folder_is_counted_and_shown(
    qtbot: Bot,
    emotions_tab: EmotionsTab,
    tmp_path: Path,
    drop_files: Callable[[QWidget, list[Path]], bool],
) -> None:
    corpus(tmp_path / "a.json", MANY)
    put(tmp_path, "b.csv", "감정\n분노\n기쁨\n행복하지만 모르는 말\n")
    click(qtbot, emotions_tab, "emotionsCorpus")
    panel = emotions_tab.corpus
    assert panel.drop.isVisible() and not emotions_tab.one.isVisible()
    assert drop_files(panel.drop, [tmp_path])
    qtbot.waitUntil(lambda: panel.distribution is not None, timeout=WAIT)
    assert not panel.drop.isVisible() and panel.table.isVisible()
    assert "파일 2개에서 감정 12개" in panel.counts.text()
    assert "행복하지만 모르는 말 1" in panel.counts.text()
    assert [(row.code, row.count) for row in panel.top.rows][:2] == [("E10", 6), ("E31", 3)]
    assert dict(panel.groups.groups) == dict(zip(GROUPS, (6, 0, 3, 0, 0, 3), strict=True))
    assert cells(emotions_tab, CODE)[:3] == ["E10", "E31", "E66"]
    assert cells(emotions_tab, COUNT)[:3] == ["6", "3", "2"] and len(cells(emotions_tab, 0)) == 60


def test_the_table_is_sorted_by_a_click_on_a_column(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path
) -> None:
    count(qtbot, emotions_tab, corpus(tmp_path / "a.json", ["E10"] * 12 + ["E69"] * 9 + ["E20"]))
    header = emotions_tab.findChild(LabelTable).horizontalHeader()

    def press(column: int) -> None:
        place = header.rect().center()
        place.setX(header.sectionViewportPosition(column) + 10)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert cells(emotions_tab, COUNT)[:3] == ["12", "9", "1"]  # by number, not by letters
    press(COUNT)
    assert cells(emotions_tab, COUNT)[-3:] == ["1", "9", "12"]
    press(CODE)
    assert cells(emotions_tab, CODE) == sorted(cells(emotions_tab, CODE))


def test_table_and_chart_are_saved(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    emotions_tab.message.connect(said.append)
    click(qtbot, emotions_tab, "emotionsCorpus")
    emotions_tab.save_result()
    assert said == ["여기에는 저장할 결과가 없어요."]
    count(qtbot, emotions_tab, corpus(tmp_path / "a.json", MANY))
    names = ["표.csv", "표.xlsx", "그림.png", "없는/그림.png", "그림.jpg"]
    targets = [None, *(tmp_path / name for name in names)]
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: targets.pop(0))

    def saved(name: str) -> bool:
        return (tmp_path / name).exists() and not emotions_tab.job_bar.isVisible()

    click(qtbot, emotions_tab, "emotionsSaveTable")
    for name in names[:2]:
        emotions_tab.save_result()
        qtbot.waitUntil(lambda name=name: saved(name), timeout=WAIT)
    with (tmp_path / "표.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == 61 and rows[1][0] == "E10" and rows[1][3] == "5"
    click(qtbot, emotions_tab, "emotionsSaveChart")
    qtbot.waitUntil(lambda: saved("그림.png"), timeout=WAIT)
    assert QImage(str(tmp_path / "그림.png")).width() > 1000
    assert "저장했어요: 그림.png" in said
    for text in ("저장할 수 없어요", "PNG로만"):
        click(qtbot, emotions_tab, "emotionsSaveChart")
        qtbot.waitUntil(lambda text=text: text in emotions_tab.banner.text(), timeout=WAIT)


def test_a_distribution_is_remembered_and_comes_back(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path, context: AppContext
) -> None:
    folder = tmp_path / "말뭉치"
    folder.mkdir()
    half = json.dumps([dialogue(code) for code in (*MANY, "\ud800", "E99")])
    put(folder, "a.json", half)
    put(folder, "broken.json", "[{")
    count(qtbot, emotions_tab, folder)
    (row,) = context.library.history("emotions")
    assert row.summary.startswith("말뭉치: 감정 10개") and "분노" in row.summary
    assert emotions_tab.one.recent.list.count() == 0  # it is no text
    count(qtbot, emotions_tab, corpus(tmp_path / "b.json", ["E20"]))
    click(qtbot, emotions_tab, "emotionsOne")
    emotions_tab.show_history(row)
    panel = emotions_tab.corpus
    assert panel.isVisible() and panel.distribution is not None
    assert panel.distribution.total == 10 and panel.top.rows[0].code == "E10"
    assert "broken.json" in panel.problems.text() and "?" in panel.counts.text()
    context.remember("emotions", "부서진 기록", {"labels": []})
    emotions_tab.show_history(context.library.history("emotions")[0])
    assert "읽을 수 없어요" in emotions_tab.banner.text() and panel.distribution.total == 10


def test_files_that_failed_are_listed_with_their_reasons(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path
) -> None:
    corpus(tmp_path / "a.json", MANY)
    put(tmp_path, "broken.json", "[{")
    for number in range(60):
        put(tmp_path, f"empty{number}.json", "")
    count(qtbot, emotions_tab, tmp_path)
    panel = emotions_tab.corpus
    assert emotions_tab.banner.kind == "warning" and "61개" in emotions_tab.banner.text()
    assert "broken.json" in panel.problems.text() and "올바른 JSON" in panel.problems.text()
    assert "11개 더" in panel.problems.text() and panel.problems.isVisible()
    count(qtbot, emotions_tab, tmp_path / "a.json")
    assert not panel.problems.isVisible() and not emotions_tab.banner.isVisible()


def test_a_folder_that_cannot_be_entered_is_listed(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(tmp_path / "a.json", MANY)
    closed = tmp_path / "닫힌 폴더"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    count(qtbot, emotions_tab, tmp_path)
    assert "닫힌 폴더" in emotions_tab.corpus.problems.text()
    count(qtbot, emotions_tab, closed)
    assert "닫힌 폴더" in emotions_tab.banner.text()
    assert emotions_tab.corpus.distribution is not None  # what was shown stays


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "[{", "올바른 JSON이 아니에요"),
        ("a.json", "", "빈 파일"),
        ("a.json", "[1, 2]", "형식이 아니에요"),
        ("a.csv", "글\n안녕\n", "감정 열을 찾을 수 없어요"),
        (None, "", "읽을 JSON, CSV, TSV 파일이 없어요"),
    ],
)
def test_bad_files_and_empty_folders_are_told(
    qtbot: Bot,
    emotions_tab: EmotionsTab,
    tmp_path: Path,
    name: str | None,
    content: str,
    said: str,
) -> None:
    folder = tmp_path / "폴더"
    folder.mkdir()
    count(qtbot, emotions_tab, put(folder, name, content) if name else folder)
    assert said in emotions_tab.banner.text() and emotions_tab.banner.kind == "warning"
    assert emotions_tab.corpus.drop.isVisible()
    count(qtbot, emotions_tab, corpus(tmp_path / "good.json", MANY))
    assert not emotions_tab.banner.isVisible() and not emotions_tab.corpus.drop.isVisible()


def test_counting_is_cancelled_by_its_button(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus(tmp_path / "a.json", MANY)

    def endless(paths: list[Path], progress: Progress) -> None:
        while True:
            progress.report(0.5)

    said: list[str] = []
    emotions_tab.message.connect(said.append)
    with monkeypatch.context() as patch:
        patch.setattr("engine.emotions.corpus.distribution.measure", endless)
        emotions_tab.open_paths([path])
        assert emotions_tab.job_bar.isVisible()
        qtbot.mouseClick(
            emotions_tab.job_bar.findChild(QPushButton, "jobCancel"), Qt.MouseButton.LeftButton
        )
        qtbot.waitUntil(lambda: said == ["멈췄어요."], timeout=WAIT)
    assert emotions_tab.corpus.drop.isVisible()
    count(qtbot, emotions_tab, path)
    assert emotions_tab.corpus.distribution is not None


def test_the_tab_takes_corpora_and_folders(emotions_tab: EmotionsTab, tmp_path: Path) -> None:
    (spec,) = (spec for spec in TABS if spec.key == "emotions")
    assert set(spec.suffixes) == set(SUFFIXES)
    for path in (tmp_path, tmp_path / "a.JSON", tmp_path / "b.tsv"):
        assert spec.opens(path) and emotions_tab.accepts(path)
    for path in (tmp_path / "a.png", tmp_path / "none"):
        assert not spec.opens(path) and not emotions_tab.accepts(path)


def test_what_is_stored_can_be_read_by_any_json_reader(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path, context: AppContext
) -> None:
    count(qtbot, emotions_tab, corpus(tmp_path / "a.json", MANY))
    (row,) = context.library.history("emotions")
    assert json.loads(json.dumps(row.payload))["name"] == "a.json"
    assert row.payload["total"] == 10 and len(row.payload["labels"]) == 60
