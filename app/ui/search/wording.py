"""What the search says to people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.query import QueryError


def _tr(text: str) -> str:
    return QCoreApplication.translate("Search", text)


def problem(error: QueryError) -> str:
    """What is wrong with a query, without what was probably meant."""
    sentences = {
        "unknown_key": _tr("There is no “{given}:”."),
        "unknown_state": _tr("There is no state “{given}”."),
        "missing_value": _tr("Something is missing after “{given}”."),
        "missing_term": _tr("Something is missing after “{given}”."),
        "bad_tag": _tr("“{given}” cannot be the name of a tag."),
        "bad_certainty": _tr("“{given}” is no certainty. Write a number such as 0.8 or 80%."),
        "bad_rating": _tr("“{given}” is no rating. Write a number from 0 to 5."),
        "bad_date": _tr("“{given}” is no date. Write 2024, 2024-05 or 2024-05-31."),
        "not_comparable": _tr("“{given}” takes a colon, not a comparison."),
        "open_parenthesis": _tr("A parenthesis is not closed."),
        "stray_parenthesis": _tr("This parenthesis was never opened."),
        "too_much": _tr("This search is too long."),
    }
    return sentences[error.problem].format(given=error.given)


def suggestion(error: QueryError) -> str:
    """What was probably meant, as a question with the word in it; empty if nothing is near."""
    return _tr("Did you mean {word}?").format(word=error.nearest) if error.nearest else ""


def explained(key: str) -> str:
    """What a key of the search language is for."""
    return {
        "tag:": _tr("confirmed or suggested tag"),
        "state:": _tr("suggested, confirmed, waiting, failed, untagged"),
        "certainty>": _tr("of the surest suggestion"),
        "date:": _tr("year, month or day it was taken"),
        "folder:": _tr("part of the folder’s name"),
        "camera:": _tr("maker or model"),
        "rating>=": _tr("stars"),
        "name:": _tr("part of the file’s name"),
        "confirmed:": _tr("tag that you confirmed"),
        "suggested:": _tr("tag that is only suggested"),
    }.get(key, "")


def state(name: str) -> str:
    """What a state of the search language means."""
    return {
        "suggested": _tr("suggestions are open"),
        "confirmed": _tr("tagged, nothing open"),
        "waiting": _tr("not looked at yet"),
        "failed": _tr("could not be read"),
        "untagged": _tr("looked at, without tags"),
    }.get(name, "")
