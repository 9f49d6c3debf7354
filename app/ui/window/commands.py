"""What the menus do that is not about the selected photos: files, dialogs, filters, problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from app.core.errors import FileError
from app.core.photo import PhotoId
from app.core.preferences import Preferences
from app.core.tag import Tag
from app.services.preferences import save_preferences
from app.ui import reasons, theme
from app.ui.roles import Role
from app.ui.window.dropping import paths_in
from app.ui.window.networks import Networks
from app.workers.session import Acted

if TYPE_CHECKING:
    from app.ui.settings.dialog import SettingsDialog
    from app.ui.window.main_window import MainWindow

#: What the entries above the tag tree search for.
_STATES = {"review": "state:suggested", "untagged": "state:untagged", "failed": "state:failed"}


def _search_of(tags: Sequence[Tag]) -> str:
    return " OR ".join(f"tag:{_quoted(str(tag))}" for tag in tags)


class Commands(QObject):
    """The commands of one window. Dialogs are imported when they are opened first.

    Args:
        window: whose parts they put to work.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialogs: dict[str, QDialog] = {}
        self._stopped: QMessageBox | None = None
        self.networks = Networks(window, self)
        status, duplicates = window.status, window.photos.duplicates
        status.stop_comparing_wanted.connect(duplicates.stop)
        duplicates.progressed.connect(status.show_comparing)
        for over in (duplicates.finished, duplicates.failed):
            over.connect(lambda _: status.show_comparing(None))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its id."""
        window = self._window
        photos, view = window.photos, window.view
        return {
            "add": self.add,
            "paste": self.paste,
            "folders": self.show_folders,
            "export": self.export,
            "settings": self.show_settings,
            "quit": window.close,
            "undo": window.undo.stack.undo,
            "redo": window.undo.stack.redo,
            "copy": photos.copy,
            "select_all": view.selectAll,
            "find": window.search.focus_search,
            "accept_all": photos.accept_all,
            "reject_all": photos.reject_all,
            "type_tag": self.type_tag,
            "remove": photos.remove,
            "large": photos.toggle_large,
            "similar": self.find_similar,
            "show_in_folder": photos.show_in_folder,
            "look_again": photos.look_again,
            "sidebar": lambda: self._toggle("sidebar"),
            "inspector": lambda: self._toggle("inspector"),
            "larger": view.larger,
            "smaller": view.smaller,
            "full_screen": self.full_screen,
            "review": self.review,
            "bulk": self.accept_many,
            "duplicates": photos.find_duplicates,
            "accuracy": window.accuracy.toggle,
            "pause": self.pause,
            "stop": window.session.cancel,
            "import_keywords": window.tags.commands.import_list,
            "export_keywords": window.tags.commands.export_list,
            "rules": self.show_rules,
            "networks": self.networks.show,
            "train": self.networks.train,
            "keys": self.show_keys,
            "problems": self.show_problems,
            "about": self.about,
        }

    def close(self) -> None:
        """Close all dialogs, and end what they do."""
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        self.networks.close()
        self._window.photos.duplicates.close()

    # Files

    def add(self) -> None:
        """Ask for a folder and add it."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder of photos"))
        if folder:
            self._window.add([Path(folder)])

    def paste(self) -> None:
        """Add the folders and files on the clipboard."""
        paths = paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self._window.add(paths)
        else:
            self._window.status.say(self.tr("There is no folder or file on the clipboard."))

    def show_folders(self) -> None:
        """Show which folders are watched."""
        from app.ui.window.folders import FoldersDialog

        dialog = FoldersDialog(self._window.context, self._window)
        dialog.add_wanted.connect(self.add)
        dialog.changed.connect(self._window.rewatch)
        self.open("folders", dialog)

    def export(self) -> None:
        """Export photos for another program."""
        from app.ui.export.dialog import ExportDialog

        window = self._window
        # As arrays: lists of a million numbers take a moment to make.
        selected, shown = window.photos.ids(), window.proxy.ids()
        total = window.browser.total
        self.open("export", ExportDialog(window.context, selected, shown, total, parent=window))

    def show_settings(self, section: str = "") -> None:
        """Show the settings, which take effect at once."""
        from app.ui.settings.dialog import SettingsDialog

        window = self._window
        in_use = window.preferences.model
        dialog = SettingsDialog(window.preferences, [(in_use, in_use)], window)
        self.networks.ask_for_those_here(dialog.show_models, dialog.show_failure)
        dialog.changed.connect(self.use)
        dialog.action_wanted.connect(lambda name: self._settings_action(dialog, name))
        self.networks.catalogue_read.connect(dialog.show_models)
        if section:
            dialog.show_section(section)
        self.open("settings", dialog)

    def _settings_action(self, settings: SettingsDialog, option: str) -> None:
        if option == "model":
            settings.accept()  # it would be in the way of the other
            self.networks.show()
        else:
            self._compare_heads(settings, option)

    def _compare_heads(self, settings: SettingsDialog, option: str) -> None:
        """Show which way of learning is best."""
        from app.ui.settings.comparison import ComparisonDialog

        window = self._window
        dialog = ComparisonDialog(
            window.folders.data,
            window.session.model_key,
            getattr(settings.preferences, option),
            settings,
        )
        dialog.chosen.connect(lambda head: settings.choose(option, head))
        self.open("comparison", dialog)

    def use(self, preferences: Preferences) -> None:
        """Work with other settings from now on."""
        window = self._window
        window.preferences = preferences
        try:
            save_preferences(window.folders.config, preferences)
        except FileError as error:
            window.status.say(reasons.of_error(error))
        window.session.use(preferences.tag_settings)
        window.session.learn(preferences.learn, preferences.head)
        window.use_cache_limit(preferences.cache_megabytes * 1_000_000)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, preferences.theme)
        window.photos.confirm_from = preferences.confirm_bulk
        window.rewatch()
        window.preferences_changed.emit(preferences)

    # Tags

    def type_tag(self) -> None:
        """Begin to type a tag for what is selected."""
        self._window.show_dock("inspector", True)
        self._window.photos.type_tag()

    def filter_by_tags(self, tags: Sequence[Tag]) -> None:
        """Show the photos with one of some tags."""
        self._search_for(_search_of(tags))

    def follow_search(self) -> None:
        """End the review, and show as chosen beside the photos what is searched for.

        A tag that stayed chosen during another search could not be clicked to come back to it.
        """
        self.end_review()
        tags, text = self._window.tags, self._window.search.text()
        if text != _search_of(tags.selected_tags()) or not text:
            states = {"": "all"} | {search: key for key, search in _STATES.items()}
            tags.select_state(states.get(text, ""))

    def filter_by_state(self, state: str) -> None:
        """Show the photos that one of the entries above the tree stands for."""
        self._search_for(_STATES.get(state, ""))

    def find_similar(self) -> None:
        """Show the photos that are most like the current one."""
        photo = self._window.view.current_photo()
        if photo is None:
            self._window.status.say(self.tr("Select a photo first."))
        else:
            self._search_for(f"similar:{photo}")

    def show_all(self) -> None:
        """Show all photos."""
        self._search_for("")

    def title(self) -> str:
        """What stands over the photos: what they are, where the search does not say it in words."""
        shown = self._window.browser.shown
        if shown.only is None and "similar:" in str(shown.query or ""):
            return self.tr("The most similar photos come first")
        return shown.title

    def end_review(self) -> None:
        """End the review, if there is one."""
        if self._window.queue.running:
            self._window.queue.stop()

    def leave_listing(self) -> None:
        """From the review, a search or other chosen photos back to all."""
        shown = self._window.browser.shown
        if self._window.queue.running:
            self._window.queue.stop()
        elif self._window.accuracy.has_way_back():
            self._window.accuracy.go_back()
        elif shown.query is not None or shown.only is not None:
            self.show_all()

    def _search_for(self, text: str) -> None:
        window = self._window
        self.end_review()
        before = window.search.query
        window.search.set_text(text)
        if window.search.query == before:  # then it does not say that anything has changed
            window.browser.show_query(before)

    def accept_many(self) -> None:
        """Accept all suggestions above a certainty."""
        from app.ui.review.bulk import BulkAcceptDialog

        window = self._window
        selected = window.photos.ids()
        photos = selected if len(selected) > 1 else window.proxy.ids()
        dialog = BulkAcceptDialog(window.context, photos, self._picture, parent=window)
        window.pictures.changed.connect(dialog.refresh_pictures)
        dialog.accepted.connect(lambda: window.session.act(dialog.edits(), dialog.label()))
        self.open("bulk", dialog)

    def review(self) -> None:
        """Begin to review doubtful photos, or end it."""
        self._window.reviewing.toggle()

    def _picture(self, photo: PhotoId) -> QPixmap | None:
        """The picture of a photo, which is asked for where it is not there yet."""
        picture: QPixmap | None = self._window.model.value(photo, Role.PICTURE)
        return picture

    def show_rules(self) -> None:
        """Show and change the rules."""
        from app.ui.rules.dialog import RulesDialog

        window = self._window
        dialog = RulesDialog(
            window.context, window.preferences.tag_settings, window, picture=self._picture
        )
        dialog.rules_changed.connect(lambda: window.session.use(window.preferences.tag_settings))
        dialog.rules_changed.connect(window.look_through_again)
        self.open("rules", dialog)

    # The work

    def pause(self) -> None:
        """Pause, or go on."""
        if self._window.actions_["pause"].isChecked():
            self._window.session.pause()
        else:
            self._window.session.resume()

    def show_problems(self) -> None:
        """Show what went wrong."""
        from app.ui.problems.panel import ProblemsDialog

        window = self._window
        self.open("problems", ProblemsDialog(window.context, window.problems, window))

    def say_what_was_done(self, acted: Acted) -> None:
        """Say what an action has done."""
        say = self._window.status.say
        if acted.error:
            say(self.tr("Not done: {reason}").format(reason=reasons.in_words(acted.error)))
        elif acted.given_up:
            done = self.tr("Stopped; %n photo(s) changed", "", acted.photos)
            say(f"{done}: {acted.label}" if acted.photos else done)
        elif acted.problems:
            say(self.tr("%n photo(s) could not be changed", "", len(acted.problems)))
        elif acted.action is None:
            if acted.what != "done":
                say(self.tr("There is nothing left of it to undo or redo."))
        elif acted.what == "undone":
            say(self.tr("Undone: {label}").format(label=acted.label))
        else:
            say(acted.label)

    def say_stopped(self, reason: str) -> None:
        """Say that something stopped the work."""
        if self._stopped is not None:  # a box for each photo in hand would bury the window
            return
        box = QMessageBox(
            QMessageBox.Icon.Warning, "Tagwright", reasons.in_words(reason),
            QMessageBox.StandardButton.Ok, self._window,
        )  # fmt: skip
        box.setInformativeText(
            self.tr(
                "The photos are whole. What was not done goes on when you resume it, or at the"
                " next start."
            )
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.destroyed.connect(self._stopped_seen)
        self._stopped = box
        box.open()

    def _stopped_seen(self) -> None:
        self._stopped = None

    # Help

    def show_keys(self) -> None:
        """Show all keys."""
        from app.ui.keys.overlay import KeysOverlay

        self.open("keys", KeysOverlay(list(self._window.actions_.keys()), self._window))

    def about(self) -> None:
        """Say what program this is."""
        self.networks.ask_for_names(self._show_about)

    def _show_about(self, names: tuple[str, list[str]]) -> None:
        from app.ui.window.about import AboutBox

        self.open("about", AboutBox(*names, self._window))

    def full_screen(self) -> None:
        """Fill the screen, or no longer."""
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def _toggle(self, name: str) -> None:
        self._window.show_dock(name, self._window.actions_[name].isChecked())

    def open(self, name: str, dialog: QDialog, *, modal: bool = True) -> None:
        """Show a dialog; one that is open already comes to the front instead."""
        known = self._dialogs.get(name)
        if known is not None:
            dialog.deleteLater()
            known.raise_()
            known.activateWindow()
            return
        self._dialogs[name] = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(lambda: self._dialogs.pop(name, None))
        if modal:
            dialog.open()
        else:
            dialog.show()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if " " in text else text
