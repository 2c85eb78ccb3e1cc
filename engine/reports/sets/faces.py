"""Face pictures labelled by their folder: zip or folder ``CLASS/NAME.jpg``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.core.jobs import Progress
from engine.media.images import Bgr, decode_image
from engine.reports.sets.emotions import SEVEN as CLASSES
from engine.reports.sets.items import Item, LabelledSet, commonest, names_of
from engine.reports.sets.pictures import Place, Shelf, find, spread

__all__ = ["CLASSES", "opener", "read"]


def read(
    data: Sequence[Path], limit: int | None = None, progress: Progress | None = None
) -> LabelledSet:
    """List the pictures, or *limit* of them, evenly spread over the classes.

    Raises:
        InputError: a path is neither zip nor folder, or holds no picture of a known class.
        Cancelled: *progress* was cancelled.
    """
    (progress or Progress()).report(None)
    places, unknown = find(data, CLASSES)
    shelf = Shelf()
    items = [
        Item(f"{place.path.stem}/{place.name}", place.label, picture=opener(shelf, place))
        for place in spread(places, limit)
    ]
    return LabelledSet(names_of(data), items, 0, commonest(unknown))


def opener(shelf: Shelf, place: Place) -> Callable[[], Bgr]:
    """Return a call that reads the picture at *place*."""
    return lambda: decode_image(shelf.read(place), place.name)
