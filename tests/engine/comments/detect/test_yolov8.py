"""Open Images detectors: converted without PyTorch, equal to it, and safe with any file."""

from __future__ import annotations

import collections
import dataclasses
import importlib.util
import os
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.comments import pipeline
from engine.comments.detect import checkpoint, detectors, objects, yolov8
from engine.comments.detect import objects as boxes
from engine.comments.detect.objects import Detection
from engine.core.errors import ModelCorruptError, ModelMissingError
from engine.core.jobs import Progress
from engine.models import downloads, store
from engine.text.korean.object_names import open_images
from tests.engine import yolo_files
from tests.engine.comments_drawings import nothing
from tests.engine.download_server import offered

NAMES = tuple(name.english for name in open_images())

# Not importorskip: the import would replace PIL's open() before other tests run.
needs_ultralytics = pytest.mark.skipif(
    importlib.util.find_spec("ultralytics") is None, reason="the training extra is not installed"
)


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Return a random detector and its file."""
    model = yolo_files.random_detector(NAMES)
    return model, yolo_files.save(model, tmp_path_factory.mktemp("yolo") / "n.pt")


@needs_ultralytics
@pytest.mark.parametrize("size", [(64, 96), (160, 64)])
def test_the_converted_network_answers_as_pytorch_does(
    detector: tuple[Any, Path], size: tuple[int, int]
) -> None:
    import torch

    model, path = detector
    image = np.random.default_rng(0).random((1, 3, *size), np.float32)
    session = detectors.session(yolov8.convert(path, NAMES))
    (ours,) = session.run(None, {"image": image})
    with torch.no_grad():
        theirs = model(torch.from_numpy(image))[0].numpy()
    assert ours.shape == theirs.shape == (1, 605, size[0] * size[1] * 21 // 1024)
    np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert theirs[:, 4:].std() > 0.05  # the scores are worth comparing


@needs_ultralytics
def test_the_file_is_a_sound_onnx_model(detector: tuple[Any, Path]) -> None:
    onnx = pytest.importorskip("onnx")
    model = onnx.load_from_string(yolov8.convert(detector[1], NAMES))
    onnx.checker.check_model(model, full_check=True)


@needs_ultralytics
def test_another_set_of_classes_is_refused(detector: tuple[Any, Path]) -> None:
    with pytest.raises(ModelCorruptError, match="601 classes, 0 of them"):
        yolov8.convert(detector[1], NAMES[::-1][:300] + NAMES[:301])
    with pytest.raises(ModelCorruptError, match="classes"):
        yolov8.convert(detector[1], NAMES[:80])


@needs_ultralytics
def test_batch_norms_are_fused_by_the_formula(detector: tuple[Any, Path]) -> None:
    layer = detector[0].model[0]
    part = checkpoint.read(detector[1])["model"].child("model").child("0")
    weight, bias = yolov8.fused(part)
    norm = layer.bn
    scale = (norm.weight / (norm.running_var + norm.eps).sqrt()).detach().numpy()
    np.testing.assert_allclose(
        weight, layer.conv.weight.detach().numpy() * scale[:, None, None, None], rtol=1e-5
    )
    shift = norm.bias.detach().numpy() - norm.running_mean.numpy() * scale
    np.testing.assert_allclose(bias, shift, rtol=1e-4, atol=1e-6)


@needs_ultralytics
def test_a_downloaded_detector_looks_at_photos_until_it_is_removed(
    detector: tuple[Any, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "objects-oiv7-n"
    options = Detection(name, threshold=0.3, overlap=0.5)
    store.forget()
    with offered(monkeypatch) as site:
        site.content = detector[1].read_bytes()
        assert [info.ready for info in objects.available()] == [True, False]
        with pytest.raises(ModelMissingError, match="models download"):
            objects.detect(nothing(), options)
        downloads.fetch(downloads.entry(name), Progress())
    assert [info.ready for info in objects.available()] == [True, True]
    photo = pipeline.analyse(nothing(), options=options)
    found = photo.objects
    assert 0 < len(found) <= boxes.MAX_OBJECTS
    assert {item.name_en for item in found} <= set(NAMES)
    assert all(0 <= x <= x + w <= 640 and 0 <= y <= y + h <= 480 for x, y, w, h in
               (item.box for item in found))  # fmt: skip
    assert sum(photo.counts.values()) == len(found)
    assert photo.models[1] == "objects-oiv7-n 8.3.0"
    one = frozenset({found[0].name_ko})
    only = objects.detect(nothing(), dataclasses.replace(options, classes=one))
    assert {item.name_ko for item in only} == one
    downloads.remove(downloads.entry(name))
    store.drop(name)
    with pytest.raises(ModelMissingError):
        objects.detect(nothing(), options)


# --- files that are not what they should be -------------------------------------------


def checkpoint_of(path: Path, pickled: bytes, **members: bytes) -> Path:
    """Write a checkpoint's zip with *pickled* as its description."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x/data.pkl", pickled)
        for name, content in members.items():
            archive.writestr(f"x/data/{name}", content)
    return path


class Evil:
    """Asks for a call when it is unpickled."""

    def __init__(self, function: Any, *values: object) -> None:
        self._call = (function, values)

    def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
        return self._call


@pytest.mark.parametrize("function", [os.system, eval, open, getattr, __import__])
def test_a_checkpoint_can_never_run_anything(tmp_path: Path, function: Any) -> None:
    mark = tmp_path / "mark"
    values = (f"open({str(mark)!r}, 'w')",) if function is eval else (f"touch {mark}",)
    pickled = pickle.dumps({"model": Evil(function, *values)}, protocol=2)
    with pytest.raises(ModelCorruptError, match="asks for"):
        checkpoint.read(checkpoint_of(tmp_path / "evil.pt", pickled))
    assert not mark.exists()


def test_a_tensor_cannot_reach_outside_of_its_storage(tmp_path: Path) -> None:
    for start, shape, steps in (
        (0, (5,), (1,)),
        (-1, (1,), (1,)),
        (0, (2, 2), (0, 0)),
        (0, (9, 9), (0, 0)),
        (3, (2,), (1,)),
        (0, (2,), (-1,)),
    ):
        rebuilt = checkpoint._Tensor()
        if (shape, steps) == ((2, 2), (0, 0)):
            assert rebuilt(np.arange(4), start, shape, steps).shape == (2, 2)
            continue
        with pytest.raises(ValueError, match="outside"):
            rebuilt(np.arange(4), start, shape, steps)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"PK\x03\x04", pickle.dumps([1]), pickle.dumps({"model": 5})],
    ids=["empty", "page", "cut zip", "list", "no model"],
)
def test_other_files_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.pt"
    if content.startswith(b"\x80"):
        checkpoint_of(path, content)
    else:
        path.write_bytes(content)
    with pytest.raises(ModelCorruptError, match=r"file\.pt"):
        yolov8.convert(path, NAMES)


def test_a_packed_or_huge_description_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.pt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/data.pkl", pickle.dumps({"model": "0" * 10**6}))
    with pytest.raises(ModelCorruptError, match="packed"):
        checkpoint.read(tmp_path / "bomb.pt")
    monkeypatch.setattr(checkpoint, "MOST_DESCRIPTION", 100)
    path = checkpoint_of(tmp_path / "huge.pt", pickle.dumps({"model": "0" * 1000}))
    with pytest.raises(ModelCorruptError, match="too large"):
        checkpoint.read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(junk=st.binary(max_size=300))
def test_any_bytes_as_a_description_are_answered_with_a_sentence(
    tmp_path: Path, junk: bytes
) -> None:
    with pytest.raises(ModelCorruptError):
        yolov8.convert(checkpoint_of(tmp_path / "junk.pt", junk), NAMES)


def test_harmless_names_stay_harmless(tmp_path: Path) -> None:
    table = collections.OrderedDict(a={1, 2})
    path = checkpoint_of(tmp_path / "plain.pt", pickle.dumps({"t": table}, protocol=2))
    assert checkpoint.read(path)["t"] == table
