"""The window that puts the forms of one network side by side: float, dynamic and int8."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from app.services.calibrating import FEWEST
from app.ui.networks import words
from app.ui.networks.job import JobDialog
from app.ui.numbers import percent
from app.workers.command import Command

#: Every fifth photo is calibrated with, the others are judged.
_FEWEST: Final = 5 * FEWEST


class FormsDialog(JobDialog):
    """Converts a network in three ways and compares them on the user's photos.

    Args:
        model_id: of the network.
        name: of it, for people.
    """

    def __init__(
        self,
        model_id: str,
        name: str,
        parent: QWidget | None = None,
        *,
        command: Command | None = None,
    ) -> None:
        columns = ("", self.tr("float"), self.tr("dynamic"), self.tr("int8"))
        super().__init__(
            self.tr("The forms of {name}").format(name=words.plain(name)),
            self.tr("Starting…"),
            ("models", "quantise", model_id, "--limit", "200"),
            columns,
            self.tr("Float, dynamic and int8 side by side"),
            parent,
            command=command,
        )
        for column, tip in (
            (1, self.tr("As it was published or trained")),
            (2, self.tr("With its weights rounded: a quarter of the size")),
            (3, self.tr("All of it rounded: also faster on a processor")),
        ):
            self.table.horizontalHeaderItem(column).setToolTip(tip)

    def is_result(self, said: dict[str, Any]) -> bool:
        return "precisions" in said

    def show_step(self, said: dict[str, Any]) -> None:
        done, total = int(said["done"]), int(said["total"])
        if said["doing"] == "judge":
            locale = QLocale()
            text = self.tr("Looking at your photos: {done} of {total}")
            self.said.setText(text.format(done=locale.toString(done), total=locale.toString(total)))
            self.progress(done, total)
            return
        converting = said["doing"] == "convert"
        self.said.setText(
            self.tr("Converting it in three ways…") if converting else self.tr("Loading it…")
        )
        self.progress(0, 0)

    def show_result(self, said: dict[str, Any]) -> None:
        forms = [said["precisions"][each] for each in ("float", "dynamic", "int8")]
        rows: list[tuple[str, str, Callable[[float], str]]] = [
            (self.tr("Size"), "bytes", words.megabytes),
            (self.tr("Time for a photo"), "milliseconds", self._milliseconds),
            (self.tr("As fast as float"), "speed_up", self._times),
            (self.tr("Right"), "top_1", _percent),
            (self.tr("Right among the first five"), "top_5", _percent),
            (self.tr("Right among the first ten"), "top_10", _percent),
            (self.tr("Same first answer as float"), "same_first", _percent),
            (self.tr("Same tags as float"), "same_tags", _percent),
        ]
        rows = [row for row in rows if all(row[1] in form for form in forms)]
        self.table.setRowCount(len(rows))
        for number, (title, key, shown) in enumerate(rows):
            self.put(number, (title, *(shown(float(form[key])) for form in forms)))
        small, fast = forms[2]["bytes"] / forms[0]["bytes"], float(forms[2]["speed_up"])
        text = self.tr(
            "int8 has {size} of the size, is {times} as fast, and gives the same tags for {same} of"
            " the photos."
        )
        self.said.setText(
            text.format(
                size=percent(100 * small),
                times=self._times(fast),
                same=_percent(forms[2]["same_tags"]),
            )
        )
        self.note.setText(
            self.tr(
                "On %n of your photos, one at a time, on this computer's processor.",
                "",
                int(said["photos"]),
            )
        )

    def too_little(self) -> str:
        return self.tr(
            "There are too few photos to compare by: add at least {number} to the window first."
        ).format(number=_FEWEST)

    def _milliseconds(self, value: float) -> str:
        return self.tr("{} ms").format(QLocale().toString(value, "f", 1))

    def _times(self, value: float) -> str:
        return self.tr("{} times").format(QLocale().toString(value, "f", 2))


def _percent(share: float) -> str:
    return percent(100 * share, 1)
