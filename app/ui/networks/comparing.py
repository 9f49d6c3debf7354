"""The window that says which network learns the user's own tags best."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.comparing_models import FEWEST_PHOTOS, FEWEST_TAGS
from app.ui.networks import words
from app.ui.networks.job import JobDialog
from app.ui.numbers import percent
from app.workers.command import Command


class CompareDialog(JobDialog):
    """Compares all networks that are here on the photos whose tags the user has confirmed.

    Args:
        in_use: id of the network that looks at photos now.
    """

    #: str: id of a network that is to be used.
    chosen = Signal(str)

    def __init__(
        self, in_use: str, parent: QWidget | None = None, *, command: Command | None = None
    ) -> None:
        columns = (
            self.tr("Network"),
            self.tr("First tag right"),
            self.tr("Order"),
            self.tr("Photos a second"),
            self.tr("Size"),
        )
        super().__init__(
            self.tr("Compare networks on my photos"),
            self.tr("Looking at the photos whose tags you have confirmed…"),
            ("models", "compare"),
            columns,
            self.tr("Networks, the best one first"),
            parent,
            command=command,
        )
        self._in_use = in_use
        self._order: list[str] = []
        for column, tip in (
            (1, self.tr("Of how many photos the surest tag is one that you gave them")),
            (2, self.tr("How far the photos of a tag come before all others (100 %: all do)")),
            (3, self.tr("On this computer's processor, reading the photos included")),
            (4, self.tr("Of the file that looks at photos")),
        ):
            self.table.horizontalHeaderItem(column).setToolTip(tip)
        self.use_button = QPushButton(self.tr("Use this one"))
        self.use_button.setAutoDefault(False)
        self.use_button.setEnabled(False)
        self.use_button.hide()
        self.use_button.clicked.connect(self._choose)
        self.foot.insertWidget(1, self.use_button)
        self.table.itemSelectionChanged.connect(self._selected)

    def is_result(self, said: dict[str, Any]) -> bool:
        return "models" in said

    def show_step(self, said: dict[str, Any]) -> None:
        text = self.tr("{network}: photo {done} of {total}")
        locale = QLocale()
        done, total = (int(said[name]) for name in ("done", "total"))
        self.said.setText(
            text.format(
                network=said["model"], done=locale.toString(done), total=locale.toString(total)
            )
        )
        self.progress(done, total)

    def show_result(self, said: dict[str, Any]) -> None:
        found = sorted(said["models"], key=lambda each: -each["accuracy"])
        self._order = [each["model"] for each in found]
        self.table.setRowCount(len(found))
        for row, each in enumerate(found):
            self.put(row, self._texts(each))
        self.said.setText(self._verdict(found))
        self.note.setText(
            self.tr(
                "Measured on %n photo(s) whose tags you have confirmed, each by what was learned"
                " from the others. 19 times of 20 the truth is within ±.",
                "",
                int(found[0]["photos"]),
            )
        )
        self.use_button.show()
        self.table.selectRow(0)

    def too_little(self) -> str:
        return self.tr(
            "There is too little to compare yet: accept or set at least {tags} tags, each for"
            " {photos} photos or more."
        ).format(tags=FEWEST_TAGS, photos=FEWEST_PHOTOS)

    def _texts(self, each: dict[str, Any]) -> tuple[str, ...]:
        name = words.plain(each["name"])
        if each["model"] == self._in_use:
            name = self.tr("{} – in use").format(name)
        margin = QLocale().toString(100 * each["margin"], "f", 1)
        share = QLocale().toString(100 * each["accuracy"], "f", 1)
        return (
            name,
            self.tr("{share} ± {margin} %").format(share=share, margin=margin),
            percent(100 * each["average_precision"], 1),
            QLocale().toString(float(each["photos_a_second"]), "f", 1),
            words.megabytes(each["bytes"]),
        )

    def _verdict(self, found: list[dict[str, Any]]) -> str:
        best = found[0]
        used = next((each for each in found if each["model"] == self._in_use), None)
        if used is None or len(found) == 1:
            return self.tr("Best on your photos: {name}").format(name=words.plain(best["name"]))
        if best is used:
            return self.tr("On your photos the best is the one in use: {name}").format(
                name=words.plain(best["name"])
            )
        if best["accuracy"] - used["accuracy"] <= max(best["margin"], used["margin"]):
            return self.tr(
                "On your photos the differences are no larger than chance makes them. The one in"
                " use is as good as any: {name}"
            ).format(name=words.plain(used["name"]))
        return self.tr("Better on your photos than the one in use: {name}").format(
            name=words.plain(best["name"])
        )

    @Slot()
    def _selected(self) -> None:
        row = self.table.currentRow()
        self.use_button.setEnabled(0 <= row < len(self._order) and self._order[row] != self._in_use)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._order[self.table.currentRow()])
        self.accept()
