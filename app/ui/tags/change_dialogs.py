"""The questions before tags are renamed, moved, merged or deleted: with the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QTimer
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from app.core.errors import UsageError
from app.core.tag import Tag
from app.library.vocabulary import Branch
from app.services.tag_tree import (
    TagPlan,
    moved,
    plan_delete,
    plan_merge,
    plan_move,
    plan_rename,
    renamed,
)
from app.ui import reasons
from app.ui.tags.change_dialog import WIDTH, ChangeDialog, named
from app.ui.tags.delegate import CountDelegate
from app.ui.tags.model import TagFilter, TagRole, TagTreeModel
from app.workers.reader import Reader


class RenameDialog(ChangeDialog):
    """Asks for another name for a tag. One that is there already means merging, and says so."""

    def __init__(self, reader: Reader, tag: Tag, parent: QWidget | None = None) -> None:
        super().__init__(reader, "", "", "", parent)
        self.setWindowTitle(self.tr("Rename tag"))
        self.headline.setText(self.tr("Rename “{tag}”").format(tag=tag))
        self.do_it.setText(self.tr("Rename"))
        self._tag = tag
        label = QLabel(self.tr("&New name"))
        self.name = QLineEdit(tag.name)
        self.name.selectAll()
        label.setBuddy(self.name)
        self.name.setAccessibleName(self.tr("New name"))
        self.body.addWidget(label)
        self.body.addWidget(self.name)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._typed)
        self.name.textChanged.connect(self._wait)
        self.name.setFocus()
        self.ask(lambda library: plan_rename(library, tag, tag))

    def describe(self, plan: TagPlan) -> list[str]:
        """See `ChangeDialog`; a merge comes first."""
        lines = super().describe(plan)
        if plan.merges:
            target = dict(plan.merges).get(self._tag, plan.merges[0][1])
            text = self.tr("“{tag}” is there already: the two become one.")
            lines.insert(0, text.format(tag=target))
        self.do_it.setText(self.tr("Merge") if plan.merges else self.tr("Rename"))
        if "/" in self.name.text():
            lines.append(self.tr("The slash becomes part of the name."))
        return lines

    def _wait(self) -> None:
        self.do_it.setEnabled(False)
        self._pause.start()

    def _typed(self) -> None:
        try:
            new = renamed(self._tag, self.name.text())
        except UsageError as error:
            empty = not self.name.text().strip()
            self.say(self.tr("A tag needs a name.") if empty else reasons.of_error(error))
            return
        tag = self._tag
        self.ask(lambda library: plan_rename(library, tag, new))


class PlaceDialog(ChangeDialog):
    """Asks for another tag: to move tags below it, or to merge them into it."""

    def __init__(
        self,
        reader: Reader,
        tags: Sequence[Tag],
        branches: Sequence[Branch],
        *,
        merge: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(reader, "", "", "", parent)
        self._tags, self._merge = tuple(tags), merge
        self.tags = len(self._tags)
        names = named(tags)
        if merge:
            self.setWindowTitle(self.tr("Merge tags"))
            self.headline.setText(self.tr("Merge {tags} into…").format(tags=names))
            self.do_it.setText(self.tr("Merge"))
        else:
            self.setWindowTitle(self.tr("Move tags"))
            self.headline.setText(self.tr("Move {tags} below…").format(tags=names))
            self.do_it.setText(self.tr("Move"))
        self.resize(WIDTH, 520)
        self._model = TagTreeModel(self)
        self._model.show(_without(branches, self._tags, merge=merge))
        self._filter = TagFilter(self._model, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a tag"))
        self.search.setAccessibleName(self.tr("Find a tag"))
        self.search.setClearButtonEnabled(True)
        self.body.addWidget(self.search)
        self.tree = QTreeView()
        self.tree.setModel(self._filter)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        numbers = CountDelegate(self.tree)
        numbers.set_widest(max((branch.confirmed for branch in branches), default=0))
        self.tree.setItemDelegate(numbers)
        self.tree.setAccessibleName(self.tr("Tags"))
        self.body.addWidget(self.tree, 1)
        self.top = QCheckBox(self.tr("To the &top, below no other tag"))
        self.top.setVisible(not merge)
        self.body.addWidget(self.top)
        if self._model.rowCount() <= 12:
            self.tree.expandToDepth(0)
        self.search.textChanged.connect(self._search)
        self.top.toggled.connect(self._choose)
        self.top.toggled.connect(self.tree.setDisabled)
        self.tree.selectionModel().currentChanged.connect(self._choose)
        self.facts.setText(self.tr("Choose a tag."))
        self.search.setFocus()

    def describe(self, plan: TagPlan) -> list[str]:
        """See `ChangeDialog`; tags that are there already are named."""
        lines = super().describe(plan)
        if plan.merges and not self._merge:
            names = named([new for _, new in plan.merges])
            lines.insert(0, self.tr("There already, so merged: {tags}").format(tags=names))
        return lines

    def _search(self, text: str) -> None:
        self._filter.setFilterFixedString(text.strip())
        if text.strip():
            self.tree.expandAll()

    def _choose(self, *_: object) -> None:
        tags, merge = self._tags, self._merge
        if self.top.isChecked():
            self.ask(lambda library: plan_move(library, tags, None))
            return
        index: QModelIndex | QPersistentModelIndex = self.tree.currentIndex()
        target = index.data(TagRole.TAG) if index.isValid() else None
        if target is None:
            self.say(self.tr("Choose a tag."))
            return
        try:
            for tag in () if merge else tags:
                moved(tag, target)
        except UsageError as error:
            self.say(reasons.of_error(error))
            return
        if merge:
            self.ask(lambda library: plan_merge(library, tags, target))
        else:
            self.ask(lambda library: plan_move(library, tags, target))


class ConfirmDialog(ChangeDialog):
    """Asks whether tags that were dropped somewhere are to be moved there."""

    def __init__(
        self,
        reader: Reader,
        tags: Sequence[Tag],
        target: Tag | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(reader, "", "", "", parent)
        self.setWindowTitle(self.tr("Move tags"))
        if target is None:
            text = self.tr("Move {tags} to the top?").format(tags=named(tags))
        else:
            text = self.tr("Move {tags} below “{target}”?").format(tags=named(tags), target=target)
        self.headline.setText(text)
        self.do_it.setText(self.tr("Move"))
        wanted = tuple(tags)
        self.tags = len(wanted)
        self.ask(lambda library: plan_move(library, wanted, target))

    def describe(self, plan: TagPlan) -> list[str]:
        """See `ChangeDialog`; tags that are there already are named."""
        lines = super().describe(plan)
        if plan.merges:
            names = named([new for _, new in plan.merges])
            lines.insert(0, self.tr("There already, so merged: {tags}").format(tags=names))
        return lines


class DeleteDialog(ChangeDialog):
    """Asks whether tags are to go from all photos."""

    def __init__(self, reader: Reader, tags: Sequence[Tag], parent: QWidget | None = None) -> None:
        super().__init__(reader, "", "", "", parent)
        self.setWindowTitle(self.tr("Delete tags"))
        self.headline.setText(self.tr("Delete {tags}?").format(tags=named(tags)))
        self.do_it.setText(self.tr("Delete"))
        self._tags = tuple(tags)
        self.tags = len(self._tags)
        self.reject_suggestions = QCheckBox(self.tr("&Reject open suggestions of it too"))
        self.reject_suggestions.setChecked(True)
        self.reject_suggestions.setVisible(False)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.facts) + 1, self.reject_suggestions)
        self.reject_suggestions.toggled.connect(self._count)
        self._count()

    def describe(self, plan: TagPlan) -> list[str]:
        """See `ChangeDialog`."""
        if plan.suggested:
            self.reject_suggestions.setVisible(True)
            text = self.tr("&Reject %n open suggestion(s) too", "", plan.suggested)
            self.reject_suggestions.setText(text)
        lines = []
        if not plan.photos:
            lines.append(self.tr("No photo has it."))
        elif self.tags > 1:
            lines.append(self.tr("%n photo(s) will lose them.", "", plan.photos))
        else:
            lines.append(self.tr("%n photo(s) will lose it.", "", plan.photos))
        below = len(plan.tags) - self.tags
        if below > 0:
            lines.append(self.tr("%n tag(s) below go along.", "", below))
        if plan.files:
            lines.append(self.tr("%n file(s) will be written.", "", plan.files))
        if plan.suggested and not self.reject_suggestions.isChecked():
            lines.append(self.tr("The tag stays in the tree for its open suggestions."))
        if plan.synonyms:
            text = self.tr("It can be undone, but %n synonym(s) will be lost.", "", plan.synonyms)
            lines.append(text)
        else:
            lines.append(self.tr("It can be undone."))
        return lines

    def ready(self, plan: TagPlan) -> bool:
        """Deleting a tag without photos takes it out of the tree."""
        return True

    def _count(self) -> None:
        tags, reject = self._tags, self.reject_suggestions.isChecked()
        self.ask(lambda library: plan_delete(library, tags, reject=reject))


def _without(branches: Sequence[Branch], tags: Sequence[Tag], *, merge: bool) -> list[Branch]:
    """The tags that others can come to: not themselves, nor what is below them.

    A tag may be merged into one that is above it, but not into one below.
    """
    keys = [tag.key for tag in tags]
    if merge and len(keys) > 1:  # one of them may be the one that stays
        return list(branches)
    return [b for b in branches if not any(b.tag.key[: len(key)] == key for key in keys)]
