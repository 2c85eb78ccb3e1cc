"""The second look: faces that are small, far, turned or seen from the side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.core.errors import Message
from engine.faces.detect.boxes import BoxDetector, Seen
from engine.faces.detect.landmarks import TILED, Found, Landmarker
from engine.faces.detect.rotation import turned
from engine.faces.detect.tiling import (
    MIN_TILE,
    SAME,
    Part,
    around,
    inside,
    middle_in,
    mirrored,
    overlap,
    same,
    tiles,
    with_margin,
)
from engine.faces.result import Box, FaceBox
from engine.media.images import Bgr

CANDIDATE = 0.4
"""Score from which a box is looked at again."""

SCALES = (1.6, 2.0, 2.5, 3.2)
"""Sides of the squares around a candidate, over its own, in which it has to be seen again."""

SURE = 0.6
"""Mean score over ``SCALES`` from which the landmarker is asked about a candidate; its answer
has to have as much around its own box."""

BOX_SURE, BOX_LEAST = 0.66, 0.6
"""Mean and least score of a face that the landmarker cannot read: nothing else confirms it."""

MAX_CANDIDATES = 40
MOST_TILES = 96

UPRIGHT = 0.72
"""Mean score from which a face is taken to be the right way up.

On portraits nine in ten upright faces have 0.82 or more; upside down, and read as if they
were not, none had more than 0.77.
"""

TURNS = (90.0, 180.0, 270.0, 45.0, 315.0)
ALL_TURNS = (*TURNS, 135.0, 225.0)
TURN_SIDE = 1600
"""Longest side in pixels of a picture that is turned: five times as many looks have to do."""

EDGE_MARGIN = 0.3
"""Share of the picture's size that is mirrored around it, to complete faces that are cut."""

EDGE_SEEN = 0.15
"""A face of the mirrored picture counts if so much of its box lies in the picture itself."""

SHARES = (1, 2, 4, 8)
"""Sides of the tiles, as parts of the picture's shorter side; the finest only upright."""

PROFILE_NOSE = 0.25
"""A nose that lies further off the middle of the eyes (in eye spans) is a head seen aside."""

TOO_SMALL = 20
"""Faces below this many pixels have too few for landmarks."""

PROFILE = Message(
    "얼굴은 찾았지만 옆모습이라 점을 찍을 수 없어요.",
    "The face was found, but it is seen from the side: landmarks are not to be had.",
)
SMALL = Message(
    "얼굴은 찾았지만 너무 작아서 점을 찍을 수 없어요.",
    "The face was found, but it is too small for landmarks.",
)
UNCLEAR = Message(
    "얼굴은 찾았지만 가려졌거나 흐려서 점을 찍을 수 없어요.",
    "The face was found, but it is hidden or blurred: landmarks are not to be had.",
)


@dataclass(frozen=True)
class Findings:
    """What a picture holds, largest first: faces with their landmarks, and boxes without."""

    faces: list[Found]
    boxes: list[FaceBox]


@dataclass(frozen=True, eq=False)
class Sighting:
    """A face as it was seen in one position of the picture.

    Attributes:
        box: x, y, width, height in pixels of the picture, from the brows to the chin; may reach
            beyond the picture.
        score: how sure the detector is of it in this position, 0..1.
        points: its landmarks, if there are any.
        reason: why there are none.
        turn: degrees by which the picture was turned counter-clockwise to see it.
    """

    box: Box
    score: float
    points: Found | None = None
    reason: Message = UNCLEAR
    turn: float = 0.0


class Finder:
    """Looks at pictures once, and a second time where that is worth it.

    The second look is taken when the first finds nothing, or nothing that is the right way
    up, or when it is asked for. It goes through overlapping tiles with a detector of boxes,
    has each candidate confirmed at four scales, and asks the landmarker again for each that
    is. Where that gives nothing, or on request, the picture is turned by quarters and eighths.
    Bounded: at most some thousand looks of about two milliseconds.

    Args:
        landmarker: for pictures (not live); the caller closes it.
    """

    def __init__(self, landmarker: Landmarker) -> None:
        self._landmarker = landmarker
        self._boxes: BoxDetector | None = None

    def find(self, image: Bgr, thorough: bool = False, turn: bool | None = None) -> Findings:
        """Return the faces of *image* (H, W, 3).

        Args:
            thorough: take the second look whatever the first finds.
            turn: turn the picture whatever is found; as *thorough* when ``None``.
        """
        first = self._landmarker.look(image)
        faces = self._landmarker.look_again(image, first)
        if first and not thorough and self._score(image, faces[0].box) >= UPRIGHT:
            return Findings(faces, [])
        hits = self._scored(image, faces, first)
        hits += self._search(image, SHARES, hits)
        wanted = thorough if turn is None else turn
        if wanted or not hits or max(hit.score for hit in hits) < UPRIGHT:
            hits += self._turn(image)
        kept: list[Sighting] = []
        for hit in sorted(hits, key=lambda hit: -hit.score):
            if not any(same(hit.box, other.box) for other in kept):
                kept.append(hit)
        kept = sorted(kept, key=lambda hit: -hit.box[2] * hit.box[3])
        room = self._landmarker.max_faces
        return Findings(
            [hit.points for hit in kept if hit.points is not None][:room],
            [FaceBox(inside(h.box, image), h.score, h.reason) for h in kept if h.points is None][
                :room
            ],
        )

    def sightings(self, image: Bgr) -> list[Sighting]:
        """Return whatever may be a face of *image*, from every side, a face perhaps many times.

        For hiding: the picture is always turned, boxes of the turned picture count, and its
        edges are mirrored, so that half a face becomes a whole one. About ten searches.
        """
        first = self._landmarker.look(image)
        hits = self._scored(image, self._landmarker.look_again(image, first), first)
        hits += self._search(image, SHARES, ())
        return hits + self._turn(image, ALL_TURNS, boxes=True) + self._cut(image)

    def close(self) -> None:
        """Free the detector of boxes; safe to call twice."""
        if self._boxes is not None:
            self._boxes.close()
            self._boxes = None

    def _detect(self, part: Part) -> list[Seen]:
        """Return what the detector sees in a piece, boxes in pixels of the whole."""
        if self._boxes is None:
            self._boxes = BoxDetector()
        return [
            Seen(part.box_to_whole(seen.box), seen.score, seen.keys)
            for seen in self._boxes.detect(part.image)
        ]

    def _views(self, image: Bgr, box: Box) -> tuple[list[Part], list[Seen]]:
        """Return the squares around *box*, and what of it is seen in them."""
        views = [around(image, box, times) for times in SCALES]
        seen = (_at(box, self._detect(view)) for view in views)
        return views, [one for one in seen if one is not None]

    def _score(self, image: Bgr, box: Box) -> float:
        """Return the mean score of a face over ``SCALES``; 0 where its middle is outside."""
        if not middle_in(box, (0.0, 0.0, image.shape[1], image.shape[0])):
            return 0.0
        return sum(_scores(self._views(image, box)[1])) / len(SCALES)

    def _scored(self, image: Bgr, faces: list[Found], first: list[Found]) -> list[Sighting]:
        """Return the landmarker's *faces* with their scores; *first*: of the look at the whole."""
        hits = [Sighting(face.box, self._score(image, face.box), face) for face in faces]
        if max(image.shape[:2]) >= TILED:  # a tile's word alone is not enough
            hits = [hit for hit in hits if hit.points in first or hit.score >= SURE]
        return hits

    def _search(
        self,
        image: Bgr,
        shares: Sequence[int],
        known: Sequence[Sighting],
        readable: float = SURE,
    ) -> list[Sighting]:
        """Return the faces of the picture's pieces that are not *known*.

        Args:
            readable: score from which the landmarker is asked; below, a box has to do.
        """
        hits: list[Sighting] = []
        for box in self._candidates(image, shares, known):
            views, seen = self._views(image, box)
            score = sum(_scores(seen)) / len(SCALES)
            if score < SURE:
                continue
            asked = views if score >= readable else []
            looks = (face for view in asked for face in self._landmarker.look_at(view))
            face = next((face for face in looks if same(face.box, box)), None)
            if face is not None:
                if self._score(image, face.box) >= SURE:
                    hits.append(Sighting(face.box, score, face))
            elif score >= BOX_SURE and min(_scores(seen)) >= BOX_LEAST:
                best = max(seen, key=lambda one: one.score)
                hits.append(Sighting(best.box, score, None, _why(seen, box)))
        return hits

    def _candidates(
        self, image: Bgr, shares: Sequence[int], known: Sequence[Sighting]
    ) -> list[Box]:
        """Return boxes that may be faces, surest first, each once."""
        whole = (0.0, 0.0, image.shape[1], image.shape[0])
        seen = [one for part in pieces(image, shares) for one in self._detect(part)]
        kept: list[Box] = []
        for one in sorted(seen, key=lambda one: -one.score):
            if one.score < CANDIDATE or len(kept) == MAX_CANDIDATES:
                break
            others = [*kept, *(hit.box for hit in known)]
            if middle_in(one.box, whole) and not any(same(one.box, box) for box in others):
                kept.append(one.box)
        return kept

    def _turn(
        self, image: Bgr, turns: Sequence[float] = TURNS, boxes: bool = False
    ) -> list[Sighting]:
        """Return faces of the turned picture; *boxes* without landmarks only on request."""
        hits: list[Sighting] = []
        for degrees in turns:
            turn = turned(image, degrees, TURN_SIDE)
            shares = SHARES[:2] if boxes and degrees % 90 else SHARES[:3]
            for hit in self._search(turn.image, shares, (), UPRIGHT if boxes else SURE):
                if hit.points is not None and hit.score >= UPRIGHT:
                    face = turn.to_whole(hit.points)
                    hits.append(Sighting(face.box, hit.score, face, turn=degrees))
                elif boxes and hit.score >= BOX_SURE:
                    box = turn.box_to_whole(hit.box)
                    hits.append(Sighting(box, hit.score, None, hit.reason, degrees))
        return hits

    def _cut(self, image: Bgr) -> list[Sighting]:
        """Return faces that the picture's edges cut, seen in the mirrored picture."""
        part = mirrored(image, EDGE_MARGIN)
        hits: list[Sighting] = []
        for hit in self._search(part.image, SHARES[:2], (), UPRIGHT):
            box, points = part.box_to_whole(hit.box), hit.points
            if points is not None:
                points = replace(points, points=part.to_whole(points.points))
            _, _, width, height = inside(box, image)
            cut = not _within(box, image)
            if cut and min(width, height) > 0 and width * height >= EDGE_SEEN * box[2] * box[3]:
                hits.append(Sighting(box, hit.score, points, hit.reason))
        return hits


def pieces(image: Bgr, shares: Sequence[int] = SHARES) -> Iterator[Part]:
    """Yield the picture, itself with a margin, and ever finer overlapping tiles of it."""
    yield Part(image, 0.0, 0.0, 1.0)
    yield with_margin(image, 0.25)
    short, long = sorted(image.shape[:2])
    first = 1 if long > 1.2 * short else 2
    for side in (short // share for share in shares if share >= first):
        if side > MIN_TILE / 2:
            yield from tiles(image, max(side, MIN_TILE), MOST_TILES)


def _within(box: Box, image: Bgr) -> bool:
    """Whether all of *box* lies in the picture."""
    x, y, width, height = box
    return x >= 0 and y >= 0 and x + width <= image.shape[1] and y + height <= image.shape[0]


def _at(box: Box, seen: list[Seen]) -> Seen | None:
    """Return the surest of *seen* that is the face at *box*."""
    return next((one for one in seen if overlap(one.box, box) > SAME), None)


def _scores(seen: list[Seen]) -> list[float]:
    """Return the scores of all ``SCALES``; 0 where nothing was seen."""
    return [one.score for one in seen] + [0.0] * (len(SCALES) - len(seen))


def _why(seen: list[Seen], box: Box) -> Message:
    aside = sorted(one.sideways for one in seen)
    if max(box[2], box[3]) < TOO_SMALL:
        return SMALL
    return PROFILE if aside[len(aside) // 2] > PROFILE_NOSE else UNCLEAR
