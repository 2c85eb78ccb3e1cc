"""The model manager with a local server: downloaded, stopped, gone on with, verified, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.shell.dialogs.models import ModelsDialog
from desktop.shell.window import MainWindow
from engine.core import paths
from engine.models import downloads, manifest, store
from tests.desktop.window_kit import press
from tests.engine.download_server import Site, archive, lacking, offered

NAME, SECONDS = "objects-oiv7-n", 30_000


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return the server that has the one download of the list."""
    with offered(monkeypatch) as made:
        yield made


@pytest.fixture
def dialog(qtbot: QtBot, context: AppContext, site: Site) -> Iterator[ModelsDialog]:
    """Return the dialog, shown, with the download chosen."""
    made = ModelsDialog(context)
    qtbot.addWidget(made)
    made.show()
    made.list.choose(NAME)
    yield made
    site.go.set()
    made.close()


def button(dialog: ModelsDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def click(qtbot: QtBot, dialog: ModelsDialog, name: str) -> None:
    assert button(dialog, name).isVisible(), name
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def told(qtbot: QtBot, dialog: ModelsDialog, kind: str, words: str) -> None:
    """Wait for a banner."""
    qtbot.waitUntil(lambda: words in dialog.banner.text(), timeout=SECONDS)
    assert dialog.banner.kind == kind


def accept(qtbot: QtBot, dialog: ModelsDialog) -> None:
    """Press the button of the banner."""
    (start,) = [b for b in dialog.banner.findChildren(QPushButton) if b.text() == "받기 시작"]
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)


def fact(dialog: ModelsDialog, key: str) -> str:
    found = dialog.findChild(QLabel, f"modelFact-{key}")
    assert found is not None
    return found.toolTip()


def test_every_model_shows_its_facts_and_card(dialog: ModelsDialog, site: Site) -> None:
    card = dialog.findChild(QTextBrowser, "modelCard")
    assert card is not None
    for name, entry in manifest.entries().items():
        dialog.list.choose(name)
        assert dialog.list.current == name
        assert (fact(dialog, "version"), fact(dialog, "licence")) == (entry.version, entry.licence)
        assert fact(dialog, "size") == f"{entry.bytes / 1e6:.1f} MB"
        assert str(paths.models_dir()) in fact(dialog, "place")
        assert name in card.toPlainText()
        assert button(dialog, "modelVerify").isVisible()
        assert not button(dialog, "modelGet").isVisible()
    assert site.requests == []


def test_the_size_is_asked_shown_and_then_the_model_arrives(
    qtbot: QtBot, dialog: ModelsDialog, site: Site
) -> None:
    assert "받기를 누르면" in fact(dialog, "size")
    assert "사진과 글은 보내지 않아요" in dialog.findChild(QLabel, "modelSent").text()
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "info", "0.7 MB")
    assert len(site.requests) == 1 and downloads.state(downloads.entry(NAME)).place is None
    accept(qtbot, dialog)
    told(qtbot, dialog, "success", NAME)
    record = downloads.state(downloads.entry(NAME)).record
    assert record is not None and fact(dialog, "sha") == record.sha256
    assert "이상 없음" in fact(dialog, "state")
    assert not button(dialog, "modelGet").isVisible()
    click(qtbot, dialog, "modelVerify")
    told(qtbot, dialog, "success", "1개를 확인")
    Path(fact(dialog, "place")).write_bytes(b"x")
    click(qtbot, dialog, "modelVerify")
    told(qtbot, dialog, "error", "받았을 때와 달라요")


def test_a_download_is_stopped_and_gone_on_with(
    qtbot: QtBot, dialog: ModelsDialog, site: Site
) -> None:
    site.hold_at = 400_000
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "info", "0.7 MB")
    accept(qtbot, dialog)
    item = downloads.entry(NAME)
    qtbot.waitUntil(lambda: downloads.state(item).part > 0, timeout=SECONDS)
    assert dialog.job_bar.isVisible() and not button(dialog, "modelsVerifyAll").isEnabled()
    click(qtbot, dialog, "modelStop")
    site.go.set()
    told(qtbot, dialog, "info", "이어 받기")
    assert "까지 받았어요" in fact(dialog, "state")
    assert button(dialog, "modelGet").text() == "이어 받기"
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "success", NAME)
    assert site.requests[-1]["Range"].startswith("bytes=")
    assert downloads.path(NAME).read_bytes() == site.content


def test_a_model_is_removed_and_another_file_refused_until_forgotten(
    qtbot: QtBot, dialog: ModelsDialog, site: Site
) -> None:
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "info", "0.7 MB")
    accept(qtbot, dialog)
    told(qtbot, dialog, "success", NAME)
    click(qtbot, dialog, "modelRemove")
    told(qtbot, dialog, "success", "지웠어요")
    assert fact(dialog, "state") == "아직 받지 않았어요"
    site.content = archive(3)
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "info", "0.7 MB")
    accept(qtbot, dialog)
    told(qtbot, dialog, "error", "처음 받았을 때와 달라요")
    click(qtbot, dialog, "modelForget")
    told(qtbot, dialog, "success", "기록을 지웠어요")
    assert not button(dialog, "modelForget").isVisible()


def test_a_server_that_fails_is_a_sentence(qtbot: QtBot, dialog: ModelsDialog, site: Site) -> None:
    site.status = 404
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "error", "HTTP 404")
    assert not dialog.job_bar.isVisible() and button(dialog, "modelGet").isVisible()


def test_all_models_are_verified(qtbot: QtBot, dialog: ModelsDialog) -> None:
    click(qtbot, dialog, "modelsVerifyAll")
    told(qtbot, dialog, "success", f"{len(manifest.entries())}개를 확인")
    dialog.list.choose("digits-cnn")
    assert "이상 없음" in fact(dialog, "state")


def test_a_damaged_model_is_named(qtbot: QtBot, dialog: ModelsDialog, text_models: Path) -> None:
    with (text_models / "reviews-ngram.npz").open("r+b") as stream:
        stream.write(b"!")
    dialog.list.choose("reviews-ngram")
    click(qtbot, dialog, "modelVerify")
    told(qtbot, dialog, "error", "reviews-ngram")
    store.forget()


def test_the_menu_opens_one_manager(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "Ctrl+M")
    press(qtbot, window, "Ctrl+M")
    found = window.findChildren(ModelsDialog)
    assert len(found) == 1 and found[0].isVisible()
    found[0].close()


def test_a_lost_model_of_the_program_comes_back_by_a_press(
    qtbot: QtBot,
    context: AppContext,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking(monkeypatch, tmp_path, site)
    dialog = ModelsDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.list.choose("lost")
    sent = dialog.findChild(QLabel, "modelSent")
    assert sent is not None and sent.isVisible() and "127.0.0.1" in sent.text()
    assert fact(dialog, "state") == "파일이 없어요" and site.requests == []
    click(qtbot, dialog, "modelGet")
    told(qtbot, dialog, "success", "lost 모델을 받았어요")
    assert store.path("lost").read_bytes() == site.content
    assert not button(dialog, "modelGet").isVisible() and not sent.isVisible()
