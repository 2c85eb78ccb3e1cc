"""Drawn digits: a picture or drawing -> MNIST's own preparation -> CNN -> which digit."""

from engine.digits.network import warm_up
from engine.digits.prediction import predict
from engine.digits.result import LABELS, DigitResult

__all__ = ["LABELS", "DigitResult", "predict", "warm_up"]
