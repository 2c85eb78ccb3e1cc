"""The shared widgets, pressed and read as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.app.context import AppContext
from desktop.widgets import files
from desktop.widgets.buttons import ChipRow
from desktop.widgets.correction_bar import CorrectionBar
from desktop.widgets.files import DropArea
from desktop.widgets.image_view import ImageView, to_qimage
from desktop.widgets.labels import Label
from desktop.widgets.notices import Banner, JobBar
from desktop.widgets.page import Card, Line, Page
from desktop.widgets.ratings import ProbabilityBars, StarRating
from desktop.widgets.text import HighlightedText
from engine.core.errors import StorageError
from tests.desktop.pictures import colours


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def test_probability_bars_show_values_and_mark_the_largest(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.resize(300, 100)
    bars.set_values([("행복", 0.2), ("슬픔", 0.75), ("중립", 0.05)])
    assert bars.highlight == "슬픔"
    assert bars.accessibleDescription() == "행복 20%, 슬픔 75%, 중립 5%"
    assert theme.css("accent").lower() in colours(bars)
    height = bars.sizeHint().height()
    bars.set_values([("행복", 1.0)], highlight="행복")
    assert bars.sizeHint().height() * 3 == height
    bars.set_values([])
    assert bars.values == [] and bars.highlight is None and bars.sizeHint().height() == 0


def test_stars_are_gold_up_to_the_half(qtbot: QtBot) -> None:
    stars = StarRating()
    qtbot.addWidget(stars)
    stars.resize(stars.sizeHint())
    gold, grey = theme.css("star").lower(), theme.css("star_empty").lower()
    stars.set_stars(None)
    assert stars.stars is None and gold not in colours(stars)
    stars.set_stars(2.6)
    assert stars.stars == 2.5 and stars.accessibleName() == "별 2.5개"
    assert {gold, grey} <= colours(stars)
    stars.set_stars(9)
    assert stars.stars == 5.0 and grey not in colours(stars)


@dataclass
class Span:
    start: int
    end: int
    weight: float


def tinted(shown: HighlightedText) -> dict[str, str]:
    """Return the tinted words with the name of their background."""
    found = {}
    block = shown.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().background().style() != Qt.BrushStyle.NoBrush:
                found[fragment.text()] = fragment.charFormat().background().color().name()
            fragments += 1
        block = block.next()
    return found


def test_deciding_words_are_tinted_also_after_emoji_and_line_breaks(
    qtbot: QtBot, qapp: QApplication
) -> None:
    shown = HighlightedText()
    qtbot.addWidget(shown)
    text = "👍👍 정말\r\n좋았다 별로"
    spans = [
        Span(text.index(w), text.index(w) + len(w), s) for w, s in (("좋았다", 1), ("별로", -2))
    ]
    shown.set_text(text, spans)
    light = tinted(shown)
    assert set(light) == {"좋았다", "별로"}
    good, bad = QColor(light["좋았다"]), QColor(light["별로"])
    assert good.green() > good.red() and bad.red() > bad.green()
    theme.apply(qapp, "dark")
    assert set(tinted(shown)) == set(light) and tinted(shown) != light
    shown.clear()
    assert shown.toPlainText() == "" and shown.spans == []


def test_a_very_long_text_is_shown_in_a_bounded_height(qtbot: QtBot) -> None:
    shown = HighlightedText()
    qtbot.addWidget(shown)
    shown.resize(400, 100)
    text = "정말 좋았다. " * 12_500
    shown.set_text(text, [Span(99_000, 99_002, 1.0)])
    assert len(shown.toPlainText()) == len(text)
    assert shown.sizeHint().height() <= theme.px(260)


def test_an_image_is_fitted_zoomed_moved_and_fitted_again(qtbot: QtBot) -> None:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show()
    picture = np.zeros((100, 400, 3), np.uint8)
    picture[:, :200] = (0, 0, 255)  # red on the left, in BGR
    view.set_image(picture)
    assert view.fitted and view.scale() == pytest.approx(0.5)
    drawn = view.grab().toImage()
    assert drawn.pixelColor(50, 100) == QColor("red")
    assert drawn.pixelColor(150, 100) == QColor("black")
    assert view.to_image(QPointF(100, 100)) == QPointF(200, 50)
    view.zoom_by(4, QPointF(50, 100))
    assert not view.fitted and view.scale() == pytest.approx(2)
    assert view.to_image(QPointF(50, 100)).x() == pytest.approx(100)  # the anchor stays
    before = view.to_image(QPointF(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.to_image(QPointF(0, 0)).x() > before.x()
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.fitted
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert view.scale() * view.devicePixelRatioF() == pytest.approx(1)
    view.set_image(picture.copy())
    assert not view.fitted  # video: the zoom stays while the size does
    view.zoom_by(0.01)
    assert view.fitted
    view.clear()
    assert view.image.isNull()
    view.zoom_by(2)


def test_a_click_tells_the_pixel_of_the_image(qtbot: QtBot) -> None:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show()
    view.set_image(np.zeros((10, 10), np.uint8))
    with qtbot.waitSignal(view.clicked) as clicked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    assert clicked.args == [QPointF(5, 2)]


def test_arrays_become_images_with_the_right_colours() -> None:
    picture = np.zeros((2, 3, 3), np.uint8)
    picture[0, 2] = (10, 20, 30)
    made = to_qimage(picture[:, ::-1])  # not contiguous
    assert (made.width(), made.height()) == (3, 2)
    assert made.pixelColor(0, 0) == QColor(30, 20, 10)
    grey = to_qimage(np.array([[0, 200]], np.uint8))
    assert grey.format() == QImage.Format.Format_Grayscale8
    assert grey.pixelColor(1, 0) == QColor(200, 200, 200)


def test_a_drop_area_takes_files_and_nothing_else(
    qtbot: QtBot, tmp_path: Path, drop_files: Callable[[QWidget, list[Path]], bool]
) -> None:
    area = DropArea("놓으세요", "PNG", "image", files.image_filter())
    qtbot.addWidget(area)
    with qtbot.waitSignal(area.dropped) as dropped:
        assert drop_files(area, [tmp_path / "a.png", tmp_path / "b.png"])
    assert dropped.args == [[tmp_path / "a.png", tmp_path / "b.png"]]
    assert not drop_files(area, [])
    area.grab()


def test_file_filters_name_what_is_read() -> None:
    assert "*.png" in files.image_filter() and "*.mp4" in files.video_filter()
    assert "*.xlsx" in files.table_filter()


def test_a_banner_shows_one_sentence_and_its_action(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    pressed = []
    banner.show_error("파일을 열 수 없어요.", "다시 시도", lambda: pressed.append(1))
    assert not banner.isHidden() and banner.kind == "error"
    assert banner.text() == "파일을 열 수 없어요."
    button = next(b for b in banner.findChildren(QPushButton) if b.text() == "다시 시도")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1] and banner.isHidden()
    for show in (banner.show_info, banner.show_success, banner.show_warning):
        show("<b>그대로</b>")
        assert banner.text() == "<b>그대로</b>"
    banner.clear()
    assert banner.isHidden() and banner.text() == ""


def test_a_job_bar_counts_and_cancels(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    cancelled = []
    bar.start("채점하는 중", lambda: cancelled.append(1))
    bar.set_progress(0.25)
    assert not bar.isHidden()
    assert any(label.text() == "25%" for label in bar.findChildren(Label))
    button = bar.findChild(QPushButton, "jobCancel")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert cancelled == [1] and not button.isEnabled()
    bar.finish()
    assert bar.isHidden()
    bar.start("다시", None)
    assert button.isHidden()


def test_a_correction_is_two_clicks(qtbot: QtBot) -> None:
    bar = CorrectionBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.set_answer("행복", ["행복", "슬픔", "중립"], "얼굴 1", key=1)
    bar.show()
    no = bar.findChild(QPushButton, "correctionNo")
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    chips = bar.findChild(ChipRow, "correctionChoices").chips()
    assert [chip.text() for chip in chips] == ["슬픔", "중립"]
    with qtbot.waitSignal(bar.corrected) as corrected:
        qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert corrected.args == ["얼굴 1", "슬픔"]
    bar.show_thanks("교정을 저장했어요.")
    assert no.isHidden() and bar.answer == ""
    bar.set_answer("행복", ["행복", "슬픔", "중립"], "얼굴 1", key=1)
    assert not no.isHidden()
    bar.clear()
    assert bar.isHidden()


def test_open_choices_belong_to_the_answer_that_they_were_opened_for(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    column, home, bar = QVBoxLayout(room), QPushButton("글"), CorrectionBar()
    for widget in (QPushButton("다른 것"), home, bar):
        column.addWidget(widget)
    bar.set_home(home)
    labels = ["행복", "슬픔", "중립"]
    bar.set_answer("행복", labels, "첫 장면", key=7)
    room.show()
    no = bar.findChild(QPushButton, "correctionNo")
    row = bar.findChild(ChipRow, "correctionChoices")
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    bar.set_answer("슬픔", labels, "둘째 장면", key=7)  # a live picture goes on
    assert bar.choosing and row.texts() == ["슬픔", "중립"]
    with qtbot.waitSignal(bar.corrected) as corrected:
        qtbot.mouseClick(row.chips()[1], Qt.MouseButton.LeftButton)
    assert corrected.args == ["첫 장면", "중립"]
    assert room.focusWidget() is home
    bar.set_answer("슬픔", labels, "셋째 장면", key=7)
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    bar.set_answer("행복", labels, "다른 얼굴", key=8)
    assert not bar.choosing and not row.isVisible()
    assert row.texts() == ["슬픔", "중립"]


def test_chips_wrap_and_tell_which_are_on(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    row = ChipRow()
    column = QVBoxLayout(room)
    column.addWidget(row)
    row.set_chips([f"라벨 {n}" for n in range(12)], checked=True)
    room.resize(300, 400)
    room.show()
    tops = {chip.y() for chip in row.chips()}
    assert len(tops) > 2 and all(chip.geometry().right() < 300 for chip in row.chips())
    with qtbot.waitSignal(row.changed):
        qtbot.mouseClick(row.chips()[0], Qt.MouseButton.LeftButton)
    assert row.checked_texts() == row.texts()[1:]
    row.set_chips(["하나"])
    assert row.texts() == ["하나"] and row.checked_texts() == []


def test_a_card_has_a_title_only_when_given(qtbot: QtBot) -> None:
    card = Card("확률")
    qtbot.addWidget(card)
    card.add(Line())
    assert not card.title.isHidden()
    card.set_title("")
    assert card.title.isHidden()


def test_columns_of_a_page_stack_where_there_is_little_room(
    context: AppContext, qtbot: QtBot
) -> None:
    page = Page(context)
    qtbot.addWidget(page)
    page.set_heading("제목", "설명")
    left, right = page.columns(1, 1)
    one, other = Card("하나"), Card("둘")
    left.addWidget(one)
    right.addWidget(other)
    page.resize(790, 600)
    page.show()
    assert one.y() == other.y() and one.geometry().right() < other.x()
    page.resize(500, 600)
    qtbot.waitUntil(lambda: one.x() == other.x())
    assert one.geometry().bottom() < other.y()
    page.show_error(StorageError("꽉 찼어요.", "It is full."))
    assert page.banner.text() == "꽉 찼어요." and page.title == "제목"
    with qtbot.waitSignal(page.message):
        page.save_result()
    assert not page.accepts(Path("a.png"))
