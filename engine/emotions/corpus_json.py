"""Records of a JSON file, one after another, in bounded memory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TextIO

from engine.errors import InputError

_CHUNK = 1 << 16
_LONGEST = 1 << 24
"""Characters that one record may have: a broken file is given up then, not read whole."""
_SPACE = re.compile(r"[\s\ufeff]*")


def labels(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """Yield (emotion code or "", "") of each record: a list of them, or one a line.

    Args:
        name: the file's name, for the errors.
        tick: called now and then; may raise to stop.

    Raises:
        InputError: it is not JSON, or JSON without the corpus's ``profile.emotion``.
    """
    met = False
    for record in _records(stream, name, tick):
        label = _label(record)
        met |= label is not None
        yield label or "", ""
    if not met:
        raise _other_shape(name)


def _label(record: object) -> str | None:
    """Return ``profile.emotion.type``, else the emotion-id that ends in it; ``None``: neither."""
    for key in ("profile", "emotion"):
        if not isinstance(record, dict):
            return None
        record = record.get(key)
    if not isinstance(record, dict):
        return None
    found = record.get("type") or record.get("emotion-id")
    return found if isinstance(found, str) else None


def _records(stream: TextIO, name: str, tick: Callable[[], None]) -> Iterator[object]:
    decoder = json.JSONDecoder()
    text, at = stream.read(_CHUNK), 0
    at = _skip(text, at)
    if text[at : at + 1] not in ("[", "{"):
        raise _not_json(name)
    listed = text[at] == "["
    at += listed
    separated = True
    while True:
        at = _skip(text, at)
        if at == len(text):
            text, at = stream.read(_CHUNK), 0
            if not text:
                break
            tick()
            continue
        if listed and text[at] == "]":
            if (text[at + 1 :] + stream.read(_CHUNK)).strip():
                raise _not_json(name)
            return
        if listed and text[at] == "," and not separated:
            at, separated = at + 1, True
            continue
        if listed and not separated:
            raise _not_json(name)
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            rest = text[at:]
            more = stream.read(max(_CHUNK, len(rest))) if len(rest) < _LONGEST else ""
            if not more:
                raise _not_json(name) from error
            text, at = rest + more, 0
            tick()
            continue
        separated = False
        yield value
    if listed:  # it ends before its bracket does
        raise _not_json(name)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _not_json(name: str) -> InputError:
    return InputError(
        f"올바른 JSON이 아니에요: {name}. 파일이 잘리지 않았는지 확인해 주세요.",
        f"Not valid JSON: {name}. Check that the file is whole.",
    )


def _other_shape(name: str) -> InputError:
    return InputError(
        f"감성대화말뭉치 형식이 아니에요: {name}. 대화마다 profile.emotion.type이 있어야 해요.",
        f"Not in the corpus's layout: {name}. Each dialogue needs profile.emotion.type.",
    )
