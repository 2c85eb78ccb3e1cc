"""Class names as people write them: composed, small, without numbers in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from engine.text import name_key

_NUMBERED = re.compile(r"^\d+[\s._)-]+(?=\D)")
_LONGEST = 60


def class_of(given: str, names: Mapping[str, str]) -> str | None:
    """Return the class that *given* names, ``None`` for none.

    Hangul may be decomposed, as macOS writes it, and a number may lead, as in ``3_happy``.

    >>> class_of(" 3_Happy ", {"happy": "행복"}), class_of("3", {"happy": "행복"})
    ('행복', None)
    """
    name = name_key(given).strip('"')
    return names.get(name) or names.get(_NUMBERED.sub("", name))


def shown(given: str) -> str:
    """Return a given name on one line of bounded length.

    >>> shown("a\\n\\x00b")
    'a b'
    """
    clean = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", given))
    line = " ".join(clean.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
