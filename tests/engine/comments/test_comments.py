"""Writing comments: different ones, seeded, for every kind of label."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import comments
from engine.comments.tone.tone import Style
from engine.comments.write import generate, rerank
from engine.core.errors import InputError, ModelCorruptError, ModelMissingError
from engine.models import store
from engine.text.normalize import has_hangul


def test_three_different_comments() -> None:
    result = comments.write(["기쁨", "나무"], seed=1)
    assert len(set(result.comments)) == 3
    assert len({text.split()[0] for text in result.comments}) == 3
    assert all(has_hangul(text) for text in result.comments)
    assert result.model.startswith("comments-gpt2 ")


def test_the_comment_speaks_of_its_labels() -> None:
    assert "나무" in comments.write(["기쁨", "나무"], n=1, greedy=True).comments[0]
    fear = comments.write(["공포"], n=1, greedy=True).comments[0]
    joy = comments.write(["기쁨"], n=1, greedy=True).comments[0]
    assert any(word in fear for word in ("무서", "공포", "긴장", "두려", "소름"))
    assert any(word in joy for word in ("기쁘", "기쁜", "기뻐", "행복", "즐거"))


def test_a_seed_repeats_and_greedy_always_does() -> None:
    one, two, other = (comments.write(["슬픔", "재킷"], seed=s).comments for s in (7, 7, 8))
    assert one == two
    assert one != other
    greedy = [comments.write(["슬픔"], n=1, greedy=True).comments for _ in range(2)]
    assert greedy[0] == greedy[1]


@pytest.mark.parametrize("labels", [[], ["고양이"], ["피자"], ["나무"], ["기쁨"]])
def test_each_seed_writes_others_and_what_was_shown_is_not_written_again(
    labels: list[str],
) -> None:
    by_seed = [comments.write(labels, seed=seed).comments for seed in (1, 2, 3, 4)]
    assert len(set(by_seed)) == 4 and len({text for row in by_seed for text in row}) >= 8
    shown: list[str] = []
    for _ in range(5):
        result = comments.write(labels, seed=1, shown=shown)
        assert len(result.comments) == 3 and result.repeated == 0
        shown += result.comments
    assert len(set(shown)) == 15


def test_what_differs_in_emoji_or_number_alone_was_shown_before() -> None:
    counts = {"고양이": 2}
    first = comments.write(["고양이"], seed=1, counts=counts).comments
    assert any("두 마리" in text for text in first)
    bare = [text.rstrip("! 😍🐾😊✨📷💕💛😄👏") for text in first]
    again = comments.write(["고양이"], seed=1, counts=counts, shown=bare)
    assert again.repeated == 0 and not set(again.comments) & set(first)


@pytest.mark.parametrize("labels", [[], ["고양이"], ["피자"], ["유니콘"], ["노트북"], ["공포"]])
def test_there_are_always_three_witty_ones(labels: list[str]) -> None:
    for seed in range(4):
        written = comments.write(labels, seed=seed, style=Style("재치있게"))
        assert len(set(written.comments)) == 3, written.comments


@pytest.mark.parametrize(
    "labels",
    [[], ["남자"], ["unicorn", "space shuttle"], ["쀍뾻"], ["★"], [f"물건{n}" for n in range(60)]],
)
def test_every_kind_of_label_gets_a_readable_comment(labels: list[str]) -> None:
    result = comments.write(labels, seed=0)
    assert result.comments
    assert all(generate.readable(text) for text in result.comments)
    assert json.loads(json.dumps(result.to_dict()))["comments"] == list(result.comments)


def test_no_comment_at_all_cannot_be_asked_for() -> None:
    with pytest.raises(InputError):
        comments.write(["기쁨"], n=0)


def test_a_missing_and_a_corrupt_writer_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = store.paths.models_dir()
    (tmp_path / "manifest.toml").write_bytes((shipped / "manifest.toml").read_bytes())
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    store.forget()
    with pytest.raises(ModelMissingError, match="comments-gpt2"):
        comments.write(["기쁨"])
    (tmp_path / "comments-gpt2").mkdir()
    for file in (shipped / "comments-gpt2").iterdir():
        (tmp_path / "comments-gpt2" / file.name).write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ModelCorruptError, match="comments-gpt2"):
        comments.write(["기쁨"])
    store.forget()


def test_rerank_prefers_agreement_then_difference() -> None:
    texts = ["나무가 멋져요!", "나무가 멋져요! 😊", "나무가 정말 멋져요!", "바다로 가고 싶어요."]
    chosen = rerank.choose(texts, ("나무",), 2)
    assert chosen[0].startswith("나무가")
    assert chosen[1] == "바다로 가고 싶어요."


def test_rerank_prefers_comments_that_name_the_labels() -> None:
    texts = ["재킷이 참 멋져요", "모자가 참 멋져요"]
    assert rerank.choose(texts, ("모자",), 1) == (texts[1],)


def test_rerank_of_nothing_is_nothing() -> None:
    assert rerank.choose([], ("나무",), 3) == ()
