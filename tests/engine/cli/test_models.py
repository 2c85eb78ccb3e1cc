"""``maumgyeol models``: listed, downloaded, verified and removed without a window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.app import main as program
from engine.core import paths
from engine.models import inventory, manifest, store
from tests.engine.comments_drawings import stop_sign
from tests.engine.download_server import Site, archive, lacking, offered

NAME = "objects-oiv7-n"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return the server that has the one download of the list."""
    with offered(monkeypatch) as made:
        yield made


def test_every_model_is_listed_with_its_licence_and_place(
    site: Site, data_env: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["models"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == [*manifest.entries(), NAME]
    assert rows[-1][2:] == ["AGPL-3.0", "about 0.7 MB", "not downloaded"]
    assert program.main(["models", "list", "--json"]) == 0
    plain = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all({"version", "task", "bytes", "sha256"} <= set(row) for row in plain)
    assert site.requests == [] and not data_env.exists()


def test_download_verify_and_remove(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["models", "download", NAME]) == 0
    out, err = capsys.readouterr()
    assert "sha256" in out and "No photo" in err
    assert program.main(["models", "download", NAME]) == 0
    assert "here already" in capsys.readouterr().out
    assert len(site.requests) == 1
    assert program.main(["models", "verify", NAME]) == 0
    (paths.data_place() / "downloads" / "n.pt").write_bytes(b"x")
    assert program.main(["models", "verify", NAME]) == 1
    assert "not what was downloaded" in capsys.readouterr().err
    assert program.main(["models", "remove", NAME]) == 0
    assert "removed" in capsys.readouterr().out
    assert program.main(["models", "remove", NAME]) == 0
    assert "nothing to remove" in capsys.readouterr().out
    site.content = archive(5)
    assert program.main(["models", "download", NAME]) == 1
    assert "first download" in capsys.readouterr().err
    assert program.main(["models", "remove", NAME, "--forget"]) == 0
    assert program.main(["models", "download", NAME]) == 0


def test_a_lost_model_of_the_program_is_downloaded_when_asked_for(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lacking(monkeypatch, tmp_path, site)
    assert program.main(["models", "list"]) == 0
    assert "\tmissing" in capsys.readouterr().out
    assert site.requests == []
    assert program.main(["models", "download", "lost"]) == 0
    said = capsys.readouterr()
    assert "127.0.0.1" in said.err and str(store.path("lost")) in said.out
    assert store.path("lost").read_bytes() == site.content
    assert program.main(["models", "verify", "lost"]) == 0


@pytest.mark.parametrize("step", ["download", "remove", "verify"])
def test_an_unknown_name_is_told(site: Site, step: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["models", step, "none-such"]) == 1
    assert "none-such" in capsys.readouterr().err


def test_a_broken_download_is_told_and_resumed(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.cut_at = 300_000
    assert program.main(["models", "download", NAME]) == 1
    assert "broke" in capsys.readouterr().err
    site.cut_at = None
    assert program.main(["models", "download", NAME]) == 0
    assert site.requests[-1]["Range"] == "bytes=300000-"


def test_damaged_and_missing_models_are_found(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "models"
    (folder / "digits-cnn").mkdir(parents=True)
    shutil.copy(paths.models_dir() / "manifest.toml", folder)
    for item in (paths.models_dir() / "digits-cnn").iterdir():
        shutil.copy(item, folder / "digits-cnn")
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(folder))
    store.forget()
    assert program.main(["models", "verify", "digits-cnn"]) == 0
    with (folder / "digits-cnn" / "head.npz").open("r+b") as stream:
        stream.write(b"!")
    assert program.main(["models", "verify"]) == 1
    said = capsys.readouterr().err
    assert "digits-cnn' is corrupt" in said and "reviews-ngram' is missing" in said
    places = {item.name: item.place for item in inventory.packaged()}
    assert places["digits-cnn"] == folder / "digits-cnn" and places["reviews-ngram"] is None
    store.forget()


def test_cards_are_found_by_name() -> None:
    assert inventory.card("objects-coco").startswith("# objects-coco")
    assert inventory.card(NAME).startswith("# objects-oiv7")
    assert inventory.card("none-such") == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--detector", "none-such"], "no detector 'none-such'"),
        (["--detector", NAME], "was not downloaded"),
        (["--threshold", "7"], "between 0 and 1"),
        (["--classes", "고양이,유니콘"], "유니콘"),
    ],
)
def test_predict_says_what_is_wrong_with_the_detection(
    site: Site, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    face = str(paths.resources_dir() / "samples" / "face.jpg")
    assert program.main(["predict", "comment", face, *options]) == 1
    assert said in capsys.readouterr().err
    assert site.requests == []


def test_predict_looks_only_for_what_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(stop_sign()[:, :, ::-1]).save(tmp_path / "sign.png")
    photo = str(tmp_path / "sign.png")
    assert program.main(["predict", "comment", photo, "--json", "--classes", "stop sign"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"정지 표지판": 1}
    assert program.main(["predict", "comment", photo, "--json", "--classes", "고양이"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {}
