"""The look: contrast, zoom, fonts, icons and style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop import theme as palette
from desktop.theme import fonts, icons
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.labels import Label


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def luminance(name: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in QColor(name).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours_of", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_text_keeps_the_contrast_of_aa(colours_of: dict[str, str]) -> None:
    for ground, texts in palette.READ_ON.items():
        for text in texts:
            assert contrast(colours_of[ground], colours_of[text]) >= 4.5, (ground, text)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_borders_rings_and_figures_keep_three_to_one(dark: bool) -> None:
    roles = palette.DARK if dark else palette.LIGHT
    for role in ("border_strong", "focus", "star"):
        for ground in ("surface", "background"):
            assert contrast(roles[role], roles[ground]) >= 3.0, role
    for colour in palette.SERIES[dark]:
        assert contrast(colour, roles["surface"]) >= 3.0, colour
    hues = {round(QColor(colour).hueF(), 1) for colour in palette.SERIES[dark]}
    assert len(hues) >= 5


def test_both_palettes_name_the_same_roles() -> None:
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_the_style_sheet_has_no_open_slots(qapp: QApplication) -> None:
    for mode in ("light", "dark"):
        theme.apply(qapp, mode)
        assert theme.is_dark() == (mode == "dark")
        assert "@{" not in theme.style_sheet()


def test_zoom_scales_text_and_sizes(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 1.5)
    assert theme.px(10) == 15 and theme.zoom() == 1.5
    assert qapp.font().pixelSize() == 21
    assert "font-size: 21px" in theme.style_sheet()


def test_korean_text_is_drawn_with_the_packaged_font(qtbot: QtBot) -> None:
    label = Label("마음결")
    qtbot.addWidget(label)
    assert label.fontInfo().family() == "NanumGothic"


@pytest.mark.parametrize(
    "file", sorted(icons.path("app").parent.glob("*.svg")), ids=lambda f: f.stem
)
def test_every_icon_draws_something(qapp: QApplication, file: Path) -> None:
    image = icons.pixmap(file.stem, 24, "text", 2.0).toImage()
    assert image.size() == QSize(48, 48)
    assert any(image.pixelColor(x, y).alpha() for x in range(48) for y in range(48))


@pytest.mark.parametrize("emoji", ["😊", "🥰", "🎧", "👍", "✨"])
def test_every_machine_draws_emoji(qtbot: QtBot, emoji: str) -> None:
    fonts.add_emoji()
    shown, missing = Label(emoji), Label("\U0010fffd")  # the last character has no drawing
    for label in (shown, missing):
        qtbot.addWidget(label)
        label.resize(40, 30)
    assert shown.grab().toImage() != missing.grab().toImage()


def test_icons_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button, small = Button("열기", "open", role="primary"), IconButton("copy", "복사")
    plain = Button("저장")
    plain.set_icon("save")
    for widget in (button, small, plain):
        qtbot.addWidget(widget)
    before = button.icon().pixmap(20, 20).toImage()
    theme.apply(qapp, "dark")
    assert button.icon().pixmap(20, 20).toImage() != before
    assert small.accessibleName() == small.toolTip() == "복사"
    small.set_icon("check")
    assert not plain.icon().isNull()
