"""From pack.npz to ``noisy.npz``: the same rows, noisy copies of some, and made-up reviews."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.core.errors import InputError
from engine.text.encoder.layout import PIECES
from engine.text.korean.hangul import FINALS, is_syllable, join, split, with_final
from training.text.encoder import pack as encoder_pack
from training.text.encoder.pack import (
    GROUPS,
    NO_EMOTION,
    PACK,
    UNRATED,
    Example,
    Pack,
    encoder_text,
    kote_labels,
    read_all,
)
from training.text.negations import frames

_EMOJI = {
    1: ("😍", "👍", "❤️", "🥰", "😊", "👏", "⭐", "💯", "🔥", "😆", "💕", "🎉", "♥", "☺️"),
    -1: ("😡", "🤬", "👎", "💩", "😴", "🤮", "😤", "💔", "😒", "🙄", "😑", "🤢", "😩", "⭐☆☆☆☆"),
}
_MARKS = {
    1: ("!!!", "!!!!!", "~~~", "!~", "^^", "^^b", "~!!", "♡♡", ":)", "(^^)", "~♬", "!!!!!!!!"),
    -1: (
        "...",
        ".....",
        "!!!!",
        ";;;",
        "ㅡㅡ",
        "ㅡ.ㅡ",
        "??",
        "???",
        "!?!?",
        ",,,",
        "....;;",
        "-_-",
    ),
}
_LAUGHS = {
    1: ("ㅋㅋ", "ㅎㅎ", "ㅋㅋㅋㅋ", "ㅎ", "ㅠㅠ"),
    -1: ("ㅋㅋ", "ㅋ", "ㅠㅠ", "ㅉㅉ", "ㅜㅜ"),
}


def emoji(text: str, rng: random.Random, side: int) -> str:
    """Put one to three emoji of the side after the text, before it, or in between."""
    sign = rng.choice(_EMOJI[side]) * rng.choice((1, 1, 2, 3))
    how = rng.random()
    if how < 0.75:
        return text + rng.choice(("", " ")) + sign
    gaps = [i for i, c in enumerate(text) if c == " "]
    if how < 0.9 or not gaps:
        return f"{sign} {text}"
    at = rng.choice(gaps)
    return text[:at] + sign + text[at:]


def marks(text: str, rng: random.Random, side: int) -> str:
    """End in a burst of marks, or put it into the first gap between sentences."""
    return text.rstrip(".!?~ ") + rng.choice(_MARKS[side])


def laughter(text: str, rng: random.Random, side: int) -> str:
    """End in laughter or tears; ㅋ or ㅎ at times joins the last syllable: 재밌엌ㅋㅋ."""
    laugh = rng.choice(_LAUGHS[side])
    text = text.rstrip(".!~ ")
    last = text[-1:]
    if last and is_syllable(last) and not split(last)[2] and laugh[0] in "ㅋㅎ":
        text = with_final(text, laugh[0]) if rng.random() < 0.5 else text
    return text + laugh


# ----------------------------------------------------------------------------------------
# Korean as it is typed in a hurry: noisy copies of texts that keep their labels.
#
# Every function takes a text as the encoder reads it and a seeded generator; one that finds
# nothing to change returns the text as it is.

_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_CONSONANTS = set("ㅂㅈㄷㄱㅅㅁㄴㅇㄹㅎㅋㅌㅊㅍ")
_TENSE = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
_SHIFTED = _TENSE | {double: single for single, double in _TENSE.items()}

SPELLINGS = (
    *(("재밌", "재밋"), ("재밌", "잼있"), ("재미있", "잼있"), ("않", "안"), ("괜찮", "갠찬")),
    *(
        ("괜찮", "괜찬"),
        ("좋아", "조아"),
        ("좋은", "조은"),
        ("없", "업"),
        ("있", "잇"),
        ("싫", "실"),
    ),
    *(
        ("많", "만"),
        ("됐", "됬"),
        ("돼", "되"),
        ("했", "햇"),
        ("었", "엇"),
        ("았", "앗"),
        ("겠", "겟"),
    ),
    *(
        ("봤", "밧"),
        ("너무", "넘"),
        ("너무", "넘무"),
        ("정말", "증말"),
        ("진짜", "진쨔"),
        ("진짜", "찐짜"),
    ),
    *(("네요", "네여"), ("어요", "어여"), ("어요", "어용"), ("아요", "아여"), ("습니다", "슴다")),
    *(("같아", "가타"), ("굉장히", "굉장이"), ("역시", "역쉬"), ("그냥", "걍"), ("안 ", "않 ")),
    *(
        ("완전", "완죤"),
        ("어떻게", "어떡게"),
        ("왜", "외"),
        ("웬", "왠"),
        ("귀엽", "기엽"),
        ("끝", "끗"),
    ),
    *(("싶", "십"), ("이렇게", "이러케"), ("그렇", "그러"), ("인데", "인대"), ("는데", "는대")),
)
"""Spellings that are common online, right and wrong."""

LOOKALIKES = (
    *(
        ("명", "띵"),
        ("멍", "댕"),
        ("대", "머"),
        ("귀", "커"),
        ("광", "팡"),
        ("왕", "앟"),
        ("유", "윾"),
    ),
    *(("며", "띠"), ("과", "파"), ("위", "읶")),
)
"""Yaminjeongeum: syllables written by ones that look alike."""


def _neighbours() -> dict[str, str]:
    found: dict[str, str] = {}
    for at, row in enumerate(_ROWS):
        for column, key in enumerate(row):
            near = [
                other[i]
                for other in _ROWS[max(0, at - 1) : at + 2]
                for i in (column - 1, column, column + 1)
                if 0 <= i < len(other) and other[i] != key
            ]
            found[key] = "".join(k for k in near if (k in _CONSONANTS) == (key in _CONSONANTS))
    return found


NEIGHBOURS = _neighbours()
"""Keys beside each key of the 2-beolsik keyboard, consonants and vowels apart."""


def _pick(text: str, rng: random.Random) -> int:
    """Return where a random syllable is, -1 if there is none."""
    return rng.choice([i for i, c in enumerate(text) if is_syllable(c)] or [-1])


def spaces(text: str, rng: random.Random) -> str:
    """Leave out all spaces or some of them, or put some where none belong."""
    how = rng.random()
    if how < 0.5:
        return text.replace(" ", "")
    if how < 0.75:
        return "".join(c for c in text if c != " " or rng.random() < 0.5)
    return "".join(c + " " if c != " " and rng.random() < 0.15 else c for c in text)


def keys(text: str, rng: random.Random) -> str:
    """Hit a neighbouring key, or shift by mistake, in one syllable."""
    at = _pick(text, rng)
    if at < 0:
        return text
    parts = list(split(text[at]))
    which = rng.choice([i for i in range(3) if parts[i]])
    near = NEIGHBOURS.get(parts[which], "")
    if parts[which] in _SHIFTED and rng.random() < 0.3:
        near = _SHIFTED[parts[which]]
    choices = [key for key in near if which < 2 or key in FINALS]
    if not choices:
        return text
    parts[which] = rng.choice(choices)
    return text[:at] + join(*parts) + text[at + 1 :]


def jamo(text: str, rng: random.Random) -> str:
    """Drop a final consonant, or type one of a syllable's jamo twice."""
    at = _pick(text, rng)
    if at < 0:
        return text
    initial, vowel, final = split(text[at])
    if final and rng.random() < 0.5:
        return text[:at] + join(initial, vowel) + text[at + 1 :]
    return text[: at + 1] + (final or vowel) + text[at + 1 :]


def decomposed(text: str, rng: random.Random) -> str:
    """Write some syllables, or a short text whole, as separate jamo."""
    at = _pick(text, rng)
    if at < 0:
        return text
    first, last = at, at + rng.randint(1, 4)
    if len(text) <= 20 and rng.random() < 0.25:
        first, last = 0, len(text)
    apart = ("".join(split(c)) if is_syllable(c) else c for c in text[first:last])
    return text[:first] + "".join(apart) + text[last:]


def drawn_out(text: str, rng: random.Random) -> str:
    """Draw the vowel of a word's last syllable out: 최고오오."""
    ends = [
        i
        for i, c in enumerate(text)
        if is_syllable(c) and not split(c)[2] and (i + 1 == len(text) or text[i + 1] in " .!?~,")
    ]
    if not ends:
        return text
    at = rng.choice(ends)
    return text[: at + 1] + join("ㅇ", split(text[at])[1]) * rng.randint(1, 3) + text[at + 1 :]


def _replaced(text: str, rng: random.Random, table: tuple[tuple[str, str], ...], most: int) -> str:
    fit = [pair for pair in table if pair[0] in text]
    for right, wrong in rng.sample(fit, min(len(fit), rng.randint(1, most))):
        text = text.replace(right, wrong)
    return text


def spellings(text: str, rng: random.Random) -> str:
    """Write by ear: 재밋다, 안다 for 않다, 갠찬다."""
    return _replaced(text, rng, SPELLINGS, 3)


def lookalikes(text: str, rng: random.Random) -> str:
    """Write one syllable by another that looks like it."""
    return _replaced(text, rng, LOOKALIKES, 1)


def _often(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    """Return *change* done once in about 25 characters."""

    def changed(text: str, rng: random.Random) -> str:
        for _ in range(rng.randint(1, 1 + len(text) // 25)):
            text = change(text, rng)
        return text

    return changed


_ANY: tuple[tuple[Callable[[str, random.Random], str], int], ...] = (
    (spellings, 6),
    (_often(keys), 5),
    (_often(jamo), 4),
    (spaces, 6),
    (drawn_out, 2),
    (decomposed, 2),
    (lookalikes, 1),
)
_SIDED: tuple[tuple[Callable[[str, random.Random, int], str], int], ...] = (
    (marks, 3),
    (emoji, 4),
    (laughter, 3),
)
_TRIES = 6


def noisy(text: str, side: int, rng: random.Random) -> str:
    """Return the text with one to three kinds of noise; never an empty one.

    Args:
        text: as the encoder reads it, not empty.
        side: 1 for clear praise, -1 for clear blame, 0 for what has no side: emoji and
            marks only ever agree with it, and a text without a side gets none of them.
    """
    for _ in range(_TRIES):
        changed = text
        for change in _changes(side, rng):
            changed = change(changed)
        changed = encoder_text(changed)
        if changed and changed != text:
            return changed
    return text


def _changes(side: int, rng: random.Random) -> list[Callable[[str], str]]:
    free = [(lambda text, f=f: f(text, rng), weight) for f, weight in _ANY]
    if side:
        free += [(lambda text, f=f: f(text, rng, side), weight) for f, weight in _SIDED]
    chosen: list[int] = []
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        left = [i for i in range(len(free)) if i not in chosen]
        chosen += rng.choices(left, [free[i][1] for i in left])
    return [free[i][0] for i in sorted(chosen)]


NOISY = "noisy.npz"

CLEAR, MIDDLE, FEELING, MADE = 0.15, 0.03, 0.30, 0.20
"""Shares of the clear reviews, of the others, of emotion and KOTE texts, and of made-up ones
that are copied."""


def make(data: Path, out: Path, limit: int | None, seed: int) -> Pack:
    """Append to the pack of *out* and write ``noisy.npz``; the stop split stays as it is.

    Args:
        limit: texts a file, as in the call that made the pack.

    Raises:
        FileNotFoundError: there is no pack, or no pieces.
        InputError: the pack was made from other texts than those of *data*.
    """
    old = encoder_pack.load(out / PACK)
    pieces = encoder_pack.load_pieces(out / PIECES)
    examples = list(read_all(data, limit))
    _check(old, examples)
    copies = list(noisy_copies(examples, seed))
    made = list(made_up(seed, frames.COUNT))
    again = list(noisy_copies(made, seed + 1, MADE))
    new = _packed([*copies, *made, *again], old, pieces)
    pack = _joined(old, new)
    encoder_pack.save(out / NOISY, pack)
    print(
        f"{len(copies):,} noisy copies, {len(made):,} made-up reviews and {len(again):,} "
        f"noisy copies of these, "
        f"{len(new.ids):,} tokens; with the pack's own: {len(pack):,} texts, "
        f"{len(pack.ids):,} tokens",
        flush=True,
    )
    return pack


def _check(pack: Pack, examples: Sequence[Example]) -> None:
    same = len(pack) == len(examples) and all(
        np.array_equal(column, [getattr(item, name) for item in examples])
        for name, column in (("group", pack.group), ("rating", pack.rating))
    )
    if not same:
        raise InputError(
            "pack.npz가 이 데이터로 만든 것이 아니에요. 같은 데이터로 pack을 먼저 실행해 주세요.",
            "pack.npz was made from other texts: run pack on the same data (and --limit) first.",
        )


def noisy_copies(
    examples: Iterable[Example], seed: int, share: float | None = None
) -> Iterator[Example]:
    """Yield noisy copies with their texts' labels and groups; none of group 0.

    Args:
        share: of the texts is copied; by their kind if not given.
    """
    for row, item in enumerate(examples):
        rng = random.Random(f"{seed} {row}")
        if item.group == 0 or rng.random() >= (share or _share(item)):
            continue
        text = noisy(item.text, _side(item.rating), rng)
        if text != item.text:
            yield replace(item, text=text)


def _share(item: Example) -> float:
    if item.emotion != NO_EMOTION or item.kote is not None:
        return FEELING
    if item.rating == UNRATED:
        return 0.0
    return CLEAR if _side(item.rating) else MIDDLE


def _side(rating: int) -> int:
    return 1 if rating >= 9 else -1 if 1 <= rating <= 4 else 0


def made_up(seed: int, count: int) -> Iterator[Example]:
    """Yield the grammar's reviews in groups 1..11."""
    for item in frames.generate(count, seed):
        group = 1 + zlib.crc32(item.text.encode()) % (GROUPS - 1)
        yield Example(item.text, group, rating=item.rating)


def _packed(examples: Sequence[Example], old: Pack, pieces: object) -> Pack:
    ids, length = encoder_pack.encode([item.text for item in examples], pieces)
    return Pack(
        ids=ids,
        length=length,
        group=np.array([item.group for item in examples], np.int64),
        rating=np.array([item.rating for item in examples], np.int64),
        emotion=np.array([item.emotion for item in examples], np.int64),
        kote=kote_labels(examples),
        starts=old.starts,
    )


def _joined(first: Pack, second: Pack) -> Pack:
    names = ("ids", "length", "group", "rating", "emotion", "kote")
    columns = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names
    }
    return Pack(starts=first.starts, **columns)
