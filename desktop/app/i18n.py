"""The window's language: Korean in the source, English from resources/translations.

Korean literals stand in ``self.tr("…")``; ``install(app, "en")`` loads maumgyeol_en.qm.
To renew it after a change of strings (tests fail until it is done)::

    pyside6-lupdate $(git ls-files 'desktop/*.py') -locations none \\
        -ts resources/translations/maumgyeol_en.ts
    # translate what is marked unfinished, then
    pyside6-lrelease resources/translations/maumgyeol_en.ts
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QTranslator

from engine.core import paths

LOCALES = {"ko": "ko_KR", "en": "en_GB"}
"""How dates and numbers are written."""

log = logging.getLogger(__name__)

_installed: list[QTranslator] = []


def install(app: QCoreApplication, language: str) -> None:
    """Speak *language* (``"ko"`` or ``"en"``) in everything that is built from now on."""
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    if language != "ko":
        _add(app, f"maumgyeol_{language}", str(paths.resources_dir() / "translations"))


def install_qt(app: QCoreApplication, language: str) -> None:
    """Have Qt's own dialogs, dates and numbers in *language* too.

    Called after the first drawing: the tables behind ``QLocale`` take a while to load.
    """
    from PySide6.QtCore import QLibraryInfo, QLocale

    QLocale.setDefault(QLocale(LOCALES[language]))
    if language != "en":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _add(app, f"qtbase_{language}", folder)


def _add(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator()
    if not translator.load(name, folder):
        log.warning("no translation %s in %s", name, folder)
        return
    app.installTranslator(translator)
    _installed.append(translator)
