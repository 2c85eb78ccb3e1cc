"""Hashtags for a photo's labels: what it shows, and the mood or kind that others look for.

Which hashtag stands for which labels is written in ``resources/words/hashtags.txt``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from engine.comments.labels import EXPRESSIONS, HIDDEN, canonical
from engine.core import paths

_MOODS: Mapping[str, tuple[str, ...]] = {
    "기쁨": ("행복한순간", "미소"),
    "슬픔": ("위로가필요한날", "토닥토닥"),
    "분노": ("솔직한마음", "오늘도힘내요"),
    "공포": ("두근두근", "긴장되는순간"),
}
_ANY = ("일상기록", "오늘의사진")
"""Of a photo in which nothing was found."""

_LETTERS = re.compile(r"[^0-9A-Za-z가-힣_]+")
_DIGITS = re.compile(r"\d+")


def suggest(labels: Sequence[str], most: int = 5) -> tuple[str, ...]:
    """Return up to *most* hashtags: the mood, the things, then the families they belong to.

    Without blanks, signs or repeats; a name of digits alone is no hashtag.

    >>> suggest(("기쁨", "나무", "자전거 바퀴"))
    ('#행복한순간', '#나무', '#자전거바퀴', '#자연스타그램', '#라이딩')
    >>> suggest(()), suggest(("남자",), most=1)
    (('#일상기록', '#오늘의사진'), ('#일상기록',))
    """
    known = [name for name in map(canonical, labels) if name not in HIDDEN]
    moods = [_MOODS[name] for name in known if name in EXPRESSIONS]
    things = [name for name in known if name not in EXPRESSIONS]
    families = [_by_name()[name] for name in things if name in _by_name()]
    words = [mood[0] for mood in moods] + things[:3] + families
    words += [mood[1] for mood in moods] + things[3:]
    written = (_LETTERS.sub("", word) for word in words or _ANY)
    fit = (word for word in written if word and not _DIGITS.fullmatch(word))
    return tuple(f"#{word}" for word in dict.fromkeys(fit))[:most] or tuple(
        f"#{word}" for word in _ANY[:most]
    )


@functools.cache
def _by_name() -> Mapping[str, str]:
    lines = (paths.resources_dir() / "words" / "hashtags.txt").read_text(encoding="utf-8")
    rows = (line.split(": ", 1) for line in lines.splitlines() if line and line[0] != "#")
    return {name: family for family, names in rows for name in names.split(", ")}
