"""Okt on the packaged JVM, and the rules that answer without it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.text import morphemes

REVIEW = "배우들 연기는 훌륭했지만 이야기가 조금 지루해서 아쉬웠어요 ㅋㅋㅋ 😂"


def check(text: str, analysis: morphemes.Analysis) -> None:
    cursor = 0
    for item in analysis.morphemes:
        assert cursor <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.text
        cursor = item.end


def test_okt_finds_parts_of_speech_and_where_they_are() -> None:
    analysis = morphemes.analyse(REVIEW)
    assert analysis.tokenizer == morphemes.OKT and analysis.reason is None
    check(REVIEW, analysis)
    kinds = {item.text: item.kind for item in analysis.morphemes}
    assert kinds["연기"] == "명사" and kinds["는"] == "조사" and kinds["훌륭했지만"] == "형용사"
    assert [m.text for m in analysis.morphemes if m.content][:2] == ["배우", "연기"]


@pytest.mark.parametrize(
    "text", ["", "   ", "😂😂", "\ud800 좋다", "good movie", "ㅋ" * 25, "\x00영화"]
)
def test_okt_survives_odd_texts(text: str) -> None:
    check(text, morphemes.analyse(text))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_okt_spans_are_slices_of_any_text(text: str) -> None:
    check(text, morphemes.analyse(text))


def test_a_word_without_spaces_does_not_hang_okt() -> None:
    text = "재밌다 " + "가나다라" * 300 + " 최고"
    analysis = morphemes.analyse(text)
    check(text, analysis)
    assert any(len(item.text) > 1000 for item in analysis.morphemes)


def test_a_long_text_is_cut_by_rules_and_says_so() -> None:
    analysis = morphemes.analyse("정말 좋은 영화 " * 1000)
    assert analysis.tokenizer == morphemes.RULES
    assert analysis.reason is not None and "길어" in analysis.reason.ko
    assert len(analysis.morphemes) == 3000


def test_without_a_jvm_rules_answer_and_say_so() -> None:
    code = (
        "from engine.text import morphemes; from engine import reviews\n"
        "a = morphemes.analyse('영화가 정말 재미있어요')\n"
        "print(a.tokenizer, a.reason.en, [(m.text, m.kind) for m in a.morphemes])\n"
        "r = reviews.predict('영화가 정말 재미있어요')\n"
        "print(r.label, r.tokenizer, len(r.evidence) > 0, len(r.warnings))\n"
    )
    env = {**os.environ, "MAUMGYEOL_JVM": "/no/such/jvm", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first.startswith(morphemes.RULES) and "cannot start" in first
    assert "('영화', '어절'), ('가', '조사'), ('정말', '어절')" in first
    assert second == f"긍정 {morphemes.RULES} True 1"


def test_importing_starts_no_jvm() -> None:
    code = "import sys; from engine.text import morphemes; print('jpype' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_program_whose_worker_started_okt_still_ends() -> None:
    code = (
        "import threading\n"
        "from engine.text import morphemes\n"
        "worker = threading.Thread(target=morphemes.warm_up)\n"
        "worker.start()\n"
        "worker.join()\n"
        "print(morphemes.ready())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, b"True")
