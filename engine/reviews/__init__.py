"""Korean reviews: positive or negative, how many stars, how sure, and which words decided."""

from engine.reviews.predict import predict, predict_many
from engine.reviews.results import LABELS, NEGATIVE, POSITIVE, Evidence, ReviewResult, RuleHit

__all__ = [
    "LABELS",
    "NEGATIVE",
    "POSITIVE",
    "Evidence",
    "ReviewResult",
    "RuleHit",
    "predict",
    "predict_many",
]
