"""Every training by its name: ``python -m training TASK …``; ``TASK --help`` tells its options."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

TASKS = {
    "reviews": "training.text.reviews.train",
    "reviews-calibrate": "training.text.reviews.calibrate",
    "reviews-rules": "training.text.reviews.baselines",
    "emotions": "training.text.emotions",
    "kindness": "training.text.kindness",
    "encoder": "training.text.encoder.train",
    "digits": "training.vision.digits",
    "faces": "training.vision.faces.train",
    "detector": "training.vision.detector.train",
    "objects": "training.vision.objects",
    "comments": "training.writing.comments.train",
    "comments-data": "training.writing.comments.data",
    "comments-pretrain": "training.writing.comments.pretrain",
    "comments-baselines": "training.evaluate.comments",
    "chat": "training.writing.chat.train",
}
"""Where the command line of each task is."""


def main(argv: Sequence[str]) -> int:
    """Run one task; returns its status, 2 for a name that is none."""
    if not argv or argv[0] not in TASKS:
        print(f"usage: python -m training TASK …\nTASK is one of: {', '.join(TASKS)}")
        return 0 if argv and argv[0] in ("-h", "--help") else 2
    sys.argv[0] = f"python -m training {argv[0]}"  # what argparse calls the program
    return int(importlib.import_module(TASKS[argv[0]]).main(list(argv[1:])) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
