"""Train a detector of faces with their expression (분노 슬픔 공포 기쁨): YOLOv10n, recipe F.

``convert`` makes one folder in YOLO's and COCO's form, divided by person (or by file, where a
name tells of nobody); ``train`` stops after 10 epochs without a new best; ``evaluate`` scores
by COCO's protocol, every model alike; ``export`` writes ONNX; ``rcnn`` trains Faster R-CNN and
``compare`` sets both beside the landmarks' way that the program ships. Nothing is fetched:
without ``--weights`` both start from nothing. Recipe F fine-tuned for 6.9 hours on a GPU.

With recipe F's data, which cannot be had freely (its JSON files and the pictures' folder)::

    D="python -m training detector"
    $D convert --data JSON_FOLDER --pictures PICTURES --out out/detector/set

With sets of single faces CLASS/NAME.jpg, such as FER2013 and the portraits, whose boxes are
drawn by the face landmarker; 8,000 composites of several faces besides (half an hour, CPU)::

    $D convert --data fer2013_train.zip portraits_train.zip --composites 8000 \
        --out out/detector/set

GPU, an hour or a few (a checkpoint of YOLOv10n on COCO, where you have one: --weights)::

    $D train --data out/detector/set --out out/detector/yolo --device 0 --batch 64 --workers 8
    $D rcnn --data out/detector/set --out out/detector/rcnn.pt --device cuda \
        --backbone resnet50 --minutes 60

CPU, in about an hour each on one core, at 320 pixels (what that gave: the landmarker's card)::

    $D train --data out/detector/set --out out/detector/yolo --imgsz 320 --epochs 14 --mixed
    $D rcnn --data out/detector/set --out out/detector/rcnn.pt --imgsz 320 --epochs 8 --mixed

Anywhere, at last::

    $D compare --data out/detector/set --weights out/detector/yolo/weights/best.pt \
        --rcnn out/detector/rcnn.pt
    $D export --weights out/detector/yolo/weights/best.pt --out out/detector/detector.onnx
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from engine.core.errors import InputError, MaumgyeolError
from engine.media.images import Bgr, read_image
from engine.reports.sets.pictures import spread
from training.common import track
from training.vision.detector import annotations as detector_annotations
from training.vision.detector import compose, formats, yolo
from training.vision.detector import score as detector_landmarks
from training.vision.detector.annotations import FRAMES, PARTS, SHOWN, Problem, Source, part_of
from training.vision.detector.compose import composites
from training.vision.detector.formats import Split
from training.vision.detector.score import Hit, score


def parser(description: str) -> argparse.ArgumentParser:
    """Return the parser of all steps; ``step`` says which was chosen."""
    top = argparse.ArgumentParser(
        prog="python -m training detector",
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


MARK = {
    "YOLOv10n": {"ap50": 0.8981, "ap50_95": 0.7822},
    "Faster R-CNN": {"ap50": 0.8723, "ap50_95": 0.7424},
}
"""Recipe F's table, on its own data: no figure of another set can be held against it."""


def convert(options: argparse.Namespace) -> dict[str, Any]:
    """Write the set and say what went into it and what did not."""
    report: dict[str, Any] = {}
    if options.pictures is not None:
        reading = detector_annotations.read(options.data, options.pictures, options.frame)
        sources = spread(reading.sources, options.limit)
        problems = reading.problems
        report |= {"boxes": "annotated", "clipped": reading.clipped, "unknown": reading.unknown}
    else:
        made = compose.boxed(options.data, options.limit)
        sources = made.sources
        problems = [Problem(name, "no face was found") for name in made.faceless]
        problems += [Problem(name, "cannot be read") for name in made.unread]
        report |= {"boxes": "drawn by the face landmarker", "outside": made.outside}
    if not sources:
        raise InputError("쓸 수 있는 얼굴이 없어요.", "No face is left to learn from.")
    shares = {"val": options.validation, "test": options.test}
    shares["train"] = 1 - sum(shares.values())
    parts: dict[str, Iterable[Source]] = {}
    for part in PARTS:
        own = [s for s in sources if _part(s, options) == part]
        count = round(options.composites * shares[part])
        several = composites(own, count, part, options.seed)
        parts[part] = several if options.composites_only else chain(own, several)
    counts, unwritten = formats.write(options.out, parts, options.longest)
    problems += unwritten
    report |= {"pictures": counts, "left_out": len(problems)}
    report["reasons"] = Counter(problem.why for problem in problems).most_common(20)
    rows = [{"where": problem.where, "why": problem.why} for problem in problems]
    path = options.out / "problems.json"
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return report


def _part(source: Source, options: argparse.Namespace) -> str:
    return part_of(source.sample.group, options.seed, options.validation, options.test)


def train(options: argparse.Namespace) -> dict[str, Any]:
    """Train YOLOv10n; its best weights lie in OUT/weights."""
    split = Split(options.data)
    size = len(split.samples("train"))
    if not size or not split.samples("val"):
        raise InputError("학습이나 검증에 쓸 사진이 없어요.", "No picture to train or to stop on.")
    best = yolo.train(
        split.yaml, options.out, weights=options.weights, device=options.device,
        epochs=options.epochs, imgsz=options.imgsz, patience=options.patience,
        batch=options.batch, minutes=options.minutes, seed=options.seed,
        fraction=min((options.limit or size) / size, 1.0), workers=options.workers,
        mixed=options.mixed,
    )  # fmt: skip
    track.made(best)
    return {"started_from": str(options.weights or "nothing"), "weights": str(best)}


def rcnn(options: argparse.Namespace) -> dict[str, Any]:
    """Train Faster R-CNN, YOLOv10n's rival, on the same pictures."""
    from training.vision.detector import rcnn as detector_rcnn

    weights = detector_rcnn.train(
        Split(options.data), options.out, start=options.weights, backbone=options.backbone,
        device=options.device, epochs=options.epochs, imgsz=options.imgsz,
        patience=options.patience, batch=options.batch, minutes=options.minutes,
        seed=options.seed, limit=options.limit, mixed=options.mixed,
    )  # fmt: skip
    track.made(weights)
    return {"started_from": str(options.weights or "nothing"), "weights": str(weights)}


def measure(
    split: Split,
    part: str,
    limit: int | None,
    find: Callable[[Bgr], Sequence[Hit]],
    groups: str = "",
) -> dict[str, Any]:
    """Return the scores of *find* on a part, and its milliseconds a picture.

    Args:
        groups: a pattern; only pictures of groups in which it is found are looked at.
    """
    chosen = [sample for sample in split.samples(part) if re.search(groups, sample.group)]
    samples = spread(chosen, limit)
    found, spent = {}, 0.0
    for sample in samples:
        image = read_image(split.picture(part, sample))
        start = time.perf_counter()
        found[sample.name] = find(image)
        spent += time.perf_counter() - start
    return score(samples, found) | {"ms_per_picture": 1000 * spent / max(len(samples), 1)}


def evaluate(options: argparse.Namespace) -> dict[str, Any]:
    """Score ``.pt`` or ``.onnx`` weights on a part."""
    find = yolo.finder(options.weights, options.imgsz, options.device)
    return measure(Split(options.data), options.part, options.limit, find, options.groups)


def export(options: argparse.Namespace) -> dict[str, Any]:
    """Write ONNX and compare it with torch."""
    options.out.parent.mkdir(parents=True, exist_ok=True)
    worst = yolo.export(options.weights, options.out, options.imgsz)
    track.made(options.out)
    return {"onnx": str(options.out), "worst_difference": worst}


def compare(options: argparse.Namespace) -> dict[str, Any]:
    """Score YOLOv10n, Faster R-CNN and the program's own way on the same pictures."""
    split = Split(options.data)
    found = dict(_rivals(options, split))
    for name, row in found.items():
        mark = MARK.get(name)
        beside = f" (recipe F, its own data: {mark['ap50']} {mark['ap50_95']})" if mark else ""
        found_alone = f"  found {row['find_ap50']:.4f} {row['find_ap50_95']:.4f}"
        print(
            f"{name:<14} AP50 {row['ap50']:.4f}  AP50-95 {row['ap50_95']:.4f}{found_alone}{beside}"
        )
    return {"models": found, "recipe_f_on_its_own_data": MARK}


def _rivals(options: argparse.Namespace, split: Split) -> Iterator[tuple[str, dict[str, Any]]]:
    from training.vision.detector import rcnn as detector_rcnn

    def scored(find: Callable[[Bgr], Sequence[Hit]]) -> dict[str, Any]:
        return measure(split, options.part, options.limit, find, options.groups)

    yield "YOLOv10n", scored(yolo.finder(options.weights, options.imgsz, options.device))
    with detector_landmarks.finder() as find:
        yield "landmarks", scored(find)
    yield "Faster R-CNN", scored(detector_rcnn.finder(options.rcnn, options.device))


STEPS = {f.__name__: f for f in (convert, train, rcnn, evaluate, export, compare)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one step and print its report as one line of JSON."""
    options = parser(__doc__ or "").parse_args(argv)
    try:
        with track.logged(options, "face-detector", name=options.step):
            report = STEPS[options.step](options)
            track.measured(report)
    except MaumgyeolError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({options.step: report}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
