"""The reviews tab as a person uses it: typing, clicking, opening files; real models."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QListWidget, QPlainTextEdit, QPushButton

from desktop.app.context import AppContext, make_context
from desktop.shell.history import HistoryPanel
from desktop.tabs.reviews.tab import ReviewsTab
from engine.text import morphemes
from engine.text.normalize import MAX_CHARACTERS
from tests.desktop.reviews_kit import (
    BAD,
    GOOD,
    WAIT,
    Bot,
    answered,
    click,
    write,
)


def test_typing_is_read_live(qtbot: Bot, reviews_tab: ReviewsTab) -> None:
    box = reviews_tab.findChild(QPlainTextEdit, "reviewInput")
    box.setFocus()
    qtbot.keyClicks(box, "good movie")
    qtbot.waitUntil(lambda: answered(reviews_tab, "good movie"), timeout=WAIT)
    assert "한글이 없는" in reviews_tab.one.result._warnings.text()
    write(qtbot, reviews_tab, BAD)
    assert reviews_tab.one.result.label.text() == "부정"
    assert (
        reviews_tab.one.result.stars.stars is not None and reviews_tab.one.result.stars.stars <= 1.5
    )
    qtbot.keyClicks(box, "")
    box.clear()
    assert (
        reviews_tab.one.result.result is None and reviews_tab.one.result.label.isVisible() is False
    )


def test_an_answer_says_what_how_sure_and_why(qtbot: Bot, reviews_tab: ReviewsTab) -> None:
    write(qtbot, reviews_tab, GOOD)
    qtbot.waitUntil(
        lambda: (
            reviews_tab.one.result.result is not None
            and reviews_tab.one.result.result.tokenizer == morphemes.OKT
        ),
        timeout=WAIT,
    )
    card = reviews_tab.one.result
    assert card.label.text() == "긍정" and "확실" in card.confidence.text()
    assert card.words.spans and "재미있어" in card.rule.text()
    assert "reviews-ngram" in card._source.text() and "Okt" in card._source.text()
    values = dict(reviews_tab.one.emotion.bars.values)
    assert len(values) == 7 and sum(values.values()) == pytest.approx(1, abs=1e-3)


def test_an_example_is_read_when_clicked(qtbot: Bot, reviews_tab: ReviewsTab) -> None:
    chip = reviews_tab.one.write.examples.chips()[2]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: answered(reviews_tab, chip.text()), timeout=WAIT)
    assert reviews_tab.one.result.label.text() == "부정"


def test_the_old_rules_can_be_switched_on(qtbot: Bot, reviews_tab: ReviewsTab) -> None:
    write(qtbot, reviews_tab, "추천 추천 쓰레기 중의 쓰레기")
    assert (
        reviews_tab.one.result.label.text() == "부정"
        and "참고로만" in reviews_tab.one.result.rule.text()
    )
    reviews_tab.findChild(QCheckBox, "reviewUseRules").click()
    qtbot.waitUntil(lambda: reviews_tab.one.result.label.text() == "긍정", timeout=WAIT)
    assert "따라" in reviews_tab.one.result.rule.text()


def test_a_correction_is_stored_once(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    write(qtbot, reviews_tab, GOOD)
    click(qtbot, reviews_tab, "correctionNo")
    chip = reviews_tab.one.result.correction.findChildren(QPushButton, "chip")[0]
    assert chip.text() == "부정"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    (stored,) = context.library.corrections("reviews")
    assert stored.payload.decode() == GOOD
    assert (stored.predicted, stored.corrected) == ("긍정", "부정")


def test_a_correction_begun_on_one_review_is_closed_by_the_next(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    write(qtbot, reviews_tab, GOOD)
    click(qtbot, reviews_tab, "correctionNo")
    write(qtbot, reviews_tab, "두 번 봐도 감동적인 영화, 강력 추천!")
    correction = reviews_tab.one.result.correction
    assert not correction.choosing and not correction._choices.isVisible()
    assert context.library.corrections("reviews") == []


def test_after_a_correction_the_text_has_the_focus(qtbot: Bot, reviews_tab: ReviewsTab) -> None:
    write(qtbot, reviews_tab, GOOD)
    click(qtbot, reviews_tab, "correctionNo")
    chip = reviews_tab.one.result.correction.findChildren(QPushButton, "chip")[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert reviews_tab.window().focusWidget() is reviews_tab.one.write.box


def test_answers_are_remembered_and_come_back(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    write(qtbot, reviews_tab, "재밌")
    reviews_tab.one.flush()
    write(qtbot, reviews_tab, "재밌다")
    reviews_tab.one.flush()
    rows = context.library.history("reviews")
    assert [row.payload["text"] for row in rows] == ["재밌다"]  # one row while it is written
    reviews_tab.one.write.set_text(BAD)
    qtbot.waitUntil(lambda: answered(reviews_tab, BAD), timeout=WAIT)
    reviews_tab.one.flush()
    recent = reviews_tab.one.recent.list
    assert recent.count() == 2
    middle = recent.visualItemRect(recent.item(1)).center()
    qtbot.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: answered(reviews_tab, "재밌다"), timeout=WAIT)


def paste_over(tab: ReviewsTab, text: str) -> None:
    """Select all that is written, and paste."""
    QGuiApplication.clipboard().setText(text)
    tab.one.write.box.selectAll()
    tab.one.write.box.paste()


def test_reviews_pasted_one_over_the_other_are_all_remembered(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    texts = [f"배송이 빠르고 포장도 꼼꼼했어요. 상품 {n}번은 {GOOD}" for n in range(4)]
    for number, text in enumerate(texts):
        paste_over(reviews_tab, text)
        qtbot.waitUntil(lambda wanted=text: answered(reviews_tab, wanted), timeout=WAIT)
        if number == 1:
            click(qtbot, reviews_tab, "correctionNo")
            chip = reviews_tab.one.result.correction.findChildren(QPushButton, "chip")[0]
            qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
            reviews_tab.one.write.box.insertPlainText(" 덧붙이면 별로")  # typed on afterwards
            written = reviews_tab.one.write.text()
            qtbot.waitUntil(lambda wanted=written: answered(reviews_tab, wanted), timeout=WAIT)
            reviews_tab.one.flush()
    reviews_tab.one.flush()
    kept = [row.payload["text"] for row in context.library.history("reviews")]
    assert kept == [*texts[:1:-1], written, *texts[1::-1]]
    assert reviews_tab.one.recent.list.count() == 5


def test_an_old_review_that_is_opened_keeps_its_date_and_place(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    for text in (GOOD, BAD):
        paste_over(reviews_tab, text)
        qtbot.waitUntil(lambda wanted=text: answered(reviews_tab, wanted), timeout=WAIT)
    reviews_tab.one.flush()
    before = [(row.id, row.created, row.payload["text"]) for row in context.library.history()]
    assert [text for _, _, text in before] == [BAD, GOOD]
    reviews_tab.show_history(context.library.history()[-1])
    qtbot.waitUntil(lambda: answered(reviews_tab, GOOD), timeout=WAIT)
    reviews_tab.one.flush()
    after = [(row.id, row.created, row.payload["text"]) for row in context.library.history()]
    assert after == before


def test_a_review_deleted_in_the_history_is_gone_from_the_recent_ones(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    write(qtbot, reviews_tab, GOOD)
    reviews_tab.one.flush()
    panel = HistoryPanel(context)
    qtbot.addWidget(panel)
    panel.show()
    panel.reload()
    rows = panel.findChild(QListWidget, "historyList")
    rows.setCurrentRow(0)
    click(qtbot, panel, "historyDelete")
    assert rows.count() == 0 and reviews_tab.one.recent.list.count() == 0
    reviews_tab.one._read_again()
    qtbot.waitUntil(lambda: not reviews_tab.one._live.busy, timeout=WAIT)
    reviews_tab.one.flush()
    assert context.library.history() == []


def test_a_result_can_be_copied_and_saved(
    qtbot: Bot, reviews_tab: ReviewsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(qtbot, reviews_tab, GOOD)
    qtbot.mouseClick(reviews_tab.one.result._copy, Qt.MouseButton.LeftButton)
    assert json.loads(QGuiApplication.clipboard().text())["label"] == "긍정"
    target = tmp_path / "a.json"
    monkeypatch.setattr("desktop.widgets.files.ask_save", lambda *rest: target)
    reviews_tab.save_result()
    qtbot.waitUntil(target.exists, timeout=WAIT)
    qtbot.waitUntil(lambda: not reviews_tab.job_bar.isVisible(), timeout=WAIT)
    assert json.loads(target.read_text(encoding="utf-8"))["text"] == GOOD


@pytest.mark.parametrize("text", ["   ", "😂😂😂", "This is fine", "\u200b"])
def test_odd_texts_leave_the_window_alive(qtbot: Bot, reviews_tab: ReviewsTab, text: str) -> None:
    box = reviews_tab.findChild(QPlainTextEdit, "reviewInput")
    box.setPlainText(text)
    qtbot.waitUntil(lambda: not reviews_tab.one._live.busy, timeout=WAIT)
    write(qtbot, reviews_tab, GOOD)
    assert reviews_tab.one.result.label.text() == "긍정"


def test_a_hundred_thousand_characters(qtbot: Bot, reviews_tab: ReviewsTab) -> None:
    long = ("최고의 영화였어요. " * 10_000)[:MAX_CHARACTERS]
    write(qtbot, reviews_tab, long)
    assert reviews_tab.one.result.label.text() == "긍정"
    reviews_tab.findChild(QPlainTextEdit, "reviewInput").setPlainText(long + "또")
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert "너무 길어요" in reviews_tab.banner.text()
    write(qtbot, reviews_tab, BAD)
    assert not reviews_tab.banner.isVisible()


@pytest.mark.skipif(os.name == "nt", reason="folders are protected otherwise on Windows")
def test_a_data_folder_that_cannot_be_written_is_told_and_nothing_is_lost(
    qtbot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")  # no folder can be made below a file, not even by root
    monkeypatch.setenv("MAUMGYEOL_DATA", str(blocked / "data"))
    context = make_context()
    assert context.problems and "메모리" in context.problems[0].ko
    reviews_tab = ReviewsTab(context)
    qtbot.addWidget(reviews_tab)
    reviews_tab.show()
    write(qtbot, reviews_tab, GOOD)
    reviews_tab.one.flush()
    assert reviews_tab.one.result.label.text() == "긍정"
    assert [row.payload["text"] for row in context.library.history("reviews")] == [GOOD]
    reviews_tab.shutdown()
    context.close()


def test_a_library_that_fails_later_is_told(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    said: list[str] = []
    context.signals.notice.connect(said.append)
    write(qtbot, reviews_tab, GOOD)
    library = context.library.path
    context.library.close()
    shutil.rmtree(library.parent)
    library.parent.write_text("", encoding="utf-8")
    reviews_tab.one.flush()
    assert said and "저장" in said[0]
    click(qtbot, reviews_tab, "correctionNo")
    chip = reviews_tab.one.result.correction.findChildren(QPushButton, "chip")[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert reviews_tab.banner.isVisible() and reviews_tab.one.result.label.text() == "긍정"
