"""Edits: applied, undone, and where positions move."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.metadata.splice import Edit, Shift, apply, inverse, proves


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    data = draw(st.binary(max_size=200))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    edits = [
        Edit(start, end, draw(st.binary(max_size=20)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return data, draw(st.permutations(edits))


@settings(deadline=None)
@given(edited())
def test_the_inverse_gives_the_original_back(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    new = apply(data, edits)
    assert apply(new, inverse(data, edits)) == data
    assert len(new) == len(data) + sum(edit.growth for edit in edits)
    assert proves(data, edits, new)


def test_a_change_outside_of_the_edits_is_not_proved() -> None:
    data, edits = b"0123456789", [Edit(2, 4, b"abc")]
    new = apply(data, edits)
    assert proves(data, edits, new)
    for position in (0, 1, 5, len(new) - 1):
        assert not proves(data, edits, new[:position] + b"?" + new[position + 1 :])
    assert not proves(data, edits, new + b"?")
    assert not proves(data, edits, new[:-1])


@settings(deadline=None)
@given(edited())
def test_bytes_outside_of_edits_are_found_where_shift_says(
    case: tuple[bytes, list[Edit]],
) -> None:
    data, edits = case
    new, shift = apply(data, edits), Shift(edits)
    for position, value in enumerate(data):
        if not any(edit.start <= position < edit.end for edit in edits):
            assert new[shift(position)] == value


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply(b"ad", [Edit(1, 1, b"b"), Edit(1, 1, b"c")]) == b"abcd"


@pytest.mark.parametrize("edits", [[Edit(0, 3, b""), Edit(2, 4, b"")], [Edit(2, 9, b"")]])
def test_edits_that_overlap_or_overrun_are_an_error(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps or lies outside"):
        apply(b"12345", edits)
