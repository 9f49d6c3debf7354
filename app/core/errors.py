"""The errors that Tagwright raises on purpose: one small tree.

Every error says which file (or setting) and why, in words for the person in front of the
screen. Errors are caught where something can be done about them, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path


class TagwrightError(Exception):
    """Base of every error that Tagwright raises on purpose; `str()` is fit to be shown."""


class UsageError(TagwrightError):
    """The command line or a setting asks for something that makes no sense."""


class FileError(TagwrightError):
    """Something is wrong with one file.

    Attributes:
        path: the file.
        reason: why, as a sentence without the file's name and without a full stop.
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = Path(path)
        self.reason = reason

    def __reduce__(self) -> tuple[type[FileError], tuple[Path, str]]:
        return type(self), (self.path, self.reason)


class ReadError(FileError):
    """A file or folder cannot be read, or is gone."""


class DecodeError(FileError):
    """A photo cannot be turned into pixels: damaged, unknown, or too large."""


class WriteError(FileError):
    """Tags could not be written; the photo is as it was before."""


class ModelError(FileError):
    """A network, its card or its labels are missing, damaged or do not fit each other."""


class FetchError(TagwrightError):
    """A file could not be fetched from the network.

    Attributes:
        url: where from.
        reason: why, as a sentence without a full stop.
    """

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason

    def __reduce__(self) -> tuple[type[FetchError], tuple[str, str]]:
        return type(self), (self.url, self.reason)


class RulesError(FileError):
    """A rules file breaks its format.

    Attributes:
        problems: (line, reason) for everything that is wrong, in the order of the file; line
            counts from 1 and is 0 where the problem is the file as a whole.
    """

    def __init__(self, path: Path | str, problems: list[tuple[int, str]]) -> None:
        first_line, first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        where = f"line {first_line}: " if first_line else ""
        super().__init__(path, f"{where}{first}{more}")
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type[FileError], tuple[Path, object]]:  # type: ignore[override]
        return type(self), (self.path, list(self.problems))


class LibraryError(FileError):
    """The library's database or embedding store cannot be used."""
