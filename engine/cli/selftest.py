"""``maumgyeol --selftest``: load every engine, run each once on a bundled sample."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.core import paths
from engine.core.errors import MaumgyeolError, Message, ModelCorruptError, joined

REVIEW = "배우들 연기는 훌륭했지만 이야기가 조금 지루해서 아쉬웠어요."


def _sample(name: str) -> Path:
    return paths.resources_dir() / "samples" / name


def _refuse(*fallbacks: Message | None) -> None:
    """Raise ModelCorruptError if something simpler answered in an engine's place."""
    if (said := joined(*fallbacks)) is not None:
        raise ModelCorruptError(*said)


def _reviews() -> str:
    from engine import reviews

    instant, precise = (reviews.predict(REVIEW, explain=False, mode=m) for m in reviews.MODES)
    said = " / ".join(
        f"{x.label} {x.confidence:.2f}, {x.stars:g} stars ({x.model})" for x in (instant, precise)
    )
    return f"{said}, {len(reviews.predict(REVIEW).evidence)} deciding words"


def _encoder() -> str:
    from engine.text import encoder

    row = encoder.logits([REVIEW])[0]
    return f"{len(row)} logits of {len(encoder.load().ids(REVIEW))} pieces ({encoder.label()})"


def _morphemes() -> str:
    from engine.text import morphemes

    _refuse(morphemes.warm_up())
    result = morphemes.analyse(REVIEW)
    return f"{len(result.morphemes)} morphemes ({result.tokenizer})"


def _emotions() -> str:
    from engine import emotions

    result = emotions.predict("오늘 정말 무서운 일이 있었어")
    shown = ", ".join(item.label for item in result.fine if item.shown)
    return f"{result.label} {result.confidence:.2f}; {shown or 'no fine one'} ({result.model})"


def _faces() -> str:
    from engine.faces import FaceReader
    from engine.media.images import read_image

    with FaceReader() as reader:
        result = reader.read(read_image(_sample("face.jpg")))
    _refuse(*result.warnings)
    if not result.faces:
        raise RuntimeError("the sample's face was not found")
    seen = result.faces[0].expression
    return f"{len(result.faces)} face, {seen.label} {seen.confidence:.2f} ({seen.model})"


def _digits() -> str:
    from engine import digits
    from engine.media.images import read_image

    result = digits.predict(read_image(_sample("digit-5.png")))
    if result.label != "5":
        raise RuntimeError(f"the sample's 5 was read as {result.label}")
    return f"{result.label} {result.confidence:.2f} ({result.model})"


def _comments() -> str:
    from engine.comments import pipeline, write
    from engine.media.images import read_image

    photo = pipeline.analyse(read_image(_sample("face.jpg")))
    _refuse(*photo.warnings)
    result = write(photo.labels, seed=0)
    return f"{', '.join(result.labels)} -> {result.comments[0]} ({result.model})"


def _chat() -> str:
    from engine.chat import Conversation, generator

    said = ("안녕하세요", "오늘 너무 힘들었어", "감사합니다")
    conversation = Conversation(seed=0)
    answers = " / ".join(conversation.say(text).text for text in said)
    return f"{answers} ({len(generator.load().answers(said[1]))} written answers)"


ENGINES: dict[str, Callable[[], str]] = {
    "encoder": _encoder,
    "reviews": _reviews,
    "morphemes": _morphemes,
    "emotions": _emotions,
    "faces": _faces,
    "digits": _digits,
    "comments": _comments,
    "chat": _chat,
}


def main(argv: Sequence[str] = ()) -> int:
    """Try the engines named in *argv* (all when empty), one line each; 0 when all answered.

    Returns 2 when *argv* names an engine that does not exist.
    """
    unknown = [name for name in argv if name not in ENGINES]
    if unknown:
        print(f"no such engine: {', '.join(unknown)} (there are: {', '.join(ENGINES)})")
        return 2
    failed = [name for name in ENGINES if (not argv or name in argv) and not _try(name)]
    return 1 if failed else 0


def _try(name: str) -> bool:
    start = time.perf_counter()
    try:
        line = ENGINES[name]()
    except MaumgyeolError as error:
        print(f"FAILED {name:<10} {error}", flush=True)
        return False
    except Exception as error:
        print(f"FAILED {name:<10} {type(error).__name__}: {error}", flush=True)
        traceback.print_exc(file=sys.stderr)
        return False
    print(f"ok     {name:<10} {line} [{time.perf_counter() - start:.2f} s]", flush=True)
    return True
