"""The house itself: licence, model cards, the checkout's size, documents that stay true."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools import ROOT, cli
from engine.models import manifest

FOLDERS = ("engine", "desktop", "training", "devtools")

MARKS = {"0.992"}
"""Figures in the readme that are aims, not measurements."""

READMES = ("README.md", "README.ko.md")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> Iterator[Path]:
    """Yield the files that git would deliver; skip where this is no checkout."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    yield from (ROOT / name for name in done.stdout.split("\0") if name)


# --- licence ---------------------------------------------------------------------------


def test_the_licence_is_stated_once_and_carried_whole() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("name", READMES)
def test_readmes_name_the_licence(name: str) -> None:
    assert "AGPL-3.0-or-later" in (ROOT / name).read_text(encoding="utf-8")


# --- models ----------------------------------------------------------------------------


def shipped() -> list[manifest.ModelEntry]:
    return list(manifest.read(ROOT / "models" / "manifest.toml").values())


def test_every_model_has_a_card_with_licence_and_command() -> None:
    for entry in shipped():
        card = ROOT / "models" / "cards" / f"{entry.name}.md"
        assert card.exists(), f"{entry.name} has no card"
        text = card.read_text(encoding="utf-8")
        assert entry.licence.split()[0] in text, f"{card.name} does not name {entry.licence}"
        assert text.startswith(f"# {entry.label}\n"), f"{card.name} is of another version"
        assert len(text) > 400, f"{card.name} says too little"


def test_every_model_file_is_what_the_manifest_promises() -> None:
    for entry in shipped():
        for item in entry.files:
            path = ROOT / "models" / entry.folder / item.file
            if not path.exists() and any(s.kind != "models" for s in entry.sources):
                continue  # fetched into the cache at installation
            assert path.stat().st_size == item.bytes, relative(path)
            assert manifest.sha256(path) == item.sha256, relative(path)


def test_nothing_lies_in_models_that_the_manifest_does_not_know() -> None:
    known = {f"models/{e.folder}/{f.file}".replace("//", "/") for e in shipped() for f in e.files}
    found = {relative(path) for path in tracked() if relative(path).startswith("models/")}
    loose = {name for name in found - known if not name.endswith((".md", "manifest.toml"))}
    assert not loose


# --- sizes -----------------------------------------------------------------------------


def test_the_checkout_stays_small() -> None:
    sizes = {relative(path): path.stat().st_size for path in tracked() if path.is_file()}
    models = sum(size for name, size in sizes.items() if name.startswith("models/"))
    assert models < 60e6, f"models weigh {models / 1e6:.0f} MB"
    heavy = {name: size for name, size in sizes.items() if size > 30e6}
    assert not heavy
    others = {n: s for n, s in sizes.items() if s > 1e6 and not n.startswith("models/")}
    assert not others, "large files outside models/"


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        relative(path)
        for path in sources(*FOLDERS)
        if (text := path.read_text("utf-8")).strip() and not ast.get_docstring(ast.parse(text))
    ]
    assert not silent


def test_every_folder_of_modules_is_a_package() -> None:
    """Else PyInstaller and import-linter pass it over without a word."""
    folders = {path.parent for path in sources(*FOLDERS)}
    assert not [relative(path) for path in folders if not (path / "__init__.py").exists()]


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    home = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/|[A-Z]:\\Users\\")
    suspects = (".py", ".md", ".toml", ".txt", ".spec", ".json", ".qss", ".ts")
    guilty = [
        relative(path)
        for path in tracked()
        if path.suffix in suspects and path.is_file() and home.search(path.read_text("utf-8"))
    ]
    assert not [name for name in guilty if name != relative(Path(__file__))]


# --- documents -------------------------------------------------------------------------


def commands(name: str) -> list[str]:
    """Return the command lines in the fenced blocks of a document."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", text, re.M | re.S)
    lines = [line.split(" # ")[0].strip() for line in "\n".join(blocks).split("\n")]
    return [line.removeprefix("$ ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", READMES)
def test_commands_in_the_readme_exist(name: str) -> None:
    lines = commands(name)
    assert any(line.endswith("dev.py run") for line in lines)
    for line in lines:
        if found := re.search(r"dev\.py (\w+)", line):
            assert found[1] in cli.COMMANDS, line
        if found := re.search(r"-m ((?:training|engine|desktop)[\w.]*)", line):
            assert importlib.util.find_spec(found[1]), line


@pytest.mark.parametrize("name", READMES)
def test_figures_in_the_readme_are_those_of_the_cards(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[[^\]]+\]\((models/cards/[\w-]+\.md)\)(.*)$", text, re.M)
    assert len(rows) >= 6
    for card, row in rows:
        known = (ROOT / card).read_text(encoding="utf-8")
        figures = set(re.findall(r"\b0\.\d{3,}", row))
        assert not {figure for figure in figures if figure not in known} - MARKS, row


@pytest.mark.parametrize("name", [*READMES, "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    dead = [t for t in targets if "://" not in t and not (ROOT / t).exists()]
    assert not dead


def test_the_changelog_knows_this_version() -> None:
    import engine

    assert f"## {engine.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_ci_calls_the_one_script() -> None:
    run = ROOT / ".ci" / "run"
    assert "dev.py test" in run.read_text(encoding="utf-8")
    assert sys.platform == "win32" or run.stat().st_mode & 0o111


def with_examples() -> list[str]:
    names = [p for p in sources(*FOLDERS) if re.search(r"^\s*>>> ", p.read_text("utf-8"), re.M)]
    return [relative(path).removesuffix(".py").replace("/", ".") for path in names]


@pytest.mark.parametrize("name", with_examples())
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(name.removesuffix(".__init__"))
    lazy = {public: getattr(module, public) for public in getattr(module, "__all__", ())}
    assert not doctest.testmod(module, extraglobs=lazy).failed
