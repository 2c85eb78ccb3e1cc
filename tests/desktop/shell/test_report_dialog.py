"""The report dialog with real models: one click, a file, and every way in which it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.shell.dialogs.report import ReportDialog
from desktop.shell.window import MainWindow
from desktop.tabs.learning.tab import LearningTab
from tests.desktop.conftest import DropFiles
from tests.desktop.window_kit import press
from tests.engine import report_sets

SECONDS = 60_000


@pytest.fixture
def dialog(qtbot: QtBot, context: AppContext, tmp_path: Path) -> Iterator[ReportDialog]:
    """Return the dialog, shown, that writes into a folder of the test."""
    made = ReportDialog(context)
    made.place.set_target(tmp_path / "report.html")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def click(qtbot: QtBot, dialog: ReportDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None and button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def finish(qtbot: QtBot, dialog: ReportDialog) -> None:
    """Press the button and wait for the banner."""
    click(qtbot, dialog, "reportGo")
    assert not dialog.go.isEnabled() and dialog.job_bar.isVisible()
    qtbot.waitUntil(dialog.banner.isVisible, timeout=SECONDS)
    assert not dialog.job_bar.isVisible()


def test_dropped_data_becomes_a_page_that_can_be_opened(
    qtbot: QtBot,
    dialog: ReportDialog,
    tmp_path: Path,
    drop_files: DropFiles,
    opened_outside: Callable[[], list[str]],
) -> None:
    assert not dialog.go.isEnabled()
    click(qtbot, dialog, "reportMode-instant")
    assert drop_files(dialog.drop, [report_sets.reviews(tmp_path / "내 자료.tsv")])
    assert dialog.drop._title.text() == "내 자료.tsv"
    finish(qtbot, dialog)
    assert dialog.banner.kind == "success" and "report.html" in dialog.banner.text()
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "내 자료.tsv" in page and "즉시" in page and "혼동 행렬" in page
    action = next(b for b in dialog.banner.findChildren(QPushButton) if b.text() == "열기")
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    report = QUrl.fromLocalFile(str(tmp_path / "report.html")).toString()
    qtbot.waitUntil(lambda: opened_outside() == [report])


def test_a_folder_becomes_a_pdf(
    qtbot: QtBot, dialog: ReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(qtbot, dialog, "reportModel-digits")
    assert not dialog.mode.isVisible() and "IDX" in dialog.drop._hint.text()
    folder = report_sets.digits(tmp_path / "digits")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(folder))
    click(qtbot, dialog, "dropFolder")
    click(qtbot, dialog, "reportKind-.pdf")
    assert dialog.place.target == tmp_path / "report.pdf"
    finish(qtbot, dialog)
    assert "90.9%" in dialog.banner.text()
    text = PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
    assert "숫자" in text and "90.9%" in text


def test_the_place_is_asked_for_and_its_ending_chooses_the_kind(
    qtbot: QtBot, dialog: ReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = str(tmp_path / "다른 이름.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (wanted, ""))
    click(qtbot, dialog, "reportPlace")
    assert str(dialog.place.target) == wanted and dialog.place.kind.current == ".pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
    click(qtbot, dialog, "reportPlace")
    assert str(dialog.place.target) == wanted


def test_a_place_is_offered_and_a_long_one_is_shown_shortened(
    qtbot: QtBot, context: AppContext, tmp_path: Path
) -> None:
    dialog = ReportDialog(context, task="emotions")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.place.target.name.startswith("maumgyeol-emotions-")
    assert dialog.place.target.parent.is_dir() and dialog.place.target.suffix == ".html"
    long = tmp_path / ("아주 긴 이름 " * 20) / "r.pdf"
    dialog.place.set_target(long)
    label = dialog.place._path
    assert "…" in label.text() and label.text().endswith("r.pdf") and label.toolTip() == str(long)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "a.tsv"),
        ("a\tb\n1\t2\n", "있는 열: a, b"),
        ("text\tlabel\n좋아요\t몰라\n", "있는 라벨: 몰라"),
        ("text\tlabel\n좋아요\t5\n", "긍정, 부정 같은 말로"),
    ],
)
def test_data_that_cannot_be_scored_is_told_in_korean(
    qtbot: QtBot, dialog: ReportDialog, tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(content, encoding="utf-8")
    dialog.set_data([path])
    finish(qtbot, dialog)
    assert dialog.banner.kind == "error" and words in dialog.banner.text()
    assert dialog.go.isEnabled() and not (tmp_path / "report.html").exists()
    dialog.set_data([report_sets.reviews(path)])
    assert not dialog.banner.isVisible()


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, dialog: ReportDialog, tmp_path: Path
) -> None:
    dialog.place.set_target(tmp_path / "none" / "r.pdf")
    dialog.set_data([report_sets.reviews(tmp_path / "a.tsv")])
    finish(qtbot, dialog)
    assert dialog.banner.kind == "error" and "저장할 수 없어요" in dialog.banner.text()


def test_cancel_and_close_leave_no_file(
    qtbot: QtBot, dialog: ReportDialog, tmp_path: Path, context: AppContext
) -> None:
    click(qtbot, dialog, "reportModel-digits")
    folder = report_sets.digits(tmp_path / "digits")
    dialog.set_data([folder])
    click(qtbot, dialog, "reportGo")
    assert not dialog.model.isEnabled()
    click(qtbot, dialog, "jobCancel")
    qtbot.waitUntil(dialog.banner.isVisible, timeout=SECONDS)
    assert "멈췄어요" in dialog.banner.text() and dialog.model.isEnabled()
    click(qtbot, dialog, "reportGo")
    dialog.close()
    qtbot.waitUntil(lambda: not context.workers.busy, timeout=SECONDS)
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".html", ".part")] == []


def test_another_model_forgets_the_data(qtbot: QtBot, dialog: ReportDialog, tmp_path: Path) -> None:
    dialog.set_data([report_sets.reviews(tmp_path / f"{n}.tsv") for n in range(5)])
    assert dialog.go.isEnabled() and "밖에 2개" in dialog.drop._title.text()
    click(qtbot, dialog, "reportModel-faces")
    assert not dialog.go.isEnabled() and "여기에 놓으세요" in dialog.drop._title.text()
    assert dialog.drop.folder.isVisible()
    click(qtbot, dialog, "reportModel-emotions")
    assert not dialog.drop.folder.isVisible()


def opened(kind: type[ReportDialog] = ReportDialog) -> list[ReportDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_the_menu_opens_it(qtbot: QtBot, make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    press(qtbot, window, "Ctrl+R")
    (dialog,) = opened()
    assert dialog.parent() is window and dialog.model.current == "reviews"
    dialog.close()


def test_the_learning_tab_opens_it_for_its_domain(qtbot: QtBot, learning_tab: LearningTab) -> None:
    learning_tab.select("faces")
    button = learning_tab.findChild(QPushButton, "learningModelReport")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (dialog,) = opened()
    assert dialog.model.current == "faces"
    dialog.close()
