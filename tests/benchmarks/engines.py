"""Rows of the engines' speed; each probe runs in a process of its own."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import fresh
from tests.benchmarks.report import Row, row


def reviews(rounds: int, data: Path | None) -> list[Row]:
    """Reviews a second, and the classic recipe's (Okt, TF-IDF(1,2), logistic regression)."""
    given = [str(data)] if data else []
    ours = fresh.run("reviews", *given)
    recipe = fresh.run("review_recipe", *given)
    return [
        row(
            "reviews, instant",
            ours["per_second"],
            "/s",
            bare=recipe["per_second"],
            least_ratio=10,
            note=f"{data or 'synthetic sentences'}, loaded, without explanations; bare: the Okt "
            "+ TF-IDF(1,2) + logistic regression recipe on the same sentences",
        ),
        row(
            "one instant review, explained",
            ours["one_ms"],
            "ms",
            note="what the window does while a person types",
        ),
        *_precise(given),
    ]


def _precise(given: list[str]) -> list[Row]:
    """Precise reviews: n-grams and encoder."""
    found = fresh.run("precise_reviews", *given)
    return [
        row("one precise review", found["one_ms"], "ms", most=8, note="loaded, not explained"),
        row("reviews, precise", found["per_second"], "/s", note="a batch, not explained"),
        row(
            "40 words explained",
            found["explained_ms"],
            "ms",
            most=150,
            note="precise: the morpheme analyser running, every word left out once",
        ),
        row("one text's emotions", found["emotion_ms"], "ms", note="seven and the 43 fine ones"),
        row("the encoder", found["megabytes"], "MB", most=25, note="size of its files"),
    ]


def faces(rounds: int, data: Path | None) -> list[Row]:
    """Milliseconds a live frame, and a bare landmarker's on the same frames."""
    found = fresh.run("faces")
    return [
        row(
            "a live face frame",
            found["ours_ms"],
            "ms",
            bare=found["bare_ms"],
            most_ratio=1.6,
            note="the sample portrait, moving, 30 frames a second, mean; bare: FaceLandmarker."
            "detect_for_video with the same outputs and number of faces, by turns in one process",
        ),
        row("a face photo", found["photo_ms"], "ms", note="the same portrait as a still picture"),
    ]


def digits(rounds: int, data: Path | None) -> list[Row]:
    """Milliseconds from a picture to a digit."""
    found = fresh.run("digits")
    return [row("a digit", found["ms"], "ms", note="the sample picture, prepared and read")]


def comments(rounds: int, data: Path | None) -> list[Row]:
    """Milliseconds from labels to comments, and from a photo to labels."""
    found = fresh.run("comments")
    return [
        row("three comments", found["ms"], "ms", most=300, note="labels in, model loaded"),
        row("labels of a photo", found["photo_ms"], "ms", note="faces and objects, models loaded"),
    ]
