"""How a file is to be read, precisely or quickly, with an honest word on how long that takes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.tabs.reviews_batch_names import duration
from desktop.widgets.choice import Choice
from desktop.widgets.labels import Label
from engine.reviews import INSTANT, PRECISE


class ModeChoice(QWidget):
    """Two buttons and a sentence; the times are those measured on this machine."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._speeds: dict[str, float | None] = {}
        self._rows: int | None = None
        self._begun = False
        self._said = Label(role="muted", wrap=True)
        self._said.setObjectName("reviewsSpeed")
        options = [
            (PRECISE, self.tr("정밀"), self.tr("문장을 통째로 읽는 인코더와 함께 판단해요")),
            (INSTANT, self.tr("빠름"), self.tr("글자 조각만 보는 가벼운 모델로 판단해요")),
        ]
        self.choice = Choice("reviewsMode", options, mode)
        self.choice.chosen.connect(self._say)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self._said)
        self._say()

    @property
    def mode(self) -> str:
        """The mode that is chosen."""
        return self.choice.current

    def choose(self, mode: str) -> None:
        """Switch to a mode."""
        self.choice.set_current(mode)
        self._say()

    def set_rows(self, rows: int | None) -> None:
        """Take how many rows there are, about."""
        self._rows = rows
        self._say()

    @property
    def measured(self) -> bool:
        """Whether the speed of the chosen mode is known, or known to be unknown."""
        return self.mode in self._speeds

    def forget_speeds(self) -> None:
        """Another file: nothing is measured."""
        self._speeds, self._begun = {}, False
        self._say()

    def begin(self) -> None:
        """The chosen mode is being measured."""
        self._begun = True
        self._say()

    def set_speed(self, mode: str, speed: float | None) -> None:
        """Take the measured rows a second of a mode; ``None``: it cannot be measured."""
        self._speeds[mode] = speed
        self._say()

    def _say(self) -> None:
        if self.mode == PRECISE:
            text = self.tr("문장을 통째로 읽어서 더 잘 맞혀요.")
        else:
            text = self.tr("글자 조각만 보고 훨씬 빨리 읽지만, 부정과 반어를 더 자주 놓쳐요.")
        self._said.setText(f"{text} {self._time()}".strip())

    def _time(self) -> str:
        if not self.measured:
            text = self.tr("이 컴퓨터에서 얼마나 걸리는지 재고 있어요.")
            return text if self._begun else ""
        speed = self._speeds[self.mode]
        if speed is None:
            return ""
        if self._rows is None:
            return self.tr("이 컴퓨터에서 1초에 약 {n}줄을 읽어요.").format(n=rounded(speed))
        text = self.tr("이 컴퓨터에서 1초에 약 {n}줄, 이 파일은 {time}쯤 걸려요.")
        return text.format(n=rounded(speed), time=duration(self._rows / speed))


def rounded(speed: float) -> str:
    """Return rows a second to two figures: more would be a pretence.

    >>> rounded(213.7), rounded(9_876), rounded(0.4)
    ('210', '9,900', '1')
    """
    whole = max(1, round(speed))
    step = 10 ** max(0, len(str(whole)) - 2)
    return f"{round(whole / step) * step:,}"
