"""Hiding the faces of many pictures and videos: what was done, what not, and why."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import InputError, MaumgyeolError, Message, StorageError
from engine.faces.mosaic import Hider, Mosaic
from engine.faces.mosaic_file import hide_in_file
from engine.faces.mosaic_video import hide_in_video
from engine.faces.source import VIDEO_SUFFIXES, without_secrets
from engine.images import SUFFIXES
from engine.jobs import Cancelled, Progress
from engine.saving import free

log = logging.getLogger(__name__)

NO_FACE = Message(
    "얼굴을 찾지 못해 저장하지 않았어요. 얼굴이 있는지 직접 확인해 주세요.",
    "No face was found, so nothing was written. Look at it yourself.",
)
NO_SOUND = Message("소리는 저장되지 않았어요.", "The sound was not kept.")
VARIABLE = Message(
    "장면 간격이 고르지 않은 영상이라 고른 간격으로 옮겼어요.",
    "The frames are not evenly spaced; the copy's are, at the same times.",
)


@dataclass(frozen=True)
class Done:
    """A file whose faces were hidden: where it lies now, how many, and what to know of it.

    Attributes:
        doubts: why some of the faces may not be hidden whole; somebody has to look.
    """

    source: Path
    target: Path
    faces: int
    notes: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A file or folder that was not written, and why."""

    source: Path
    reason: Message


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        done: with hidden faces, written.
        without: nothing was found in them, nothing was written.
        failed: could not be read or written.
        cancelled: the run was stopped before the rest.
    """

    done: tuple[Done, ...] = ()
    without: tuple[Failed, ...] = ()
    failed: tuple[Failed, ...] = ()
    cancelled: bool = False

    @property
    def doubtful(self) -> tuple[Done, ...]:
        """Those of the written files in which somebody has to look at the faces."""
        return tuple(row for row in self.done if row.doubts)

    def to_dict(self) -> dict[str, Any]:
        """Return plain types for JSON."""
        return {
            "done": [
                {
                    "source": str(row.source),
                    "target": str(row.target),
                    "faces": row.faces,
                    "notes": [note._asdict() for note in row.notes],
                    "doubts": [doubt._asdict() for doubt in row.doubts],
                }
                for row in self.done
            ],
            "without": [_failed_row(row) for row in self.without],
            "failed": [_failed_row(row) for row in self.failed],
            "cancelled": self.cancelled,
        }


def run(
    inputs: Sequence[Path],
    folder: Path,
    mosaic: Mosaic | None = None,
    *,
    recursive: bool = False,
    progress: Progress | None = None,
    on_row: Callable[[Done | Failed], None] | None = None,
) -> Outcome:
    """Write copies of *inputs* (pictures, videos, folders of them) with hidden faces to *folder*.

    The originals are not touched, and no file that lies in *folder* is written over: a taken
    name becomes ``name (2)``. Sub-folders keep their names. What fails is told in the outcome;
    so is what was done before a stop.

    Args:
        recursive: take the folders within folders too.
        on_row: told of each file, in the caller's thread.

    Raises:
        StorageError: *folder* cannot be made.
        ModelMissingError, ModelCorruptError: the landmarker cannot be loaded.
    """
    progress = progress or Progress()
    mosaic = mosaic or Mosaic()
    _make(folder)
    done: list[Done] = []
    without: list[Failed] = []
    failed: list[Failed] = []
    tell = on_row or (lambda row: None)
    cancelled = False
    files, missed = listing(inputs, folder, recursive)
    for row in missed:
        failed.append(row)
        tell(row)
    with Hider(mosaic) as hider:
        for number, (path, below) in enumerate(files):
            try:
                part = progress.part(number / len(files), (number + 1) / len(files))
                part.report(0.0, Message(f"가리는 중: {path.name}", f"Hiding: {path.name}"))
                made = _one(path, folder / below, hider, part)
            except Cancelled:
                cancelled = True
                break
            except Exception as error:  # one bad file does not end a folder
                failed.append(Failed(path, _reason(path, error)))
                tell(failed[-1])
                continue
            if isinstance(made, Done):
                done.append(made)
            else:
                without.append(made)
            tell(made)
    return Outcome(tuple(done), tuple(without), tuple(failed), cancelled)


def listing(
    inputs: Sequence[Path], target: Path, recursive: bool
) -> tuple[list[tuple[Path, Path]], list[Failed]]:
    """Return the files to work on, each with its folder below the target, and what is not.

    Files of other kinds are passed over within folders, and *target* itself.
    """
    files: list[tuple[Path, Path]] = []
    missed: list[Failed] = []
    for path in inputs:
        if os.path.isdir(path):  # where Path.is_dir raises, this says no
            files += _within(path, target, recursive, missed)
        elif path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES):
            files.append((path, Path()))
        else:
            missed.append(Failed(path, _unknown(path)))
    return files, missed


def _within(
    folder: Path, target: Path, recursive: bool, missed: list[Failed]
) -> Iterator[tuple[Path, Path]]:
    def refuse(error: OSError) -> None:
        name = Path(error.filename or folder)
        missed.append(
            Failed(
                name,
                Message(
                    f"폴더를 열 수 없어요: {name.name} ({error.strerror})",
                    f"Cannot open the folder {name}: {error.strerror}",
                ),
            )
        )

    out = target.resolve()
    for place, folders, names in os.walk(folder, onerror=refuse):
        here = Path(place)
        kept = sorted(name for name in folders if (here / name).resolve() != out)
        folders[:] = kept if recursive else []
        if here.resolve() == out and here != folder:
            continue
        for name in sorted(names):
            path = here / name
            if path.suffix.lower() in (*SUFFIXES, *VIDEO_SUFFIXES) and not name.startswith("."):
                yield path, here.relative_to(folder)


def _one(path: Path, folder: Path, hider: Hider, progress: Progress) -> Done | Failed:
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        made = hide_in_file(path, free(folder / path.name), hider)
        done = Done(path, made.target, made.faces, made.notes, made.doubts)
        return done if made.faces else Failed(path, NO_FACE)
    suffix = ".avi" if path.suffix.lower() == ".avi" else ".mp4"
    target = free(folder / f"{path.stem}{suffix}")
    video = hide_in_video(path, target, hider.mosaic, progress)
    if not video.with_faces:
        target.unlink(missing_ok=True)
        return Failed(path, NO_FACE)
    notes = [NO_SOUND]
    if video.variable_rate:
        notes.append(VARIABLE)
    if video.stopped is not None:
        notes.append(video.stopped)
    doubts = () if video.doubt is None else (video.doubt,)
    return Done(path, target, video.faces, tuple(notes), doubts)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"결과 폴더를 만들 수 없어요: {folder.name}. 다른 폴더를 골라 주세요.",
            f"Cannot make the folder {folder}: {error.strerror}. Choose another one.",
        ) from error


def _unknown(path: Path) -> Message:
    if os.path.exists(path):
        text = "사진이나 영상이 아니에요", "is neither a picture nor a video"
    else:
        text = "찾을 수 없어요", "cannot be found"
    return InputError(f"{text[0]}: {path.name}", f"{path.name} {text[1]}.").message


def _reason(path: Path, error: Exception) -> Message:
    if isinstance(error, MaumgyeolError):
        return error.message
    log.error("unexpected error in %s", path, exc_info=error)
    if isinstance(error, MemoryError):
        return Message(
            "메모리가 모자라 가리지 못했어요. 다른 프로그램을 닫고 다시 해 보세요.",
            "There was not enough memory. Close other programs and try again.",
        )
    return Message(
        "예상하지 못한 오류로 가리지 못했어요. 자세한 내용은 로그에 있어요.",
        f"It could not be hidden because of an unexpected error: {error!r}.",
    )


def _failed_row(row: Failed) -> dict[str, Any]:
    return {"source": without_secrets(str(row.source)), "reason": row.reason._asdict()}
