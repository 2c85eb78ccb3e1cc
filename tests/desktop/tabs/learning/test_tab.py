"""The learning tab with real models: correct, retrain, see the answer flip, undo, cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.digits.tab import DigitsTab
from desktop.tabs.learning.domains import DOMAINS
from desktop.tabs.learning.tab import LearningTab
from desktop.widgets.buttons import ChipRow
from engine import digits, reviews
from engine.faces import FaceReader
from engine.learning import trainer
from tests.desktop.learning_kit import (
    SECONDS,
    add_digit,
    add_signs,
    child,
    click,
    draw_sign,
    retrain,
    rows,
)
from tests.engine import faces_samples
from tests.engine.digit_drawings import STROKES, drawn


def test_without_corrections_every_domain_says_what_to_do(
    qtbot: QtBot, learning_tab: LearningTab
) -> None:
    for domain in DOMAINS:
        learning_tab.select(domain.key)
        assert rows(learning_tab) == [] and not child(learning_tab, "learningRetrain").isEnabled()
        assert "3개 이상" in child(learning_tab, "learningHint").text()  # type: ignore[attr-defined]
        assert not child(learning_tab, "learningUndo").isEnabled()
        assert not learning_tab._report.isVisible()


def test_drawn_corrected_retrained_flipped_and_undone(
    qtbot: QtBot, learning_tab: LearningTab, digits_tab: DigitsTab, context: AppContext
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
    learning_tab.select("digits")
    learning_tab.reload()
    assert len(rows(learning_tab)) == 3 and all("기다리는 중" in row for row in rows(learning_tab))
    retrain(qtbot, learning_tab)
    assert (
        learning_tab._report.isVisible() and "받아들였어요" in learning_tab._report.verdict.text()
    )
    assert all("배웠어요" in row for row in rows(learning_tab))
    assert "개인 1" in learning_tab._versions.now.text()
    model = digits_tab._panel.model
    qtbot.waitUntil(lambda: model.text() == "digits-cnn 1.0 + 개인 1")  # what is shown, anew
    assert draw_sign(qtbot, digits_tab, 0) == wanted
    assert digits_tab._panel.model.text() == "digits-cnn 1.0 + 개인 1"
    assert [row.domain for row in context.library.history("learning")] == ["learning"]
    click(qtbot, learning_tab, "learningUndo")
    assert draw_sign(qtbot, digits_tab, 0) == first
    assert digits_tab._panel.model.text() == "digits-cnn 1.0"
    assert rows(learning_tab, "learningVersions")[0] == "기본 모델"
    child(learning_tab, "learningVersions").setCurrentRow(1)  # type: ignore[attr-defined]
    click(qtbot, learning_tab, "learningUse")
    assert draw_sign(qtbot, digits_tab, 0) == wanted


def test_reviews_learn_too(qtbot: QtBot, learning_tab: LearningTab, context: AppContext) -> None:
    text = "팝콘각 제대로네 레전드 갱신"
    before = reviews.predict(text, explain=False)
    wanted = next(label for label in ("긍정", "부정") if label != before.label)
    variants = (text, "팝콘각 나오는 레전드", "진짜 팝콘각 레전드 갱신이네")
    asked = [item for item in variants if reviews.predict(item).label != wanted]
    for item in [*asked, *(f"{text}{mark}" for mark in ("!", "~", "ㅋㅋ"))]:
        answer = reviews.predict(item, explain=False)
        context.library.add_correction("reviews", item.encode(), answer.label, wanted, answer.model)
    learning_tab.select("reviews")
    learning_tab.reload()
    assert any("팝콘각" in row for row in rows(learning_tab))
    retrain(qtbot, learning_tab)
    assert learning_tab.banner.text() == ""
    report = learning_tab._reports["reviews"]
    assert report.anchors_after >= report.anchors_before - trainer.RETENTION_TOLERANCE
    assert report.adopted
    assert reviews.predict(text, explain=False).label == wanted
    click(qtbot, learning_tab, "learningUndo")
    assert reviews.predict(text, explain=False).label == before.label


def test_faces_learn_too(qtbot: QtBot, learning_tab: LearningTab, context: AppContext) -> None:
    image = faces_samples.head()
    with FaceReader() as reader:
        seen = [reader.read(image[:, shift:]).faces[0] for shift in (0, 4, 8)]
        wanted = next(label for label in ("중립", "놀람") if label != seen[0].expression.label)
        for face in seen:
            context.library.add_correction(
                "faces", face.payload, face.expression.label, wanted, face.expression.model
            )
        learning_tab.select("faces")
        learning_tab.reload()
        retrain(qtbot, learning_tab)
        assert learning_tab.banner.text() == ""
        report = learning_tab._reports["faces"]
        after = reader.read(image).faces[0].expression
        assert after.label == (wanted if report.adopted else seen[0].expression.label)
        assert report.adopted or report.reason.ko == learning_tab._report.reason.text()
        if report.adopted:
            click(qtbot, learning_tab, "learningUndo")
        assert reader.read(image).faces[0].expression.label == seen[0].expression.label


def test_corrections_that_ruin_the_model_are_not_adopted(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext
) -> None:
    for digit in STROKES:
        for width in (8, 14, 20):
            add_digit(context, drawn(digit, width=width), str((int(digit) + 1) % 10))
    learning_tab.select("digits")
    learning_tab.reload()
    retrain(qtbot, learning_tab)
    assert "받아들이지 않았어요" in learning_tab._report.verdict.text()
    assert "이전 모델" in learning_tab._report.reason.text()
    assert [name for name, *_ in learning_tab._report.bars.pairs] and trainer.versions(
        "digits"
    ) == []
    assert digits.predict(drawn("5")).label == "5"


def test_a_cancelled_training_leaves_the_old_model(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext
) -> None:
    add_signs(context)
    learning_tab.select("digits")
    learning_tab.reload()
    click(qtbot, learning_tab, "learningRetrain")
    click(qtbot, learning_tab, "jobCancel")
    qtbot.waitUntil(lambda: learning_tab._job is None, timeout=SECONDS)
    assert "멈췄어요" in learning_tab.banner.text() and not learning_tab.job_bar.isVisible()
    assert trainer.versions("digits") == [] and trainer.active_head("digits") is None
    assert child(learning_tab, "learningRetrain").isEnabled()


def test_the_window_answers_while_it_learns(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext
) -> None:
    add_signs(context)
    learning_tab.select("digits")
    learning_tab.reload()
    click(qtbot, learning_tab, "learningRetrain")
    learning_tab.select("faces")
    learning_tab.select("digits")
    assert not child(learning_tab, "learningRetrain").isEnabled()  # one at a time
    qtbot.waitUntil(lambda: learning_tab._job is None, timeout=SECONDS)
    assert trainer.active_version("digits") == 1


def test_corrections_are_seen_and_deleted(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext
) -> None:
    add_signs(context, 4)
    context.library.add_correction("reviews", b"\xff\xfe odd bytes", "긍정", "부정", "m")
    learning_tab.hide()
    learning_tab.show()  # coming back reads again
    learning_tab.select("digits")
    found = child(learning_tab, "learningCorrections")
    assert isinstance(found, QListWidget) and len(rows(learning_tab)) == 4
    assert not found.item(0).icon().isNull()
    assert not child(learning_tab, "learningDelete").isEnabled()
    found.item(0).setSelected(True)
    found.item(1).setSelected(True)
    click(qtbot, learning_tab, "learningDelete")
    assert len(rows(learning_tab)) == 2 and len(context.library.corrections("digits")) == 2
    assert learning_tab.window().focusWidget() is found
    found.item(0).setSelected(True)
    qtbot.keyClick(found, Qt.Key.Key_Delete)
    assert len(rows(learning_tab)) == 1
    learning_tab.select("reviews")
    assert "odd bytes" in rows(learning_tab)[0]
