"""What a batch is saved as: all rows as a table, a page of charts as a picture; no widgets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from desktop.tabs.reviews_batch_stores import Reading
from desktop.widgets.image_view import to_png
from engine.errors import InputError
from engine.saving import write_whole

FILTER = "Excel (*.xlsx);;CSV (*.csv);;Parquet (*.parquet)"
_EXCEL_ROWS = 1_048_575


def suggested_name(reading: Reading) -> str:
    """Return the name of an export; CSV where Excel cannot hold the rows."""
    suffix = ".xlsx" if reading.rows <= _EXCEL_ROWS else ".csv"
    return f"{reading.source.stem[:80]}-마음결{suffix}"


def save_picture(image: QImage, target: Path) -> Path:
    """Write a picture as PNG and return *target*.

    Raises:
        InputError: the name ends otherwise.
        StorageError: it cannot be written.
    """
    if target.suffix.lower() != ".png":
        raise InputError(
            f"그림은 PNG로만 저장할 수 있어요: {target.name}", f"Pictures are PNG: {target.name}"
        )
    write_whole(target, to_png(image))
    return target
