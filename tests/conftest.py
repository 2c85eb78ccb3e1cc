"""Fixtures that every test shares: an isolated data folder and a quiet, offscreen Qt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from engine.core import state

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GLOG_minloglevel", "2")

# Times belong to the benchmark; a slow machine must not fail a property.
settings.register_profile("maumgyeol", deadline=None, derandomize=True)
settings.load_profile("maumgyeol")

if TYPE_CHECKING:
    from desktop.app.context import AppContext


@pytest.fixture(autouse=True)
def data_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test data and cache folders of its own and return the data folder."""
    data = tmp_path / "user-data"
    monkeypatch.setenv("MAUMGYEOL_DATA", str(data))
    monkeypatch.setenv("MAUMGYEOL_CACHE", str(tmp_path / "user-cache"))
    monkeypatch.setenv("MAUMGYEOL_MLFLOW", "off")
    state.forget_news()
    return data


@pytest.fixture
def context(qtbot: object, data_env: Path) -> Iterator[AppContext]:
    """Return a real application context on a temporary library."""
    from desktop.app.context import make_context

    made = make_context()
    yield made
    made.close()
