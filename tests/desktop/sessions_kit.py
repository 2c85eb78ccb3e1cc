"""What the tests of sessions share: finding the panel's parts, storing and opening a session."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QTableWidget,
    QToolButton,
)

from desktop.tabs.faces.sessions.tab import SessionPanel
from desktop.tabs.faces.sessions.timeline import Timeline
from engine.faces.sessions.session import Session
from tests.desktop.faces_kit import Faces
from tests.engine import sessions_made as made

LEFT = Qt.MouseButton.LeftButton
LONG = 60_000
"""Milliseconds: the first face of a run waits for its models, on a busy machine too."""


def panel(faces: Faces) -> SessionPanel:
    return faces.tab._mosaic.session


def line(faces: Faces) -> Timeline:
    found: Timeline = faces.child(Timeline, "sessionTimeline")
    return found


def table(faces: Faces, name: str) -> QTableWidget:
    found: QTableWidget = faces.child(QTableWidget, name)
    return found


def wait_rows(faces: Faces, count: int) -> QTableWidget:
    """Return the segments, once there are so many."""
    rows = table(faces, "sessionSegments")
    faces.bot.waitUntil(lambda: rows.rowCount() == count, timeout=LONG)
    return rows


def press(faces: Faces, name: str) -> None:
    faces.bot.mouseClick(faces.child(QToolButton, name), LEFT)


def show(faces: Faces, session: Session, video: str = "") -> str:
    """Store a session, and open it from the list by double clicking."""
    number = made.stored(session, video=video)
    faces.click("faceMode-session")
    rows = table(faces, "sessionList")
    faces.bot.waitUntil(lambda: rows.rowCount() == 1, timeout=LONG)
    rows.selectRow(0)
    faces.click("sessionOpen")
    faces.bot.waitUntil(lambda: panel(faces).showing, timeout=LONG)
    return number


def start(faces: Faces, spec: str) -> None:
    faces.child(QComboBox, "faceSource").setEditText(spec)
    faces.click("faceStart")
    faces.bot.waitUntil(lambda: faces.tab._shot is not None, timeout=LONG)
