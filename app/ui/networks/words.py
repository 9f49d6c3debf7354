"""What is said of a network, in the user's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from app.services.networks import KnownNetwork, Place
from app.ui import reasons
from app.ui.numbers import percent
from app.workers.fetching import FetchState

#: Between the parts of a line.
_DOT: Final = " · "
#: What stands before the reason why something could not be fetched.
_ADDRESS: Final = re.compile(r"^https?://\S+: ")


def of_place(place: Place) -> str:
    """The heading over a part of the list."""
    texts: dict[Place, str] = {
        "here": QCoreApplication.translate("Networks", "Here"),
        "own": QCoreApplication.translate("Networks", "Your own"),
        "fetchable": QCoreApplication.translate("Networks", "Can be fetched"),
    }
    return texts[place]


def line(network: KnownNetwork) -> str:
    """What a network is good for, in one line."""
    card = network.card
    if card is None:
        return ""
    parts = [classes(network)]
    share = published(network)
    if share is not None:
        parts.append(
            QCoreApplication.translate("Networks", "{share} right (published)").format(
                share=percent(share, 1)
            )
        )
    parts.append(pixels(network))
    if network.place != "fetchable":
        parts.append(megabytes(network.bytes))
    licence = plain(card.card.get("licence", ""))
    if licence and licence != "unknown":
        parts.append(licence)
    return _DOT.join(parts)


def state(network: KnownNetwork, in_use: bool, fetching: FetchState | None) -> str:
    """What can be said of it now, in a few words."""
    if fetching is not None:
        return of_fetching(fetching)
    if network.problem:
        return QCoreApplication.translate("Networks", "Damaged")
    if in_use:
        return QCoreApplication.translate("Networks", "In use")
    if network.place != "fetchable":
        return QCoreApplication.translate("Networks", "Here")
    if network.arrived:
        share = min(network.arrived / max(network.bytes, 1), 1)
        text = QCoreApplication.translate("Networks", "{share} of {size} fetched")
        return text.format(share=percent(100 * share), size=megabytes(network.bytes))
    text = QCoreApplication.translate("Networks", "Not fetched ({size})")
    return text.format(size=megabytes(network.bytes))


def of_fetching(fetching: FetchState) -> str:
    """How far a network is on its way."""
    match fetching.doing:
        case "wait":
            return QCoreApplication.translate("Networks", "Waiting")
        case "fetch" if fetching.total:
            text = QCoreApplication.translate("Networks", "{share} of {size}")
            return text.format(
                share=percent(100 * fetching.done / fetching.total),
                size=megabytes(fetching.total),
            )
        case "fetch":
            return megabytes(fetching.done)
        case "build":
            return QCoreApplication.translate("Networks", "Putting it together…")
        case "convert":
            return QCoreApplication.translate("Networks", "Converting it; this takes minutes…")
        case "try":
            return QCoreApplication.translate("Networks", "Trying it…")
        case "stop":
            return QCoreApplication.translate("Networks", "Stopping…")
    return QCoreApplication.translate("Networks", "Starting…")


def classes(network: KnownNetwork) -> str:
    """What it can name."""
    card = network.card
    assert card is not None
    if network.classes and card.classes <= len(network.classes):
        return ", ".join(map(plain, network.classes))
    return _COUNTED.classes(card.classes)


def published(network: KnownNetwork) -> float | None:
    """Its top-1 accuracy in per cent, as published for the form in which it is here."""
    said = _accuracy(network, "published")
    names = ("int8_top1", "float_top1") if network.place == "here" else ("float_top1",)
    return next((float(said[name]) for name in names if _is_number(said.get(name))), None)


def pixels(network: KnownNetwork) -> str:
    """How large the pictures are that it looks at."""
    assert network.card is not None
    width, height = network.card.input_size
    text = QCoreApplication.translate("Networks", "{width} × {height} pixels")
    return text.format(width=width, height=height)


def facts(network: KnownNetwork) -> Iterator[tuple[str, str]]:
    """Names and values of all that is known about it."""
    card = network.card
    if card is None:
        return
    names = ", ".join(map(plain, network.classes))
    if network.classes and card.classes > len(network.classes):
        names += "…"
    yield (
        QCoreApplication.translate("Networks", "Classes"),
        QLocale().toString(card.classes) + (names and f": {names}"),
    )
    yield QCoreApplication.translate("Networks", "Picture"), pixels(network)
    size = megabytes(network.bytes)
    quantisation = plain(card.card.get("quantisation", "")).partition(":")[0]
    yield (
        QCoreApplication.translate("Networks", "Size"),
        size + (f", {quantisation}" if quantisation else ""),
    )
    for kind, title in (
        ("published", QCoreApplication.translate("Networks", "Published")),
        ("measured", QCoreApplication.translate("Networks", "Measured")),
        ("validation", QCoreApplication.translate("Networks", "When trained")),
    ):
        text = _accuracy_text(_accuracy(network, kind))
        if text:
            yield title, text
    yield (
        QCoreApplication.translate("Networks", "Licence"),
        plain(card.card.get("licence")) or QCoreApplication.translate("Networks", "not said"),
    )
    source = card.card.get("source")
    if isinstance(source, Mapping):
        text = plain(source.get("url") or source.get("file") or "")
        if text:
            yield QCoreApplication.translate("Networks", "Source"), text
        if source.get("authors"):
            yield QCoreApplication.translate("Networks", "By"), plain(source["authors"])
    elif card.download is not None:
        yield QCoreApplication.translate("Networks", "Source"), plain(card.download.url)
    for key, title in (
        ("author", QCoreApplication.translate("Networks", "By")),
        ("description", QCoreApplication.translate("Networks", "About")),
    ):
        if card.card.get(key):
            yield title, plain(card.card[key])
    if network.place != "fetchable":
        yield QCoreApplication.translate("Networks", "File"), str(card.file)


def problem(reason: str) -> str:
    """Why something was not done, as a sentence; the address stands with the facts."""
    return reasons.sentence(_ADDRESS.sub("", reason))


def megabytes(size: float) -> str:
    """A number of bytes."""
    decimals = 1 if 0 < size < 9.95e6 else 0
    number = QLocale().toString(size / 1e6, "f", decimals)
    return QCoreApplication.translate("Networks", "{number} MB").format(number=number)


def plain(value: Any) -> str:
    """What a card says, on one line: cards may come from anybody."""
    return " ".join(str(value or "").split())[:400]


def _accuracy(network: KnownNetwork, kind: str) -> Mapping[str, Any]:
    said = network.card.card.get("accuracy") if network.card is not None else None
    found = said.get(kind) if isinstance(said, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _accuracy_text(said: Mapping[str, Any]) -> str:
    parts = []
    for precision, name in (
        ("float", QCoreApplication.translate("Networks", "float")),
        ("int8", QCoreApplication.translate("Networks", "int8")),
    ):
        first = said.get(f"{precision}_top1", said.get(precision))
        fifth = said.get(f"{precision}_top5")
        if not _is_number(first):
            continue
        text = QCoreApplication.translate("Networks", "{share} right").format(
            share=percent(first, 1)
        )
        if _is_number(fifth):
            more = QCoreApplication.translate("Networks", "{share} among the first five")
            text += ", " + more.format(share=percent(fifth, 1))
        parts.append(f"{name}: {text}")
    if parts and said.get("set"):
        parts.append(plain(said["set"]))
    return "\n".join(parts)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _Counted(QObject):
    """Words with a number in them; only in a class are they found for translation."""

    def classes(self, number: int) -> str:
        return self.tr("%n class(es)", "", number)


_COUNTED: Final = _Counted()
