"""Learning from corrections: adopted only if better, undone, cancelled, damaged, outdated."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from engine.core import files, state
from engine.core.errors import InputError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.core.library import Library
from engine.learning import trainer
from engine.learning import trainer as learning
from engine.learning.linear_head import LinearHead
from engine.learning.report import fingerprint
from tests.engine.damage import damages
from training.common.register import register

LABELS = ("a", "b", "c")


class Points:
    """A small real domain: points in the plane, a linear head over three classes."""

    domain = "points"
    labels = LABELS
    model = "points-head"

    def base_head(self) -> LinearHead:
        weights = np.array([[4, 0, 0], [0, 4, 0], [-3, -3, 0]], np.float32)
        return LinearHead(weights, np.zeros(3, np.float32))

    def anchors(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        rng = np.random.default_rng(0)
        labels = np.repeat(np.arange(3), 40)
        centres = np.array([[1, 0, 0], [0, 1, 0], [-1, -1, 0]])
        return (centres[labels] + rng.normal(0, 0.1, (120, 3))).astype(np.float32), labels

    def embed(self, payloads: Sequence[bytes]) -> npt.NDArray[np.float32]:
        return np.stack([np.frombuffer(payload, np.float32) for payload in payloads])


@pytest.fixture
def points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Points:
    models = tmp_path / "models"
    models.mkdir()
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(models))
    _ship(models, b"first release")
    return Points()


@pytest.fixture
def library() -> Iterator[Library]:
    made = Library()
    yield made
    made.close()


def _ship(models: Path, content: bytes) -> None:
    (models / "head.bin").write_bytes(content)
    register(models, "points-head", version="1", task="t", licence="l", files=["head.bin"])


def _correct(library: Library, point: tuple[float, float, float], label: str) -> int:
    payload = np.array(point, np.float32).tobytes()
    return library.add_correction("points", payload, "a", label, "points-head 1")


def _three(library: Library) -> list[int]:
    """Points a little to one side that the shipped head calls a and the user calls c."""
    return [_correct(library, (0.5, 0.1, 1.0 + 0.05 * i), "c") for i in range(3)]


def test_learns_adopts_and_answers(points: Points, library: Library) -> None:
    _correct(library, (0.2, 0.0, 0.5), "not a label")
    _three(library)
    shares: list[float | None] = []
    report = learning.retrain(points, library, Progress(lambda part, _: shares.append(part)))
    assert report.adopted and report.version == 1 and report.corrections == 3
    assert report.corrections_fitted == 1.0 > report.corrections_before
    assert report.anchors_after >= report.anchors_before - learning.RETENTION_TOLERANCE
    head = learning.active_head("points")
    assert head is not None and learning.active_label("points") == "개인 1"
    features = points.embed([c.payload for c in library.corrections() if c.corrected == "c"])
    assert head.classes(features).tolist() == [2, 2, 2]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    assert learning.versions("points") == [report]


def test_too_few_corrections_say_so(points: Points, library: Library) -> None:
    with pytest.raises(InputError) as caught:
        learning.retrain(points, library, Progress())
    assert "0개" in caught.value.message.ko
    _correct(library, (0, 0, 1), "c")
    with pytest.raises(InputError, match="there are 1"):
        learning.retrain(points, library, Progress())
    assert learning.versions("points") == [] and learning.active_head("points") is None


def test_later_corrections_are_adopted_on_top_of_a_version_that_knows_the_others(
    points: Points, library: Library
) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    _correct(library, (0.0, 1.0, -1.0), "a")
    second = learning.retrain(points, library, Progress())
    assert second.adopted and second.version == 2
    assert second.corrections_before < second.corrections_fitted


def test_nothing_new_keeps_the_version_and_says_why(points: Points, library: Library) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    again = learning.retrain(points, library, Progress())
    assert not again.adopted and again.version is None
    assert "이미" in again.reason.ko
    assert learning.active_version("points") == 1


def test_a_deleted_correction_is_forgotten_by_the_next_training(
    points: Points, library: Library
) -> None:
    _three(library)
    wrong = _correct(library, (0.0, 1.0, -1.0), "a")
    learning.retrain(points, library, Progress())
    library.delete_correction(wrong)
    assert learning.retrain(points, library, Progress()).adopted
    head = learning.active_head("points")
    assert head is not None
    assert head.classes(np.array([[0.0, 1.0, -1.0]], np.float32)).tolist() == [1]


def test_corrections_against_the_anchors_are_refused(points: Points, library: Library) -> None:
    features, labels = points.anchors()
    for row, label in zip(features, labels, strict=True):
        wrong = LABELS[(label + 1) % 3]
        library.add_correction("points", row.tobytes(), LABELS[label], wrong, "m")
    report = learning.retrain(points, library, Progress())
    assert not report.adopted and "이전 모델을 그대로 써요" in report.reason.ko
    assert learning.active_head("points") is None


@pytest.mark.parametrize("noisy", [False, True])
def test_the_hardest_strength_that_keeps_what_was_known_is_taken(
    points: Points, library: Library, monkeypatch: pytest.MonkeyPatch, noisy: bool
) -> None:
    tried = []
    fit = trainer.linear_head.fit

    def counted(*args: object, **options: object) -> LinearHead:
        tried.append(options["prior"])
        return fit(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(trainer.linear_head, "fit", counted)
    _three(library)
    if noisy:
        for x in np.linspace(0.8, 1.2, 30):
            _correct(library, (float(x), 0.0, 0.0), "b")  # where the anchors say a
    report = learning.retrain(points, library, Progress())
    assert report.anchors_after >= report.anchors_before - learning.RETENTION_TOLERANCE
    assert (tried[0] < tried[-1]) == noisy


@pytest.mark.parametrize("stop_at", [0.0, 0.3, 0.72, 0.95])
def test_cancelled_training_changes_nothing(
    points: Points, library: Library, stop_at: float
) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    before = learning.active_head("points")
    _correct(library, (0.0, 1.0, -1.0), "a")

    def stop(part: float | None, _: object) -> None:
        if part is not None and part >= stop_at:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        learning.retrain(points, library, progress)
    assert learning.active_head("points") is before
    assert [r.version for r in learning.versions("points")] == [1]


def test_undo_goes_back_step_by_step_and_versions_stay(points: Points, library: Library) -> None:
    assert not learning.can_undo("points") and learning.undo("points") is None
    _three(library)
    learning.retrain(points, library, Progress())
    _correct(library, (0.0, 1.0, -1.0), "a")
    learning.retrain(points, library, Progress())
    assert learning.undo("points") == 1
    assert learning.undo("points") is None and learning.active_head("points") is None
    assert not learning.can_undo("points")
    assert [r.version for r in learning.versions("points")] == [1, 2]
    learning.use("points", 2)
    assert learning.active_label("points") == "개인 2"
    assert learning.undo("points") is None
    with pytest.raises(InputError, match="no version 9"):
        learning.use("points", 9)


def test_a_folder_that_cannot_be_written_keeps_the_old_model(
    points: Points, library: Library, data_env: Path
) -> None:
    _three(library)
    (data_env / "personal").write_text("a file where the folder should be")
    with pytest.raises(StorageError) as caught:
        learning.retrain(points, library, Progress())
    assert "이전 모델" in caught.value.message.ko
    assert learning.active_head("points") is None


def test_a_choice_that_cannot_be_noted_leaves_no_version(
    points: Points, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes, *, make_folder: bool = False) -> None:
        if path.name == "active.json":
            raise StorageError("자리가 없어요", "No space left on device")
        whole(path, content, make_folder=make_folder)

    _three(library)
    whole = files.write_whole
    monkeypatch.setattr(files, "write_whole", full)
    with pytest.raises(StorageError):
        learning.retrain(points, library, Progress())
    assert learning.versions("points") == [] and learning.active_head("points") is None


@pytest.mark.parametrize("broken", ["v1/head.npz", "v1/report.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04 no zip", b"[" * 100_000, None])
def test_the_shipped_head_answers_instead_of_a_damaged_version_and_that_is_told(
    points: Points, library: Library, data_env: Path, broken: str, content: bytes | None
) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    path = data_env / "personal" / "points" / broken
    path.unlink() if content is None else path.write_bytes(content)
    answers = learning.answering("points")
    assert answers.head is None and answers.version is None and answers.damaged == 1
    assert learning.active_head("points") is None and learning.active_label("points") is None
    assert learning.model_name("points 1.0", answers) == "points 1.0 (개인 1 손상)"
    (news,) = state.take_news()
    assert news == answers.problem and "기본 모델이 답해요" in news.ko
    assert "--use shipped" in news.en
    learning.use("points", None)
    assert learning.answering("points").problem is None
    assert learning.retrain(points, library, Progress()).version == 2


def test_a_damaged_choice_is_set_aside_and_versions_can_be_chosen_again(
    points: Points, library: Library, data_env: Path
) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    (data_env / "personal" / "points" / "active.json").write_text('{"chosen": [null, "1"')
    assert learning.active_head("points") is None and not learning.can_undo("points")
    (news,) = state.take_news()
    assert "the choice of personal models" in news.en and "active.json.damaged-" in news.ko
    learning.use("points", 1)
    assert learning.active_label("points") == "개인 1"


@pytest.mark.parametrize(
    "arrays",
    [
        {"weights": np.full((3, 2), np.nan, np.float32), "bias": np.zeros(3, np.float32)},
        {"weights": np.zeros((3, 2), np.float32), "bias": np.full(3, np.inf, np.float32)},
        {"weights": np.zeros((3, 5), np.float32), "bias": np.zeros(3, np.float32)},
        {"weights": np.zeros((2, 2), np.float32), "bias": np.zeros(2, np.float32)},
        {"weights": np.zeros((3, 2), np.float32), "bias": np.zeros(4, np.float32)},
        {"weights": np.zeros((3, 2), np.float64), "bias": np.zeros(3, np.float64)},
        {"weights": np.zeros((3, 2), np.int8), "bias": np.zeros(3, np.float32)},
        {"weights": np.array([["a"] * 2] * 3), "bias": np.zeros(3, np.float32)},
        {"weights": np.zeros((0, 2), np.float32), "bias": np.zeros(0, np.float32)},
        {"weights": np.float32(1), "bias": np.float32(1)},
        {"weights": np.zeros((3, 2), np.float32)},
    ],
)
def test_a_head_of_odd_numbers_is_damaged(
    points: Points, library: Library, data_env: Path, arrays: dict[str, npt.NDArray[np.generic]]
) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    np.savez_compressed(data_env / "personal/points/v1/head.npz", **arrays)
    assert learning.answering("points", (3, 2)).damaged == 1
    assert len(state.take_news()) == 1


def test_random_damage_of_a_head_is_told_or_harmless(
    points: Points, library: Library, data_env: Path
) -> None:
    """``MAUMGYEOL_FUZZ=400`` tries 400 damages of the head and of its report."""
    _three(library)
    learning.retrain(points, library, Progress())
    sound = learning.active_head("points")
    assert sound is not None
    folder, told = data_env / "personal" / "points" / "v1", 0
    for name in ("head.npz", "report.json"):
        content = (folder / name).read_bytes()
        for number, damaged in enumerate(damages(content)):
            (folder / name).write_bytes(damaged)
            os.utime(folder / name, ns=(number, number))  # a change that a slow clock would miss
            state.forget_news()
            answers = learning.answering("points", (3, 2))
            assert bool(answers.problem) == bool(state.take_news())
            told += answers.problem is not None
            if answers.head is not None:
                assert np.array_equal(answers.head.weights, sound.weights)
                assert np.array_equal(answers.head.bias, sound.bias)
            learning.versions("points")
        (folder / name).write_bytes(content)
    print(f"heads and reports: {told} damages told")
    assert told > 40


def test_a_version_of_another_release_no_longer_answers(
    points: Points, library: Library, tmp_path: Path
) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    _ship(tmp_path / "models", b"second release")
    assert learning.active_head("points") is None
    assert learning.active_label("points") is None
    assert learning.outdated(learning.versions("points")[0])
    assert learning.retrain(points, library, Progress()).version == 2


def test_reports_are_plain_json_on_disk(points: Points, library: Library, data_env: Path) -> None:
    _three(library)
    learning.retrain(points, library, Progress())
    row = json.loads((data_env / "personal/points/v1/report.json").read_text("utf-8"))
    assert row["learned_from"] == [1, 2, 3] and row["base"] == fingerprint("points-head")
