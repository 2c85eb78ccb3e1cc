"""Candidate comments for a prompt: a small network by CTranslate2, sampled and beam-searched."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.comments.labels import EXPRESSIONS, mentions, prompt
from engine.models import manifest, store
from engine.text.korean.particles import swap_name
from engine.text.normalize import has_hangul

_FOOD = (
    "바나나 사과 샌드위치 오렌지 브로콜리 당근 핫도그 피자 도넛 케이크 커피 빵 과일 라면 김밥 "
    "떡볶이 치킨 햄버거 아이스크림 초콜릿"
)
KINDS: Mapping[tuple[str, ...], str] = {
    ("차", "트럭", "자전거", "육상 차량"): "버스 오토바이 비행기 기차 보트 배 트럭 자전거",
    ("패스트푸드", "음식"): _FOOD,
    ("스카프", "재킷", "안경"): "배낭 핸드백 넥타이 모자 셔츠 드레스 청바지 신발 목걸이 귀걸이 "
    "코트 부츠 선글라스 시계",
    ("의자", "테이블", "소파"): "벤치 침대 식탁 변기 소파 책상 싱크대 "
    "냉장고 오븐 전자레인지 텔레비전",
    ("장난감", "식물"): "새 고양이 강아지 말 양 소 코끼리 곰 얼룩말 기린 토끼",
    ("식물", "꽃"): "화분 꽃병 꽃다발",
    ("건물", "나무"): "바다 산 공원 하늘 해변 강 호수 다리 성 탑",
}  # fmt: skip
"""Familiar names -> names (and, by their end, compound names) that they stand in for."""

ANYTHING = ("포스터", "사진 액자", "장난감", "상자", "건물", "의자", "책장", "선반")

_BY_NAME = {name: familiar for familiar, names in KINDS.items() for name in names.split()}
THING_EMOJI = re.compile(  # not those of moods: hearts, party, sparkle, faces
    "[\U0001f300-\U0001f388\U0001f38b-\U0001f493\U0001f497-\U0001f4a1\U0001f4ac-\U0001f5ff"
    "\U0001f680-\U0001f90b\U0001f950-\U0001f96f\U0001f980-\U0001faff]"
)
"""Pictures of things, which would still show the thing that was exchanged."""


def disguise(
    labels: Sequence[str], familiar: Collection[str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the labels with strange names exchanged, and familiar name -> strange name.

    >>> disguise(("기쁨", "피자"), {"음식", "포스터"})
    (('기쁨', '음식'), {'음식': '피자'})
    """
    back: dict[str, str] = {}
    asked: list[str] = []
    for label in labels:
        if label in EXPRESSIONS or label in familiar:
            asked.append(label)
            continue
        taken = (*labels, *back)
        choices = (*_BY_NAME.get(label.split()[-1], ()), *ANYTHING)
        name = next((c for c in choices if c in familiar and c not in taken), None)
        if name is None:
            asked.append(label)
        else:
            asked.append(name)
            back[name] = label
    return tuple(asked), back


def reveal(comment: str, back: Mapping[str, str]) -> str | None:
    """Put the strange names back; None where a stand-in cannot be exchanged.

    >>> reveal("음식이 정말 맛있어 보여요! 🍔", {"음식": "피자"})
    '피자가 정말 맛있어 보여요!'
    """
    for name, label in back.items():
        if not mentions(name, comment):
            continue
        swapped = swap_name(comment, name, label)
        if swapped is None:
            return None
        comment = re.sub(r"\s+", " ", THING_EMOJI.sub("", swapped)).strip()
    return comment


MODEL = "comments-gpt2"
NAMES = "names.txt"
"""The objects that the writer knows well, one a line, in the model's folder."""

MAX_PIECES = 48
"""Longest comment in sentencepiece pieces; the training data's longest has 45."""
BEAM = 4
START, END = "<s>", "</s>"
_TWICE = re.compile(r"(?<!\S)(\w+) \1")  # a word said twice in a row
_UNREADABLE = "\ufffd⁇"

_random = threading.Lock()  # CTranslate2's seed is one for the whole process


@dataclass(frozen=True)
class Sampling:
    """How candidates are drawn.

    Attributes:
        samples: how many; repeats and unreadable ones are dropped afterwards.
        temperature: below 1 likely pieces become likelier.
        top: only so many of the likeliest pieces are drawn from; 0 is all.
    """

    samples: int
    temperature: float
    top: int = 0


@dataclass(frozen=True)
class Writer:
    """A loaded writer.

    Attributes:
        folder: where its files lie.
        label: its name and version.
        pieces: its sentencepiece processor.
        names: the objects that it knows well.
        goes_on: a decoder alone, which goes on from the prompt; an encoder reads it otherwise.
    """

    folder: str
    label: str
    pieces: Any
    names: frozenset[str]
    goes_on: bool


def candidates(
    labels: tuple[str, ...], sampling: Sampling, seed: int | None, by: Writer | None = None
) -> list[str]:
    """Return distinct readable comments for *labels*: the beam's, then sampled ones.

    Args:
        seed: the same seed gives the same comments; None draws anew.
        by: who writes; the shipped writer when None.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`.
    """
    by = by or writer()
    source = by.pieces.encode(prompt(labels), out_type=str)
    drawn: dict[str, Any] = {
        "beam_size": 1,
        "num_hypotheses": sampling.samples,
        "sampling_topk": sampling.top,
        "sampling_temperature": sampling.temperature,
    }
    with _random:
        import ctranslate2

        ctranslate2.set_random_seed(seed if seed is not None else secrets.randbits(31))
        answers = _answers(by, source, ({"beam_size": BEAM, "num_hypotheses": BEAM}, drawn))
    texts = (by.pieces.decode(answer).strip() for answer in answers)
    return list(dict.fromkeys(text for text in texts if readable(text)))


def _answers(by: Writer, source: list[str], searches: tuple[dict[str, Any], ...]) -> list[Any]:
    """Return what each search finds, as pieces.

    A thread's generator is seeded when the thread starts: a fresh network (about 10 ms, six
    megabytes) is what makes a seed mean something. It has one thread, since so small a one
    waits longer for a second than that one helps.
    """
    import ctranslate2

    network = ctranslate2.Generator if by.goes_on else ctranslate2.Translator
    loaded = network(by.folder, device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
    found: list[Any] = []
    for search in searches:
        if by.goes_on:
            results = loaded.generate_batch(
                [[*source, START]],
                max_length=MAX_PIECES,
                include_prompt_in_result=False,
                **search,
            )
            found += results[0].sequences
        else:
            # CTranslate2 answers an end alone with nothing at all, so an empty prompt has two.
            read = [[*(source or [END]), END]]
            results = loaded.translate_batch(read, max_decoding_length=MAX_PIECES, **search)
            found += results[0].hypotheses
    return found


def writer() -> Writer:
    """Return the shipped writer, loaded once."""
    return store.load(MODEL, _load)


def readable(text: str) -> bool:
    """Whether a candidate is a sentence that can be shown.

    >>> readable("정말 행복해 보이시네요!"), readable("\\ufffd"), readable("네!")
    (True, False, False)
    """
    if len(text) < 6 or not has_hangul(text) or _TWICE.search(text):
        return False
    return not any(_unfit(character) for character in text)


def _unfit(character: str) -> bool:
    """Whether a character shows that bytes were made up or an unknown piece was."""
    return character in _UNREADABLE or unicodedata.category(character) in ("Cc", "Cs", "Cn")


def _load(folder: Path) -> Writer:
    return open_writer(folder, manifest.entry(MODEL).label)


def open_writer(folder: Path, label: str) -> Writer:
    """Return the writer whose files lie in *folder*.

    Raises:
        OSError, RuntimeError: a file is missing or cannot be read.
    """
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    goes_on = not (folder / "shared_vocabulary.json").exists()
    network = ctranslate2.Generator if goes_on else ctranslate2.Translator
    network(str(folder), device="cpu", compute_type="int8")  # it must be readable
    names = (folder / NAMES).read_text(encoding="utf-8").split("\n")
    return Writer(str(folder), label, pieces, frozenset(filter(None, names)), goes_on)
