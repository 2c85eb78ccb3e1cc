"""Seven emotions in short Korean texts."""

from engine.emotions.predict import predict, predict_many
from engine.emotions.results import LABELS, EmotionResult

__all__ = ["LABELS", "EmotionResult", "predict", "predict_many"]
