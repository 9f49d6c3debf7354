"""Every setting of the window, with its default, limits and words: one table.

The dialog is made from `OPTIONS`, the file from the fields of `Preferences`, and a value from
outside is checked by `Option.check`. The words are English here and are looked up in the
translations where they are shown; `_t` marks them for that.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal

from app.core.settings import Choice, Device, TagSettings, WriteMode, WriteSuggestions

#: `system` goes with the desktop.
Theme = Literal["system", "light", "dark"]
#: How it learns: the kinds of `app.learning.heads.KINDS`.
Head = Literal["nearest-mean", "svm", "logistic", "gnb"]
DEFAULT_HEAD: Final[Head] = "nearest-mean"
#: How an option is shown: a switch, a number, a share of one as per cent, a choice from a list,
#: or a choice among the networks, which only the caller knows.
Kind = Literal["switch", "number", "share", "choice", "model"]

#: The context of all texts here, for `QCoreApplication.translate`.
CONTEXT: Final = ""
_DEFAULTS: Final = TagSettings()


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user has set.

    Attributes:
        model, crops, min_score, write, write_suggestions, choice, xp_keywords, adobe_sidecars,
            use_exiftool, device: see `TagSettings`.
        learn: whether suggestions follow from what the user accepts and rejects.
        head: how they follow from it.
        watch: whether folders that were added are watched for new and changed photos.
        confirm_bulk: from how many photos on a change asks first; 0 never asks.
        theme: light, dark, or as the system is.
        language: of the window, such as `de`; empty for the system's.
        cache_megabytes: what thumbnails may take on the disk.
    """

    model: str = _DEFAULTS.model
    crops: Literal[1, 3] = _DEFAULTS.crops
    min_score: float = _DEFAULTS.min_score
    choice: Choice = _DEFAULTS.choice
    write: WriteMode = _DEFAULTS.write
    write_suggestions: WriteSuggestions = _DEFAULTS.write_suggestions
    xp_keywords: bool = _DEFAULTS.xp_keywords
    adobe_sidecars: bool = _DEFAULTS.adobe_sidecars
    use_exiftool: bool = _DEFAULTS.use_exiftool
    device: Device = _DEFAULTS.device
    learn: bool = True
    head: Head = DEFAULT_HEAD
    watch: bool = True
    confirm_bulk: int = 100
    theme: Theme = "system"
    language: str = ""
    cache_megabytes: int = 1000

    @property
    def tag_settings(self) -> TagSettings:
        """What of it the pipeline wants to know."""
        return TagSettings(**{each.name: getattr(self, each.name) for each in fields(TagSettings)})


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table.

    Attributes:
        name: of the field of `Preferences`.
        section: key of the section.
        title: in a few words.
        help: what it does, in a sentence or two; may be empty.
        kind: how it is shown.
        choices: (value, words) for a choice.
        limits: the least and the greatest number.
        step: between two numbers.
        unit: how a number is read, with {} where it stands.
        zero: shown instead of a 0.
        needs: (name, values) of other options without which this one does nothing.
        action: the words on a button beside it, for something that helps to decide.
    """

    name: str
    section: str
    title: str
    help: str
    kind: Kind
    choices: tuple[tuple[Any, str], ...] = ()
    limits: tuple[float, float] = (0, 0)
    step: float = 1
    unit: str = "{}"
    zero: str = ""
    needs: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    action: str = ""

    @property
    def default(self) -> Any:
        """The value it has at first."""
        return getattr(Preferences(), self.name)

    def check(self, value: Any) -> bool:
        """Whether a value could be this option's."""
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind == "model":
            return isinstance(value, str) and bool(value)
        if self.kind == "choice":
            return any(type(value) is type(each) and value == each for each, _ in self.choices)
        number = (int, float) if self.kind == "share" else int
        least, greatest = self.limits
        # True and False are numbers to Python.
        return (
            isinstance(value, number) and not isinstance(value, bool) and least <= value <= greatest
        )


#: Values of `write` with which anything is written at all.
_WRITTEN: Final[tuple[WriteMode, ...]] = ("auto", "sidecar")


def _t(text: str) -> str:
    """Marks a text for the translators; it is looked up where it is shown."""
    return text


#: The sections in their order: key, title, icon.
SECTIONS: Final[tuple[tuple[str, str, str], ...]] = (
    ("tagging", _t("Suggestions"), "tag"),
    ("writing", _t("Writing"), "export"),
    ("files", _t("Files"), "folder"),
    ("look", _t("Window"), "photo"),
)

OPTIONS: Final[tuple[Option, ...]] = (
    Option(
        "model", "tagging", _t("Network"),
        _t("What looks at your photos. A larger one is right more often and takes longer."),
        "model",
        action=_t("More networks…"),
    ),
    Option(
        "crops", "tagging", _t("Where it looks"),
        _t("The ends tell more about wide photos, and take about twice as long."),
        "choice",
        choices=(
            (3, _t("At the middle and both ends")),
            (1, _t("Only at the middle")),
        ),
    ),
    Option(
        "choice", "tagging", _t("How many suggestions"),
        _t("What is unlikely can be left out, or be offered all the same for you to decide."),
        "choice",
        choices=(
            ("rules", _t("The likely ones")),
            ("cumulative", _t("All that could be meant")),
        ),
    ),
    Option(
        "device", "tagging", _t("Where it computes"),
        _t("A graphics card is tried once, and used where it is faster. Suggestions are the same."),
        "choice",
        choices=(
            ("auto", _t("Wherever it is faster")),
            ("cpu", _t("On the processor")),
            ("gpu", _t("On the graphics card")),
        ),
    ),
    Option(
        "learn", "tagging", _t("Learn from what I accept and reject"),
        _t("Each answer changes what is suggested for all your photos. It stays on this computer."),
        "switch",
    ),
    Option(
        "head", "tagging", _t("How it learns"),
        _t(
            "Which is best depends on your photos. After a change, all is learned anew from your"
            " answers."
        ),
        "choice",
        choices=(
            ("nearest-mean", _t("What photos of a tag have in common (recommended)")),
            ("svm", _t("The widest gap between tags (linear SVM)")),
            ("logistic", _t("Weighing each feature (logistic regression)")),
            ("gnb", _t("How usual each feature is (naive Bayes)")),
        ),
        needs=(("learn", (True,)),),
        action=_t("Compare on my photos…"),
    ),
    Option(
        "write", "writing", _t("Tags are kept"),
        _t(
            "Other photo managers find them in the photo itself. Some also read a sidecar, a small"
            " file with the same name beside the photo."
        ),
        "choice",
        choices=(
            ("auto", _t("In the photo; beside it where that is not safe")),
            ("sidecar", _t("Always beside the photo, which is never changed")),
            ("none", _t("Only in Tagwright")),
        ),
    ),
    Option(
        "write_suggestions", "writing", _t("Into your photos go"),
        _t("Whatever is written can be undone, also later."),
        "choice",
        choices=(
            ("sure", _t("Tags that are certain enough, and those you accept")),
            ("accepted", _t("Only the tags you accept")),
        ),
        needs=(("write", _WRITTEN),),
    ),
    Option(
        "min_score", "writing", _t("Certain enough from"),
        _t("At a higher value fewer tags are written by themselves, and fewer of them are wrong."),
        "share", limits=(0.05, 0.99), step=0.01,
        needs=(("write", _WRITTEN), ("write_suggestions", ("sure",))),
    ),
    Option(
        "xp_keywords", "files", _t("Keywords for older Windows programs"),
        _t("Written beside the usual ones."),
        "switch", needs=(("write", ("auto",)),),
    ),
    Option(
        "adobe_sidecars", "files", _t("Name new sidecars as Adobe programs do"),
        _t("“photo.xmp” for Lightroom, instead of “photo.jpg.xmp”."),
        "switch", needs=(("write", _WRITTEN),),
    ),
    Option(
        "use_exiftool", "files", _t("Write into HEIC, AVIF and JPEG XL photos"),
        _t("Needs the program ExifTool. Without it, their tags are kept beside them."),
        "switch", needs=(("write", ("auto",)),),
    ),
    Option(
        "watch", "files", _t("Watch my folders"),
        _t("New and changed photos in them are looked at while the window is open."),
        "switch",
    ),
    Option(
        "cache_megabytes", "files", _t("Space for small pictures"),
        _t("What the grid shows is kept on the disk, so that it is there at once the next time."),
        "number", limits=(50, 20_000), step=50, unit=_t("{} MB"),
    ),
    Option(
        "theme", "look", _t("Colours"), "",
        "choice",
        choices=(
            ("system", _t("As the system")),
            ("light", _t("Light")),
            ("dark", _t("Dark")),
        ),
    ),
    Option(
        "language", "look", _t("Language"),
        _t("Takes effect when Tagwright is started the next time."),
        "choice",
        choices=(
            ("", _t("As the system")),
            ("en", "English"),
            ("de", "Deutsch"),
            ("ja", "日本語"),
        ),
    ),
    Option(
        "confirm_bulk", "look", _t("Ask before changing many photos"),
        _t("Changes to fewer photos are made at once. Either can be undone."),
        "number", limits=(0, 100_000), step=10, unit=_t("from {} photos on"), zero=_t("never"),
    ),
)  # fmt: skip

#: The rows by the names of their fields.
BY_NAME: Final = {option.name: option for option in OPTIONS}


def with_defaults(preferences: Preferences, section: str) -> Preferences:
    """The same, but with the defaults in one section."""
    names = [option.name for option in OPTIONS if option.section == section]
    return replace(preferences, **{name: BY_NAME[name].default for name in names})


def in_use(option: Option, preferences: Preferences) -> bool:
    """Whether an option does anything as the others are set."""
    return all(getattr(preferences, name) in values for name, values in option.needs)
