"""The language of the window: ours and Qt's own words, from files in `resources/translations`."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.core.paths import data_path

#: The languages there are, beside English.
LANGUAGES: Final = ("de", "ja")
_NAME: Final = "translator"


def install(app: QCoreApplication, language: str = "") -> str:
    """Show texts, numbers and dates in a language; what was installed before is replaced.

    Widgets that are there already keep their words.

    Args:
        app: the application.
        language: such as `de`; empty for the system's.

    Returns:
        The language of our own words: English where there is no translation.
    """
    for before in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(before)
        before.deleteLater()
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    wanted = locale.uiLanguages()
    found = next((tag[:2] for tag in wanted if tag[:2] in ("en", *LANGUAGES)), "en")
    # English as well has words that a number decides.
    _install(app, f"tagwright_{found}", str(data_path("resources", "translations")))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _install(app, f"qtbase_{found}", folder)
    return found


def _install(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    translator.setObjectName(_NAME)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        translator.deleteLater()
