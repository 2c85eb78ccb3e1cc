"""What the small talk's training and its use agree on: names, files, features."""

from __future__ import annotations

NAME, GENERATOR = "chat", "chat-t5"
"""The models' names and folders: pairs and index; the network that answers anew."""

PAIRS, INDEX = "pairs.tsv.gz", "index.npz"
"""Files of ``chat``: one question and answer a line; what finds a question."""

PART = slice(256, 512)
"""Columns of the encoder's pooled vector that are searched: the mean over the pieces."""

CHARACTERS, BITS = (1, 2), 18
"""Lengths of the character n-grams of a question without spaces, and their buckets."""
