"""What the encoder's training and its use agree on: special pieces, columns, lengths."""

from __future__ import annotations

NAME = "text-encoder"
ONNX, PIECES, CALIBRATION = "encoder.onnx", "pieces.model", "calibration.json"
"""The model's name, and the files in its folder."""

PAD, UNKNOWN, FIRST, MASK = 0, 1, 2, 3
SPECIAL = 4
"""Ids below this one are no text."""

WINDOW = 128
"""Pieces that are read at once, as in training; one more, ``FIRST``, stands before them."""

MOST_WINDOWS = 32
"""A text longer than so many windows is read in as many evenly spaced ones."""

POLARITY = slice(0, 1)
RATING = slice(1, 10)
EMOTION = slice(10, 17)
KOTE = slice(17, 61)
OUTPUTS = 61
"""Columns of the logits: P(positive); P(rating > k) for k of 1..9; seven emotions; KOTE's 44."""
