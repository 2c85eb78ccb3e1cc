"""Whether a newly trained head is better than the one that answers, and why."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.errors import Message

RETENTION_TOLERANCE = 0.01
"""How much accuracy on the anchors a personal head may lose and still be adopted."""

UNSEEN_TOLERANCE = 0.1
"""How much worse than the shipped head learning may be on corrections that it did not see."""

MIN_FIXED = 0.5
"""Share of the corrections answered wrongly so far that a new head must get right."""


@dataclass(frozen=True)
class Scores:
    """Accuracies in 0..1 of one training run; the fields of :class:`LearnReport` in short."""

    before: float
    fitted: float
    shipped: float
    unseen: float
    kept_before: float
    kept_after: float


def judge(scores: Scores, count: int, forgotten: bool) -> tuple[bool, Message]:
    """Decide whether the new head answers from now on, and say why.

    Args:
        count: number of corrections.
        forgotten: a correction that the answering head learned from was deleted, so a new
            one that is merely as good is wanted.
    """
    if scores.kept_after < scores.kept_before - RETENTION_TOLERANCE:
        return False, Message(
            "이전 모델을 그대로 써요: 새 모델은 기본 문제의 정확도가 "
            f"{scores.kept_before:.1%}에서 {scores.kept_after:.1%}로 떨어졌어요.",
            "Keeping the old model: accuracy on the anchors fell from "
            f"{scores.kept_before:.1%} to {scores.kept_after:.1%}.",
        )
    if scores.shipped - scores.unseen > max(UNSEEN_TOLERANCE, 1.5 / count):
        return False, Message(
            "이전 모델을 그대로 써요: 고친 답 일부로 배워도 나머지를 더 맞히지 못했어요 "
            f"({scores.shipped:.1%} → {scores.unseen:.1%}).",
            "Keeping the old model: what it learned from some corrections made it worse on "
            f"the others ({scores.shipped:.1%} to {scores.unseen:.1%}).",
        )
    fixed = scores.fitted - scores.before
    enough = fixed > 0 and fixed >= MIN_FIXED * (1 - scores.before)
    if enough or (forgotten and fixed == 0):
        return True, Message(
            "새 모델을 쓰기 시작했어요: 고친 답 가운데 맞히는 비율이 "
            f"{scores.before:.1%}에서 {scores.fitted:.1%}로 바뀌었어요.",
            "The new model answers now: it gets "
            f"{scores.fitted:.1%} of the corrections right, before it was {scores.before:.1%}.",
        )
    if scores.before == 1.0:
        return False, Message(
            "지금 모델이 고친 답을 이미 모두 맞히고 있어서 그대로 써요.",
            "Keeping the model: it gets every correction right already.",
        )
    return False, Message(
        "이전 모델을 그대로 써요: 원래 알던 것을 잊지 않고는 고친 답을 충분히 배우지 못했어요 "
        f"({scores.before:.1%} → {scores.fitted:.1%}).",
        "Keeping the old model: without forgetting what it knew it could not learn enough of "
        f"the corrections ({scores.before:.1%} to {scores.fitted:.1%}).",
    )
