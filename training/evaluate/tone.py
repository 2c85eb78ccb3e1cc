"""Score the tones of comments: ``training.evaluate tone --data …`` (JSON ``{labels, comment}``).

Every comment is said in every tone. The endings are judged by kiwipiepy, an analyser of
morphemes that the rules do not use: a sentence's register is that of its final ending (tag
EF). Content morphemes lost or new show what the rewriting did to the words: a wrongly
conjugated stem counts as both. The emotion is the text-emotion model's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine import emotions
from engine.comments.tone.tone import FRIENDLY, POLITE, SHORT, SHORT_MOST, WITTY, Style, restyle
from engine.text.sentences import characters
from training.evaluate.comments import read
from training.writing.comments.data import Pair

_FORMAL = ("니다", "니까", "시오")
_SAME = {"것": "거", "저": "나", "제": "나", "계시": "있", "말씀": "말", "너": "당신"}
"""Morphemes that a tone may exchange for each other."""
_REGISTER = {FRIENDLY: "plain", POLITE: "formal"}


def evaluate(data: Sequence[Path], limit: int | None) -> dict[str, object]:
    """Return per tone: coverage, right endings, morphemes lost and new, emotion unchanged.

    Raises:
        InputError: the data cannot be read or is empty.
    """
    import kiwipiepy

    pairs = read(data)[:limit]
    kiwi = kiwipiepy.Kiwi(num_workers=1)
    before = _emotions([pair.comment for pair in pairs])
    table = {tone: _scored(kiwi, pairs, before, tone) for tone in (FRIENDLY, POLITE, WITTY, SHORT)}
    bare = restyle([pair.comment for pair in pairs], Style(emoji=False), ())
    emoji = sum(text is not None and any(ord(c) > 0x2190 > 0 and not _letter(c) for c in text)
                for text in bare)  # fmt: skip
    return {"n": len(pairs), "with_emoji_left": emoji, "tones": table}


def _letter(character: str) -> bool:
    return character.isalnum() or "\u3000" <= character <= "\u303f"


def _scored(
    kiwi: Any, pairs: Sequence[Pair], before: Sequence[str], tone: str
) -> dict[str, float | int]:
    said = [restyle([pair.comment], Style(tone), pair.labels)[0] for pair in pairs]
    rows = [(pair.comment, text, old) for pair, text, old in zip(pairs, said, before, strict=True)
            if text is not None]  # fmt: skip
    scores: dict[str, float | int] = {"coverage": len(rows) / len(pairs)}
    if not rows:
        return scores
    if tone in _REGISTER:
        endings = [registers(kiwi, text) for _, text, _ in rows]
        right = [Counter(found)[_REGISTER[tone]] for found in endings]
        scores["endings"] = sum(map(len, endings))
        scores["endings_right"] = sum(right) / max(sum(map(len, endings)), 1)
        every = [bool(e) and r == len(e) for r, e in zip(right, endings, strict=True)]
        scores["texts_right"] = sum(every) / len(rows)
    if tone == SHORT:
        scores["within_limit"] = sum(characters(t) <= SHORT_MOST for _, t, _ in rows) / len(rows)
    scores["kept"], scores["new"] = _kept(kiwi, [(old, new) for old, new, _ in rows])
    after = _emotions([text for _, text, _ in rows])
    same = sum(a == b for a, (_, _, b) in zip(after, rows, strict=True))
    return {**scores, "emotion_same": same / len(rows), "distinct": len({r[1] for r in rows})}


def registers(kiwi: Any, text: str) -> list[str]:
    """Return ``"formal"``, ``"polite"`` or ``"plain"`` of each final ending in *text*."""
    tokens = kiwi.tokenize(text)
    found = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.tag != "EF":
            continue
        if token.form.endswith(_FORMAL):
            found.append("formal")
        elif token.form.endswith("요") or (after is not None and after.form == "요"):
            found.append("polite")
        else:
            found.append("plain")
    return found


def _kept(kiwi: Any, rows: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Return the share of content morphemes kept, and of the new text's that are new."""
    kept = old_total = new_total = 0
    for old, new in rows:
        was, now = content(kiwi, old), content(kiwi, new)
        shared = (was & now).total()
        kept, old_total, new_total = kept + shared, old_total + was.total(), new_total + now.total()
    return kept / max(old_total, 1), 1 - kept / max(new_total, 1)


def content(kiwi: Any, text: str) -> Counter[str]:
    """Return the content morphemes of *text* with their counts; of a verb, its stem."""
    tokens = (t for t in kiwi.tokenize(text) if t.tag[0] in "NVM" or t.tag == "XR")
    return Counter(_SAME.get(t.form, t.form) for t in tokens if t.tag != "VCP")


def _emotions(texts: Sequence[str]) -> list[str]:
    return [result.label for result in emotions.predict_many(texts)]
