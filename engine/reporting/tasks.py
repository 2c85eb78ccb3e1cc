"""The tasks that a report can be made of: their names, data and models (light to import)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import InputError, Message


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        key: its name on the command line and of its modules.
        title: what it is called.
        layout: a sentence on the data that it takes.
        suffixes: file endings of such data.
        folders: whether a folder is such data too.
        models: names in the manifest of the models that may answer.
        modes: ways in which the models may answer, the usual one first; none: only one.
    """

    key: str
    title: Message
    layout: Message
    suffixes: tuple[str, ...]
    folders: bool
    models: tuple[str, ...]
    modes: tuple[tuple[str, Message], ...] = ()


_TABLES = (".tsv", ".gz", ".txt", ".csv", ".xlsx")

TASKS = {
    task.key: task
    for task in (
        Task(
            "reviews",
            Message("리뷰 감성", "Review sentiment"),
            Message(
                "TSV(.gz)나 CSV: id document label(0 부정, 1 긍정) 또는 "
                "review_id movie_id rating text(1~10점)",
                "TSV (.gz) or CSV: id document label (0 negative, 1 positive) or "
                "review_id movie_id rating text (1 to 10)",
            ),
            _TABLES,
            False,
            ("text-encoder", "reviews-ngram"),
            (("precise", Message("정밀", "Precise")), ("instant", Message("즉시", "Instant"))),
        ),
        Task(
            "emotions",
            Message("글 감정", "Emotions in text"),
            Message(
                "TSV(.gz)나 CSV: text emotion(행복 슬픔 분노 공포 놀람 혐오 중립)",
                "TSV (.gz) or CSV: text emotion (행복 슬픔 분노 공포 놀람 혐오 중립)",
            ),
            _TABLES,
            False,
            ("text-encoder", "emotions-ngram"),
        ),
        Task(
            "faces",
            Message("표정", "Facial expressions"),
            Message(
                "폴더나 zip: 감정/사진.jpg (행복, happy, 슬픔, sad …)",
                "Folder or zip: CLASS/NAME.jpg (happy, sad, angry, 행복 …)",
            ),
            (".zip",),
            True,
            ("face-expression", "face-landmarker"),
        ),
        Task(
            "digits",
            Message("숫자", "Digits"),
            Message(
                "폴더나 zip: 숫자/그림.png, 또는 IDX 파일 두 개(그림, 라벨), 또는 .npz",
                "Folder or zip: DIGIT/NAME.png, or two IDX files (images, labels), or .npz",
            ),
            (".zip", ".npz", ".gz", ""),
            True,
            ("digits-cnn",),
        ),
    )
}
"""By key, in the order in which they are offered."""


def task_of(key: str, mode: str | None = None) -> Task:
    """Return the task called *key*, which must know *mode* if one is given.

    Raises:
        InputError: there is none.
    """
    if key not in TASKS:
        known = ", ".join(TASKS)
        raise InputError(
            f"'{key}'의 보고서는 만들 수 없어요. 있는 것: {known}",
            f"There is no report of '{key}'. Known: {known}",
        )
    modes = [name for name, _ in TASKS[key].modes]
    if mode is not None and mode not in modes:
        raise InputError(
            f"'{key}'에는 '{mode}' 방식이 없어요. 있는 것: {', '.join(modes) or '한 가지뿐'}",
            f"'{key}' has no mode '{mode}'. Known: {', '.join(modes) or 'only one'}",
        )
    return TASKS[key]
