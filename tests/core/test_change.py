"""Two edits as one."""

from app.core.change import Edit
from app.core.tag import Tag

CAT, DOG = Tag.parse("Animal/Cat"), Tag.parse("Animal/Dog")


def test_of_two_edits_the_later_one_counts() -> None:
    assert Edit(add=(CAT,)).and_then(Edit(remove=(CAT,))) == Edit(remove=(CAT,))
    assert Edit(reject=(CAT,)).and_then(Edit(accept=(CAT,))) == Edit(accept=(CAT,))
    assert Edit(add=(CAT,)).and_then(Edit(add=(CAT, DOG))) == Edit(add=(CAT, DOG))
    assert Edit(accept_all=True).and_then(Edit(add=(DOG,))) == Edit(add=(DOG,), accept_all=True)
