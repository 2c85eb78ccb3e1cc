"""COCO's average precision on boxes whose score is known by hand."""

from __future__ import annotations

import pytest

from engine.core.errors import InputError
from training.vision.detector.annotations import Face, Sample
from training.vision.detector.score import Hit, score

BOX = (10.0, 10.0, 60.0, 60.0)
OTHER = (70.0, 10.0, 95.0, 40.0)
TRUTH = [
    Sample("a", 100, 100, (Face(0, BOX), Face(3, OTHER))),
    Sample("b", 100, 100, (Face(0, BOX),)),
]


def test_all_found_and_named_is_one() -> None:
    found = {s.name: [Hit(face.kind, face.box, 0.9) for face in s.faces] for s in TRUTH}
    said = score(TRUTH, found)
    for name in ("ap50", "ap50_95", "recall", "find_ap50", "find_ap50_95"):
        assert said[name] == pytest.approx(1.0)
    assert said["pictures"] == 2 and said["faces"] == 3
    assert {name: row["faces"] for name, row in said["classes"].items()} == {
        "anger": 2, "happiness": 1,
    }  # fmt: skip


def test_nothing_found_is_zero() -> None:
    said = score(TRUTH, {})
    assert said["ap50"] == said["ap50_95"] == said["find_ap50"] == 0


def test_found_but_misnamed_counts_only_for_finding() -> None:
    found = {s.name: [Hit(1, face.box, 0.9) for face in s.faces] for s in TRUTH}
    said = score(TRUTH, found)
    assert said["ap50"] == 0 and said["find_ap50"] == pytest.approx(1.0)


def test_a_loose_box_counts_at_half_and_not_at_most_of_the_others() -> None:
    # Half the width lost beyond 20 of 50 pixels: an overlap of 0.6, so 3 of 10 thresholds hold.
    found = {s.name: [Hit(f.kind, f.box, 0.9) for f in s.faces if f.kind] for s in TRUTH}
    loose = (BOX[0], BOX[1], BOX[0] + 30.5, BOX[3])
    for name in found:
        found[name].append(Hit(0, loose, 0.9))
    said = score(TRUTH, found)
    assert said["classes"]["anger"]["ap50"] == pytest.approx(1.0)
    assert said["classes"]["anger"]["ap50_95"] == pytest.approx(0.3)
    assert said["ap50_95"] == pytest.approx((0.3 + 1.0) / 2)


def test_a_surer_false_box_costs_precision() -> None:
    found = {s.name: [Hit(f.kind, f.box, 0.5) for f in s.faces] for s in TRUTH}
    found["a"].append(Hit(3, (0, 60, 20, 90), 0.9))
    said = score(TRUTH, found)
    assert said["classes"]["happiness"]["ap50"] == pytest.approx(0.5)
    assert said["classes"]["anger"]["ap50"] == pytest.approx(1.0)


def test_a_set_without_faces_is_refused() -> None:
    with pytest.raises(InputError):
        score([Sample("a", 10, 10, ())], {})
