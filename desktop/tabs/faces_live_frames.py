"""What is done with every live frame, in the analysis thread."""

from __future__ import annotations

from desktop.tabs.faces_shot import LIVE_SIDE, Calibrating, Shot, reduced
from engine.errors import InputError
from engine.faces import FaceReader
from engine.faces.baseline import Baseline
from engine.faces.calibration import Calibration
from engine.faces.live import LiveFrame, LiveSession
from engine.faces.source import Frame


class Frames:
    """Reads frames one after another; opened with the first, closed in the same thread.

    The UI thread sets the attributes; the next frame follows them.

    Attributes:
        use_rules: let the rules judge.
        baseline, owner: who is re-centred by what, see :class:`engine.faces.live.LiveSession`.
        calibrate: number of the person to calibrate, 0 for nobody.
    """

    def __init__(self, use_rules: bool, baseline: Baseline | None) -> None:
        self.use_rules = use_rules
        self.baseline, self.owner, self.calibrate = baseline, 0, 0
        self._reader: FaceReader | None = None
        self._rules = use_rules
        self._session = LiveSession(baseline)
        self._centred = (baseline, 0)
        self._calibration: tuple[int, Calibration] | None = None

    def read(self, frame: Frame) -> Shot:
        """Return the next shot."""
        if self._reader is None:
            self._rules = self.use_rules
            self._reader = FaceReader(live=True, use_rules=self._rules, quick=True)
        if self.use_rules != self._rules:
            self._rules = self.use_rules
            self._reader.judge_by(self._rules)
        wanted = (self.baseline, self.owner)
        if wanted != self._centred:
            self._centred = wanted
            self._session.use(*wanted)
        image = reduced(frame.image, LIVE_SIDE)
        result = self._reader.read(image, frame.milliseconds)
        seen = self._session.update(result, frame.milliseconds)
        return Shot(
            image=image,
            result=seen.result,
            frame=seen,
            calibrating=self._calibrating(seen),
            captured=frame.captured,
        )

    def close(self) -> None:
        """Free the reader."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _calibrating(self, seen: LiveFrame) -> Calibrating | None:
        number = self.calibrate
        if not number:
            self._calibration = None
            return None
        if self._calibration is None or self._calibration[0] != number:
            self._calibration = (number, Calibration())
        calibration, person = self._calibration[1], seen.person(number)
        try:
            calibration.add(person.raw if person else None, seen.timestamp_ms)
            baseline = calibration.baseline() if calibration.done else None
        except InputError as error:
            self.calibrate = 0
            return Calibrating(calibration.seen_ms, error=error)
        if baseline is not None:
            self.calibrate = 0
        return Calibrating(calibration.seen_ms, baseline)
