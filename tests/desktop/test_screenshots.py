"""Each tab photographed with a real result, from the real window, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop import theme as palette
from tests import gallery

Pictures = dict[tuple[str, str], QImage]


@pytest.fixture(scope="module")
def pictures(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    """Play all scenes once, as ``python -m tests.gallery`` does for the readme."""
    out = tmp_path_factory.mktemp("screenshots")
    files = gallery.take(qapp, out, list(gallery.SCENES))
    assert len(files) == len(gallery.SCENES) * len(gallery.THEMES)
    taken = {}
    for file in files:
        tab, _, theme = file.stem.rpartition("-")
        taken[tab, theme] = QImage(str(file))
    return taken


def colours(image: QImage) -> dict[str, int]:
    """Count the colours of every fourth pixel."""
    found: dict[str, int] = {}
    for y in range(0, image.height(), 4):
        for x in range(0, image.width(), 4):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


@pytest.mark.parametrize("tab", list(gallery.SCENES))
def test_each_tab_shows_its_result_in_both_themes(pictures: Pictures, tab: str) -> None:
    for theme, roles in (("light", palette.LIGHT), ("dark", palette.DARK)):
        image = pictures[tab, theme]
        assert (image.width(), image.height()) == gallery.SIZE
        found = colours(image)
        assert len(found) > 30
        for role in ("background", "surface", "text", "accent"):
            assert roles[role].lower() in found, (tab, theme, role)
    assert pictures[tab, "light"] != pictures[tab, "dark"]


def test_every_tab_looks_different(pictures: Pictures) -> None:
    tabs = list(gallery.SCENES)
    for index, tab in enumerate(tabs):
        for other in tabs[index + 1 :]:
            assert pictures[tab, "light"] != pictures[other, "light"]


def test_the_user_s_own_data_are_left_alone(
    pictures: Pictures, data_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert os.environ["MAUMGYEOL_DATA"] == str(data_env)
    assert not data_env.exists()
