"""Synthetic Korean review sentences, the same for every machine, of the lengths people write."""

from __future__ import annotations

import random

SUBJECTS = ["배우들 연기가", "이야기가", "음악이", "영상미가", "결말이", "감독의 연출이"]
SUBJECTS += ["초반 전개가", "주인공이", "액션 장면이", "캐릭터가", "편집이", "이 영화", "대사가"]
GOOD = ["정말 훌륭했어요", "너무 재밌었습니다", "감동적이네요", "최고였다", "마음에 남아요"]
GOOD += ["기대 이상이에요", "다시 보고 싶어요", "눈물이 났어요", "완벽했다ㅠㅠ", "추천합니다!!"]
BAD = ["너무 지루했어요", "실망스럽네요", "별로였다", "돈이 아까워요", "이해가 안 됩니다"]
BAD += ["끝까지 보기 힘들었어요", "최악이다...", "유치했어요", "졸렸습니다", "비추합니다;;"]
JOINS = ["그리고", "그래서", "무엇보다", "솔직히", "가족과 함께 봤는데", "기대하고 봤는데", "역시"]


def reviews(count: int, seed: int = 0) -> tuple[list[str], list[int]]:
    """Return *count* different-looking sentences and their sides (1 positive, 0 negative)."""
    rng = random.Random(seed)
    sides = [rng.randrange(2) for _ in range(count)]
    return [_review(rng, GOOD if side else BAD) for side in sides], sides


def _review(rng: random.Random, verdicts: list[str]) -> str:
    parts = []
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        opening = f"{rng.choice(JOINS)} " if rng.random() < 0.5 else ""
        parts.append(f"{opening}{rng.choice(SUBJECTS)} {rng.choice(verdicts)}")
    ending = f" {rng.randrange(1, 11)}점" if rng.random() < 0.2 else ""
    return rng.choice([". ", " ", ", "]).join(parts) + ending
