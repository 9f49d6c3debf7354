"""Getting an old file back from one that another program has made of it."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.metadata import splice
from app.metadata.delta import inverse
from app.metadata.splice import Edit


def noise(size: int, seed: int = 1) -> bytes:
    return np.random.default_rng(seed).bytes(size)


LARGE = noise(10_000_000)


def undone(new: bytes, old: bytes) -> int:
    """How many bytes the edits hold, which must be right, in order, and none of them idle."""
    edits = inverse(new, old)
    assert splice.in_order(edits, len(new)) == edits
    assert splice.apply(new, edits) == old
    assert all(new[edit.start : edit.end] != edit.replacement for edit in edits)
    return sum(len(edit.replacement) for edit in edits)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_two_files(new: bytes, old: bytes) -> None:
    undone(new, old)


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A file of random and of repeating parts, and what is left of it after rough treatment."""
    parts = draw(
        st.lists(
            st.one_of(
                st.builds(noise, st.integers(0, 3000), st.integers(0, 5)),
                st.builds(lambda n, what: what * n, st.integers(0, 900), st.binary(max_size=5)),
            ),
            max_size=8,
        )
    )
    old = b"".join(parts)
    new = b"".join(draw(st.permutations([*parts, draw(st.binary(max_size=50))])))
    for place in draw(st.lists(st.floats(0, 1), max_size=6)):
        at = int(place * len(new))
        new = new[:at] + draw(st.binary(max_size=9)) + new[at + draw(st.integers(0, 9)) :]
    return new, old


@settings(max_examples=400, deadline=None)
@given(rewritten())
def test_files_that_were_moved_about(case: tuple[bytes, bytes]) -> None:
    undone(*case)


def test_the_same_file_needs_no_edits() -> None:
    assert inverse(b"", b"") == []
    assert inverse(noise(300_000), noise(300_000)) == []


def test_a_changed_number_is_one_short_edit() -> None:
    old = noise(500_000)
    new = old[:1000] + bytes([old[1000] ^ 255]) + old[1001:]
    assert inverse(new, old) == [Edit(1000, 1001, old[1000:1001])]


def test_inserted_removed_and_changed_parts_cost_little_more_than_themselves() -> None:
    old = noise(2_000_000)
    numbers = bytearray(old[:1000])
    for at in range(0, 1000, 16):  # a table of positions that all have moved
        numbers[at] ^= 255
    new = bytes(numbers) + old[1000:50_000] + noise(3000, 2) + old[50_000:700_000]
    new += old[700_900:1_000_000] + noise(5, 3) + old[1_000_000:]
    assert undone(new, old) < 1000 + 900 + 100


def test_a_part_that_was_moved_costs_itself() -> None:
    old = noise(1_000_000)
    new = old[:10_000] + old[400_000:405_000] + old[10_000:400_000] + old[405_000:]
    assert undone(new, old) < 5000 + 100
    assert undone(old, new) < 5000 + 100


def test_a_packet_that_grew_far_behind_a_changed_catalogue() -> None:
    old = noise(40) + noise(3_000_000, 2) + b"<x>old</x>" + noise(1_000_000, 3)
    new = noise(40, 9) + noise(3_000_000, 2) + b"<x>old and new</x>" + noise(1_000_000, 3)
    assert undone(new, old) < 40 + 32


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (LARGE, b"ahead" + LARGE[:-7] + b"behind"),
        (LARGE, noise(10_000_000, 2)),
        (b"1" + bytes(10_000_000) + b"2", b"3" + bytes(9_999_000) + b"4"),
        (b"1" + b"abc" * 3_000_000 + b"2", b"3" + b"cab" * 3_100_000 + b"4"),
        (b"1" + noise(100) * 100_000 + b"2", b"3" + noise(101) * 100_000 + b"4"),
        (LARGE, b"".join(LARGE[at::40] for at in range(40))),
        (
            b"1" + b"".join(LARGE[at : at + 600] + b"?" for at in range(0, 10**7, 600)),
            LARGE,
        ),
    ],
    ids=["shifted", "strangers", "zeros", "periods", "long periods", "shuffled", "riddled"],
)
def test_large_files_are_quick_whatever_is_in_them(new: bytes, old: bytes) -> None:
    start = time.process_time()
    edits = inverse(new, old)
    taken = time.process_time() - start
    assert splice.apply(new, edits) == old
    assert taken < 5  # it is well under one; machines differ
