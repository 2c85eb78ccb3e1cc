"""Faces as labelled pictures teach them; the module is a ``LabelledDomain``."""

from __future__ import annotations

from types import TracebackType

from engine.core.errors import Message
from engine.faces.detect.landmarks import MODEL as LANDMARKER
from engine.faces.expression.learn import anchors, base_head, domain, embed, labels, model
from engine.faces.reader import FaceReader
from engine.learning.labelled.results import NOTHING, SMALL, Prepared, Unfit
from engine.media.images import Bgr

__all__ = [
    "anchors", "base_head", "class_names", "domain", "embed", "labels", "model", "only_these",
    "open_preparer", "preparation", "reads_with",
]  # fmt: skip

MIN_FACE = 20
"""Faces with a shorter side below this many pixels have too little to see."""

MOST = 5
"""Faces that are looked for; the largest is learned."""

_WORDS = {
    "행복": "행복 기쁨 즐거움 웃음 미소 happy happiness joy smile smiling",
    "슬픔": "슬픔 우울 sad sadness unhappy",
    "분노": "분노 화남 화 angry anger",
    "공포": "공포 두려움 무서움 fear fearful afraid scared",
    "놀람": "놀람 놀라움 surprise surprised",
    "혐오": "혐오 역겨움 disgust disgusted",
    "중립": "중립 무표정 neutral",
}

class_names = {word: label for label, words in _WORDS.items() for word in words.split()}
"""What a class may be called: Korean, FER2013's and the portraits' names."""

only_these = Message(
    "개인 모델은 기본 모델의 마지막 층이라 일곱 가지 표정만 배워요: " + ", ".join(labels),
    "A personal model is the shipped model's last layer, so it learns the seven expressions "
    "only: " + ", ".join(labels),
)

reads_with = (LANDMARKER, model)
preparation = 2

_NO_FACE = Unfit(NOTHING, Message("얼굴을 찾지 못했어요.", "No face was found."))


class Preparer:
    """Finds the largest face of a picture, as the photo tab does."""

    def __init__(self) -> None:
        self._reader = FaceReader(max_faces=MOST)

    def prepare(self, image: Bgr) -> Prepared | Unfit:
        """Return the largest face, or why there is none to learn from."""
        if min(image.shape[:2]) < MIN_FACE:
            height, width = image.shape[:2]
            return _small(f"{width}×{height}")
        found = self._reader.read(image)
        if not found.faces:
            without = found.faces_without_landmarks
            return Unfit(NOTHING, without[0].reason) if without else _NO_FACE
        face = found.faces[0]
        if min(face.box[2:]) < MIN_FACE:
            return _small(f"{int(face.box[2])}×{int(face.box[3])}")
        return Prepared(face.payload, len(found.faces))

    def __enter__(self) -> Preparer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.close()


def _small(size: str) -> Unfit:
    why = Message(
        f"너무 작아요 ({size}픽셀). 얼굴이 {MIN_FACE}픽셀은 되어야 해요.",
        f"Too small ({size} pixels): a face needs {MIN_FACE} pixels at least.",
    )
    return Unfit(SMALL, why)


def open_preparer() -> Preparer:
    """Load what finds faces.

    Raises:
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
    """
    return Preparer()
