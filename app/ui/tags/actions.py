"""What can be done to tags as such: asks, and hands the answer to the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from app.core.change import Edit
from app.core.errors import TagwrightError, UsageError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.library import Library
from app.library.vocabulary import Branch
from app.services.keyword_list import KeywordList, read_keyword_list, write_keyword_list
from app.services.tag_tree import TagPlan
from app.ui import reasons
from app.ui.context import Context
from app.ui.tags.change_dialog import ChangeDialog
from app.ui.tags.change_dialogs import (
    ConfirmDialog,
    DeleteDialog,
    PlaceDialog,
    RenameDialog,
)
from app.ui.tags.synonyms import SynonymsDialog

_SHOWN_PROBLEMS = 200
_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class TagActions(QObject):
    """Opens the dialogs over a widget; returns at once.

    Args:
        context: of the window.
        over: what the dialogs belong to.
        branches: gives the tree as it is shown.
    """

    #: list[tuple[Tag, Tag]]: old and new tags of what was handed to the engine.
    renamed = Signal(object)
    #: str: something was done that shows nowhere else, for the status bar.
    told = Signal(str)

    def __init__(
        self, context: Context, over: QWidget, branches: Callable[[], Sequence[Branch]]
    ) -> None:
        super().__init__(over)
        self._context = context
        self._over = over
        self._branches = branches

    def rename(self, tag: Tag) -> ChangeDialog:
        """Ask for another name."""
        dialog = RenameDialog(self._context.reader, tag, self._over)
        return self._open(dialog, lambda plan: self._label_of_rename(tag, plan))

    def move(self, tags: Sequence[Tag]) -> ChangeDialog:
        """Ask where tags are to go."""
        dialog = PlaceDialog(
            self._context.reader, tags, self._branches(), merge=False, parent=self._over
        )
        return self._open(dialog, lambda _: self.tr("Move {tag}").format(tag=_one(tags)))

    def merge(self, tags: Sequence[Tag]) -> ChangeDialog:
        """Ask which tag others are to be merged into."""
        dialog = PlaceDialog(
            self._context.reader, tags, self._branches(), merge=True, parent=self._over
        )
        return self._open(dialog, lambda _: self.tr("Merge {tag}").format(tag=_one(tags)))

    def move_to(self, tags: Sequence[Tag], target: Tag | None) -> ChangeDialog:
        """Ask whether tags are to go below another one, or (None) to the top."""
        dialog = ConfirmDialog(self._context.reader, tags, target, self._over)
        return self._open(dialog, lambda _: self.tr("Move {tag}").format(tag=_one(tags)))

    def delete(self, tags: Sequence[Tag]) -> ChangeDialog:
        """Ask whether tags are to go from all photos."""
        dialog = DeleteDialog(self._context.reader, tags, self._over)
        return self._open(dialog, lambda _: self.tr("Delete {tag}").format(tag=_one(tags)))

    def create(self, parent: Tag | None) -> QInputDialog:
        """Ask for the name of a tag that no photo has yet."""
        dialog = QInputDialog(self._over)
        dialog.setAttribute(_DELETE)
        dialog.setWindowTitle(self.tr("New tag"))
        if parent is None:
            dialog.setLabelText(self.tr("Name, as in Animal/Cat"))
        else:
            dialog.setLabelText(self.tr("Name, below “{tag}”").format(tag=parent))
        dialog.textValueSelected.connect(lambda text: self._create(parent, text))
        dialog.open()
        return dialog

    def _create(self, parent: Tag | None, text: str) -> None:
        try:
            below = Tag.parse(text.strip())
        except UsageError as error:
            self.told.emit(reasons.of_error(error))
            return
        tag = Tag((*(parent.path if parent else ()), *below.path))
        self._context.session.remember(partial(Library.add_tags, tags=[tag]))

    def synonyms(self, tag: Tag) -> None:
        """Show the other words for a tag, to be changed."""
        self._context.reader.ask(
            lambda library: library.synonyms_of(tag), partial(self._open_synonyms, tag)
        )

    def apply(self, photos: Sequence[PhotoId], tag: Tag) -> None:
        """Give photos a tag."""
        edit = Edit(add=(tag,))
        label = self.tr("Add {tag}").format(tag=tag)
        self._context.session.act([(photo, edit) for photo in photos], label)

    def carry_out(self, plan: TagPlan, label: str, *, drop: bool = False) -> None:
        """Hand a plan to the engine.

        Args:
            drop: whether its tags are to go from the tree as well.
        """
        session = self._context.session
        if plan.edits or plan.renames:
            session.act(plan.edits, label, plan.renames)
        if plan.renames:
            session.remember(partial(Library.carry_over, renames=plan.renames))
            self.renamed.emit(list(plan.renames))
        elif drop:
            session.remember(partial(Library.drop_tags, tags=plan.tags))

    # Keyword lists

    def import_list(self, path: Path | None = None) -> None:
        """Read a keyword list (asked for where none is given) and keep its tags."""
        if path is None:
            name, _ = QFileDialog.getOpenFileName(
                self._over,
                self.tr("Import a keyword list"),
                "",
                self.tr("Keyword lists (*.txt);;All files (*)"),
            )
            if not name:
                return
            path = Path(name)
        self._context.reader.ask(
            lambda _: read_keyword_list(path), self._imported, failed=self._show_error
        )

    def export_list(self, path: Path | None = None) -> None:
        """Write all tags of the tree into a keyword list (asked for where none is given)."""
        if path is None:
            name, _ = QFileDialog.getSaveFileName(
                self._over,
                self.tr("Export a keyword list"),
                self.tr("Keywords.txt"),
                self.tr("Keyword lists (*.txt);;All files (*)"),
            )
            if not name:
                return
            path = Path(name)
        self._context.reader.ask(
            lambda library: _export(library, path), self._exported, failed=self._show_error
        )

    def _imported(self, found: KeywordList) -> None:
        self._context.session.remember(partial(_keep, found=found))
        text = self.tr("%n tag(s) imported.", "", len(found.tags))
        self.told.emit(text)
        if not found.problems:
            return
        box = QMessageBox(self._over)
        box.setAttribute(_DELETE)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(self.tr("Import a keyword list"))
        box.setText(text)
        problems = self.tr("%n line(s) could not be taken over.", "", len(found.problems))
        box.setInformativeText(problems)
        line = self.tr("Line {line}: {reason}")
        box.setDetailedText(
            "\n".join(
                line.format(line=number, reason=reasons.in_words(reason))
                for number, reason in found.problems[:_SHOWN_PROBLEMS]
            )
        )
        box.open()

    def _exported(self, count: int) -> None:
        self.told.emit(self.tr("%n tag(s) exported.", "", count))

    def _show_error(self, error: TagwrightError) -> None:
        box = QMessageBox(self._over)
        box.setAttribute(_DELETE)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Keyword list"))
        box.setText(reasons.of_error(error))
        box.open()

    # Dialogs

    def _open(self, dialog: ChangeDialog, label: Callable[[TagPlan], str]) -> ChangeDialog:
        drop = isinstance(dialog, DeleteDialog)
        dialog.decided.connect(lambda plan: self.carry_out(plan, label(plan), drop=drop))
        dialog.open()
        return dialog

    def _open_synonyms(self, tag: Tag, words: tuple[str, ...]) -> None:
        dialog = SynonymsDialog(tag, words, self._over)
        dialog.decided.connect(self._save_synonyms)
        dialog.open()

    def _save_synonyms(self, tag: Tag, words: tuple[str, ...]) -> None:
        self._context.session.remember(partial(Library.set_synonyms, tag=tag, names=words))

    def _label_of_rename(self, tag: Tag, plan: TagPlan) -> str:
        new = dict(plan.renames).get(tag, tag)
        return self.tr("Rename {old} to {new}").format(old=tag, new=new)


def _one(tags: Sequence[Tag]) -> str:
    return f"{tags[0]} …" if len(tags) > 1 else str(tags[0])


def _keep(library: Library, found: KeywordList) -> None:
    with library.transaction():
        library.add_tags(found.tags)
        for tag, words in found.synonyms.items():
            library.set_synonyms(tag, (*library.synonyms_of(tag), *words))


def _export(library: Library, path: Path) -> int:
    tags = [branch.tag for branch in library.branches()]
    return write_keyword_list(path, tags, library.all_synonyms())
