"""Drawn digits: a picture or drawing -> MNIST's own preparation -> CNN -> which digit."""

from engine.digits.classify import predict
from engine.digits.result import DigitResult

__all__ = ["DigitResult", "predict"]
