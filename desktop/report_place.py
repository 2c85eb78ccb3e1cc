"""Where a report is written, and as what: HTML or PDF, in which folder, by which name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop import theme
from desktop.settings import Settings
from desktop.widgets import files
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.choice import Choice
from desktop.widgets.labels import Label

KINDS = (".html", ".pdf")


class ReportPlace(Card):
    """Shows the file that will be written, and lets it be changed."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("저장할 곳"))
        self._settings = settings
        self._folder: Path | None = None
        self._name = self._given = ""
        self.kind = Choice("reportKind", [(KINDS[0], "HTML", ""), (KINDS[1], "PDF", "")], KINDS[0])
        self.kind.chosen.connect(self._show)
        self._path = Label(role="muted")
        self._path.setObjectName("reportTarget")
        self._path.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        change = Button(self.tr("바꾸기…"), "folder")
        change.setObjectName("reportPlace")
        change.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.kind)
        row.addWidget(self._path, 1)
        row.addWidget(change)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def target(self) -> Path:
        """The file to write; until one is chosen, a new one in the user's documents."""
        folder = self._folder
        if folder is None:
            place = QStandardPaths.StandardLocation.DocumentsLocation
            documents = Path(QStandardPaths.writableLocation(place))
            folder = documents if documents.is_dir() else Path.home()
        return folder / f"{self._given or self._name}{self.kind.current}"

    def suggest(self, task: str) -> None:
        """Name the file after *task* and the time, unless the user has named it."""
        self._name = f"maumgyeol-{task}-{datetime.now().strftime('%Y%m%d-%H%M%S')}"
        self._show()

    def set_target(self, path: Path) -> None:
        """Take *path* as the file to write; its ending chooses the kind."""
        if path.suffix.lower() in KINDS:
            self.kind.set_current(path.suffix.lower())
        self._folder, self._given = path.parent, path.stem
        self._show()

    def ask(self) -> None:
        """Ask where to write."""
        filters = ["HTML (*.html)", "PDF (*.pdf)"]
        filters = filters if self.kind.current == KINDS[0] else filters[::-1]
        chosen = files.ask_save(self, self._settings, self.target.name, ";;".join(filters))
        if chosen is not None:
            self.set_target(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the path as there is room for."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        path, middle = str(self.target), Qt.TextElideMode.ElideMiddle
        metrics = self._path.fontMetrics()
        self._path.setText(metrics.elidedText(path, middle, self._path.width()))
        self._path.setToolTip(path)
