"""What the search says to people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.query import QueryError


def _t(text: str) -> str:
    """The text in the user's language; translators find it by the name of this function."""
    return QCoreApplication.translate("", text)


def problem(error: QueryError) -> str:
    """What is wrong with a query, without what was probably meant."""
    sentences = {
        "unknown_key": _t("There is no “{given}:”."),
        "unknown_state": _t("There is no state “{given}”."),
        "missing_value": _t("Something is missing after “{given}”."),
        "missing_term": _t("Something is missing after “{given}”."),
        "bad_tag": _t("“{given}” cannot be the name of a tag."),
        "bad_certainty": _t("“{given}” is no certainty. Write a number such as 0.8 or 80%."),
        "bad_rating": _t("“{given}” is no rating. Write a number from 0 to 5."),
        "bad_date": _t("“{given}” is no date. Write 2024, 2024-05 or 2024-05-31."),
        "not_comparable": _t("“{given}” takes a colon, not a comparison."),
        "open_parenthesis": _t("A parenthesis is not closed."),
        "stray_parenthesis": _t("This parenthesis was never opened."),
        "too_much": _t("This search is too long."),
    }
    return sentences[error.problem].format(given=error.given)


def suggestion(error: QueryError) -> str:
    """What was probably meant, as a question with the word in it; empty if nothing is near."""
    return _t("Did you mean {word}?").format(word=error.nearest) if error.nearest else ""


def explained(key: str) -> str:
    """What a key of the search language is for."""
    return {
        "tag:": _t("confirmed or suggested tag"),
        "state:": _t("suggested, confirmed, waiting, failed, untagged"),
        "certainty>": _t("of the surest suggestion"),
        "date:": _t("year, month or day it was taken"),
        "folder:": _t("part of the folder’s name"),
        "camera:": _t("maker or model"),
        "rating>=": _t("stars"),
        "name:": _t("part of the file’s name"),
        "confirmed:": _t("tag that you confirmed"),
        "suggested:": _t("tag that is only suggested"),
    }.get(key, "")


def state(name: str) -> str:
    """What a state of the search language means."""
    return {
        "suggested": _t("suggestions are open"),
        "confirmed": _t("tagged, nothing open"),
        "waiting": _t("not looked at yet"),
        "failed": _t("could not be read"),
        "untagged": _t("looked at, without tags"),
    }.get(name, "")
