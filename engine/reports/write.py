"""One call from a labelled set to a report on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.core import files
from engine.core.errors import InputError, Message
from engine.core.jobs import Progress
from engine.reports.report import Report

SUFFIXES = (".html", ".htm", ".pdf")
_COLLECTED = 0.9
_WRITTEN = 0.99


def make(
    key: str,
    data: Sequence[Path],
    out: Path,
    *,
    limit: int | None = None,
    mode: str | None = None,
    title: str = "",
    language: str = "ko",
    progress: Progress | None = None,
) -> Report:
    """Write the report of the model of task *key* on a labelled set, as HTML or PDF.

    The target is tried before the model answers anything, and an existing file is
    replaced only when the new one is complete. See :func:`collect.collect`.

    Raises:
        InputError: the suffix is neither, there is no such task, or the data is bad.
        ModelMissingError, ModelCorruptError: a model cannot be loaded.
        StorageError: the file cannot be written.
        Cancelled: *progress* was cancelled.
    """
    from engine.reports import collect  # brings numpy, which a command's --help does not need

    out, progress = Path(out), progress or Progress()
    _check_suffix(out)
    save(out, None)
    report = collect.collect(
        key,
        data,
        out=out,
        limit=limit,
        mode=mode,
        title=title,
        language=language,
        progress=progress.part(0.0, _COLLECTED),
    )
    content = render(report, out, progress.part(_COLLECTED, _WRITTEN))
    progress.report(_WRITTEN, Message("파일에 쓰는 중이에요.", "Writing the file."))
    save(out, content)
    progress.report(1.0)
    return report


def render(report: Report, out: Path, progress: Progress | None = None) -> bytes:
    """Return the report as the bytes of a file of *out*'s kind.

    Raises:
        InputError: the suffix is neither HTML nor PDF.
        ModelMissingError: the Korean font is missing.
        Cancelled: *progress* was cancelled.
    """
    _check_suffix(out)
    if out.suffix.lower() == ".pdf":
        from engine.reports import pdf

        return pdf.render(report, progress)
    from engine.reports import html

    return html.render(report, progress)


def _check_suffix(out: Path) -> None:
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"보고서는 .html이나 .pdf로만 저장할 수 있어요: {out.name}",
            f"A report is saved as .html or .pdf only: {out.name}",
        )


def save(path: Path, content: bytes | None) -> None:
    """Put *content* into *path*, all of it or nothing; ``None`` only tries the folder.

    Raises:
        StorageError: it cannot be written (no folder, no permission, no room).
    """
    if content is None:
        files.check_writable(path)
    else:
        files.write_whole(path, content)
