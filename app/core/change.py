"""A change to the tags of a photo: the delta that saving, undoing and learning all speak."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.tag import Tag


@dataclass(frozen=True, slots=True)
class Origin:
    """How a tag came to a photo.

    Attributes:
        confirmed: whether the user has said that it is right; if not, it is only suggested.
        score: the certainty with which it was suggested, 0 to 1; None where the user set it.
        model: id of the network or head that suggested it; empty where the user set it.
        run: id of the run that put it into the photo, as `tagwright history` lists them.
    """

    confirmed: bool
    score: float | None = None
    model: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to add to a photo and tags to take out of it, such as the new and the old name of one.

    What is taken out goes first; a tag in both is there afterwards.
    """

    add: tuple[Tag, ...] = ()
    remove: tuple[Tag, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)

    @property
    def inverse(self) -> TagChange:
        """The change that takes this one back, where all of it was made."""
        return TagChange(self.remove, self.add)


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody decides about the tags of a photo.

    Attributes:
        add: tags that the photo gets, as the user's own.
        remove: tags that it loses. One that was suggested is not suggested again.
        accept, reject: the answer to suggestions. A rejected tag that is in the photo goes.
        accept_all: accept every suggestion that the photo has.
    """

    add: tuple[Tag, ...] = ()
    remove: tuple[Tag, ...] = ()
    accept: tuple[Tag, ...] = ()
    reject: tuple[Tag, ...] = ()
    accept_all: bool = False

    def __bool__(self) -> bool:
        return bool(self.add or self.remove or self.accept or self.reject or self.accept_all)

    def and_then(self, later: Edit) -> Edit:
        """Both as one; where they contradict each other, the later one counts."""
        wanted = {*later.add, *later.accept}
        unwanted = {*later.remove, *later.reject}

        def both(one: tuple[Tag, ...], other: tuple[Tag, ...], but: set[Tag]) -> tuple[Tag, ...]:
            return tuple(dict.fromkeys((*(tag for tag in one if tag not in but), *other)))

        return Edit(
            both(self.add, later.add, unwanted),
            both(self.remove, later.remove, wanted),
            both(self.accept, later.accept, unwanted),
            both(self.reject, later.reject, wanted),
            self.accept_all or later.accept_all,
        )
