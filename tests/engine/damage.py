"""Seeded damages of files: what a failing disk, a killed program or another program may leave.

``MAUMGYEOL_FUZZ=500`` tries as many of each file as a release wants; the default is quick.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from typing import Any

ROUNDS = int(os.environ.get("MAUMGYEOL_FUZZ", "40"))

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 10**400, 1e308, float("nan"), float("inf"), "", "\ud800", "\x00", "가" * 300,
    [], {}, [[]], {"": 1}, [None] * 20,
)  # fmt: skip


def damages(content: bytes, rounds: int = ROUNDS, seed: int = 13) -> Iterator[bytes]:
    """Yield damaged versions of *content*, the same ones each time."""
    chance = random.Random(seed)
    kinds = (_flipped, _cut, _noise, _overwritten, _without_a_part, _odd_value, _deep)
    for number in range(rounds):
        yield kinds[number % len(kinds)](content, chance)


def _flipped(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _noise(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((1, 16, len(content))))


def _overwritten(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    length = chance.randint(1, max(len(content) // 4, 1))
    filler = chance.choice((b"\x00", b"\xff", b"[", chance.randbytes(1)))
    return content[:start] + (filler * length)[: len(content) - start] + content[start + length :]


def _without_a_part(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 4096) :]


def _odd_value(content: bytes, chance: random.Random) -> bytes:
    """Put a value of another kind somewhere into JSON; other content gets a flipped bit."""
    try:
        data = copy.deepcopy(json.loads(content))
    except ValueError:
        return _flipped(content, chance)
    place: Any = data
    while place and isinstance(place, dict | list):
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = chance.choice(keys)
        if not isinstance(place[key], dict | list) or not place[key] or chance.random() < 0.3:
            place[key] = chance.choice(ODD)
            break
        place = place[key]
    return json.dumps(data).encode()


def _deep(content: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"[", b'{"a":')) * chance.choice((2_000, 100_000))
