"""The reviews tab as a person uses it: typing, clicking, opening files; real models."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QPushButton, QTableView

from desktop.context import AppContext, make_context
from desktop.tabs.reviews import ReviewsTab
from engine import models, morphemes, paths
from engine.reviews import tables
from engine.text import MAX_CHARACTERS

GOOD = "정말 재미있어요. 배우들 연기도 훌륭하고 최고의 영화!"
BAD = "지루하고 실망스러웠다. 돈이 아깝다"
WAIT = 60_000

Bot = Any


@pytest.fixture
def tab(qtbot: Bot, context: AppContext) -> Iterator[ReviewsTab]:
    made = ReviewsTab(context)
    qtbot.addWidget(made)
    made.resize(1180, 800)
    made.show()
    yield made
    made.shutdown()


def write(qtbot: Bot, tab: ReviewsTab, text: str) -> None:
    """Put a text into the box and wait for its answer."""
    box = tab.findChild(QPlainTextEdit, "reviewInput")
    box.setPlainText(text)
    qtbot.waitUntil(lambda: answered(tab, text), timeout=WAIT)


def answered(tab: ReviewsTab, text: str) -> bool:
    result = tab.one.result.result
    return result is not None and result.text == text


def click(qtbot: Bot, tab: ReviewsTab, name: str) -> None:
    qtbot.mouseClick(tab.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def score(qtbot: Bot, tab: ReviewsTab, path: Path) -> None:
    tab.open_paths([path])
    qtbot.waitUntil(
        lambda: tab.file.scored is not None and tab.file.scored.table.path == path, timeout=WAIT
    )


def table_file(folder: Path, rows: int = 40, name: str = "리뷰.csv", **options: str) -> Path:
    path = folder / name
    with path.open("w", newline="", **({"encoding": "cp949"} | options)) as stream:  # type: ignore[call-overload]
        writer = csv.writer(stream)
        writer.writerow(["번호", "리뷰"])
        writer.writerows([(i, (GOOD, BAD)[i % 2]) for i in range(rows)])
    return path


def test_typing_is_read_live(qtbot: Bot, tab: ReviewsTab) -> None:
    box = tab.findChild(QPlainTextEdit, "reviewInput")
    box.setFocus()
    qtbot.keyClicks(box, "good movie")
    qtbot.waitUntil(lambda: answered(tab, "good movie"), timeout=WAIT)
    assert "한글이 없는" in tab.one.result._warnings.text()
    write(qtbot, tab, BAD)
    assert tab.one.result.label.text() == "부정"
    assert tab.one.result.stars.stars is not None and tab.one.result.stars.stars <= 1.5
    qtbot.keyClicks(box, "")
    box.clear()
    assert tab.one.result.result is None and tab.one.result.label.isVisible() is False


def test_an_answer_says_what_how_sure_and_why(qtbot: Bot, tab: ReviewsTab) -> None:
    write(qtbot, tab, GOOD)
    qtbot.waitUntil(
        lambda: (
            tab.one.result.result is not None and tab.one.result.result.tokenizer == morphemes.OKT
        ),
        timeout=WAIT,
    )
    card = tab.one.result
    assert card.label.text() == "긍정" and "확실" in card.confidence.text()
    assert card.words.spans and "재미있어" in card.rule.text()
    assert "reviews-ngram" in card._source.text() and "Okt" in card._source.text()
    values = dict(tab.one.emotion.bars.values)
    assert len(values) == 7 and sum(values.values()) == pytest.approx(1, abs=1e-3)


def test_an_example_is_read_when_clicked(qtbot: Bot, tab: ReviewsTab) -> None:
    chip = tab.one.write.examples.chips()[2]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: answered(tab, chip.text()), timeout=WAIT)
    assert tab.one.result.label.text() == "부정"


def test_the_old_rules_can_be_switched_on(qtbot: Bot, tab: ReviewsTab) -> None:
    write(qtbot, tab, "추천 추천 쓰레기 중의 쓰레기")
    assert tab.one.result.label.text() == "부정" and "참고로만" in tab.one.result.rule.text()
    tab.findChild(QCheckBox, "reviewUseRules").click()
    qtbot.waitUntil(lambda: tab.one.result.label.text() == "긍정", timeout=WAIT)
    assert "따라" in tab.one.result.rule.text()


def test_a_correction_is_stored_once(qtbot: Bot, tab: ReviewsTab, context: AppContext) -> None:
    write(qtbot, tab, GOOD)
    click(qtbot, tab, "correctionNo")
    chip = tab.one.result.correction.findChildren(QPushButton, "chip")[0]
    assert chip.text() == "부정"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    (stored,) = context.library.corrections("reviews")
    assert stored.payload.decode() == GOOD
    assert (stored.predicted, stored.corrected) == ("긍정", "부정")


def test_answers_are_remembered_and_come_back(
    qtbot: Bot, tab: ReviewsTab, context: AppContext
) -> None:
    write(qtbot, tab, "재밌")
    tab.one.flush()
    write(qtbot, tab, "재밌다")
    tab.one.flush()
    rows = context.library.history("reviews")
    assert [row.payload["text"] for row in rows] == ["재밌다"]  # one row while it is written
    tab.one.write.set_text(BAD)
    qtbot.waitUntil(lambda: answered(tab, BAD), timeout=WAIT)
    tab.one.flush()
    recent = tab.one.recent.list
    assert recent.count() == 2
    middle = recent.visualItemRect(recent.item(1)).center()
    qtbot.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: answered(tab, "재밌다"), timeout=WAIT)


def test_a_result_can_be_copied_and_saved(
    qtbot: Bot, tab: ReviewsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(qtbot, tab, GOOD)
    qtbot.mouseClick(tab.one.result._copy, Qt.MouseButton.LeftButton)
    assert json.loads(QGuiApplication.clipboard().text())["label"] == "긍정"
    target = tmp_path / "a.json"
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: target)
    tab.save_result()
    qtbot.waitUntil(target.exists, timeout=WAIT)
    qtbot.waitUntil(lambda: not tab.job_bar.isVisible(), timeout=WAIT)
    assert json.loads(target.read_text(encoding="utf-8"))["text"] == GOOD


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_scored_in_full(
    qtbot: Bot, tab: ReviewsTab, tmp_path: Path, encoding: str
) -> None:
    score(qtbot, tab, table_file(tmp_path, encoding=encoding))
    view = tab.findChild(QTableView, "reviewsTable")
    assert view.isVisible() and view.model().rowCount() == 40
    assert view.model().index(1, 1).data() == "부정"
    assert "40개" in tab.file._counts.text()
    tab.findChild(QComboBox, "reviewsFilter").setCurrentIndex(1)
    assert view.model().rowCount() == 20
    tab.file.search.setText("없는 말")
    assert view.model().rowCount() == 0
    tab.file.search.clear()
    view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert view.model().rowCount() == 20


def test_a_row_is_looked_at_closely(qtbot: Bot, tab: ReviewsTab, tmp_path: Path) -> None:
    score(qtbot, tab, table_file(tmp_path))
    view = tab.findChild(QTableView, "reviewsTable")
    middle = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: answered(tab, BAD), timeout=WAIT)
    assert tab.one.isVisible()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_scores_are_exported(
    qtbot: Bot,
    tab: ReviewsTab,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    score(qtbot, tab, table_file(tmp_path))
    target = tmp_path / f"결과{suffix}"
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: target)
    click(qtbot, tab, "reviewsExport")
    qtbot.waitUntil(lambda: target.exists() and not tab.job_bar.isVisible(), timeout=WAIT)
    again = tables.read_table(target)
    assert again.header == ("번호", "리뷰", "판단", "확률", "별점")
    assert again.rows[0][2] == "긍정" and again.rows[1][2] == "부정" and len(again.rows) == 40


def test_an_export_that_cannot_be_written_is_said_so(
    qtbot: Bot, tab: ReviewsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score(qtbot, tab, table_file(tmp_path))
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: tmp_path / "no" / "a.csv")
    click(qtbot, tab, "reviewsExport")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
    assert "저장할 수 없어요" in tab.banner.text()
    assert tab.file.scored is not None


def test_an_unclear_text_column_is_asked_for(qtbot: Bot, tab: ReviewsTab, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,score\n1,2\n3,4\n", encoding="utf-8")
    tab.open_paths([path])
    chooser = tab.findChild(QComboBox, "reviewsColumn")
    qtbot.waitUntil(chooser.isVisible, timeout=WAIT)
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["id", "score"]
    chooser.setCurrentIndex(1)
    click(qtbot, tab, "reviewsGo")
    qtbot.waitUntil(lambda: tab.file.scored is not None, timeout=WAIT)
    assert tab.file.scored is not None and tab.file.scored.column == 1
    click(qtbot, tab, "reviewsOtherColumn")
    assert chooser.isVisible()


def test_scoring_can_be_cancelled(qtbot: Bot, tab: ReviewsTab, tmp_path: Path) -> None:
    tab.open_paths([table_file(tmp_path, rows=120_000)])
    cancel = tab.job_bar.findChild(QPushButton, "jobCancel")
    qtbot.waitUntil(lambda: cancel.isVisible() and cancel.isEnabled(), timeout=WAIT)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tab.job_bar.isVisible(), timeout=WAIT)
    assert tab.file.scored is None
    score(qtbot, tab, table_file(tmp_path, name="b.csv"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.csv", bytes(range(256)) * 20),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.csv", "글,점수\n,1\n ,2\n".encode()),
    ],
)
def test_bad_files_are_told_in_the_tab(
    qtbot: Bot, tab: ReviewsTab, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    tab.open_paths([path])
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
    assert tab.banner.kind == "warning" and len(tab.banner.text()) > 5
    score(qtbot, tab, table_file(tmp_path, name="good.csv"))
    assert not tab.banner.isVisible()


def test_a_file_may_be_dropped(
    qtbot: Bot, tab: ReviewsTab, tmp_path: Path, drop_files: Callable[..., bool]
) -> None:
    click(qtbot, tab, "reviewsFile")
    assert drop_files(tab.file._drop, [table_file(tmp_path)])
    qtbot.waitUntil(lambda: tab.file.scored is not None, timeout=WAIT)


@pytest.mark.parametrize("text", ["   ", "😂😂😂", "This is fine", "\u200b"])
def test_odd_texts_leave_the_window_alive(qtbot: Bot, tab: ReviewsTab, text: str) -> None:
    box = tab.findChild(QPlainTextEdit, "reviewInput")
    box.setPlainText(text)
    qtbot.waitUntil(lambda: not tab.one._live.busy, timeout=WAIT)
    write(qtbot, tab, GOOD)
    assert tab.one.result.label.text() == "긍정"


def test_a_hundred_thousand_characters(qtbot: Bot, tab: ReviewsTab) -> None:
    long = ("최고의 영화였어요. " * 10_000)[:MAX_CHARACTERS]
    write(qtbot, tab, long)
    assert tab.one.result.label.text() == "긍정"
    tab.findChild(QPlainTextEdit, "reviewInput").setPlainText(long + "또")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
    assert "너무 길어요" in tab.banner.text()
    write(qtbot, tab, BAD)
    assert not tab.banner.isVisible()


@pytest.fixture
def other_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A models folder of its own, with the two models of this tab."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("manifest.toml", "reviews-ngram.npz", "emotions-ngram.npz"):
        shutil.copy(paths.models_dir() / name, folder / name)
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
    models.forget()
    yield folder
    models.forget()


@pytest.mark.parametrize("damage", ["missing", "corrupt"])
def test_a_damaged_model_is_told_and_mended(
    qtbot: Bot, other_models: Path, tab: ReviewsTab, damage: str
) -> None:
    file = other_models / "reviews-ngram.npz"
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:1000])
    tab.one.write.set_text(GOOD)
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT)
    assert tab.banner.kind == "error" and "reviews-ngram" in tab.banner.text()
    assert tab.one.write.text() == GOOD
    file.write_bytes(content)
    write(qtbot, tab, BAD)
    assert not tab.banner.isVisible() and tab.one.result.label.text() == "부정"


@pytest.mark.skipif(os.name == "nt", reason="folders are protected otherwise on Windows")
def test_a_data_folder_that_cannot_be_written_is_told_and_nothing_is_lost(
    qtbot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")  # no folder can be made below a file, not even by root
    monkeypatch.setenv("MAUMGYEOL_DATA", str(blocked / "data"))
    context = make_context()
    assert context.problems and "메모리" in context.problems[0].ko
    tab = ReviewsTab(context)
    qtbot.addWidget(tab)
    tab.show()
    write(qtbot, tab, GOOD)
    tab.one.flush()
    assert tab.one.result.label.text() == "긍정"
    assert [row.payload["text"] for row in context.library.history("reviews")] == [GOOD]
    tab.shutdown()
    context.close()


def test_a_library_that_fails_later_is_told(
    qtbot: Bot, tab: ReviewsTab, context: AppContext
) -> None:
    said: list[str] = []
    context.signals.notice.connect(said.append)
    write(qtbot, tab, GOOD)
    library = context.library.path
    context.library.close()
    shutil.rmtree(library.parent)
    library.parent.write_text("", encoding="utf-8")
    tab.one.flush()
    assert said and "저장" in said[0]
    click(qtbot, tab, "correctionNo")
    chip = tab.one.result.correction.findChildren(QPushButton, "chip")[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert tab.banner.isVisible() and tab.one.result.label.text() == "긍정"
