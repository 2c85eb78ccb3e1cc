"""A comment as sentences: words, closing marks and emoji apart; lengths as people count."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PICTURE = (
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf"
    "\u2b00-\u2bff\u00a9\u00ae\u203c\u2049\u3030\u303d\u3297\u3299]"
)
_MODIFIER = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3]"
_EMOJI = re.compile(
    rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_MODIFIER}*"
    rf"(?:\u200d{_PICTURE}{_MODIFIER}*)*)|[\ufe0e\ufe0f\u200d\u20e3]"
)
_SIGN = re.compile(rf"{_EMOJI.pattern}|[ㅋㅎㅠㅜ]{{2,}}|\^\^")
_LEADING = re.compile(rf"\s*(?:{_SIGN.pattern}|\s)+")
_FACES = re.compile(r"(?:[ㅋㅎㅠㅜ]+|\^\^|:\)|:\(|;\))+")
_MARKS = ".!?~…。！？"
_ENDINGS = (
    "네요|니다|니까|세요|에요|예요|군요|나요|가요|까요|어요|아요|해요|져요|려요|여요|워요|와요|돼요|"
    "게요|죠|데요|봐요|거든요|고요"
)
_NO_ENDING = re.compile("(?:필요|중요|주요|수요|소요|내요|아니다)$")
_SPLIT = re.compile(
    rf"(?<=[{_MARKS}])(?![{_MARKS}])\s*"
    rf"|(?<=[가-힣])(?=\s*(?:{_SIGN.pattern}))"
    rf"|(?<=[요다죠]),\s*"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence.

    Attributes:
        words: the text without its closing marks and emoji.
        mark: "!", "?", "..." …; "" where it has none.
        emoji: what follows it, joined.
    """

    words: str
    mark: str
    emoji: str = ""

    @property
    def question(self) -> bool:
        """Whether it ends in a question mark."""
        return "?" in self.mark

    def text(self) -> str:
        """Return the sentence as it is read."""
        body = self.words + self.mark
        return f"{body} {self.emoji}".strip() if self.emoji else body


def characters(text: str) -> int:
    """Return how many characters a person counts: an emoji of several code points is one.

    >>> characters("좋아요 👨‍👩‍👧"), characters("🇰🇷❤️")
    (5, 2)
    """
    return len(_EMOJI.sub(lambda hit: "x" if len(hit[0]) > 1 or hit[0].isprintable() else "", text))


def without_emoji(text: str) -> str:
    """Return the text without emoji, ㅋㅋ and ㅠㅠ, and without the gaps they leave.

    >>> without_emoji("힘내세요! 💪 차가 멋져요 😊!")
    '힘내세요! 차가 멋져요!'
    """
    plain = _FACES.sub("", _EMOJI.sub("", text))
    return re.sub(rf"\s+(?=[{_MARKS},])", "", re.sub(r"\s+", " ", plain)).strip()


def sentences(text: str) -> list[Sentence]:
    """Part a comment into its sentences, in order.

    A polite ending inside a part closes a sentence as well: comments often lack the mark.

    >>> [s.text() for s in sentences("오, 멋져요! 🌳 표정이 밝네요 안경은 어때요?")]
    ['오, 멋져요! 🌳', '표정이 밝네요', '안경은 어때요?']
    """
    found: list[Sentence] = []
    for part in _pieces(text):
        first = _LEADING.match(part)
        if first and found:
            found[-1] = replace(found[-1], emoji=found[-1].emoji + first[0].replace(" ", ""))
            part = part[first.end() :]
        emoji = "".join(_SIGN.findall(part))
        body = re.sub(r"\s+", " ", _SIGN.sub(" ", part)).strip()
        words = body.rstrip(_MARKS + " ")
        mark = body[len(words) :].replace(" ", "")
        if words:
            found.append(Sentence(words.rstrip(", "), mark, emoji))
        elif found:
            found[-1] = replace(
                found[-1], mark=found[-1].mark + mark, emoji=found[-1].emoji + emoji
            )
    return found


def joined(parts: list[Sentence]) -> str:
    """Return the comment of these sentences; one without a mark in the middle gets a full stop."""
    closed = [s if s.mark or s.emoji or i == len(parts) - 1 else replace(s, mark=".")
              for i, s in enumerate(parts)]  # fmt: skip
    return " ".join(sentence.text() for sentence in closed)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for part in _SPLIT.split(text):
        start: list[str] = []
        for word in part.split():
            start.append(word)
            if re.search(f"(?:{_ENDINGS})$", word) and not _NO_ENDING.search(word):
                pieces.append(" ".join(start))
                start = []
        if start:
            pieces.append(" ".join(start))
    return pieces
