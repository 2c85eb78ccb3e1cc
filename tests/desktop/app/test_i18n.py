"""Every sentence of the window exists in English, and the compiled file is up to date."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from devtools import ROOT
from engine.core import paths

FOLDER = paths.resources_dir() / "translations"
TS = FOLDER / "maumgyeol_en.ts"
HANGUL = re.compile("[가-힣]")
EXAMPLE = "e.g."
"""Beside it an English sentence may show Korean: an example of what to type."""

Messages = dict[tuple[str, str], str]


def messages(path: Path) -> Messages:
    """Return the finished translations of a .ts file by context and source."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            done = translation.get("type") != "unfinished" and translation.text
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = translation.text or "" if done else ""
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} comes with PySide6-Essentials"
    return found


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Messages:
    """Return what stands in the code now, read by Qt's own tool."""
    made = tmp_path_factory.mktemp("ts") / "now.ts"
    files = sorted(str(path) for path in (ROOT / "desktop").rglob("*.py"))
    command = [tool("pyside6-lupdate"), "-locations", "none", *files, "-ts", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return messages(made)


def test_every_sentence_has_an_english_translation(sources: Messages) -> None:
    english = messages(TS)
    missing = sorted(key for key in sources if not english.get(key))
    assert missing == []


def test_no_translation_is_left_over(sources: Messages) -> None:
    assert sorted(messages(TS).keys() - sources.keys()) == []


def test_translations_keep_the_fields_and_are_english() -> None:
    for (context, source), text in messages(TS).items():
        if not text:
            continue
        assert fields(source) == fields(text), (context, source)
        assert source.count("\n") == text.count("\n"), (context, source)
        if EXAMPLE not in text:
            assert not HANGUL.search(text), (context, text)


def test_the_compiled_file_says_what_the_source_says() -> None:
    translator = QTranslator()
    assert translator.load("maumgyeol_en", str(FOLDER))
    for (context, source), text in messages(TS).items():
        assert translator.translate(context, source) == text, (context, source)


def test_sentences_are_said_in_literals_that_the_tool_can_read() -> None:
    """A tr() of a variable would never reach the translator."""
    for path in (ROOT / "desktop").rglob("*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            call = re.search(r"\.tr\(\s*([^\"'\s)])", line)
            assert call is None or path.name == "i18n.py", f"{path.name}:{number}"


def test_english_is_installed_and_taken_away(qapp: QCoreApplication) -> None:
    from desktop.app import i18n

    i18n.install(qapp, "en")
    try:
        assert QCoreApplication.translate("tabs", "리뷰 감성") == "Reviews"
    finally:
        i18n.install(qapp, "ko")
    assert QCoreApplication.translate("tabs", "리뷰 감성") == "리뷰 감성"


def test_qt_s_own_dialogs_speak_korean(qapp: QCoreApplication) -> None:
    from desktop.app import i18n

    i18n.install_qt(qapp, "ko")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    assert QLocale().language() == QLocale.Language.Korean
