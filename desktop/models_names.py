"""What each model does, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.context import AppContext
from engine import downloads
from engine.inventory import Item


def title(item: Item, context: AppContext) -> str:
    """Return what a model does; the manifest's English words for one that is not known here."""
    found = downloads.find(item.name)
    if found is not None:
        return context.say(found.title)
    return _titles().get(item.name) or item.task


def _titles() -> dict[str, str]:
    say = QCoreApplication.translate
    return {
        "comments-gpt2": say("ModelNames", "사진 댓글 쓰기"),
        "digits-cnn": say("ModelNames", "손글씨 숫자"),
        "emotions-ngram": say("ModelNames", "글의 감정 · 빠른 판단"),
        "face-expression": say("ModelNames", "얼굴 표정 일곱 가지"),
        "face-landmarker": say("ModelNames", "얼굴 찾기와 점 478개"),
        "objects-coco": say("ModelNames", "사진 속 사물 80가지"),
        "reviews-ngram": say("ModelNames", "리뷰 긍정·부정 · 빠른 판단"),
        "text-encoder": say("ModelNames", "리뷰와 감정 · 정밀 판단"),
        "kindness": say("ModelNames", "상처 주는 댓글 거르기"),
        "chat": say("ModelNames", "짧은 대화"),
    }
