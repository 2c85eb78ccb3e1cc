"""Photo -> faces and objects -> labels: what the comment is written from."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.comments.detect import detectors, objects
from engine.comments.detect.objects import Box, DetectedObject, Detection
from engine.comments.labels import select
from engine.comments.result import PhotoFace, PhotoResult
from engine.comments.write import generate
from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.media.images import Bgr

if TYPE_CHECKING:
    from engine.faces import Face, FaceReader, FacesResult

WRITTEN_AS: Mapping[str, str | None] = {
    "행복": "기쁨",
    "슬픔": "슬픔",
    "분노": "분노",
    "혐오": "분노",
    "공포": "공포",
    "놀람": "공포",
    "중립": None,
}
"""The face classes as the writer's four expressions; its 공포 was "panic" in the source."""

LEAST_SURE = {"행복": 0.4}
DARK_LEAST_SURE = 0.6
"""An expression less sure than this is not written about; nobody likes to be called angry."""

_PERSONS = frozenset({"person", "Person", "Man", "Woman", "Boy", "Girl"})
_MAYBE = 0.15  # a person at least this sure makes a face there believable
_SMALLEST = 48  # pixels; a narrower person shows no face that could be read
_CROP_SIDE = 512
_MOST_CROPS = 4


def analyse(
    image: Bgr,
    *,
    reader: FaceReader | None = None,
    progress: Progress | None = None,
    options: Detection | None = None,
) -> PhotoResult:
    """Find faces with their expressions, objects, and the labels they make.

    The landmarker is short-range: a person whose face it did not see in the whole photo
    is looked at again alone and enlarged.

    Args:
        image: BGR (H, W, 3), at least 8 pixels a side.
        reader: an open face reader to use; one is opened and closed when None.
        options: which detector, its thresholds and classes; the standard ones when None.

    Raises:
        InputError: the photo is too small, or there is no such detector.
        ModelMissingError, ModelCorruptError: a detector cannot be loaded or was not downloaded.
        Cancelled: *progress* was cancelled.
    """
    from engine.faces import FaceReader

    start = time.perf_counter()
    height, width = image.shape[:2]
    if min(height, width) < 8:
        raise InputError(
            f"사진이 너무 작아요 ({width}×{height}).",
            f"The photo is too small ({width} x {height} pixels).",
        )
    progress, options = progress or Progress(), options or Detection()
    progress.report(0.1, Message("사물을 찾는 중…", "Looking for objects…"))
    seen = objects.look(image, options, min(_MAYBE, options.threshold))
    found = tuple(item for item in seen if options.shows(item))
    progress.report(0.4, Message("얼굴을 보는 중…", "Looking at faces…"))
    if reader is None:
        with FaceReader() as own:
            faces, read = _faces(image, seen, own, progress)
    else:
        faces, read = _faces(image, seen, reader, progress)
    labels, left_out = select(names(faces, found))
    return PhotoResult(
        image_size=(width, height),
        faces=faces,
        objects=found,
        labels=labels,
        left_out=left_out,
        warnings=read.warnings,
        models=(read.model, detectors.label(options.model)),
        milliseconds=(time.perf_counter() - start) * 1000,
    )


def open_reader() -> FaceReader:
    """Return a reader of faces for :func:`analyse`, for many photos; close it after the last.

    Raises:
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
    """
    from engine.faces import FaceReader

    return FaceReader()


def names(faces: Sequence[PhotoFace], found: Sequence[DetectedObject]) -> list[str]:
    """Return every label that faces and objects give, most frequent expressions first."""
    spoken = [face.label for face in faces if face.label]
    common_first = sorted(spoken, key=lambda label: -spoken.count(label))
    return list(dict.fromkeys([*common_first, *(item.name_ko for item in found)]))


def _faces(
    image: Bgr, seen: Sequence[DetectedObject], reader: FaceReader, progress: Progress
) -> tuple[tuple[PhotoFace, ...], FacesResult]:
    """Return the faces that belong to a person, and the reader's own answer.

    The landmarker sees a face in many a round sign; the object detector's people do not.
    """
    whole = reader.read(image, second_look=False)
    persons = [item for item in seen if item.name_en in _PERSONS]
    faces = [_face(face, 0.0, 0.0, 1.0) for face in whole.faces]
    faces = [face for face in faces if any(_inside(face.box, p.box) for p in persons)]
    sure = [p.box for p in persons if p.confidence >= objects.THRESHOLD and p.box[2] >= _SMALLEST]
    for box in [b for b in sure if not any(_inside(f.box, b) for f in faces)][:_MOST_CROPS]:
        progress.raise_if_cancelled()
        again = _look_again(image, box, reader)
        if again is not None and all(objects.overlap(again.box, f.box) < 0.3 for f in faces):
            faces.append(again)
    faces.sort(key=lambda face: -face.box[2] * face.box[3])
    return tuple(faces), whole


def _inside(face: Box, person: Box) -> bool:
    x, y = face[0] + face[2] / 2, face[1] + face[3] / 2
    return person[0] <= x <= person[0] + person[2] and person[1] <= y <= person[1] + 0.6 * person[3]


def _look_again(image: Bgr, person: Box, reader: FaceReader) -> PhotoFace | None:
    """Read the upper part of one person, enlarged; the largest face or None."""
    import cv2
    import numpy as np

    x, y, w, h = person
    margin = 0.1 * w
    left, top = max(int(x - margin), 0), max(int(y - margin), 0)
    crop = image[top : int(y + min(h, 1.2 * w)), left : int(x + w + margin)]
    if min(crop.shape[:2]) < 8:
        return None
    scale = max(_CROP_SIDE / max(crop.shape[:2]), 1.0)
    enlarged = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    piece = np.ascontiguousarray(enlarged, dtype=np.uint8)
    faces = reader.read(piece, second_look=False).faces
    if not faces:
        return None
    return _face(max(faces, key=lambda f: f.box[2] * f.box[3]), left, top, scale)


def _face(face: Face, left: float, top: float, scale: float) -> PhotoFace:
    """Return what the comment needs of a face, in pixels of the whole photo."""
    x, y, w, h = (float(value) / scale for value in face.box)
    expression = face.expression
    sure = float(expression.confidence)
    least = LEAST_SURE.get(expression.label, DARK_LEAST_SURE)
    return PhotoFace(
        box=(x + left, y + top, w, h),
        expression=expression.label,
        confidence=sure,
        label=WRITTEN_AS[expression.label] if sure >= least else None,
    )


def warm_up() -> None:
    """Load the detector and the writer, so that the first photo does not wait for them.

    Raises:
        ModelMissingError, ModelCorruptError: see :func:`engine.models.store.load`.
    """
    detectors.network(objects.MODEL)
    generate.writer()
