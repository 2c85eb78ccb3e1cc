"""What the tabs for texts share: the box, several marked bars, two-sided tints, folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop import theme as palette
from desktop.app.context import AppContext
from desktop.tabs.texts import TextMemory
from desktop.widgets.files import DropArea
from desktop.widgets.ratings import ProbabilityBars
from desktop.widgets.text import HighlightedText, WriteCard


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    weight: float


def test_a_text_is_typed_replaced_and_cleared(qtbot: QtBot) -> None:
    card = WriteCard("note", "쪽지", "써 보세요", ["하나", "둘"])
    qtbot.addWidget(card)
    card.show()
    heard: list[str] = []
    card.edited.connect(heard.append)
    qtbot.keyClicks(card.box, "ab")
    with qtbot.waitSignal(card.replaced):
        qtbot.mouseClick(card.examples.chips()[1], Qt.MouseButton.LeftButton)
    assert card.text() == "둘" and heard[:2] == ["a", "ab"] and heard[-1] == "둘"
    assert card.box.objectName() == "noteInput" and "1 /" in card._length.text()
    qtbot.mouseClick(card._clear, Qt.MouseButton.LeftButton)
    assert card.text() == "" and not card._clear.isEnabled()


def test_several_bars_can_be_marked(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.resize(300, 90)
    bars.set_values([("기쁨", 1.0), ("감동", 1.0), ("슬픔", 1.0)], ["기쁨", "슬픔"])
    image = bars.grab().toImage()
    middle = [image.pixelColor(150, y).name() for y in (15, 45, 75)]
    accent, other = theme.css("accent").lower(), theme.css("border_strong").lower()
    assert middle == [accent, other, accent] and bars.highlight == "기쁨"
    bars.set_values([("기쁨", 0.2)], [])
    assert bars.highlight is None


def test_sides_may_have_other_colours_than_good_and_bad(qtbot: QtBot) -> None:
    text = HighlightedText(sides=("accent", "text_muted"))
    qtbot.addWidget(text)
    text.set_text("기쁜 날", [Span(0, 2, 1.0), Span(3, 4, -0.1)])

    def ground(place: int) -> QColor:
        cursor = QTextCursor(text.document())
        cursor.setPosition(place + 1)
        return cursor.charFormat().background().color()

    assert abs(ground(3).hueF() - theme.color(palette.ground("text_muted")).hueF()) < 0.1
    assert ground(0).blueF() > ground(0).greenF() and ground(0) != ground(3)


def test_what_two_texts_begin_with_stays_tinted(qtbot: QtBot) -> None:
    text = HighlightedText()
    qtbot.addWidget(text)
    text.set_text("기쁜 날이", [Span(0, 2, 1.0), Span(3, 5, 0.5)])
    text.go_on("기쁜 날은")
    assert text.toPlainText() == "기쁜 날은" and text.spans == [(0, 2, 1.0)]
    text.go_on("기쁜 날은 간다")
    assert text.spans == [(0, 2, 1.0)]
    text.go_on("슬픈 날")
    assert text.spans == []


def test_a_long_text_opens_where_its_first_deciding_word_is(qtbot: QtBot) -> None:
    text = HighlightedText()
    qtbot.addWidget(text)
    text.resize(300, 200)
    text.show()
    long = "길고 긴 글이 이어진다. " * 400
    text.set_text(long, [Span(3000, 3002, 1.0), Span(3100, 3102, -2.0)])
    bar = text.verticalScrollBar()
    assert 0 < bar.value() < bar.maximum()
    assert text.cursorRect().top() >= 0 and text.textCursor().position() == 3000
    text.set_text(long, [Span(0, 2, 1.0)])
    assert bar.value() == 0


def test_a_drop_area_for_many_takes_folders_too(
    qtbot: QtBot, context: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = DropArea("여기", many=True, settings=context.settings)
    qtbot.addWidget(area)
    area.show()
    asked: list[object] = []
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getOpenFileNames",
        lambda *args: ([str(tmp_path / "a"), str(tmp_path / "b")], asked.append(args)),
    )
    with qtbot.waitSignal(area.dropped) as dropped:
        area.button.click()
    assert dropped.args[0] == [tmp_path / "a", tmp_path / "b"] and asked
    answers = ["", str(tmp_path)]
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *args: answers.pop(0)
    )
    button = area.findChild(QPushButton, "dropFolder")
    with qtbot.assertNotEmitted(area.dropped):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(area.dropped) as dropped:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dropped.args[0] == [tmp_path]


def test_the_newest_answer_of_a_text_is_the_one_remembered(
    qtbot: QtBot, context: AppContext
) -> None:
    memory = TextMemory(context, "emotions", context.signals)
    for word in ("기", "기쁘", "기쁘다"):
        memory.keep(word, {"text": word})
        memory.flush()
    memory.keep("잊을 것", {"text": "잊을 것"})
    memory.drop()
    memory.flush()
    assert [row.summary for row in context.library.history()] == ["기쁘다"]
    memory.settle()
    memory.keep("기쁘다고", {"text": "기쁘다고"})
    qtbot.waitUntil(lambda: len(context.library.history()) == 2)
    memory.keep("돈이 아깝다", {"text": "돈이 아깝다"})
    memory.flush()
    assert summaries(context) == ["돈이 아깝다", "기쁘다고", "기쁘다"]


def summaries(context: AppContext) -> list[str]:
    return [row.summary for row in context.library.history()]


def test_a_text_that_comes_back_is_renewed_in_its_place(context: AppContext) -> None:
    old = TextMemory(context, "reviews", context.signals)
    for word in ("좋아요", "싫어요"):
        old.keep(word, {"text": word})
        old.settle()
    row = context.library.history()[-1]
    memory = TextMemory(context, "reviews", context.signals)  # the window was opened anew
    memory.know({row.payload["text"]: row.id})
    memory.keep("좋아요!", {"text": "좋아요"})
    memory.flush()
    assert summaries(context) == ["싫어요", "좋아요!"]
    assert context.library.history()[-1].created == row.created
    memory.keep("좋아요 정말", {"text": "좋아요 정말"})  # an old text that is changed is another
    memory.flush()
    assert summaries(context) == ["좋아요 정말", "싫어요", "좋아요!"]


def test_a_text_that_was_deleted_is_not_remembered_again(context: AppContext) -> None:
    memory = TextMemory(context, "reviews", context.signals)
    memory.keep("비밀이에요", {"text": "비밀이에요"})
    memory.flush()
    context.library.delete_history(list(memory.rows.values()))
    memory.keep("비밀이에요", {"text": "비밀이에요"})  # judged by another model, say
    memory.flush()
    assert summaries(context) == []
    memory.keep("비밀이에요, 정말", {"text": "비밀이에요, 정말"})
    memory.flush()
    assert summaries(context) == ["비밀이에요, 정말"]
