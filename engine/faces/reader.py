"""Picture -> faces: landmarks, regions, features, crop, expression, in this order."""

from __future__ import annotations

import time
from types import TracebackType

from engine.core.errors import Message
from engine.faces.detect.landmarks import BLENDSHAPES, Landmarker
from engine.faces.detect.multiscale_search import Finder, Findings
from engine.faces.expression import learn, network, prediction
from engine.faces.expression.prediction import Recent
from engine.faces.measure import regions
from engine.faces.measure.features import head_pose, measure, vector
from engine.faces.result import Face, FacesResult
from engine.media.images import Bgr

LIVE_FACES = 5
PHOTO_FACES = 30


class FaceReader:
    """Reads the faces of pictures, or of a camera's frames (``live=True``).

    One reader serves one stream and one thread at a time; close it, best by ``with``::

        with FaceReader() as reader:
            for face in reader.read(image).faces:
                print(face.expression.label, face.expression.confidence)

    Args:
        max_faces: at most so many faces of a picture; ``LIVE_FACES`` or ``PHOTO_FACES``.
        live: follow faces from frame to frame instead of looking at each picture afresh.
        use_rules: let the classic rules judge instead of the trained model.
        quick: for a camera, whose frames steady one another: each face is seen once instead
            of twice, and frames that follow at once share its expression.

    Raises:
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded. Without the
            expression model the rules answer, and every result says so.
    """

    def __init__(
        self,
        max_faces: int | None = None,
        live: bool = False,
        use_rules: bool = False,
        quick: bool = False,
    ) -> None:
        self._quick = quick
        self.judge_by(use_rules)
        self._landmarker = Landmarker(max_faces or (LIVE_FACES if live else PHOTO_FACES), live)
        self._finder = Finder(self._landmarker)

    def read(
        self, image: Bgr, timestamp_ms: int | None = None, *, second_look: bool | None = None
    ) -> FacesResult:
        """Return the faces of *image*, largest first.

        Args:
            timestamp_ms: time of a live frame; has to grow from frame to frame.
            second_look: for small, turned and far faces of a picture: always, never, or
                (``None``) when the first look finds none. Live frames get none.
        """
        start = time.perf_counter()
        if self._landmarker.live or second_look is False:
            findings = Findings(self._landmarker.find(image, timestamp_ms), [])
        else:
            findings = self._finder.find(image, thorough=bool(second_look))
        found = findings.faces
        features = [measure(face.points) for face in found]
        poses = [head_pose(face.matrix) for face in found]
        crops = [network.align(image, face.points) for face in found]
        vectors = [vector(*row) for row in zip(found, features, poses, strict=True)]
        boxes = [face.box for face in found]
        judged = self._recent.expressions(boxes, features, timestamp_ms)
        if judged is None:
            judged = self._judge.judge(crops, vectors, features)
            self._recent.keep(boxes, judged, timestamp_ms if self._quick else None)
        faces = tuple(
            Face(
                box=face.box,
                landmarks=face.points,
                regions=regions.regions(face.points),
                features=measured,
                blendshapes=dict(zip(BLENDSHAPES, face.blendshapes.tolist(), strict=True)),
                pose=pose,
                expression=said,
                payload=learn.pack(picture, values),
            )
            for face, measured, pose, picture, values, said in zip(
                found, features, poses, crops, vectors, judged, strict=True
            )
        )
        height, width = image.shape[:2]
        return FacesResult(
            image_size=(width, height),
            faces=faces,
            model=self.model,
            milliseconds=(time.perf_counter() - start) * 1000,
            warnings=self.warnings,
            faces_without_landmarks=tuple(findings.boxes),
        )

    def judge_by(self, use_rules: bool) -> None:
        """Let the rules (or the trained model) judge from the next picture on."""
        self._judge, self._recent = prediction.open_judge(use_rules, self._quick), Recent()

    @property
    def model(self) -> str:
        """Name and version of what judges the expressions."""
        return self._judge.name

    @property
    def warnings(self) -> tuple[Message, ...]:
        """Why the rules judge although the model was asked for; empty where it does."""
        return self._judge.warnings

    def close(self) -> None:
        """Free the landmarker; safe to call twice."""
        self._finder.close()
        self._landmarker.close()

    def __enter__(self) -> FaceReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
