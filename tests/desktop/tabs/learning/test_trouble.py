"""The learning tab when a model, a version or the data folder is damaged or missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.learning.tab import LearningTab
from engine import digits
from engine.core import paths
from engine.core.library import Correction
from engine.learning import trainer
from engine.models import store
from tests.desktop.learning_kit import (
    add_signs,
    retrain,
    rows,
)
from tests.engine.digit_drawings import drawn


@pytest.fixture
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a models folder in which the digit network's file is missing."""
    copy = tmp_path / "models"
    copy.mkdir()
    shutil.copy(paths.models_dir() / "manifest.toml", copy)
    shutil.copytree(paths.models_dir() / "digits-cnn", copy / "digits-cnn")
    (copy / "digits-cnn" / "digits.onnx").unlink()
    yield copy
    store.forget()


def test_a_missing_model_is_told(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext, no_network: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    add_signs(context)
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(no_network))
    store.forget()
    learning_tab.select("digits")
    learning_tab.reload()
    retrain(qtbot, learning_tab)
    assert "digits-cnn" in learning_tab.banner.text() and learning_tab.banner.kind == "error"
    (no_network / "manifest.toml").write_text("")
    learning_tab.reload()
    assert "digits-cnn" in learning_tab.banner.text() and len(rows(learning_tab)) == 3


def test_a_damaged_version_is_told_with_the_way_out(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext, data_env: Path
) -> None:
    add_signs(context)
    learning_tab.select("digits")
    learning_tab.reload()
    retrain(qtbot, learning_tab)
    (data_env / "personal" / "digits" / "v1" / "head.npz").write_bytes(b"PK")
    learning_tab.reload()
    assert "손상된 개인 모델 대신 기본 모델이 답해요" in learning_tab.banner.text()
    assert digits.predict(drawn("5")).model == "digits-cnn 1.0 (개인 1 손상)"
    qtbot.mouseClick(learning_tab.banner._button, Qt.MouseButton.LeftButton)
    assert (
        trainer.active_version("digits") is None
        and "기본 모델" in learning_tab._versions.now.text()
    )
    assert digits.predict(drawn("5")).model == "digits-cnn 1.0"


def test_a_data_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext, data_env: Path
) -> None:
    add_signs(context)
    (data_env / "personal").write_text("a file where the folder should be")
    learning_tab.select("digits")
    learning_tab.reload()
    retrain(qtbot, learning_tab)
    assert (
        "저장할 수 없어요" in learning_tab.banner.text()
        and "이전 모델" in learning_tab.banner.text()
    )
    assert digits.predict(drawn("5")).model == "digits-cnn 1.0"


def test_a_remembered_report_is_shown_again(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext
) -> None:
    add_signs(context)
    learning_tab.select("digits")
    learning_tab.reload()
    retrain(qtbot, learning_tab)
    (row,) = context.library.history("learning")
    learning_tab.select("faces")
    learning_tab.show_history(row)
    assert learning_tab.domain.key == "digits" and learning_tab._report.isVisible()
    learning_tab.show_history(type(row)(row.id, row.created, "learning", "odd", {}))
    assert "읽을 수 없어요" in learning_tab.banner.text()


def test_a_version_of_an_older_model_is_marked(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext, data_env: Path
) -> None:
    add_signs(context)
    learning_tab.select("digits")
    learning_tab.reload()
    retrain(qtbot, learning_tab)
    path = data_env / "personal" / "digits" / "v1" / "report.json"
    path.write_text(path.read_text("utf-8").replace('"base": "', '"base": "0'), "utf-8")
    learning_tab.reload()
    assert "예전" in rows(learning_tab, "learningVersions")[1]
    assert learning_tab._versions.now.text() == "digits-cnn 1.0 · 기본 모델"


def test_long_texts_are_shortened(learning_tab: LearningTab) -> None:
    row = Correction(
        1,
        "2026-01-01T00:00:00+00:00",
        "reviews",
        ("가" * 100_000).encode(),
        "긍정",
        "부정",
        "m",
        None,
    )
    learning_tab._corrections.show_corrections([row], set())
    assert len(rows(learning_tab)[0]) < 300
