"""One review read precisely or instantly, told in two ways or three; models that are missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import theme
from desktop.app import settings as keys
from desktop.app.context import AppContext
from desktop.shell.window import MainWindow
from desktop.tabs.reviews.result import label_name
from desktop.tabs.reviews.single import describe
from desktop.tabs.reviews.tab import ReviewsTab
from engine import reviews
from engine.reviews import INSTANT, NEUTRAL, PRECISE
from tests.desktop.reviews_kit import BAD, GOOD, WAIT, Bot, click, write

PLAIN = (
    "그냥 그래요. 볼만은 한데 조금 지루해요",
    "보통이에요",
    "나쁘지 않은데 아주 좋지도 않아요",
    "기대보다는 별로였지만 배우는 괜찮았어요",
    "시간 때우기에는 괜찮은 영화",
    "중간은 가는 영화. 5점",
)


def read_in(qtbot: Bot, tab: ReviewsTab, mode: str) -> None:
    """Wait for an answer in a mode and for its words to be weighed."""

    def done() -> bool:
        result = tab.one.result.result
        return result is not None and result.mode == mode and bool(result.tokenizer)

    qtbot.waitUntil(done, timeout=WAIT)


def neutral(mode: str) -> str:
    """Return a text that the model finds neither good nor bad."""
    found = [t for t in PLAIN if reviews.predict(t, explain=False, mode=mode).three_way == NEUTRAL]
    assert found, "none of the plain texts is neutral"
    return found[0]


def test_the_mode_is_switched_and_remembered(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    write(qtbot, reviews_tab, GOOD)
    card = reviews_tab.one.result
    read_in(qtbot, reviews_tab, PRECISE)
    assert "text-encoder" in card._source.text() and card.words.spans
    click(qtbot, reviews_tab, "reviewMode-instant")
    read_in(qtbot, reviews_tab, INSTANT)
    assert "text-encoder" not in card._source.text() and card.words.spans
    assert context.settings.get(keys.REVIEW_MODE) == INSTANT
    other = ReviewsTab(context)
    qtbot.addWidget(other)
    assert other.one.result.mode.current == INSTANT
    other.shutdown()
    click(qtbot, reviews_tab, "reviewMode-precise")
    read_in(qtbot, reviews_tab, PRECISE)
    assert context.settings.get(keys.REVIEW_MODE) == PRECISE


def test_words_are_weighed_after_the_answer_and_stay_marked(
    qtbot: Bot, reviews_tab: ReviewsTab
) -> None:
    write(qtbot, reviews_tab, GOOD)
    read_in(qtbot, reviews_tab, PRECISE)
    card = reviews_tab.one.result
    before = card.words.spans
    reviews_tab.one._why.ready.disconnect()  # only what is shown before the words are weighed
    write(qtbot, reviews_tab, GOOD + "!")
    assert card.result is not None and not card.result.tokenizer
    assert before and card.words.spans == before
    assert reviews_tab.one.payload() == card.result.to_dict()


def test_a_correction_stays_thanked_for_when_the_words_come_late(
    qtbot: Bot, reviews_tab: ReviewsTab
) -> None:
    one = reviews_tab.one
    write(qtbot, reviews_tab, GOOD)
    click(qtbot, reviews_tab, "correctionNo")
    chip = one.result.correction.findChildren(QPushButton, "chip")[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    one._why.submit(GOOD, False, PRECISE)
    read_in(qtbot, reviews_tab, PRECISE)
    assert "고쳤어요" in one.result.correction._text.text()


def test_a_click_on_the_mode_that_is_on_changes_nothing(
    qtbot: Bot, reviews_tab: ReviewsTab
) -> None:
    with qtbot.assertNotEmitted(reviews_tab.one.result.mode_switched):
        click(qtbot, reviews_tab, "reviewMode-precise")
    assert reviews_tab.one.result.mode.current == PRECISE


def test_neither_good_nor_bad_has_a_name_and_a_colour_in_three_ways(
    qtbot: Bot, reviews_tab: ReviewsTab, context: AppContext
) -> None:
    text = neutral(INSTANT)
    click(qtbot, reviews_tab, "reviewMode-instant")
    write(qtbot, reviews_tab, text)
    card = reviews_tab.one.result
    two_way = card.label.text()
    assert card.result is not None and two_way == card.result.label and card.correction.isVisible()
    stars = card.stars.stars
    click(qtbot, reviews_tab, "reviewVerdicts-3")
    assert card.label.text() == NEUTRAL and theme.css("text_muted") in card.label.styleSheet()
    assert two_way in card.confidence.text() and card.stars.stars == stars
    assert not card.correction.isVisible()
    assert context.settings.get(keys.REVIEW_VERDICTS) == 3
    reviews_tab.one.flush()
    (row,) = context.library.history("reviews")
    assert describe(context.settings, row).word == NEUTRAL
    click(qtbot, reviews_tab, "reviewVerdicts-2")
    assert card.label.text() == two_way and card.correction.isVisible()
    assert describe(context.settings, row).word == two_way


def test_clear_reviews_are_told_alike_in_two_ways_and_three(
    qtbot: Bot, reviews_tab: ReviewsTab
) -> None:
    click(qtbot, reviews_tab, "reviewVerdicts-3")
    for text, role in ((GOOD, "positive"), (BAD, "negative")):
        write(qtbot, reviews_tab, text)
        card = reviews_tab.one.result
        assert card.result is not None
        assert card.label.text() == card.result.label == card.result.three_way
        assert theme.css(role) in card.label.styleSheet()


def test_an_old_row_without_a_third_way_is_told_in_two(context: AppContext) -> None:
    context.settings.set(keys.REVIEW_VERDICTS, 3)
    context.remember("reviews", "옛 기록", {"text": "좋다", "label": "긍정", "stars": 4.5})
    (row,) = context.library.history("reviews")
    mark = describe(context.settings, row)
    assert (mark.word, mark.role, mark.figure) == (label_name("긍정"), "positive", "★ 4.5")


def test_the_text_goes_on_to_the_tab_of_emotions(qtbot: Bot, context: AppContext) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    qtbot.waitUntil(lambda: isinstance(window.tabs.currentWidget(), ReviewsTab))
    tab = window.tabs.tab(0)
    assert isinstance(tab, ReviewsTab)
    button = tab.findChild(QPushButton, "reviewMoreEmotions")
    assert not button.isEnabled()
    write(qtbot, tab, GOOD)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.specs[window.tabs.current].key == "emotions"
    emotions = window.tabs.tab(window.tabs.current)
    qtbot.waitUntil(lambda: emotions.findChild(QWidget, "emotionLabel").isVisible(), timeout=WAIT)
    assert emotions.one.result.result.text == GOOD  # type: ignore[attr-defined]
    window.close()


@pytest.mark.parametrize("damage", ["missing", "corrupt"])
def test_a_damaged_model_is_told_and_mended(
    qtbot: Bot, text_models: Path, reviews_tab: ReviewsTab, damage: str
) -> None:
    file = text_models / "reviews-ngram.npz"
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:1000])
    reviews_tab.one.write.set_text(GOOD)
    qtbot.waitUntil(reviews_tab.banner.isVisible, timeout=WAIT)
    assert reviews_tab.banner.kind == "error" and "reviews-ngram" in reviews_tab.banner.text()
    assert reviews_tab.one.write.text() == GOOD
    file.write_bytes(content)
    write(qtbot, reviews_tab, BAD)
    assert not reviews_tab.banner.isVisible() and reviews_tab.one.result.label.text() == "부정"


@pytest.mark.parametrize("damage", ["missing", "corrupt"])
@pytest.mark.parametrize("when", ["start", "text"])
def test_without_the_encoder_the_instant_mode_is_offered(
    qtbot: Bot, text_models: Path, reviews_tab: ReviewsTab, damage: str, when: str
) -> None:
    file = text_models / "text-encoder" / "encoder.onnx"
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:1000])
    if when == "start":
        reviews_tab.warm_up()
    else:
        reviews_tab.one.write.set_text(GOOD)
    banner, card = reviews_tab.banner, reviews_tab.one.result
    qtbot.waitUntil(banner.isVisible, timeout=WAIT)
    assert banner.kind == "warning" and "text-encoder" in banner.text() and card.result is None
    offer = next(b for b in banner.findChildren(QPushButton) if b.text() == "빠름으로 읽기")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert card.mode.current == INSTANT and not banner.isVisible()
    write(qtbot, reviews_tab, BAD)
    assert card.label.text() == "부정" and not banner.isVisible()
    assert "text-encoder" in reviews_tab.one.emotion.note.text()
    assert not reviews_tab.one.emotion.more.isEnabled()
    file.write_bytes(content)
    click(qtbot, reviews_tab, "reviewMode-precise")
    read_in(qtbot, reviews_tab, PRECISE)
    assert reviews_tab.one.emotion.more.isEnabled()
