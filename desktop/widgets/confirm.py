"""A question before something that cannot be taken back; Enter and Esc leave all as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def confirm(parent: QWidget, title: str, question: str) -> bool:
    """Return whether the user says yes; the answer that is offered first is no."""
    button = QMessageBox.StandardButton
    answer = QMessageBox.question(parent, title, question, button.Yes | button.No, button.No)
    return answer == button.Yes
