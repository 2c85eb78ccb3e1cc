"""Files, folders and pages opened in the user's other programs."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTextBrowser

from engine.core import privacy

log = logging.getLogger(__name__)


def open_outside(target: Path | QUrl) -> bool:
    """Open a file, a folder or a page with the program that the system has for it.

    Returns:
        Whether a program was found; not whether it could show the target.
    """
    url = target if isinstance(target, QUrl) else QUrl.fromLocalFile(str(target))
    if sys.platform != "linux":
        return QDesktopServices.openUrl(url)
    # Not by Qt: a browser started there would inherit the closed proxies of engine.privacy.
    try:
        subprocess.Popen(
            ["xdg-open", url.toString()],
            env=privacy.outside_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        log.warning("nothing opens %s: %s", url.toString(), error)
        return False
    return True


def open_links(browser: QTextBrowser) -> None:
    """Have the pages that *browser* links to opened outside when they are clicked."""

    def follow(url: QUrl) -> None:
        if url.scheme() in ("http", "https"):  # cards also link to files of the sources
            open_outside(url)

    browser.setOpenLinks(False)
    browser.anchorClicked.connect(follow)
