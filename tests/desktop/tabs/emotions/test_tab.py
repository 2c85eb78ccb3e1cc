"""The emotions of one text as a person meets them: typing, clicking, copying; real models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.app.context import AppContext
from desktop.tabs.emotions import result
from desktop.tabs.emotions.tab import EmotionsTab
from engine.emotions import FINE_LABELS, LABELS
from engine.emotions.corpus import codes
from engine.text.normalize import MAX_CHARACTERS
from tests.desktop.emotions_kit import ANGRY, HAPPY, WAIT, Bot, answered, click, write


def test_typing_is_read_live(qtbot: Bot, emotions_tab: EmotionsTab) -> None:
    one = emotions_tab.one
    assert one.result._empty.isVisible() and not one.fine.all.isEnabled()
    box = emotions_tab.findChild(QPlainTextEdit, "emotionInput")
    box.setFocus()
    qtbot.keyClicks(box, "wow")
    qtbot.waitUntil(lambda: answered(emotions_tab, "wow"), timeout=WAIT)
    write(qtbot, emotions_tab, ANGRY)
    assert one.result.label.text() == "분노" and "확실" in one.result.confidence.text()
    box.clear()
    assert one.result.result is None and one.result._empty.isVisible()
    assert not one.fine.bars.isVisible() and not one.fine.all.isEnabled()


def test_seven_bars_add_up_and_the_answer_is_marked(qtbot: Bot, emotions_tab: EmotionsTab) -> None:
    write(qtbot, emotions_tab, HAPPY)
    bars = emotions_tab.one.result.bars
    assert [name for name, _ in bars.values] == [result.emotion_name(n) for n in LABELS]
    assert sum(value for _, value in bars.values) == pytest.approx(1, abs=1e-3)
    assert bars.highlight == max(bars.values, key=lambda item: item[1])[0] == "행복"


def test_the_words_that_spoke_for_it_are_marked(qtbot: Bot, emotions_tab: EmotionsTab) -> None:
    write(qtbot, emotions_tab, ANGRY)
    card = emotions_tab.one.result
    qtbot.waitUntil(lambda: bool(card.words.spans), timeout=WAIT)
    start, end, weight = max(card.words.spans, key=lambda span: span[2])
    assert weight > 0 and 0 <= start < end <= len(ANGRY)
    assert "분노" in card.hint.text()


def test_marks_stay_while_the_text_goes_on(qtbot: Bot, emotions_tab: EmotionsTab) -> None:
    write(qtbot, emotions_tab, ANGRY)
    card = emotions_tab.one.result
    qtbot.waitUntil(lambda: bool(card.words.spans), timeout=WAIT)
    before = card.words.spans
    emotions_tab.one._why.ready.disconnect()  # only what is shown before the words are weighed
    write(qtbot, emotions_tab, ANGRY + "!")
    assert card.label.text() == "분노" and card.words.spans == before
    write(qtbot, emotions_tab, "아, " + ANGRY)
    assert card.words.spans == []


def test_fine_emotions_over_their_threshold_come_first_and_the_rest_on_demand(
    qtbot: Bot, emotions_tab: EmotionsTab
) -> None:
    write(qtbot, emotions_tab, HAPPY)
    one = emotions_tab.one
    assert one.result.result is not None
    fine = one.result.result.fine
    names = result.fine_names()
    shown = [names[item.label] for item in fine if item.shown]
    assert shown and [name for name, _ in one.fine.bars.values] == shown
    assert not one.all.isVisible()
    click(qtbot, emotions_tab, "emotionAll")
    assert one.all.isVisible() and one.fine.all.text() == "접기"
    every = [item for bars in one.all.columns for item in bars.values]
    assert [value for _, value in every] == sorted((i.probability for i in fine), reverse=True)
    assert len(every) == len(FINE_LABELS) == 43
    click(qtbot, emotions_tab, "emotionAll")
    assert not one.all.isVisible()


def test_an_example_is_read_when_clicked(qtbot: Bot, emotions_tab: EmotionsTab) -> None:
    chips = emotions_tab.one.write.examples.chips()
    assert 3 <= len(chips) <= 4
    labels = set()
    for chip in chips:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda chip=chip: answered(emotions_tab, chip.text()), timeout=WAIT)
        labels.add(emotions_tab.one.result.label.text())
    assert len(labels) >= 3


def test_answers_are_remembered_and_come_back(
    qtbot: Bot, emotions_tab: EmotionsTab, context: AppContext
) -> None:
    for text in (HAPPY[:-1], HAPPY):
        write(qtbot, emotions_tab, text)
        emotions_tab.one.flush()
    rows = context.library.history("emotions")
    assert [row.payload["text"] for row in rows] == [HAPPY]  # one row while it is written
    emotions_tab.one.write.set_text(ANGRY)
    qtbot.waitUntil(lambda: answered(emotions_tab, ANGRY), timeout=WAIT)
    emotions_tab.one.flush()
    recent = emotions_tab.one.recent.list
    assert recent.count() == 2 and "행복" in recent.item(1).toolTip()
    middle = recent.visualItemRect(recent.item(1)).center()
    qtbot.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: answered(emotions_tab, HAPPY), timeout=WAIT)
    click(qtbot, emotions_tab, "emotionsCorpus")
    emotions_tab.show_history(context.library.history("emotions")[0])
    qtbot.waitUntil(lambda: answered(emotions_tab, ANGRY), timeout=WAIT)
    assert emotions_tab.one.isVisible()


def test_a_result_can_be_copied_and_saved(
    qtbot: Bot, emotions_tab: EmotionsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    emotions_tab.message.connect(said.append)
    emotions_tab.save_result()
    assert said == ["여기에는 저장할 결과가 없어요."]
    write(qtbot, emotions_tab, HAPPY)
    card = emotions_tab.one.result
    qtbot.mouseClick(card._copy, Qt.MouseButton.LeftButton)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["label"] == "행복" and len(copied["fine"]) == 43
    targets = [None, tmp_path / "none" / "a.json", tmp_path / "a.json"]
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: targets.pop(0))
    qtbot.mouseClick(card._save, Qt.MouseButton.LeftButton)
    assert len(targets) == 2 and not emotions_tab.banner.isVisible()
    qtbot.mouseClick(card._save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(emotions_tab.banner.isVisible, timeout=WAIT)
    assert "저장할 수 없어요" in emotions_tab.banner.text()
    emotions_tab.save_result()
    qtbot.waitUntil(lambda: "저장했어요: a.json" in said, timeout=WAIT)
    stored = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert stored["text"] == HAPPY and not emotions_tab.banner.isVisible()


@pytest.mark.parametrize("text", ["   ", "😂😂😂", "This is fine", "\u200b", "ㅋ", "\n\n\t"])
def test_odd_texts_leave_the_window_alive(qtbot: Bot, emotions_tab: EmotionsTab, text: str) -> None:
    emotions_tab.findChild(QPlainTextEdit, "emotionInput").setPlainText(text)
    one = emotions_tab.one
    qtbot.waitUntil(lambda: not one._live.busy and not one._why.busy, timeout=WAIT)
    write(qtbot, emotions_tab, HAPPY)
    assert one.result.label.text() == "행복" and not emotions_tab.banner.isVisible()


def test_a_hundred_thousand_characters(qtbot: Bot, emotions_tab: EmotionsTab) -> None:
    long = ("오늘은 정말 행복했어. " * 10_000)[:MAX_CHARACTERS]
    write(qtbot, emotions_tab, long)
    assert emotions_tab.one.result.label.text() == "행복"
    emotions_tab.findChild(QPlainTextEdit, "emotionInput").setPlainText(long + "또")
    qtbot.waitUntil(emotions_tab.banner.isVisible, timeout=WAIT)
    assert "너무 길어요" in emotions_tab.banner.text()
    assert emotions_tab.banner.kind == "warning" and emotions_tab.one.result.result is None
    write(qtbot, emotions_tab, ANGRY)
    assert not emotions_tab.banner.isVisible()


@pytest.mark.parametrize("name", ["text-encoder/encoder.onnx", "emotions-ngram.npz"])
def test_a_missing_model_is_told_and_mended(
    qtbot: Bot, text_models: Path, emotions_tab: EmotionsTab, name: str
) -> None:
    file = text_models / name
    content = file.read_bytes()
    file.unlink()
    emotions_tab.warm_up()
    qtbot.waitUntil(emotions_tab.banner.isVisible, timeout=WAIT)
    assert emotions_tab.banner.kind == "error"
    assert name.split("/")[0].split(".")[0] in emotions_tab.banner.text()
    file.write_bytes(content)
    write(qtbot, emotions_tab, HAPPY)
    assert emotions_tab.one.result.label.text() == "행복" and not emotions_tab.banner.isVisible()


def test_where_there_is_little_room_the_answer_comes_before_what_was_read_lately(
    qtbot: Bot, emotions_tab: EmotionsTab
) -> None:
    one = emotions_tab.one

    def place(widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(emotions_tab.scroller.widget(), QPoint())
        return at.x(), at.y()

    for width, stacked in ((1180, False), (640, True), (1180, False)):
        emotions_tab.resize(width, 800)
        qtbot.waitUntil(lambda on=stacked: (place(one.recent)[0] == place(one.result)[0]) == on)
        first, second = (one.result, one.recent) if stacked else (one.write, one.recent)
        assert place(first)[0] == place(second)[0] and place(first)[1] < place(second)[1]


def test_words_that_cannot_be_weighed_are_told_beside_the_answer(
    qtbot: Bot, emotions_tab: EmotionsTab
) -> None:
    write(qtbot, emotions_tab, HAPPY)
    emotions_tab.one._why.failed.emit(RuntimeError("no words"))
    assert "예상하지 못한" in emotions_tab.one.result.hint.text()
    assert emotions_tab.one.result.label.text() == "행복"


def test_every_emotion_has_a_name() -> None:
    assert result.fine_names().keys() == set(FINE_LABELS)
    assert result.corpus_names().keys() == set(codes.NAMES.values())
    assert result.ROLES.keys() == set(LABELS)
    assert len({result.emotion_name(label) for label in LABELS}) == 7
