"""Settings: typed, kept, and harmless when the file is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import settings as keys
from desktop.settings import Settings


def test_values_survive_in_the_data_folder(data_env: Path) -> None:
    first = Settings()
    first.set(keys.THEME, "dark")
    first.set(keys.ZOOM, 1.25)
    assert (data_env / "settings.json").is_file()
    again = Settings()
    assert again.get(keys.THEME) == "dark" and again.get(keys.ZOOM) == 1.25
    assert again.problem is None


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2]", '{"theme": 3, "zoom": "big", "language": "fr"}']
)
def test_a_damaged_file_gives_defaults(data_env: Path, text: str) -> None:
    data_env.mkdir()
    (data_env / "settings.json").write_text(text, encoding="utf-8")
    settings = Settings()
    assert settings.get(keys.THEME) == "system"
    assert settings.get(keys.ZOOM) == 1.0
    assert settings.get(keys.LANGUAGE) == "ko"
    settings.set(keys.THEME, "light")
    assert Settings().get(keys.THEME) == "light"


def test_an_unreadable_file_is_told(data_env: Path) -> None:
    data_env.mkdir()
    (data_env / "settings.json").write_bytes(b"\xff\xfe\x00{")
    problem = Settings().problem
    assert problem is not None and "settings.json" in problem.en


def test_a_folder_that_cannot_be_written_keeps_values_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "a-file"
    blocker.write_text("in the way")
    monkeypatch.setenv("MAUMGYEOL_DATA", str(blocker / "data"))
    settings = Settings()
    assert settings.problem is not None
    settings.set(keys.THEME, "dark")
    assert settings.get(keys.THEME) == "dark"


def test_a_whole_number_is_a_fine_zoom(data_env: Path) -> None:
    data_env.mkdir()
    (data_env / "settings.json").write_text('{"zoom": 2}', encoding="utf-8")
    assert Settings().get(keys.ZOOM) == 2.0


def test_every_key_is_named_once() -> None:
    names = [value.name for value in vars(keys).values() if isinstance(value, keys.Key)]
    assert len(names) == len(set(names)) >= 8
