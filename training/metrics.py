"""The engine's metrics under the name that the training scripts know."""

from engine.metrics import classification_metrics, expected_calibration_error

__all__ = ["classification_metrics", "expected_calibration_error"]
