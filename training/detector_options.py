"""The command line of ``training.train_detector``."""

from __future__ import annotations

import argparse
from pathlib import Path

from training import track
from training.detector_annotations import FRAMES, SHOWN
from training.detector_sample import PARTS


def parser(description: str) -> argparse.ArgumentParser:
    """Return the parser of all steps; ``step`` says which was chosen."""
    top = argparse.ArgumentParser(
        prog="python -m training.train_detector",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    steps = top.add_subparsers(dest="step", required=True)
    _convert(steps.add_parser("convert", help="labelled faces -> YOLO and COCO"))
    train = steps.add_parser("train", help="YOLOv10n, its best epoch")
    _set(train, limit="pictures to train on", weights="start from these; none are fetched")
    _learning(train, epochs=100, batch=16)
    train.add_argument("--out", type=Path, default=Path("out/detector/yolo"))
    train.add_argument("--workers", type=int, default=0, help="processes that read pictures")
    rcnn = steps.add_parser("rcnn", help="Faster R-CNN, its best epoch")
    _set(rcnn, limit="pictures to train on", weights="start from these; none are fetched")
    _learning(rcnn, epochs=40, batch=8)
    rcnn.add_argument("--out", type=Path, default=Path("out/detector/rcnn.pt"))
    rcnn.add_argument("--backbone", default="mobilenet", choices=["mobilenet", "resnet50"])
    evaluate = steps.add_parser("evaluate", help="AP50 and AP50-95 by COCO's protocol")
    _set(evaluate, limit="pictures to score on", weights="best.pt or its ONNX", needed=True)
    evaluate.add_argument("--part", default="test", choices=PARTS)
    export = steps.add_parser("export", help="best.pt -> ONNX")
    export.add_argument("--weights", type=Path, required=True, help="best.pt")
    export.add_argument("--out", type=Path, default=Path("out/detector/detector.onnx"))
    export.add_argument("--imgsz", type=int, default=512)
    compare = steps.add_parser("compare", help="YOLOv10n, Faster R-CNN, landmarks on one part")
    _set(compare, limit="pictures of each part", weights="YOLOv10n's best.pt", needed=True)
    compare.add_argument("--rcnn", type=Path, required=True, help="what the step rcnn made")
    compare.add_argument("--part", default="test", choices=PARTS)
    for step in (evaluate, compare):
        step.add_argument(
            "--groups", default="", help="a pattern: only these persons, or ^composite/"
        )
    for step in (train, rcnn, evaluate, export, compare):
        track.add_option(step)
    return top


def _convert(step: argparse.ArgumentParser) -> None:
    step.add_argument("--data", type=Path, nargs="+", required=True, help="sets, or JSON files")
    step.add_argument("--pictures", type=Path, help="--data is recipe F's JSON, of these pictures")
    step.add_argument(
        "--frame", default=SHOWN, choices=FRAMES,
        help="whose pixels the JSON's boxes count: the upright picture's or the file's",
    )  # fmt: skip
    step.add_argument("--out", type=Path, default=Path("out/detector/set"))
    step.add_argument("--limit", type=int, help="at most so many pictures of each set")
    step.add_argument("--seed", type=int, default=0)
    step.add_argument("--validation", type=_share, default=0.1, help="share of the groups")
    step.add_argument("--test", type=_share, default=0.1, help="share of the groups")
    step.add_argument("--composites", type=int, default=0, help="canvases with several faces")
    step.add_argument("--composites-only", action="store_true", help="no single pictures")
    step.add_argument("--longest", type=int, default=1024, help="pixels of a longer side")
    track.add_option(step)


def _set(step: argparse.ArgumentParser, *, limit: str, weights: str, needed: bool = False) -> None:
    step.add_argument("--data", type=Path, default=Path("out/detector/set"), help="of convert")
    step.add_argument("--weights", type=Path, required=needed, help=weights)
    step.add_argument("--device", default="cpu", help="cpu, cuda, 0 …")
    step.add_argument("--limit", type=int, help=f"at most so many {limit}")
    step.add_argument("--imgsz", type=int, default=512)


def _learning(step: argparse.ArgumentParser, *, epochs: int, batch: int) -> None:
    step.add_argument("--seed", type=int, default=0)
    step.add_argument("--epochs", type=int, default=epochs)
    step.add_argument("--patience", type=int, default=10, help="epochs without a new best")
    step.add_argument("--batch", type=int, default=batch)
    step.add_argument("--minutes", type=float, default=0.0, help="stop after so many; 0: never")
    step.add_argument("--mixed", action="store_true", help="16-bit arithmetic")


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value < 0.5:
        raise argparse.ArgumentTypeError(f"{text} is not in 0..0.5")
    return value
