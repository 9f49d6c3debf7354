"""Numbers as people read them where they are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def percent(value: float, decimals: int = 0) -> str:
    """A number of per cent: 12.3 as "12.3 %"."""
    number = QLocale().toString(float(value), "f", decimals)
    return QCoreApplication.translate("Networks", "{number} %").format(number=number)
