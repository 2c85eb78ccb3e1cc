"""A sentence as the small talk compares it: its key, and what it is made of."""

from __future__ import annotations

import re

from engine.text.normalize import canonical

_NO_WORD = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Return *text* without spaces, marks and case; empty for marks and emoji alone.

    >>> key("배고파 죽겠다~!"), key("😂!!")
    ('배고파죽겠다', '')
    """
    return _NO_WORD.sub("", canonical(text).lower())
