"""The learning tab with real models: correct, retrain, see the answer flip, undo, cancel."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.tabs.digits import DigitsTab
from desktop.tabs.learning import LearningTab
from desktop.tabs.learning_domains import DOMAINS
from desktop.widgets.canvas import Canvas
from desktop.widgets.chips import ChipRow
from engine import digits, learning, models, paths, reviews
from engine.faces import FaceReader
from engine.images import encode_png
from engine.library import Correction
from tests.desktop.pen import draw_path
from tests.engine import faces_samples
from tests.engine.digit_drawings import STROKES, drawn
from tests.engine.digit_drawings import Path as Line

SECONDS = 120_000  # patience in ms; nothing is timed

SIGN: Line = [(0.3, 0.3), (0.7, 0.3), (0.7, 0.55), (0.3, 0.55), (0.3, 0.3), (0.3, 0.8), (0.6, 0.8)]
"""A sign that is no digit, so that the user may decide what it shall mean."""


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> Iterator[LearningTab]:
    made = LearningTab(context)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    yield made
    made.shutdown()


@pytest.fixture
def digits_tab(qtbot: QtBot, context: AppContext) -> Iterator[DigitsTab]:
    made = DigitsTab(context)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    yield made
    made.shutdown()


def child(tab: QWidget, name: str) -> QWidget:
    found = tab.findChild(QWidget, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, tab: QWidget, name: str) -> None:
    button = child(tab, name)
    assert button.isVisible() and button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def rows(tab: LearningTab, name: str = "learningCorrections") -> list[str]:
    found = child(tab, name)
    assert isinstance(found, QListWidget)
    return [found.item(index).text() for index in range(found.count())]


def retrain(qtbot: QtBot, tab: LearningTab) -> None:
    click(qtbot, tab, "learningRetrain")
    assert tab.job_bar.isVisible() and not child(tab, "learningRetrain").isEnabled()
    qtbot.waitUntil(lambda: tab._job is None, timeout=SECONDS)


def add_digit(context: AppContext, image: np.ndarray, label: str) -> None:
    result = digits.predict(image)
    preview = encode_png(np.repeat(result.prepared[:, :, None], 3, axis=2))
    context.library.add_correction(
        "digits", result.payload, result.label, label, result.model, preview
    )


def add_signs(context: AppContext, count: int = 3) -> str:
    """Store the sign, drawn in several ways, as another digit than it is taken for."""
    answer = digits.predict(sign(0)).label
    wanted = "4" if answer != "4" else "9"
    for number in range(count):
        add_digit(context, sign(number), wanted)
    return wanted


def sign(number: int) -> np.ndarray:
    STROKES["sign"] = [[(x + 0.012 * number * y, y) for x, y in SIGN]]
    try:
        return drawn("sign", width=16 + number)
    finally:
        del STROKES["sign"]


def draw_sign(qtbot: QtBot, tab: DigitsTab, number: int) -> str:
    """Draw the sign on the canvas, wait for its answer, and return it."""
    canvas = tab.findChild(Canvas, "digitCanvas")
    assert canvas is not None
    canvas.clear()
    qtbot.waitUntil(lambda: tab._panel.result is None, timeout=SECONDS)
    draw_path(qtbot, canvas, [(x + 0.012 * number * y, y) for x, y in SIGN])
    qtbot.waitUntil(
        lambda: tab._panel.result is not None and not tab._live.busy and not tab._frame.isActive(),
        timeout=SECONDS,
    )
    return tab._panel.answer.text()


def test_without_corrections_every_domain_says_what_to_do(qtbot: QtBot, tab: LearningTab) -> None:
    for domain in DOMAINS:
        tab.select(domain.key)
        assert rows(tab) == [] and not child(tab, "learningRetrain").isEnabled()
        assert "3개 이상" in child(tab, "learningHint").text()  # type: ignore[attr-defined]
        assert not child(tab, "learningUndo").isEnabled()
        assert not tab._report.isVisible()


def test_drawn_corrected_retrained_flipped_and_undone(
    qtbot: QtBot, tab: LearningTab, digits_tab: DigitsTab, context: AppContext
) -> None:
    first = draw_sign(qtbot, digits_tab, 0)
    wanted = "4" if first != "4" else "9"
    for number in range(3):
        answer = draw_sign(qtbot, digits_tab, number)
        assert answer != wanted
        click(qtbot, digits_tab, "correctionNo")
        choices = digits_tab.findChild(ChipRow, "correctionChoices")
        assert choices is not None
        chip = next(chip for chip in choices.chips() if chip.text() == wanted)
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    tab.select("digits")
    tab.reload()
    assert len(rows(tab)) == 3 and all("기다리는 중" in row for row in rows(tab))
    retrain(qtbot, tab)
    assert tab._report.isVisible() and "받아들였어요" in tab._report.verdict.text()
    assert all("배웠어요" in row for row in rows(tab))
    assert "개인 1" in tab._versions.now.text()
    assert draw_sign(qtbot, digits_tab, 0) == wanted
    assert digits_tab._panel.model.text() == "digits-cnn 1.0 + 개인 1"
    assert [row.domain for row in context.library.history("learning")] == ["learning"]
    click(qtbot, tab, "learningUndo")
    assert draw_sign(qtbot, digits_tab, 0) == first
    assert digits_tab._panel.model.text() == "digits-cnn 1.0"
    assert rows(tab, "learningVersions")[0] == "기본 모델"
    child(tab, "learningVersions").setCurrentRow(1)  # type: ignore[attr-defined]
    click(qtbot, tab, "learningUse")
    assert draw_sign(qtbot, digits_tab, 0) == wanted


def test_reviews_learn_too(qtbot: QtBot, tab: LearningTab, context: AppContext) -> None:
    text = "팝콘각 제대로네 레전드 갱신"
    before = reviews.predict(text, explain=False)
    wanted = next(label for label in ("긍정", "부정") if label != before.label)
    variants = (text, "팝콘각 나오는 레전드", "진짜 팝콘각 레전드 갱신이네")
    asked = [item for item in variants if reviews.predict(item).label != wanted]
    for item in [*asked, *(f"{text}{mark}" for mark in ("!", "~", "ㅋㅋ"))]:
        answer = reviews.predict(item, explain=False)
        context.library.add_correction("reviews", item.encode(), answer.label, wanted, answer.model)
    tab.select("reviews")
    tab.reload()
    assert any("팝콘각" in row for row in rows(tab))
    retrain(qtbot, tab)
    assert tab.banner.text() == ""
    report = tab._reports["reviews"]
    assert report.anchors_after >= report.anchors_before - learning.RETENTION_TOLERANCE
    assert report.adopted
    assert reviews.predict(text, explain=False).label == wanted
    click(qtbot, tab, "learningUndo")
    assert reviews.predict(text, explain=False).label == before.label


def test_faces_learn_too(qtbot: QtBot, tab: LearningTab, context: AppContext) -> None:
    image = faces_samples.head()
    with FaceReader() as reader:
        seen = [reader.read(image[:, shift:]).faces[0] for shift in (0, 4, 8)]
        wanted = next(label for label in ("중립", "놀람") if label != seen[0].expression.label)
        for face in seen:
            context.library.add_correction(
                "faces", face.payload, face.expression.label, wanted, face.expression.model
            )
        tab.select("faces")
        tab.reload()
        retrain(qtbot, tab)
        assert tab.banner.text() == ""
        report = tab._reports["faces"]
        after = reader.read(image).faces[0].expression
        assert after.label == (wanted if report.adopted else seen[0].expression.label)
        assert report.adopted or report.reason.ko == tab._report.reason.text()
        if report.adopted:
            click(qtbot, tab, "learningUndo")
        assert reader.read(image).faces[0].expression.label == seen[0].expression.label


def test_corrections_that_ruin_the_model_are_not_adopted(
    qtbot: QtBot, tab: LearningTab, context: AppContext
) -> None:
    for digit in STROKES:
        for width in (8, 14, 20):
            add_digit(context, drawn(digit, width=width), str((int(digit) + 1) % 10))
    tab.select("digits")
    tab.reload()
    retrain(qtbot, tab)
    assert "받아들이지 않았어요" in tab._report.verdict.text()
    assert "이전 모델" in tab._report.reason.text()
    assert [name for name, *_ in tab._report.bars.pairs] and learning.versions("digits") == []
    assert digits.predict(drawn("5")).label == "5"


def test_a_cancelled_training_leaves_the_old_model(
    qtbot: QtBot, tab: LearningTab, context: AppContext
) -> None:
    add_signs(context)
    tab.select("digits")
    tab.reload()
    click(qtbot, tab, "learningRetrain")
    click(qtbot, tab, "jobCancel")
    qtbot.waitUntil(lambda: tab._job is None, timeout=SECONDS)
    assert "멈췄어요" in tab.banner.text() and not tab.job_bar.isVisible()
    assert learning.versions("digits") == [] and learning.active_head("digits") is None
    assert child(tab, "learningRetrain").isEnabled()


def test_the_window_answers_while_it_learns(
    qtbot: QtBot, tab: LearningTab, context: AppContext
) -> None:
    add_signs(context)
    tab.select("digits")
    tab.reload()
    click(qtbot, tab, "learningRetrain")
    tab.select("faces")
    tab.select("digits")
    assert not child(tab, "learningRetrain").isEnabled()  # one at a time
    qtbot.waitUntil(lambda: tab._job is None, timeout=SECONDS)
    assert learning.active_version("digits") == 1


def test_corrections_are_seen_and_deleted(
    qtbot: QtBot, tab: LearningTab, context: AppContext
) -> None:
    add_signs(context, 4)
    context.library.add_correction("reviews", b"\xff\xfe odd bytes", "긍정", "부정", "m")
    tab.hide()
    tab.show()  # coming back reads again
    tab.select("digits")
    found = child(tab, "learningCorrections")
    assert isinstance(found, QListWidget) and len(rows(tab)) == 4
    assert not found.item(0).icon().isNull()
    assert not child(tab, "learningDelete").isEnabled()
    found.item(0).setSelected(True)
    found.item(1).setSelected(True)
    click(qtbot, tab, "learningDelete")
    assert len(rows(tab)) == 2 and len(context.library.corrections("digits")) == 2
    found.item(0).setSelected(True)
    qtbot.keyClick(found, Qt.Key.Key_Delete)
    assert len(rows(tab)) == 1
    tab.select("reviews")
    assert "odd bytes" in rows(tab)[0]


@pytest.fixture
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a models folder in which the digit network's file is missing."""
    copy = tmp_path / "models"
    copy.mkdir()
    shutil.copy(paths.models_dir() / "manifest.toml", copy)
    shutil.copytree(paths.models_dir() / "digits-cnn", copy / "digits-cnn")
    (copy / "digits-cnn" / "digits.onnx").unlink()
    yield copy
    models.forget()


def test_a_missing_model_is_told(
    qtbot: QtBot, tab: LearningTab, context: AppContext, no_network: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    add_signs(context)
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(no_network))
    models.forget()
    tab.select("digits")
    tab.reload()
    retrain(qtbot, tab)
    assert "digits-cnn" in tab.banner.text() and tab.banner.kind == "error"
    (no_network / "manifest.toml").write_text("")
    tab.reload()
    assert "digits-cnn" in tab.banner.text() and len(rows(tab)) == 3


def test_a_damaged_version_is_told_with_the_way_out(
    qtbot: QtBot, tab: LearningTab, context: AppContext, data_env: Path
) -> None:
    add_signs(context)
    tab.select("digits")
    tab.reload()
    retrain(qtbot, tab)
    (data_env / "personal" / "digits" / "active.json").write_text("{")
    tab.reload()
    assert "읽을 수 없어요" in tab.banner.text()
    qtbot.mouseClick(tab.banner._button, Qt.MouseButton.LeftButton)
    assert learning.active_version("digits") is None and "기본 모델" in tab._versions.now.text()
    assert digits.predict(drawn("5")).model == "digits-cnn 1.0"


def test_a_data_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, tab: LearningTab, context: AppContext, data_env: Path
) -> None:
    add_signs(context)
    (data_env / "personal").write_text("a file where the folder should be")
    tab.select("digits")
    tab.reload()
    retrain(qtbot, tab)
    assert "저장할 수 없어요" in tab.banner.text() and "이전 모델" in tab.banner.text()
    assert digits.predict(drawn("5")).model == "digits-cnn 1.0"


def test_a_remembered_report_is_shown_again(
    qtbot: QtBot, tab: LearningTab, context: AppContext
) -> None:
    add_signs(context)
    tab.select("digits")
    tab.reload()
    retrain(qtbot, tab)
    (row,) = context.library.history("learning")
    tab.select("faces")
    tab.show_history(row)
    assert tab.domain.key == "digits" and tab._report.isVisible()
    tab.show_history(type(row)(row.id, row.created, "learning", "odd", {}))
    assert "읽을 수 없어요" in tab.banner.text()


def test_a_version_of_an_older_model_is_marked(
    qtbot: QtBot, tab: LearningTab, context: AppContext, data_env: Path
) -> None:
    add_signs(context)
    tab.select("digits")
    tab.reload()
    retrain(qtbot, tab)
    path = data_env / "personal" / "digits" / "v1" / "report.json"
    path.write_text(path.read_text("utf-8").replace('"base": "', '"base": "0'), "utf-8")
    tab.reload()
    assert "예전" in rows(tab, "learningVersions")[1]
    assert tab._versions.now.text() == "digits-cnn 1.0 · 기본 모델"


def test_long_texts_are_shortened(tab: LearningTab) -> None:
    row = Correction(
        1,
        "2026-01-01T00:00:00+00:00",
        "reviews",
        ("가" * 100_000).encode(),
        "긍정",
        "부정",
        "m",
        None,
    )
    tab._corrections.show_corrections([row], set())
    assert len(rows(tab)[0]) < 300
