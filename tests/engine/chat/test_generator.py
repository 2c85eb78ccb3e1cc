"""Answers that are newly written, and the command line."""

from __future__ import annotations

import io
import json

import pytest

from engine.chat import Conversation, generator, rules, safety
from engine.chat.retrieval import GENERATOR
from engine.cli import chat
from engine.models import manifest


def test_written_answers_are_readable_and_ordered() -> None:
    found = generator.load().answers("양자역학을 설명해 줘")
    assert found and len({item.text for item in found}) == len(found)
    assert all(generator.readable(item.text) and safety.kind([item.text]) for item in found)
    chances = [item.likelihood for item in found]
    assert chances == sorted(chances, reverse=True) and 0 < chances[-1] <= 1


def test_where_nothing_is_alike_the_answer_is_written_and_says_so() -> None:
    reply = Conversation(seed=0).say("양자역학과 끈이론")
    assert reply.source == "generator" and reply.matched == ""
    assert manifest.entry(GENERATOR).label in reply.model and 0 < reply.confidence <= 1


@pytest.mark.parametrize("said", ["양자역학을 설명해 줘", "1+1은?", "서울까지 얼마나 걸려?"])
def test_what_it_cannot_do_it_says(said: str) -> None:
    reply = Conversation(seed=0).say(said)
    assert reply.matched == "unable" and reply.text in rules.UNABLE


@pytest.mark.parametrize("text", ["", "😂", "a" * 5000, "가나다라" * 2000])
def test_any_text_is_taken(text: str) -> None:
    assert all(item.text for item in generator.load().answers(text))


def test_the_command_line_answers_each_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("안녕하세요\n\n\u200b\u200b\n감사합니다\n"))
    assert chat.main(["--json", "--seed", "1"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("matched", "error") for row in rows] == ["greeting", "error", "thanks"]
    monkeypatch.setattr("sys.stdin", io.StringIO("안녕\n"))
    assert chat.main([]) == 0 and capsys.readouterr().out.strip()
