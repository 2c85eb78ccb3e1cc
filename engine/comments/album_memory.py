"""A photo's answers brought back from what the history kept of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.comments.album import Entry
from engine.comments.objects import Box, DetectedObject
from engine.comments.result import CommentResult, PhotoFace, PhotoResult
from engine.errors import InputError


def from_dict(payload: dict[str, Any]) -> Entry:
    """Return the entry that :func:`engine.comments.album_export.to_dict` described.

    What labels were left out, and why, is not brought back.

    Raises:
        InputError: the payload has no comments, or is of another kind.
    """
    try:
        return Entry(
            path=Path(payload.get("path") or payload.get("file") or ""),
            state="done",
            photo=_photo(payload) if "objects" in payload else None,
            labels=tuple(map(str, payload["labels"])),
            written=_written(payload),
            chosen=payload.get("chosen"),
            own=bool(payload.get("own")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            "이 기록은 다시 열 수 없어요.", f"This record cannot be opened again: {error!r}"
        ) from error


def _photo(payload: dict[str, Any]) -> PhotoResult:
    width, height = payload["image_size"]
    found = tuple(
        DetectedObject(item["name_ko"], item["name_en"], item["confidence"], _box(item["box"]))
        for item in payload["objects"]
    )
    faces = tuple(
        PhotoFace(_box(item["box"]), item["expression"], item["confidence"], item["label"])
        for item in payload["faces"]
    )
    return PhotoResult(
        image_size=(int(width), int(height)),
        faces=faces,
        objects=found,
        labels=tuple(map(str, payload.get("photo_labels", payload["labels"]))),
        left_out=(),
        warnings=(),
        models=tuple(map(str, payload["detectors"])),
        milliseconds=float(payload["detect_milliseconds"]),
    )


def _written(payload: dict[str, Any]) -> CommentResult:
    comments = tuple(map(str, payload["comments"]))
    if not comments:
        raise ValueError("no comments")
    return CommentResult(
        labels=tuple(map(str, payload["labels"])),
        comments=comments,
        left_out=(),
        model=str(payload["model"]),
        milliseconds=float(payload["milliseconds"]),
        tone=str(payload.get("tone", "기본")),
        hashtags=tuple(map(str, payload.get("hashtags", ()))),
    )


def _box(values: list[float]) -> Box:
    x, y, width, height = map(float, values)
    return x, y, width, height
