"""A bubble is as large as its words need, whatever they are."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.tabs.chat_bubble import Words


@pytest.mark.parametrize("most", [240, 400, 560])
def test_a_bubble_has_no_line_more_than_its_words_need(qtbot: QtBot, most: int) -> None:
    text = "친구가 시험에 떨어졌군요. 많이 걱정되시겠어요. 어떤 말을 건네고 싶으세요? 괜찮아요!"
    for length in range(1, len(text)):
        words = Words(text[:length], "surface_alt", "words")
        qtbot.addWidget(words)
        words.set_width(most)
        label = words.label
        widest = most - 28  # the margins
        assert label.height() <= label.heightForWidth(widest), text[:length]
        assert label.width() <= widest
