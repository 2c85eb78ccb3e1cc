"""Labelled pictures taught: the split, the judgement, use and undo, what retraining keeps."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import digits
from engine.core.errors import InputError, ModelCorruptError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.core.library import Library
from engine.digits import learn
from engine.faces import FaceReader
from engine.learning import labelled, trainer, versions
from engine.learning.labelled.measures import Split, recommend, split
from engine.learning.labelled.results import Outcome
from engine.reports import teaching
from engine.reports.teaching import page, table
from tests.engine.digit_drawings import drawn
from tests.engine.labelled_sets import face_folders, head, material, sign, sign_folders, write

LABELS = ("a", "b", "c")
Array = npt.NDArray[np.generic]


@pytest.fixture
def library() -> Iterator[Library]:
    made = Library()
    yield made
    made.close()


def wanted() -> str:
    """Return a digit that the sign is not taken for."""
    return "4" if digits.predict(sign(0)).label != "4" else "9"


def mirrored(number: int) -> npt.NDArray[np.uint8]:
    """Return the sign the other way round: another sign that is no digit."""
    return np.ascontiguousarray(sign(number)[::-1, ::-1])


def parts(counts: tuple[int, ...]) -> tuple[Split, Array, Array]:
    """Return the split of so many pictures of each class, their classes and hashes."""
    truth = np.repeat(np.arange(len(counts)), counts)
    hashes = np.random.default_rng(0).integers(0, 256, (len(truth), 32)).astype(np.uint8)
    return split(truth, hashes, LABELS), truth, hashes


@pytest.mark.parametrize(
    ("counts", "method", "folds"),
    [
        ((10, 20, 50), "held-out", {0, 1}),
        ((9, 20, 50), "folds", {0, 1, 2, 3, 4}),
        ((3, 7, 0), "folds", {0, 1, 2}),
        ((1, 7, 2), "one", set(range(10))),
        ((1, 40, 2), "plain", {0, 1, 2, 3, 4}),
        ((4, 0, 0), "folds", {0, 1, 2, 3}),
    ],
)
def test_the_split_fits_what_there_is(
    counts: tuple[int, ...], method: str, folds: set[int]
) -> None:
    made, truth, hashes = parts(counts)
    assert made.method == method and set(made.fold.tolist()) == folds
    if method == "held-out":
        held = np.bincount(truth[made.fold == 0], minlength=3)
        assert held.tolist() == [2, 4, 10]
    if counts[0] == 1:
        assert "한 장뿐인 분류(a)" in made.how.ko
    order = np.random.default_rng(1).permutation(len(truth))
    again = split(truth[order], hashes[order], LABELS)
    assert method == "one" or (again.fold == made.fold[order]).all()  # names do not matter


@given(st.lists(st.integers(2, 9), min_size=1, max_size=3))
def test_parts_are_stratified(counts: list[int]) -> None:
    if sum(counts) < 4:
        return
    made, truth, _ = parts(tuple(counts))
    for label in range(len(counts)):
        sizes = np.bincount(made.fold[truth == label], minlength=made.fold.max() + 1)
        assert sizes.max() - sizes.min() <= 1


def test_too_few_pictures_are_told() -> None:
    with pytest.raises(InputError, match="At least 4 usable pictures"):
        parts((2, 1))


def test_faces_are_taught_used_and_undone(tmp_path: Path, library: Library) -> None:
    face_folders(tmp_path / "set", [("놀람", 8), ("neutral", 3)])
    with FaceReader() as reader:
        before = reader.read(head(40)).faces[0].expression
        assert before.label == "행복"
        found = material(tmp_path / "set", "faces")
        proposal = labelled.teach(found, library)
        report = proposal.report
        assert trainer.versions("faces") == []  # nothing has changed yet
        assert report.method == "folds" and report.learned == report.asked == 11
        assert report.after.accuracy > report.before.accuracy == 0 and report.recommended
        assert report.anchors_after >= report.anchors_before - trainer.RETENTION_TOLERANCE
        assert sum(map(sum, report.after.confusion)) == 11
        assert sum(report.before.confusion[4]) == 8 and report.before.confusion[4][0] == 8
        saved = labelled.accept(proposal)
        assert saved.version == 1 and saved.pictures == 11 and saved.taught
        after = reader.read(head(40))
        assert after.faces[0].expression.label in ("놀람", "중립") and "개인 1" in after.model
        assert trainer.undo("faces") is None
        assert reader.read(head(40)).faces[0].expression == before


def test_held_out_pictures_are_not_learned(tmp_path: Path, library: Library) -> None:
    proposal = labelled.teach(material(sign_folders(tmp_path / "s", wanted())), library)
    report = proposal.report
    assert report.method == "held-out" and report.asked == 8 and report.learned == 40
    roles = {row.name: row.role for row in report.pictures}
    asked = {name for name, role in roles.items() if role == "asked"}
    assert len(asked) == 8 and len(proposal.lessons) == 40
    assert report.recommended and report.after.accuracy > report.before.accuracy
    assert report.interval[0] < report.after.accuracy <= report.interval[1]
    assert {row.label: (row.learned, row.asked) for row in report.counts if row.listed} == {
        label: (10, 2) for label in ("3", "5", "7", wanted())
    }


def test_what_is_held_out_cannot_change_the_head(tmp_path: Path, library: Library) -> None:
    found = material(sign_folders(tmp_path / "s", wanted()))
    proposal = labelled.teach(found, library)
    lessons = found.lessons
    held = np.array([row.role == "asked" for row in proposal.report.pictures])
    spoilt = np.where(held[:, None], np.float32(9.0), lessons.features)
    other = replace(found, lessons=replace(lessons, features=spoilt))
    again = labelled.teach(other, library)
    np.testing.assert_array_equal(again.head.weights, proposal.head.weights)
    assert again.report.after.accuracy < proposal.report.after.accuracy


def test_corrections_are_learned_beside_and_never_asked(tmp_path: Path, library: Library) -> None:
    mean = wanted()
    sign_folders(tmp_path / "s", mean)
    other, same = digits.predict(drawn("8", width=40)), digits.predict(sign(3))
    library.add_correction("digits", other.payload, other.label, "8", "m")
    library.add_correction("digits", same.payload, same.label, mean, "m")
    proposal = labelled.teach(material(tmp_path / "s"), library)
    assert proposal.report.corrections == 1 and proposal.correction_ids == (1,)


def test_retraining_keeps_what_pictures_taught(tmp_path: Path, library: Library) -> None:
    mean = wanted()
    found = material(sign_folders(tmp_path / "s", mean))
    labelled.accept(labelled.teach(found, library))
    assert digits.predict(sign(20)).label == mean
    for number in range(3):
        seen = digits.predict(mirrored(number))
        assert seen.label != "8"
        library.add_correction("digits", seen.payload, seen.label, "8", seen.model)
    report = trainer.retrain(learn, library, Progress())
    assert report.adopted and report.pictures == 40 and not report.taught
    assert digits.predict(sign(20)).label == mean
    assert digits.predict(mirrored(1)).label == "8"
    before = versions.active_lessons("digits")
    assert before is not None and len(before) == 40
    more = material(sign_folders(tmp_path / "t", "2", signs=4, others=""))
    met = len(before) - len(before.without(more.lessons.hashes))
    again = labelled.teach(more, library)
    assert 0 < met < 5 and again.report.earlier == 40 - met and "개인 2" in again.report.model
    assert len(again.lessons) == 40 - met + 4
    assert any("이미 배워서" in note.ko for note in again.report.notes)


def test_labels_that_contradict_what_was_known_are_not_recommended(
    tmp_path: Path, library: Library
) -> None:
    for number, digit in enumerate("0123456789"):
        for width in (8, 12, 16, 20, 24):
            wrong = str((number + width // 4) % 10)  # no two agree: there is nothing to learn
            write(tmp_path / wrong / f"{digit}-{width}.png", drawn(digit, width=width))
    report = labelled.teach(material(tmp_path), library).report
    assert not report.recommended and report.reason.ko


def test_the_verdict_weighs_both_sides() -> None:
    def outcome(accuracy: float, f1: float) -> Outcome:
        return Outcome(accuracy, f1, {}, {}, ())

    was, same = outcome(0.5, 0.4), (0.9, 0.9)
    better = recommend(was, outcome(0.6, 0.4), same, (10, 0))
    assert better[0] and "더 잘 맞혀요" in better[1].ko
    perhaps = recommend(was, outcome(0.6, 0.4), same, (3, 2))
    assert perhaps[0] and "우연일 수 있어요" in perhaps[1].ko and "3장" in perhaps[1].ko
    assert recommend(was, outcome(0.5, 0.5), (0.9, 0.895), (2, 2))[0]
    assert not recommend(was, outcome(0.9, 0.9), (0.9, 0.88), (9, 0))[0]
    assert not recommend(was, was, same, (0, 0))[0]
    assert "권하지 않아요" in recommend(was, outcome(0.4, 0.9), same, (1, 3))[1].ko


def test_cancelled_teaching_changes_nothing(tmp_path: Path, library: Library) -> None:
    found = material(sign_folders(tmp_path / "s", wanted()))
    progress = Progress(lambda share, _: progress.cancel() if (share or 0) > 0.05 else None)
    with pytest.raises(Cancelled):
        labelled.teach(found, library, progress)
    assert trainer.versions("digits") == []


def test_a_head_that_cannot_be_saved_is_told(
    tmp_path: Path, library: Library, data_env: Path
) -> None:
    proposal = labelled.teach(material(sign_folders(tmp_path / "s", wanted(), 4)), library)
    (data_env / "personal").write_text("a file where the folder should be")
    with pytest.raises(StorageError) as caught:
        labelled.accept(proposal)
    assert "이전 모델" in caught.value.message.ko and trainer.active_head("digits") is None


def test_damaged_lessons_are_named(tmp_path: Path, library: Library, data_env: Path) -> None:
    labelled.accept(labelled.teach(material(sign_folders(tmp_path / "s", wanted(), 4)), library))
    lessons = data_env / "personal" / "digits" / "v1" / "lessons.npz"
    for content in (b"", b"PK\x03\x04 no zip"):
        lessons.write_bytes(content)
        with pytest.raises(ModelCorruptError):
            trainer.active_lessons("digits")
    trainer.use("digits", None)
    assert trainer.active_lessons("digits") is None


def test_reports_are_safe_and_whole(tmp_path: Path, library: Library) -> None:
    root = sign_folders(tmp_path / "s", wanted(), 4)
    (root / "3" / "=cmd <script>alert(1)<b>.png").write_bytes(b"no picture")
    report = labelled.teach(material(root), library).report
    teaching.save(report, tmp_path / "r.html")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html and "혼동 행렬" in html
    assert b"Confusion matrix" in page(report, "en")
    rows = list(csv.reader(io.StringIO(table(report).decode("utf-8-sig"))))
    assert len(rows) == 1 + 16 + 1 and rows[-1][2:4] == ["뺐어요", report.left_out[0].why.ko]
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert report.to_dict()["left_out"][0]["kind"] == "unreadable"


def test_reports_go_only_where_they_can(tmp_path: Path, library: Library) -> None:
    report = labelled.teach(material(sign_folders(tmp_path / "s", wanted(), 4)), library).report
    with pytest.raises(InputError):
        teaching.save(report, tmp_path / "r.docx")
    with pytest.raises(StorageError):
        teaching.save(report, tmp_path / "none" / "r.csv")


def test_only_faces_and_digits_are_taught(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="reviews"):
        labelled.look(tmp_path, "reviews")
