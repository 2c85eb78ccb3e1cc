"""The labels of a photo in an English window: shown in English, kept in Korean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.tabs.comments.labels import LabelsCard
from desktop.tabs.comments.photo import marks
from desktop.widgets.buttons import ChipRow
from engine.comments.detect.objects import DetectedObject
from engine.comments.labels import LeftOut, shown
from engine.comments.result import PhotoFace, PhotoResult
from engine.core.errors import Message
from engine.text.korean.object_names import COCO, by_korean


def test_chips_are_english_and_labels_korean(qtbot: QtBot) -> None:
    card = LabelsCard("en")
    qtbot.addWidget(card)
    card.show_labels(("기쁨", "고양이", "우리 집"))
    assert card.chips.texts() == ["Joy", "Cat", "우리 집"]
    assert card.labels() == ("기쁨", "고양이", "우리 집")
    with qtbot.waitSignal(card.changed):
        card.toggle("고양이")
    assert card.labels() == ("기쁨", "우리 집")
    field = card.findChild(QLineEdit, "commentLabelInput")
    assert field is not None
    field.setText("Dog, cats")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert card.labels() == ("기쁨", "고양이", "우리 집", "강아지")
    assert card.chips.texts()[-1] == "Dog"


def test_what_is_left_out_is_named_in_english(qtbot: QtBot) -> None:
    card = LabelsCard("en")
    qtbot.addWidget(card)
    card.show_left_out([LeftOut("사람", Message("이유", "a reason"))], lambda message: message.en)
    assert "Person" in card._left_out.text() and "사람" not in card._left_out.text()


def test_boxes_are_named_in_the_windows_language() -> None:
    box = (0.0, 0.0, 10.0, 10.0)
    face = PhotoFace(box, "행복", 0.9, "기쁨")
    cat = DetectedObject("고양이", "cat", 0.8, box)
    found = PhotoResult((20, 20), (face,), (cat,), ("기쁨", "고양이"), (), (), (), 1.0)
    assert {mark.text for mark in marks(found, "en")} == {"Cat 80%", "Happy 90%"}
    assert {mark.text for mark in marks(found)} == {"고양이 80%", "행복 90%"}
    assert {mark.label for mark in marks(found, "en")} == {"고양이", "기쁨"}


def test_every_class_has_an_english_name() -> None:
    assert all(shown(korean, "en") == by_korean()[korean] for _, korean in COCO)
    assert all(name.isascii() for name in by_korean().values())
    assert shown("물건7", "en") == "물건7"


def test_a_chip_tells_what_it_stands_for(qtbot: QtBot) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    chip = row.add_chip("Cat", key="고양이")
    with qtbot.waitSignal(row.clicked) as told:
        chip.click()
    assert told.args == ["고양이"]
    assert row.checked_keys() == ["고양이"] and row.checked_texts() == ["Cat"]
