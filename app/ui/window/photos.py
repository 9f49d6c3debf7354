"""What the keys and menus do to the photos that are selected."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu, QMessageBox, QStackedWidget, QWidget

from app.core.change import Edit
from app.core.listing import Group, Listing
from app.core.photo import Card, PhotoId
from app.core.tag import Tag
from app.ui.context import Context
from app.ui.grid.model import PhotoModel
from app.ui.grid.proxy import ListingProxy
from app.ui.grid.view import GridView
from app.ui.inspector.panel import InspectorPanel
from app.ui.roles import Role
from app.ui.viewer.viewer import PhotoViewer
from app.ui.window.actions import Actions
from app.ui.window.browse import Browser, selected_ids
from app.ui.window.many import ManyPhotos
from app.workers.duplicates import DuplicateFinder
from app.workers.session import Acted

#: So many photos are shown in the inspector card by card; more are taken together elsewhere.
_INSPECTED = 2000
#: So many files can be dragged to another program at once.
_DRAGGED = 10_000


class PhotoCommands(QObject):
    """Connects the selection, the inspector, the large photo and the keys.

    Args:
        context, model, proxy, view, inspector, viewer, browser: the parts.
        pages: of the middle of the window; they hold the grid's page and the viewer.
        grid_page: with the view.
    """

    #: str: for the status bar.
    told = Signal(str)
    #: int: how many photos are selected.
    selected = Signal(int)

    def __init__(
        self,
        context: Context,
        model: PhotoModel,
        proxy: ListingProxy,
        view: GridView,
        inspector: InspectorPanel,
        viewer: PhotoViewer,
        browser: Browser,
        pages: QStackedWidget,
        grid_page: QWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._model = model
        self._proxy = proxy
        self._view = view
        self._inspector = inspector
        self._viewer = viewer
        self._browser = browser
        self._pages = pages
        self._grid_page = grid_page
        #: From so many photos on it asks before it changes them; 0 never asks.
        self.confirm_from = 0
        #: The photos of each action that is being carried out.
        self._acting: deque[list[PhotoId]] = deque()
        self._soon = QTimer(self, interval=20, singleShot=True)
        self._soon.timeout.connect(self._inspect)
        self._many = ManyPhotos(context, inspector, self)
        #: Says how far it is; whoever shows that stops it.
        self.duplicates = DuplicateFinder(context.folders.data, self)
        self.duplicates.finished.connect(self._show_duplicates)
        self.duplicates.failed.connect(self.told)
        view.selectionModel().selectionChanged.connect(self._selection_changed)
        view.opened.connect(lambda _: self.show_large())
        model.dataChanged.connect(lambda *_: self._soon.start())
        browser.listed.connect(self._listed)
        inspector.edit_wanted.connect(self.act)
        inspector.retry_wanted.connect(context.session.look_again)
        inspector.moved.connect(self._move)
        inspector.told.connect(self.told)
        viewer.close_wanted.connect(self.close_large)
        viewer.previous_wanted.connect(lambda: self._step(-1))
        viewer.next_wanted.connect(lambda: self._step(1))
        viewer.accept_wanted.connect(self._accept_tag)
        context.session.acting.connect(lambda _handle, edits, _label: self._apply(edits))
        context.session.acted.connect(self._settle)

    # The selection

    def ids(self) -> np.ndarray:
        """The photos that are selected; in the large view, the one that is shown."""
        return selected_ids(self._view.selectionModel(), self._proxy)

    def _selection_changed(self) -> None:
        ids = self.ids()
        self.selected.emit(len(ids))
        self._model.prepare_drag(int(photo) for photo in ids[:_DRAGGED])
        self._soon.start()

    def _listed(self) -> None:
        # A search may leave some of what was selected, but not the photo that had the frame. The
        # next one has it then, with the numbers of the keys, which are about what is selected.
        selection = self._view.selectionModel()
        if selection.hasSelection() and not selection.isSelected(self._view.currentIndex()):
            first = self._proxy.index_of(int(self.ids()[0]))
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._soon.start()

    def _inspect(self) -> None:
        ids = self.ids()
        self._forget_typed_if_gone(self._inspector.summary.photos)
        if len(ids) > _INSPECTED:
            self._many.show(ids)
            return
        self._many.leave()
        some = [int(photo) for photo in ids]
        cards = [self._model.card(photo) for photo in some]
        if all(card is not None for card in cards):
            self._show([card for card in cards if card is not None])
            return
        if {card.id for card in self._inspector.cards()} != set(some):
            # A key that is pressed now is not meant for the photos that were selected before.
            self._inspector.show_cards([], len(ids))
        self.context.reader.ask(
            lambda library: library.cards(some), self._show, key="inspected", urgent=True
        )

    def _forget_typed_if_gone(self, photos: Sequence[PhotoId]) -> None:
        """Where photos are gone nobody has gone on from them: it may be half a word."""
        field = self._inspector.tag_field
        if field.text() and (self._model.rows(np.array(photos, np.int64)) < 0).any():
            field.drop()

    def _bring_up_to_date(self) -> None:
        """Keys are about what is selected now, not about what was shown a moment ago."""
        if self._soon.isActive():
            self._soon.stop()
            self._inspect()

    def _move(self, event: QKeyEvent) -> None:
        """Go to another photo from where tags are typed; the next one that is typed is for it."""
        target = self._viewer if self._is_large() else self._view
        target.keyPressEvent(event)
        self._bring_up_to_date()

    def _show(self, cards: list[Card]) -> None:
        # What is being written is shown as it will be.
        cards = [self._model.card(card.id) or card for card in cards]
        self._inspector.show_cards(cards)
        if self._is_large() and cards:
            self._viewer.update_card(cards[0])

    def _apply(self, edits: Sequence[tuple[PhotoId, Edit]]) -> None:
        self._model.apply(edits)
        self._acting.append([photo for photo, _ in edits])
        self._inspect()

    def _settle(self, acted: Acted) -> None:
        # Actions are carried out in the order in which they were begun.
        if acted.what == "done" and self._acting:
            self._model.settle(self._acting.popleft())
        if acted.what == "undone":
            self._inspector.tag_field.forget_new()
        self._soon.start()

    def _accept_tag(self, tag: Tag) -> None:
        card = self._viewer.card
        if card is None:
            return
        # The photo that is seen is meant, whether or not the inspector has come to it.
        if [each.id for each in self._inspector.cards()] != [card.id]:
            self._inspector.show_cards([card])
        self._inspector.accept_tag(tag)

    # What is decided

    def act(self, edits: Sequence[tuple[PhotoId, Edit]], label: str) -> None:
        """Carry out what was decided; where it concerns very many photos, ask first."""
        limit = self.confirm_from
        if not limit or len(edits) < limit:
            self.context.session.act(edits, label)
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Change many photos"),
            self.tr("This changes %n photo(s).", "", len(edits)),
            QMessageBox.StandardButton.Cancel,
            self._view.window(),
        )
        box.setInformativeText(f"{label}\n\n" + self.tr("It can be undone."))
        change = box.addButton(self.tr("&Change them"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(change)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        change.clicked.connect(lambda: self.context.session.act(edits, label))
        box.open()

    # Keys

    def accept(self, number: int) -> None:
        """Accept the n-th suggestion that the inspector shows."""
        self._bring_up_to_date()
        self._inspector.accept_nth(number)

    def reject(self, number: int) -> None:
        """Reject the n-th suggestion."""
        self._bring_up_to_date()
        self._inspector.reject_nth(number)

    def accept_all(self) -> None:
        """Accept all suggestions that are shown."""
        self._bring_up_to_date()
        self._inspector.accept_all()

    def reject_all(self) -> None:
        """Reject all suggestions that are shown."""
        self._bring_up_to_date()
        self._inspector.reject_all()

    def type_tag(self) -> None:
        """Begin to type a tag."""
        self._bring_up_to_date()
        self._inspector.type_tag()

    def remove(self) -> None:
        """Remove a tag: the one that has the focus, or the choice of one."""
        self._bring_up_to_date()
        self._inspector.remove_focused()

    def look_again(self) -> None:
        """Let the network look once more."""
        ids = [int(photo) for photo in self.ids()]
        if ids:
            self.context.session.look_again(ids)

    def copy(self) -> None:
        """Copy the selected photos as files."""
        data = self._proxy.mimeData(self._view.selectedIndexes()[:_INSPECTED])
        if data.hasUrls():
            QGuiApplication.clipboard().setMimeData(data)

    def show_in_folder(self) -> None:
        """Open the folder of the current photo."""
        card = self.current()
        if card is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(card.path.parent)))

    # The large photo

    def current(self) -> Card | None:
        """The card of the current photo."""
        photo = self._view.current_photo()
        return self._model.card(photo) if photo is not None else None

    def toggle_large(self) -> None:
        """Show the current photo large, or go back to the grid."""
        if self._is_large():
            self.close_large()
        else:
            self.show_large()

    def show_large(self) -> None:
        """Show the current photo large."""
        index = self._view.currentIndex()
        if not index.isValid() and self._proxy.rowCount():
            index = self._proxy.index(0, 0)
            self._view.setCurrentIndex(index)
        card = self.current()
        if card is None:
            return
        self._pages.setCurrentWidget(self._viewer)
        self._viewer.setFocus()
        self._show_current()

    def close_large(self) -> None:
        """Back to the grid."""
        self._pages.setCurrentWidget(self._grid_page)
        self._viewer.clear()
        self._view.setFocus()

    def go_to(self, photo: PhotoId) -> None:
        """Make a photo the current one."""
        row = self._proxy.row_of(photo)
        if row < 0:
            return
        self._view.selectionModel().setCurrentIndex(
            self._proxy.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._view.scrollTo(self._view.currentIndex())
        if self._is_large():
            self._show_current()

    def _is_large(self) -> bool:
        return self._pages.currentWidget() is self._viewer

    def _step(self, by: int) -> None:
        row = self._view.currentIndex().row() + by
        if 0 <= row < self._proxy.rowCount():
            self.go_to(self._proxy.id_at(row))

    def _show_current(self) -> None:
        index = self._view.currentIndex()
        photo = self._proxy.id_at(index.row())
        beside = [
            self._proxy.id_at(row)
            for row in (index.row() + 1, index.row() - 1)
            if 0 <= row < self._proxy.rowCount()
        ]

        def show(cards: list[Card]) -> None:
            if not cards or not self._is_large():
                return
            card = self._model.card(cards[0].id) or cards[0]
            self._viewer.show_photo(card, self._model.value(card.id, Role.PICTURE))
            self._viewer.preload([each.path for each in cards[1:]])

        self.context.reader.ask(
            lambda library: library.cards([photo, *beside]), show, key="large", urgent=True
        )

    # Photos that are alike

    def find_duplicates(self) -> None:
        """Show photos that are nearly the same, in groups."""
        self.told.emit(self.tr("Looking for photos that are nearly the same…"))
        self.duplicates.start(self.context.session.model_key)

    def _show_duplicates(self, groups: list[tuple[PhotoId, ...]] | None) -> None:
        if groups is None:
            self.told.emit(self.tr("Stopped."))
            return
        if not groups:
            self.told.emit(self.tr("No two photos are nearly the same."))
            return
        self.told.emit("")
        ids = np.array([photo for group in groups for photo in group], np.int64)
        names = tuple(Group(f"#{n}", len(group)) for n, group in enumerate(groups, start=1))
        title = self.tr("%n group(s) of photos that are nearly the same", "", len(groups))
        self._browser.show_only(Listing(ids, names), title)

    # The context menu

    def show_menu(self, point: QPoint, actions: Actions) -> None:
        """Show what can be done to the selected photos."""
        menu = QMenu(self._view)
        for names in (
            ("large", "type_tag"),
            ("accept_all", "reject_all"),
            ("similar", "show_in_folder", "copy"),
            ("look_again", "export"),
        ):
            for name in names:
                menu.addAction(actions[name])
            menu.addSeparator()
        menu.exec(point)
        menu.deleteLater()
