"""The answers of the expression model, on the largest face of each picture."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.errors import Message, ModelCorruptError, joined
from engine.core.jobs import Progress
from engine.faces import LABELS, FaceReader
from engine.media.images import Bgr
from engine.reports.answers.pictures import answers
from engine.reports.scoring import Answers
from engine.reports.sets.items import Item

__all__ = ["LABELS", "answer"]

NO_FACE = Message("얼굴을 찾지 못했어요.", "No face was found.")


def answer(
    items: Sequence[Item], progress: Progress | None = None, use_rules: bool = False
) -> Answers:
    """Judge every picture; with *use_rules* by the classic rules instead of the model.

    Raises:
        ModelCorruptError: the model cannot be loaded; the rules' figures are not its own.
    """
    with FaceReader(max_faces=1, use_rules=use_rules) as reader:
        if (by_rules := joined(*reader.warnings)) is not None:
            raise ModelCorruptError(*by_rules)

        def judge(image: Bgr) -> tuple[str, float] | Message:
            faces = reader.read(image).faces
            if not faces:
                return NO_FACE
            return faces[0].expression.label, faces[0].expression.confidence

        made, seconds = answers(items, judge, progress or Progress())
        return Answers(made, reader.model, seconds)
