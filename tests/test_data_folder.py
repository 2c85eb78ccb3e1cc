"""A data folder that an earlier version wrote opens with everything in it.

``tests/data/data-folder-0.1.0.zip`` was written by the program as it stood before its modules were
moved and before state files had versions: answers, corrections, a personal model, a batch,
a session, taught answers, choices of comments, settings.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import settings
from desktop.app.context import AppContext
from desktop.shell.window import MainWindow
from desktop.tabs.digits.tab import DigitsTab
from devtools import ROOT
from engine import digits
from engine.chat.taught import Personal
from engine.comments import taste
from engine.core.library import Library
from engine.core.state import take_news
from engine.faces.sessions import repository as session_shelf
from engine.learning import versions
from engine.reviews.batch import Outcome
from engine.reviews.batch import repository as stores
from tests.engine.labelled_sets import sign


@pytest.fixture
def old(data_env: Path) -> Path:
    """Return the user's data folder, as the earlier version left it."""
    with zipfile.ZipFile(ROOT / "tests" / "data" / "data-folder-0.1.0.zip") as archive:
        archive.extractall(data_env)
    return data_env


def test_answers_and_corrections_are_there(old: Path) -> None:
    library = Library()
    assert [row.domain for row in library.history()] == ["emotions", "reviews"]
    assert [row.domain for row in library.corrections()] == ["digits"] * 6 + ["reviews"]
    assert library.corrections("reviews")[0].payload.decode() == "정말 재미가 없지 않아요"
    library.close()


def test_the_personal_model_answers(old: Path) -> None:
    assert versions.active_version("digits") == 1
    assert [report.corrections for report in versions.versions("digits")] == [6]
    result = digits.predict(sign(0))
    assert result.probabilities[4] > 0.5 and "1" in result.model


def test_batch_session_taught_answers_and_choices_open(old: Path) -> None:
    (place,) = stores.stores_dir().glob("*/rows.sqlite3")
    outcome = Outcome(place.parent)
    assert outcome.finished and len(outcome) == 40
    (session,) = session_shelf.sessions()
    assert session.about.finished and len(session_shelf.load(session.about.id).rows) > 100
    assert [pair.answer for pair in Personal().pairs] == ["반가워요, 친구!"]
    assert taste.count() == 1


def test_the_window_starts_with_the_settings_and_tells_of_no_damage(
    old: Path, qtbot: QtBot, context: AppContext
) -> None:
    assert context.settings.get(settings.REVIEW_VERDICTS) == 3
    assert context.language == "en"
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert not window.banner.isVisible() and take_news() == []
    qtbot.waitUntil(lambda: window.findChild(DigitsTab) is not None)  # what was open last
    window.close()
