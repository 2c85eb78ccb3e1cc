"""A feeling that was read wrongly is corrected, learned and taken back, by real clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.app.context import AppContext
from desktop.tabs.emotions.tab import EmotionsTab
from desktop.tabs.learning.tab import LearningTab
from desktop.widgets.buttons import ChipRow
from engine import emotions
from engine.core.errors import StorageError
from tests.desktop.emotions_kit import WAIT, Bot, write
from tests.desktop.emotions_kit import click as press
from tests.desktop.learning_kit import click, retrain, rows

TEXTS = ("또 야근하고 집에 왔어", "오늘도 야근하고 막차를 탔어", "이번 주 내내 야근하고 있어")


def correct(qtbot: Bot, tab: EmotionsTab, label: str) -> None:
    """Press "아니에요" and choose *label*."""
    press(qtbot, tab, "correctionNo")
    choices = tab.findChild(ChipRow, "correctionChoices")
    assert choices is not None
    chip = next(chip for chip in choices.chips() if chip.text() == label)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_corrected_retrained_and_undone(
    qtbot: Bot, learning_tab: LearningTab, emotions_tab: EmotionsTab, context: AppContext
) -> None:
    before = [result.label for result in emotions.predict_many(TEXTS)]
    wanted = next(label for label in ("분노", "혐오", "슬픔") if label not in before)
    for text in TEXTS:
        write(qtbot, emotions_tab, text)
        correct(qtbot, emotions_tab, wanted)
        bar = emotions_tab.one.result.correction
        assert bar.isVisible() and wanted in bar._text.text() and not bar._no.isVisible()
    kept = context.library.corrections("emotions")
    assert sorted(row.payload.decode() for row in kept) == sorted(TEXTS)
    learning_tab.select("emotions")
    learning_tab.reload()
    assert len(rows(learning_tab)) == 3 and all(f"→ {wanted}" in row for row in rows(learning_tab))
    retrain(qtbot, learning_tab)
    assert learning_tab.banner.text() == "" and learning_tab._reports["emotions"].adopted
    label = emotions_tab.one.result.label  # what is shown is judged by the new model
    qtbot.waitUntil(lambda: label.text() == wanted, timeout=WAIT)
    write(qtbot, emotions_tab, "아, " + TEXTS[0])
    assert emotions_tab.one.result.label.text() == wanted
    answer = emotions_tab.one.result.result
    assert answer is not None and answer.model.endswith("개인 1")
    verdict = learning_tab._report.verdict.text
    assert verdict() == "받아들였어요: 개인 1"
    shown = emotions.predict("아, " + TEXTS[0]).model
    click(qtbot, learning_tab, "learningUndo")
    assert verdict() == "받아들였던 개인 1 대신 지금은 기본 모델이(가) 답해요"

    def judged_by_another() -> bool:
        now = emotions_tab.one.result.result
        return now is not None and now.model != shown

    qtbot.waitUntil(judged_by_another, timeout=WAIT)
    assert [result.label for result in emotions.predict_many(TEXTS)] == before


def test_a_correction_that_cannot_be_kept_is_said(
    qtbot: Bot, emotions_tab: EmotionsTab, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(qtbot, emotions_tab, TEXTS[0])

    def full(*_: object) -> None:
        raise StorageError("꽉 찼어요.", "It is full.")

    monkeypatch.setattr(context.library, "add_correction", full)
    result = emotions_tab.one.result.result
    assert result is not None
    with qtbot.waitSignal(emotions_tab.one.failed) as told:
        correct(qtbot, emotions_tab, next(x for x in emotions.LABELS if x != result.label))
    assert isinstance(told.args[0], StorageError) and emotions_tab.banner.isVisible()
