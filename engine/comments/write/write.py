"""Comments for a photo's labels: candidates, then what must not be said, then the choice."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.comments import taste as feedback
from engine.comments.labels import EXPRESSIONS, HIDDEN, mentions, select
from engine.comments.result import CommentResult
from engine.comments.tone import tone
from engine.comments.tone.tone import Style
from engine.comments.write import generate, hashtags, phrases, rerank
from engine.comments.write import generate as stand_in
from engine.comments.write import phrases as amounts
from engine.comments.write import rerank as feeling
from engine.comments.write.generate import Sampling, Writer
from engine.core.errors import InputError
from engine.text import kindness, sentences

FREE = Sampling(32, 0.9, top=12)
"""For comments to choose from."""

TYPICAL, TYPICAL_SEED = Sampling(160, 0.7), 0
"""For the one most typical comment; chosen on the stop split."""

CALM = Sampling(16, 0.6, top=12)
"""For photos without a face, of which the writer knows little."""

PASSED_OVER = 0.1
"""A thing that fewer of the writer's candidates name is spoken of by hand."""

COMPOSED, ALONE = 24, 12
"""Most candidates with sentences by hand, and of one thing or none.

Of one thing there are so few that all of them, weighed each time, would give the same choice.
"""

BY_HAND = " + phrases"
"""What a result's model is called besides, where sentences by hand are among its comments."""

ROUNDS = 3
"""How often candidates are drawn while fewer are left than were asked for."""


@dataclass(frozen=True)
class _Wish:
    """What candidates are drawn for and have to keep to.

    Attributes:
        alone: without sentences by hand.
        shown: the words of comments that were shown before, as :func:`_words` has them.
    """

    labels: tuple[str, ...]
    alone: bool
    counts: Mapping[str, int]
    style: Style
    by: Writer
    shown: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The things that a comment may make up."""
        return self.by.names | HIDDEN

    def is_new(self, text: str) -> bool:
        """Whether a candidate was not shown before, neither as it is nor with its number."""
        counted = amounts.say_once((text,), self.counts, self.style.most)[0]
        return self.shown.isdisjoint((_words(text), _words(counted)))


@dataclass(frozen=True)
class _Draft:
    """A candidate, and whether a sentence by hand is in it."""

    text: str
    by_hand: bool = False


def write(
    labels: Sequence[str],
    n: int = 3,
    seed: int | None = None,
    greedy: bool = False,
    *,
    style: Style | None = None,
    counts: Mapping[str, int] | None = None,
    by: Writer | None = None,
    shown: Collection[str] = (),
) -> CommentResult:
    """Write up to *n* different comments for a photo's labels.

    No comment speaks of a feeling that the labels do not have, and none is unkind.

    Args:
        labels: Korean (common English names are mapped); none at all is allowed.
        seed: the same seed gives the same comments; None draws anew.
        greedy: the single most typical comment first, always the same, by the network alone
            (for figures).
        style: tone, emoji and length; as the writer writes when None.
        counts: how many of a thing the photo has, by its name. No comment says another number,
            and one says this number where its sentence allows it.
        by: another writer than the shipped one (for comparisons).
        shown: comments that were shown before; they come again only when no others are left,
            which the result counts.

    Raises:
        InputError: *n* is below 1, or no comment is left that can be shown.
        ModelMissingError, ModelCorruptError: the writer cannot be loaded.
    """
    if n < 1:
        raise InputError("댓글을 한 개 이상 골라 주세요.", "Ask for at least one comment.")
    start = time.perf_counter()
    kept, left_out = select(labels)
    seen = frozenset(map(_words, shown))
    number_of, writer = amounts.read(counts), by or generate.writer()
    wish = _Wish(kept, greedy, number_of, style or Style(), writer, seen)
    if greedy:
        seed, sampling, weights = TYPICAL_SEED, TYPICAL, rerank.DEFAULT
    else:
        seed = secrets.randbits(31) if seed is None else seed
        sampling, weights = FREE, rerank.CAREFUL
    texts, replaced = _drawn(wish, sampling, seed, n)
    if not texts:
        if wish.style != Style():
            raise InputError(
                "이 말투와 길이로는 댓글을 쓰지 못했어요. 말투나 길이를 바꿔 주세요. "
                "슬픔과 분노에는 농담을 하지 않아요.",
                "No comment came out in this tone and length; change either. "
                "There are no jokes about sadness and anger.",
            )
        raise InputError(
            "이 라벨로는 댓글을 쓰지 못했어요. 라벨을 바꿔 주세요.",
            "No readable comment came out of these labels; try others.",
        )
    new = [text for text in texts if wish.is_new(text)]
    chosen: tuple[str, ...] = ()
    for among in (new, [text for text in texts if text not in new]):
        taste = None if greedy else feedback.preference(among, kept)
        chosen += rerank.choose(among, kept, n - len(chosen), wish.names, weights, taste)
    return CommentResult(
        labels=kept,
        comments=amounts.say_once(chosen, wish.counts, wish.style.most),
        left_out=left_out,
        model=wish.by.label + (BY_HAND if any(texts[text] for text in chosen) else ""),
        milliseconds=(time.perf_counter() - start) * 1000,
        tone=wish.style.tone,
        hashtags=hashtags.suggest(kept),
        replaced=replaced,
        seed=seed,
        repeated=sum(text not in new for text in chosen),
    )


def _drawn(wish: _Wish, sampling: Sampling, seed: int, n: int) -> tuple[dict[str, bool], int]:
    """Return the candidates that may be shown (and if by hand), and how many were unkind.

    They are drawn again while fewer than *n* are new.
    """
    texts: dict[str, bool] = {}
    unkind: set[str] = set()
    for turn in range(ROUNDS):
        drawn = (_by_writer if wish.alone else _drafts)(wish, sampling, seed + turn)
        found = [draft for draft in drawn if _fits(draft.text, wish)]
        words = _styled([draft.text for draft in found], wish)
        styled = [(t, draft.by_hand) for t, draft in zip(words, found, strict=True) if t]
        verdicts = kindness.check([text for text, _ in styled])
        for (text, by_hand), verdict in zip(styled, verdicts, strict=True):
            if verdict.kind:
                texts[text] = by_hand
            else:
                unkind.add(text)
        if sum(map(wish.is_new, texts)) >= n:
            break
    return texts, len(unkind)


def _words(text: str) -> str:
    """Return what two comments have in common that differ in emoji and marks alone."""
    return "".join(c for c in sentences.without_emoji(text) if c.isalnum())


def _styled(texts: list[str], wish: _Wish) -> Sequence[str | None]:
    return texts if wish.style == Style() else tone.restyle(texts, wish.style, wish.labels)


def _fits(text: str, wish: _Wish) -> bool:
    """Whether a candidate is readable and says nothing that the photo denies."""
    if not generate.readable(text) or amounts.contradicts(text, wish.counts):
        return False
    return not feeling.contradicts(wish.labels, text)


def _by_writer(wish: _Wish, sampling: Sampling, seed: int) -> list[_Draft]:
    """Return the writer's own candidates, with stand-ins for names that it hardly knows."""
    asked, back = stand_in.disguise(wish.labels, wish.names)
    found = generate.candidates(asked, sampling, seed, wish.by)
    texts = [text for text in (stand_in.reveal(text, back) for text in found) if text is not None]
    return _written(texts or generate.candidates(wish.labels, sampling, seed, wish.by))


def _written(texts: Sequence[str]) -> list[_Draft]:
    return [_Draft(text) for text in texts]


def _composed(texts: Sequence[str]) -> list[_Draft]:
    return [_Draft(text, by_hand=True) for text in texts]


def _drafts(wish: _Wish, sampling: Sampling, seed: int) -> list[_Draft]:
    """Return candidates: the writer's for what it knows, sentences by hand for the other things.

    The writer knows faces and some sixty things. Of what it does not know, or passes over, a
    sentence by hand follows its own; without a face it hardly knows what to say, and both take
    part.
    """
    moods = tuple(label for label in wish.labels if label in EXPRESSIONS)
    things = tuple(label for label in wish.labels if label not in EXPRESSIONS)
    known = tuple(name for name in things if name in wish.by.names)
    if not moods:
        return _without_face(wish, things, known, seed)
    written = generate.candidates((*moods, *known), sampling, seed, wish.by)
    silent = tuple(t for t in things if t not in known or _named(t, written) < PASSED_OVER)
    if not silent:
        return _written(written)
    begun = written if known else [_opening(text) for text in written]
    return _composed(phrases.compose(silent, begun, COMPOSED, seed))


def _without_face(
    wish: _Wish, things: tuple[str, ...], known: tuple[str, ...], seed: int
) -> list[_Draft]:
    """Return candidates for things alone: by hand, and the writer's that name them all."""
    number = COMPOSED if len(things) > 1 else ALONE
    by_hand = _composed(phrases.compose(things, (), number, seed))
    if not things or known != things:
        return by_hand
    written = generate.candidates(things, CALM, seed, wish.by)
    named = [text for text in written if rerank.coverage(things, text) == 1]
    fitting = [text for text in named if not rerank.strays(things, text, wish.names)]
    return by_hand + _written(fitting)


def _named(thing: str, texts: Sequence[str]) -> float:
    """Return the share of the texts that name the thing."""
    return sum(mentions(thing, text) for text in texts) / max(len(texts), 1)


def _opening(text: str) -> str:
    """Return a comment's first sentence, emoji and all."""
    return sentences.sentences(text)[0].text()
