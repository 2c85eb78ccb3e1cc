"""Sentences by hand: of the right kind, with the right particle, kind, and without a mood."""

from __future__ import annotations

import pytest

from engine import comments
from engine.comments.labels import mentions
from engine.comments.write import phrases, rerank
from engine.comments.write.write import BY_HAND
from engine.text import kindness
from engine.text.korean.object_names import COCO, open_images


@pytest.mark.parametrize(
    ("name", "kind"),
    [("고양이", "반려동물"), ("알파카", "동물"), ("피자", "음식"), ("커피", "음료"),
     ("버스", "탈것"), ("바다", "풍경"), ("장미", "꽃"), ("재킷", "차림"), ("소파", "가구"),
     ("노트북", "기기"),
     ("기타", "악기"), ("축구공", "운동"), ("빨간 버스", "탈것"), ("유니콘", "무엇")],
)  # fmt: skip
def test_things_have_their_kind(name: str, kind: str) -> None:
    assert phrases.kind(name) == kind


def test_every_detected_thing_can_be_spoken_of() -> None:
    names = {korean for _, korean in COCO} | {name.korean for name in open_images()}
    for name in names:
        sentences = phrases.about(name)
        assert len(set(sentences)) >= 4
        assert all(mentions(name, text) and "{" not in text for text in sentences)


def test_sentences_by_hand_are_kind_and_have_no_mood() -> None:
    known = phrases.kinds()
    by_kind = {kind: name for name, kind in known.by_name.items()}
    texts = [text for name in by_kind.values() for text in phrases.about(name)]
    texts += [*phrases.about("고양이", "소파"), *known.sentences[phrases.PHOTO]]
    assert not [text for text in texts if rerank.contradicts((), text)]
    assert all(verdict.kind for verdict in kindness.check(texts))


def test_particles_follow_the_name() -> None:
    assert any("책은" in text for text in phrases.about("책"))
    assert any("소파와 창문이" in text for text in phrases.about("소파", "창문"))
    assert not any("고양이이" in text or "고양이은" in text for text in phrases.about("고양이"))


@pytest.mark.parametrize(
    "labels", [("고양이",), ("강아지", "공원"), ("알파카",), ("바다", "유니콘")]
)
def test_a_photo_without_a_face_is_spoken_of(labels: tuple[str, ...]) -> None:
    written = comments.write(labels, seed=2).comments
    assert len(set(written)) == 3
    assert all(any(mentions(label, text) for label in labels) for text in written)


def test_a_face_and_a_strange_thing_are_both_spoken_of() -> None:
    for text in comments.write(("기쁨", "알파카"), seed=2).comments:
        assert "알파카" in text
        assert rerank.spoken(text) <= {"기쁨"}


def test_the_result_says_when_sentences_by_hand_take_part() -> None:
    assert comments.write(("기쁨", "해마"), seed=1).model.endswith(BY_HAND)
    assert not comments.write(("기쁨", "나무"), seed=1).model.endswith(BY_HAND)
    assert not comments.write(("기쁨", "해마"), greedy=True).model.endswith(BY_HAND)
