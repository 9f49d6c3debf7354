"""Where the user's library, cache and settings are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one user.

    Attributes:
        data: what must not be lost: the library.
        cache: what can be made again: thumbnails, compiled rules.
        config: what the user puts there: a `rules.yml` or `models/` of their own.
    """

    data: Path
    cache: Path
    config: Path

    @property
    def thumbnails(self) -> Path:
        """The file of the thumbnail cache."""
        return self.cache / "thumbnails.db"

    @property
    def own_rules(self) -> Path:
        """Where a user's own rules are, if there are any."""
        return self.config / "rules.yml"

    @property
    def own_models(self) -> Path:
        """Where a user's own networks are, if there are any."""
        return self.config / "models"
