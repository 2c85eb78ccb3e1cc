"""What ``dev.py`` does, in one file a chore; nothing but the standard library."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: the folder that holds dev.py."""
