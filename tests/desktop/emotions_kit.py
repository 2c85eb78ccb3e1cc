"""What the tests of the tab for emotions do and wait for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit

from desktop.tabs.emotions.tab import EmotionsTab

HAPPY = "오랜만에 친구를 만나서 정말 행복하고 기뻤어"
ANGRY = "왜 사람 말을 끝까지 안 듣는 거야, 진짜 화나고 짜증 나"
WAIT = 60_000

Bot = Any


def write(qtbot: Bot, tab: EmotionsTab, text: str) -> None:
    """Put a text into the box and wait for its answer and the words that made it."""
    tab.findChild(QPlainTextEdit, "emotionInput").setPlainText(text)
    qtbot.waitUntil(lambda: answered(tab, text) and not tab.one._why.busy, timeout=WAIT)


def answered(tab: EmotionsTab, text: str) -> bool:
    result = tab.one.result.result
    return result is not None and result.text == text


def click(qtbot: Bot, tab: EmotionsTab, name: str) -> None:
    qtbot.mouseClick(tab.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
