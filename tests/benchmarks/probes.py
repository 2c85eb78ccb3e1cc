"""What runs in a fresh process: ``python -m tests.benchmarks.probes NAME …`` prints JSON."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import all_tabs, batches, live, sessions
from tests.benchmarks.fresh import median_seconds, timed
from tests.benchmarks.texts import reviews as sentences

BATCH = 4000
"""Sentences of a batch for the product; the recipe, a hundred times slower, gets fewer."""
RECIPE_BATCH = 400
PRECISE_BATCH = 1000
TRAINING = 1500
FRAMES = 120


def _texts(data: str | None, count: int) -> list[str]:
    if data is None:
        return sentences(count, seed=1)[0]
    lines = [line.strip() for line in Path(data).read_text("utf-8").splitlines()]
    return [line for line in lines if line][:count]


def reviews(data: str | None = None) -> dict[str, float]:
    """Speed of ``engine.reviews`` on a batch and on one review with its explanation."""
    from engine import reviews as engine

    texts = _texts(data, BATCH)
    engine.predict_many(texts[:50], mode=engine.INSTANT)
    seconds = statistics.median(
        timed(lambda: engine.predict_many(texts, mode=engine.INSTANT)) for _ in range(3)
    )
    one = median_seconds(lambda: engine.predict(texts[0], mode=engine.INSTANT), 15)
    return {"per_second": len(texts) / seconds, "one_ms": one * 1000}


def precise_reviews(data: str | None = None) -> dict[str, float]:
    """Speed of the precise mode: a review, a batch, an explained text of 40 words; its size."""
    from engine import emotions
    from engine import reviews as engine
    from engine.models import manifest
    from engine.text import encoder

    texts = _texts(data, PRECISE_BATCH)
    words = " ".join(" ".join(texts).split()[:40])
    each = iter(texts * 2)
    engine.predict(texts[0])
    one = median_seconds(lambda: engine.predict(next(each), explain=False), 200)
    batch = statistics.median(timed(lambda: engine.predict_many(texts)) for _ in range(3))
    return {
        "one_ms": one * 1000,
        "per_second": len(texts) / batch,
        "explained_ms": median_seconds(lambda: engine.predict(words), 15) * 1000,
        "emotion_ms": median_seconds(lambda: emotions.predict(texts[0]), 50) * 1000,
        "megabytes": manifest.entry(encoder.NAME).bytes / 1e6,
    }


def review_recipe(data: str | None = None) -> dict[str, float]:
    """Speed of the classic recipe, trained here on sentences of the same kind."""
    from training.text.reviews.baselines import OktRecipe

    known, sides = sentences(TRAINING, seed=2)
    recipe = OktRecipe().fit(known, ["긍정" if side else "부정" for side in sides])
    texts = _texts(data, RECIPE_BATCH)
    recipe.predict(texts[:20])
    seconds = statistics.median(timed(lambda: recipe.predict(texts)) for _ in range(3))
    return {"per_second": len(texts) / seconds}


def _sample(name: str) -> Any:
    from engine.core import paths
    from engine.media.images import read_image

    return read_image(paths.resources_dir() / "samples" / name)


def faces() -> dict[str, float]:
    """Speed of a live reader and of a bare landmarker on the same frames, by turns."""
    import cv2
    import mediapipe as mp
    import numpy as np
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    from engine.faces import FaceReader
    from engine.models import store

    image = _sample("face.jpg")
    frames = [
        np.roll(image, (round(4 * np.sin(i / 5)), round(6 * np.cos(i / 7))), axis=(0, 1))
        for i in range(FRAMES)
    ]
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=store.path("face-landmarker").read_bytes()),
        running_mode=vision.RunningMode.VIDEO,
        num_faces=5,
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    ours: list[float] = []
    bare: list[float] = []
    with FaceReader(max_faces=5, live=True, quick=True) as reader, FaceReader() as still:
        landmarker = vision.FaceLandmarker.create_from_options(options)
        for i, frame in enumerate(frames):
            stamp = (i + 1) * 33

            def detect(frame: Any = frame, stamp: int = stamp) -> None:
                rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
                landmarker.detect_for_video(mp.Image(mp.ImageFormat.SRGB, rgb), stamp)

            def read(frame: Any = frame, stamp: int = stamp) -> None:
                if not reader.read(frame, stamp).faces:
                    raise SystemExit("the sample's face was lost")

            for call, times in (
                ((detect, bare), (read, ours)) if i % 2 else ((read, ours), (detect, bare))
            ):
                times.append(timed(call))
        landmarker.close()
        photo = median_seconds(lambda: still.read(image), 10)
    skip = FRAMES // 6
    return {
        # The mean, for not every frame costs the same: expressions are judged in every other one.
        "ours_ms": statistics.fmean(ours[skip:]) * 1000,
        "bare_ms": statistics.fmean(bare[skip:]) * 1000,
        "photo_ms": photo * 1000,
    }


def digits() -> dict[str, float]:
    """Speed of reading the sample digit."""
    from engine import digits as engine

    image = _sample("digit-5.png")
    return {"ms": median_seconds(lambda: engine.predict(image), 200) * 1000}


def comments() -> dict[str, float]:
    """Speed of writing three comments, and of looking at the sample photo."""
    from engine.comments import pipeline, write

    labels = ["행복", "커피", "나무"]
    seeds = iter(range(1000))
    seconds = median_seconds(lambda: write(labels, n=3, seed=next(seeds)), 20)
    image = _sample("face.jpg")
    photo = median_seconds(lambda: pipeline.analyse(image), 8)
    return {"ms": seconds * 1000, "photo_ms": photo * 1000}


PROBES: dict[str, Callable[..., dict[str, float]]] = {
    "reviews": reviews,
    "precise_reviews": precise_reviews,
    "review_recipe": review_recipe,
    "faces": faces,
    "digits": digits,
    "comments": comments,
    "all_tabs": all_tabs.probe,
    "batch": batches.probe,
    "live": live.probe,
    "session": sessions.probe,
}


if __name__ == "__main__":
    print(json.dumps(PROBES[sys.argv[1]](*sys.argv[2:])))
