"""Every command of training that a card, README or docstring names exists and explains itself."""

from __future__ import annotations

import re

import pytest

from devtools import ROOT
from training import __main__ as commands
from training.evaluate.__main__ import main as evaluate

WHERE = ("models/cards/*.md", "README*.md", "docs/*.md", "training/**/*.py", "engine/**/*.py")


def named() -> set[str]:
    """Return the first word behind each ``-m training`` of the documents."""
    texts = (path.read_text("utf-8") for where in WHERE for path in ROOT.glob(where))
    return {task for text in texts for task in re.findall(r"-m training ([a-z][\w-]*)", text)}


def test_every_task_that_is_named_exists() -> None:
    assert len(named()) >= 10
    assert named() <= set(commands.TASKS)
    texts = [path.read_text("utf-8") for where in WHERE for path in ROOT.glob(where)]
    modules = {name for text in texts for name in re.findall(r"-m (training\.[\w.]+)", text)}
    assert modules == {"training.evaluate"}


@pytest.mark.parametrize("task", list(commands.TASKS))
def test_every_task_explains_itself(task: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.main([task, "--help"])
    assert ended.value.code == 0
    assert f"python -m training {task}" in capsys.readouterr().out


def test_the_evaluation_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        evaluate(["--help"])
    assert ended.value.code == 0 and "--data" in capsys.readouterr().out


def test_no_task_and_a_wrong_one_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([]) == 2 and commands.main(["poetry"]) == 2
    assert commands.main(["--help"]) == 0
    assert "digits" in capsys.readouterr().out
