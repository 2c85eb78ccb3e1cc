"""The digits tab under a person's hand: drawing, pictures, corrections, saving, every odd file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.tabs.digits.tab import DigitsTab
from desktop.widgets.buttons import ChipRow
from desktop.widgets.canvas import Canvas
from engine.core import paths
from engine.models import store
from tests.desktop.pen import draw_digit
from tests.engine.digit_drawings import drawn

SECONDS = 60_000  # patience in ms; nothing is timed


@pytest.fixture
def tab(digits_tab: DigitsTab) -> DigitsTab:
    return digits_tab


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "내 숫자 6.png"
    Image.fromarray(drawn("6")).save(path)
    return path


def canvas(tab: DigitsTab) -> Canvas:
    found = tab.findChild(Canvas, "digitCanvas")
    assert found is not None
    return found


def click(qtbot: QtBot, tab: DigitsTab, name: str) -> None:
    button = tab.findChild(QWidget, name)
    assert button is not None and button.isVisible() and button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(tab: DigitsTab) -> str:
    return tab._panel.answer.text()


def wait_for(qtbot: QtBot, tab: DigitsTab, digit: str) -> None:
    def settled() -> bool:
        return answer(tab) == digit and not tab._live.busy and not tab._frame.isActive()

    qtbot.waitUntil(settled, timeout=SECONDS)


def wait_for_banner(qtbot: QtBot, tab: DigitsTab) -> str:
    qtbot.waitUntil(lambda: bool(tab.banner.text()), timeout=SECONDS)
    return tab.banner.text()


def test_the_answer_follows_the_pen(qtbot: QtBot, tab: DigitsTab) -> None:
    for digit in "3507":
        canvas(tab).clear()
        qtbot.waitUntil(lambda: answer(tab) == "", timeout=SECONDS)
        draw_digit(qtbot, canvas(tab), digit)
        wait_for(qtbot, tab, digit)
    assert tab._panel.model.text() == "digits-cnn 1.0"
    assert len(tab._panel.bars.values) == 10 and tab._panel.bars.highlight == "7"
    assert tab._panel.pixels.image.size().toTuple() == (28, 28)
    assert "%" in tab._panel.confidence.text()


def test_clearing_takes_the_answer_away_and_undo_brings_it_back(
    qtbot: QtBot, tab: DigitsTab
) -> None:
    draw_digit(qtbot, canvas(tab), "2")
    wait_for(qtbot, tab, "2")
    qtbot.mouseClick(tab._sheet._clear, Qt.MouseButton.LeftButton)
    assert answer(tab) == "" and not tab._save.isEnabled()
    assert not tab._panel.correction.isVisible()
    qtbot.mouseClick(tab._sheet._undo, Qt.MouseButton.LeftButton)
    wait_for(qtbot, tab, "2")


def test_the_pen_slider_and_the_keys_agree(qtbot: QtBot, tab: DigitsTab) -> None:
    tab._sheet._pen.setValue(30)
    assert canvas(tab).thickness == 30
    qtbot.keyClick(canvas(tab), Qt.Key.Key_BracketRight)
    assert tab._sheet._pen.value() == 32


def test_a_picture_is_opened_read_and_left_again(
    qtbot: QtBot, tab: DigitsTab, picture: Path
) -> None:
    draw_digit(qtbot, canvas(tab), "1")
    wait_for(qtbot, tab, "1")
    assert tab.accepts(picture)
    tab.open_paths([picture])
    wait_for(qtbot, tab, "6")
    assert not tab._sheet.drawing and tab._sheet.title.text() == picture.name
    click(qtbot, tab, "digitDraw")
    wait_for(qtbot, tab, "1")  # the drawing was kept
    assert tab._sheet.drawing


def test_the_open_button_asks_for_a_picture(
    qtbot: QtBot, tab: DigitsTab, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(picture), ""))
    click(qtbot, tab, "digitOpen")
    wait_for(qtbot, tab, "6")


def test_a_correction_is_stored_with_its_preview(
    qtbot: QtBot, tab: DigitsTab, context: AppContext
) -> None:
    draw_digit(qtbot, canvas(tab), "7")
    wait_for(qtbot, tab, "7")
    click(qtbot, tab, "correctionNo")
    choices = tab.findChild(ChipRow, "correctionChoices")
    assert choices is not None and "7" not in choices.texts()
    chip = next(chip for chip in choices.chips() if chip.text() == "1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    (row,) = context.library.corrections("digits")
    assert (row.predicted, row.corrected, row.model) == ("7", "1", "digits-cnn 1.0")
    assert len(row.payload) == 784 and row.preview is not None
    assert row.preview.startswith(b"\x89PNG")


def test_one_drawing_is_one_row_of_history(
    qtbot: QtBot, tab: DigitsTab, context: AppContext
) -> None:
    draw_digit(qtbot, canvas(tab), "5")
    wait_for(qtbot, tab, "5")
    qtbot.waitUntil(lambda: len(context.library.history("digits")) == 1, timeout=SECONDS)
    canvas(tab).undo()
    qtbot.waitUntil(lambda: not tab._live.busy and not tab._frame.isActive(), timeout=SECONDS)
    canvas(tab).redo()
    wait_for(qtbot, tab, "5")
    canvas(tab).clear()
    draw_digit(qtbot, canvas(tab), "8")
    wait_for(qtbot, tab, "8")
    tab.hide()  # another tab is chosen
    rows = context.library.history("digits")
    assert [row.payload["label"] for row in rows] == ["8", "5"]
    assert len(tab._recent.thumbs()) == 2


def test_a_remembered_digit_is_shown_again(
    qtbot: QtBot, tab: DigitsTab, context: AppContext
) -> None:
    draw_digit(qtbot, canvas(tab), "9")
    wait_for(qtbot, tab, "9")
    canvas(tab).clear()
    (thumb,) = tab._recent.thumbs()
    qtbot.mouseClick(thumb, Qt.MouseButton.LeftButton)
    assert answer(tab) == "9" and not tab._sheet.drawing
    row = context.library.history("digits")[0]
    tab.show_history(type(row)(row.id, row.created, "digits", "odd", {"label": "9"}))
    assert "읽을 수 없어요" in tab.banner.text()


def test_no_history_is_kept_when_the_user_wants_none(
    qtbot: QtBot, tab: DigitsTab, context: AppContext
) -> None:
    context.settings.set(keys.KEEP_HISTORY, False)
    draw_digit(qtbot, canvas(tab), "3")
    wait_for(qtbot, tab, "3")
    canvas(tab).clear()
    assert context.library.history("digits") == []


def test_saving_writes_picture_and_answer(
    qtbot: QtBot, tab: DigitsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "저장.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    draw_digit(qtbot, canvas(tab), "4")
    wait_for(qtbot, tab, "4")
    with qtbot.waitSignal(tab.message, timeout=SECONDS) as said:
        click(qtbot, tab, "digitSave")
    assert "저장.png" in said.args[0]
    assert Image.open(target).size == (560, 560)
    assert json.loads(target.with_suffix(".json").read_text("utf-8"))["label"] == "4"


def test_a_folder_that_cannot_be_written_is_said(
    qtbot: QtBot, tab: DigitsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "nowhere" / "a.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    draw_digit(qtbot, canvas(tab), "4")
    wait_for(qtbot, tab, "4")
    click(qtbot, tab, "digitSave")
    assert "저장할 수 없어요" in wait_for_banner(qtbot, tab)
    assert answer(tab) == "4"


def test_the_answer_can_be_copied(qtbot: QtBot, tab: DigitsTab) -> None:
    draw_digit(qtbot, canvas(tab), "0")
    wait_for(qtbot, tab, "0")
    qtbot.mouseClick(tab._panel._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "0"


@pytest.mark.parametrize("kind", ["empty", "cut", "text", "blank", "missing", "huge"])
def test_odd_files_are_told_in_a_sentence(
    qtbot: QtBot, tab: DigitsTab, picture: Path, tmp_path: Path, kind: str
) -> None:
    draw_digit(qtbot, canvas(tab), "2")
    wait_for(qtbot, tab, "2")
    path = tmp_path / f"{kind}.png"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "cut":
        path.write_bytes(picture.read_bytes()[:200])
    elif kind == "text":
        path.write_text("숫자가 아니에요")
    elif kind == "blank":
        Image.new("RGB", (300, 200), "white").save(path)
    elif kind == "huge":
        Image.new("1", (20_000, 20_000)).save(path)
    tab.open_paths([path])
    assert len(wait_for_banner(qtbot, tab)) > 8
    if kind == "blank":
        click(qtbot, tab, "digitDraw")
    wait_for(qtbot, tab, "2")  # nothing was lost
    canvas(tab).clear()
    draw_digit(qtbot, canvas(tab), "7")
    wait_for(qtbot, tab, "7")  # and the tab works on
    assert tab.banner.text() == ""


@pytest.mark.parametrize("broken", ["missing", "damaged"])
def test_a_missing_or_damaged_model_is_told_and_the_window_lives(
    qtbot: QtBot, tab: DigitsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    copy = tmp_path / "models"
    copy.mkdir()
    shutil.copy(paths.models_dir() / "manifest.toml", copy)
    shutil.copytree(paths.models_dir() / "digits-cnn", copy / "digits-cnn")
    network = copy / "digits-cnn" / "digits.onnx"
    if broken == "missing":
        network.unlink()
    else:
        network.write_bytes(network.read_bytes()[:1000])
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(copy))
    store.forget()
    draw_digit(qtbot, canvas(tab), "5")
    assert "digits-cnn" in wait_for_banner(qtbot, tab)
    assert answer(tab) == "" and len(canvas(tab).strokes) == 2
    monkeypatch.delenv("MAUMGYEOL_MODELS")
    store.forget()
    canvas(tab).undo()
    canvas(tab).redo()
    wait_for(qtbot, tab, "5")


def test_a_library_that_cannot_be_written_is_told(
    qtbot: QtBot, tab: DigitsTab, context: AppContext, data_env: Path
) -> None:
    draw_digit(qtbot, canvas(tab), "7")
    wait_for(qtbot, tab, "7")
    context.library.close()
    context.library.path = data_env / "settings.json" / "library.sqlite3"
    (data_env / "settings.json").write_text("{}")
    result = tab._panel.result
    assert result is not None
    tab._correct(result, "1")
    assert "기록을 저장하거나 읽을 수 없어요" in tab.banner.text()
    assert answer(tab) == "7"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_themes_are_drawn(qtbot: QtBot, tab: DigitsTab, qapp, mode: str) -> None:  # type: ignore[no-untyped-def]
    theme.apply(qapp, mode)
    draw_digit(qtbot, canvas(tab), "5")
    wait_for(qtbot, tab, "5")
    image = tab.grab().toImage()
    corner = image.pixelColor(4, image.height() - 4).lightness()
    assert (corner < 80) == (mode == "dark")
    theme.apply(qapp, "light")


def test_buttons_have_names_for_those_who_cannot_see_them(tab: DigitsTab) -> None:
    for button in tab.findChildren(QAbstractButton):
        assert not button.isVisibleTo(tab) or button.text() or button.accessibleName()
    assert canvas(tab).accessibleName()


def test_what_is_no_single_digit_is_not_shown_as_one(
    qtbot: QtBot, tab: DigitsTab, tmp_path: Path
) -> None:
    two, dot = tmp_path / "two.png", tmp_path / "dot.png"
    Image.fromarray(np.hstack([drawn("2"), drawn("7")])).save(two)
    sheet = np.full((280, 280), 255, np.uint8)
    sheet[100:102, 90:92] = 0
    Image.fromarray(sheet).save(dot)
    for path, said in ((two, "숫자가 여러 개"), (dot, "숫자가 아닌 것")):
        tab.open_paths([path])
        qtbot.waitUntil(lambda said=said: said in tab._panel.confidence.text(), timeout=SECONDS)
        assert answer(tab) == "?" and tab._panel.doubts.text()
        assert "%" not in tab._panel.confidence.text()
