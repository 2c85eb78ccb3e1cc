"""Settings: typed, kept, and harmless when the file is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app import settings as keys
from desktop.app.settings import Settings
from engine.core import state


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


@pytest.mark.parametrize("content", [b"\xff\xfe\x00{", b"", b"[1]", b"[" * 100_000, b"7", b"{}{"])
def test_a_damaged_file_is_set_aside_and_told(data_env: Path, content: bytes) -> None:
    data_env.mkdir()
    (data_env / "settings.json").write_bytes(content)
    assert Settings().get(keys.THEME) == "system"
    (news,) = state.take_news()
    (aside,) = data_env.glob("settings.json.damaged-*")
    assert aside.name in news.en and "설정" in news.ko and aside.read_bytes() == content
    assert Settings().problem is None and state.take_news() == []


def test_two_windows_keep_what_each_has_set(data_env: Path) -> None:
    first, second = Settings(), Settings()
    first.set(keys.THEME, "dark")
    second.set(keys.ZOOM, 1.25)
    again = Settings()
    assert (again.get(keys.THEME), again.get(keys.ZOOM)) == ("dark", 1.25)


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
