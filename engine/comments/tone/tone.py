"""Tones of a comment: rewritten endings, a length limit, without emoji.

A tone is made by rules over the ends of sentences, so that it is there or the text is
refused; the writer then takes another candidate. Nothing is asked of a model.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.comments.labels import EXPRESSIONS, mentions
from engine.comments.tone.endings import friendly, polite
from engine.comments.tone.reading import Reading, read
from engine.core import paths
from engine.core.errors import InputError
from engine.text.korean import conjugation
from engine.text.korean.hangul import final_of
from engine.text.sentences import Sentence, characters, joined, sentences, without_emoji

_DELIGHT = re.compile(
    "(?:멋지|멋있|예쁘|이쁘|아름답|귀엽|사랑스럽|어울리|스타일리시하|기분이 좋|보기 좋|행복하"
    "|훌륭하|(?:행복해|기뻐|즐거워|좋아|따뜻해|멋져|맛있어|예뻐|편안해|신나) 보이"
    "|근사하|독특하|멋스럽|세련되|돋보이|고급스럽|인상 깊|환하|밝)$"
)
_DELIGHT_NOUN = re.compile(
    "(?:기쁜|기쁘신|행복한|행복하신|즐거운|밝은|멋진|아름다운|예쁜|귀여운|사랑스러운|좋은|환한)"
    " [가-힣]+$|(?:인상적|매력적|환상적|감각적)$"
)
_FRIGHT = re.compile("(?:무섭|오싹하|섬뜩하|으스스하|소름이? 돋|무서워 보이|긴장감이? 넘치)$")
_FRIGHT_NOUN = re.compile("(?:무서운|오싹한|섬뜩한|으스스한|공포스러운|긴장감 넘치는) [가-힣]+$")
_GRIM = ("슬픔", "분노")
_STRONG = re.compile(r"(?<![가-힣])(?:정말로?|더욱|더없이|너무나?|참|아주|무척|매우|진짜|굉장히) ")
_CALL = re.compile(r"^(?:우?와+|오+|어머나?|헉),? ")


def witty(parts: Sequence[Sentence], labels: Sequence[str]) -> Sentence | None:
    """Return one witty sentence made of the first fitting one of *parts*; None if none fits.

    >>> said = witty([Sentence("나무가 정말 멋지네요", "!", "🌳")], ("기쁨", "나무"))
    >>> said.text() if said else None
    '나무가 이렇게 멋지다니, 나무랄 데가 없네요! 🌳'
    """
    if any(label in _GRIM for label in labels):
        return None
    emoji = "".join(part.emoji for part in parts)
    named = sorted(parts, key=lambda part: -_plays(part.words, labels))
    for part in named:
        if part.question:
            continue
        said = read(part, frozenset(labels))
        mood = _mood(said, labels) if said and said.mood in ("find", "tell", "see") else ""
        if said and mood:
            line = _line(part.words, labels, mood)
            mark = "?" if line.endswith("나요") else "!"
            return Sentence(f"{_amazed(said)}, {line}", mark, emoji)
    return None


def _plays(words: str, labels: Sequence[str]) -> bool:
    return any(label in _lines() and mentions(label, words) for label in labels)


def _mood(said: Reading, labels: Sequence[str]) -> str:
    """``"*"`` of delight, ``"!"`` of fright, ``""`` of neither."""
    delight, fright = (_DELIGHT_NOUN, _FRIGHT_NOUN) if said.copula else (_DELIGHT, _FRIGHT)
    if said.past:
        return ""
    if fright.search(said.stem):
        return "!"
    return "*" if delight.search(said.stem) and "공포" not in labels else ""


def _amazed(said: Reading) -> str:
    """Return X다니 or X라니, with 이렇게 for how much."""
    words = _CALL.sub("", said.stem)
    words, strong = _STRONG.subn("이렇게 ", words, count=1)
    if not strong:
        words = _with_so(words, said.copula)
    if said.copula:
        if said.honorific:
            return words + "이시라니"
        return words + ("이라니" if final_of(words) else "라니")
    return (conjugation.honored(words) if said.honorific else words) + "다니"


def _with_so(words: str, copula: bool) -> str:
    """Put 이렇게 before the predicate and what belongs to it (잘, 기분이, 행복해 보이)."""
    pattern = r"(?:잘 |보기 |기분이 |[가-힣]+[해워여져뻐어] |소름이? |긴장감이? |인상 )?[가-힣]+$"
    if copula:
        pattern = r"(?:[가-힣]+고 )?(?:긴장감 )?[가-힣]+ [가-힣]+$|[가-힣]+적$"
    return re.sub(pattern, lambda hit: "이렇게 " + hit[0], words, count=1)


def _line(words: str, labels: Sequence[str], mood: str) -> str:
    """Return the closing line: of a label that the sentence names, else one for the mood."""
    if mood == "*":
        for label in labels:
            if label in _lines() and mentions(label, words):
                return _lines()[label][0]
    choices = _lines()[mood]
    return choices[zlib.crc32(words.encode()) % len(choices)]


@functools.cache
def _lines() -> Mapping[str, tuple[str, ...]]:
    text = (paths.resources_dir() / "words" / "puns.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for row in text.splitlines():
        if row and row[0] != "#":
            label, line = row.split(": ", 1)
            found[label] = (*found.get(label, ()), line)
    return found


PLAIN, FRIENDLY, POLITE, SHORT, WITTY = "기본", "친근하게", "정중하게", "짧게", "재치있게"
TONES = (PLAIN, FRIENDLY, POLITE, SHORT, WITTY)
_CHANGES = {FRIENDLY: friendly, POLITE: polite}
SHORT_MOST = 25
"""Most characters of a comment in the tone ``짧게``, unless the style sets its own."""
_CHEER = 8
"""Characters of the longest sentence that says nothing of a photo (힘내세요, 조심하세요)."""

_FILLERS = re.compile(
    r"(?<![가-힣])(?:정말로?|너무|참|아주|진짜|무척|매우|많이|오|와|우와|어머)[,!]?\s+"
)
_ASKS = re.compile(r"까요?|나요|가요|궁금")


@dataclass(frozen=True)
class Style:
    """How a comment is to sound.

    Attributes:
        tone: one of ``TONES``.
        emoji: False takes emoji, ㅋㅋ and ㅠㅠ out.
        most: most characters (an emoji is one), whole sentences only; None is no limit.
    """

    tone: str = PLAIN
    emoji: bool = True
    most: int | None = None

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise InputError(
                f"없는 말투예요: {self.tone} ({', '.join(TONES)} 가운데 골라 주세요)",
                f"There is no tone {self.tone!r}; choose one of {', '.join(TONES)}.",
            )
        if self.most is not None and self.most < 1:
            raise InputError(
                "글자 수는 1 이상이어야 해요.", "The number of characters must be at least 1."
            )


def restyle(texts: Sequence[str], style: Style, labels: Sequence[str]) -> list[str | None]:
    """Say each text in *style*; None where it cannot be said so.

    >>> restyle(["정말 멋지네요! 🌳 나무가 참 예뻐요!"], Style("짧게", emoji=False), ("나무",))
    ['나무가 참 예뻐요!']
    >>> restyle(["정말 멋지네요! 🌳 힘내세요"], Style("정중하게"), ())
    ['정말 멋집니다! 🌳 힘내십시오']
    """
    return [_restyled(text, style, labels) for text in texts]


def _restyled(text: str, style: Style, labels: Sequence[str]) -> str | None:
    parts = sentences(text if style.emoji else without_emoji(text))
    if style.tone == SHORT:
        return _shortest(parts, style.most or SHORT_MOST, labels)
    if style.tone == WITTY:
        said = witty(parts, labels)
        parts = [said] if said else []
    elif style.tone != PLAIN:
        nouns, change = frozenset(labels), _CHANGES[style.tone]
        changed = [change(part, nouns) for part in parts]
        parts = [part for part in changed if part is not None]
        if len(parts) < len(changed):
            return None
    return limited(parts, style.most, labels)


def limited(parts: list[Sentence], most: int | None, labels: Sequence[str]) -> str | None:
    """Return as many of the sentences as *most* characters hold, the most telling kept."""
    kept = list(parts)
    if not kept:
        return None
    while most is not None and characters(joined(kept)) > most:
        if len(kept) == 1:
            bare = Sentence(kept[0].words, kept[0].mark)
            return bare.text() if characters(bare.text()) <= most else None
        kept.remove(min(kept, key=lambda part: _telling(part, labels)))
    return joined(kept)


def _shortest(parts: list[Sentence], most: int, labels: Sequence[str]) -> str | None:
    """Return the most telling sentence within *most* characters, fillers dropped if need be."""
    for part in sorted(parts, key=lambda part: _telling(part, labels), reverse=True):
        lean = _FILLERS.sub("", part.words)
        for words, emoji in ((part.words, part.emoji), (part.words, ""), (lean, "")):
            text = Sentence(words, part.mark, emoji).text()
            if characters(text) <= most:
                return text
    return None


def _telling(part: Sentence, labels: Sequence[str]) -> tuple[int, bool, bool, int]:
    """Order of how much a sentence says: things named, statement, more than 힘내세요, short."""
    things = sum(mentions(label, part.words) for label in labels if label not in EXPRESSIONS)
    asks = part.question or _ASKS.search(part.words) is not None
    return things, not asks, len(part.words) > _CHEER, -len(part.words)
