"""The grid's arithmetic, against looking at each cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.grid.layout import Box, GridLayout


def layouts() -> st.SearchStrategy[GridLayout]:
    def made(width: int, cell: tuple[int, int], counts: list[int], grouped: bool) -> GridLayout:
        if grouped:
            return GridLayout(width, cell, counts or [0], heading=20)
        return GridLayout(width, cell, [sum(counts)])

    return st.builds(
        made,
        st.integers(1, 400),
        st.tuples(st.integers(20, 90), st.integers(20, 90)),
        st.lists(st.integers(0, 17), max_size=6),
        st.booleans(),
    )


def touches(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def all_boxes(layout: GridLayout) -> list[Box]:
    boxes = [layout.box(row) for row in range(layout.rows)]
    if layout.heading:
        boxes += [layout.heading_box(group) for group in range(layout.groups)]
    return boxes


@given(layouts())
def test_nothing_overlaps_and_all_is_inside(layout: GridLayout) -> None:
    boxes = all_boxes(layout)
    for number, box in enumerate(boxes):
        assert box.y >= 0 and box.y + box.height <= layout.height
        assert box.x >= 0
        if layout.columns > 1:
            assert box.x + box.width <= layout.width
        assert not any(touches(box, other) for other in boxes[number + 1 :])


@given(layouts())
def test_each_corner_of_a_cell_belongs_to_its_row(layout: GridLayout) -> None:
    for row in range(layout.rows):
        x, y, width, height = layout.box(row)
        assert layout.row_at(x, y) == row
        assert layout.row_at(x + width - 1, y + height - 1) == row
        assert layout.row_at(x + width, y) != row
        assert layout.row_at(x, y + height) != row
        assert layout.row_at(x, y - 1) != row
        assert layout.nearest(x + width // 2, y + height // 2) == row
        assert row in layout.rows_of(layout.group_of(row))


@given(layouts(), st.integers(-30, 900), st.integers(0, 300))
def test_the_rows_between_two_heights_are_those_seen_there(
    layout: GridLayout, top: int, height: int
) -> None:
    view = Box(0, top, 10_000, height)
    seen = [row for row in range(layout.rows) if touches(layout.box(row), view)]
    found = layout.rows_between(top, top + height)
    if height:
        assert list(found) == seen


@given(
    layouts(),
    st.builds(
        Box, st.integers(-50, 400), st.integers(-50, 800), st.integers(1, 400), st.integers(1, 500)
    ),
)
def test_a_rectangle_touches_the_rows_that_it_overlaps(layout: GridLayout, box: Box) -> None:
    runs = list(layout.rows_within(box))
    expected = [row for row in range(layout.rows) if touches(layout.box(row), box)]
    assert [row for run in runs for row in run] == expected


@given(layouts(), st.integers(-30, 900))
def test_headings_are_found_where_they_stand(layout: GridLayout, y: int) -> None:
    expected = [
        group
        for group in range(layout.groups)
        if layout.heading and touches(layout.heading_box(group), Box(0, y, 1000, 1))
    ]
    found = layout.heading_at(y)
    assert ([] if found is None else [found]) == expected
    assert set(expected) <= set(layout.groups_between(y, y + 1))


@given(layouts(), st.data())
def test_below_is_the_next_line_and_above_leads_back(
    layout: GridLayout, data: st.DataObject
) -> None:
    if not layout.rows:
        return
    row = data.draw(st.integers(0, layout.rows - 1))
    box, below = layout.box(row), layout.box(layout.below(row))
    lines = sorted({layout.box(each).y for each in range(layout.rows)})
    last = box.y == lines[-1]
    assert below.y == (box.y if last else lines[lines.index(box.y) + 1])
    assert below.x <= box.x
    above = layout.box(layout.above(row))
    assert above.y == lines[max(0, lines.index(box.y) - 1)]
    if below.x == box.x and not last:
        assert layout.above(layout.below(row)) == row


@given(layouts(), st.integers(-100, 600), st.integers(-100, 1500))
def test_something_is_nearest_to_every_point(layout: GridLayout, x: int, y: int) -> None:
    found = layout.nearest(x, y)
    assert (found is None) == (layout.rows == 0)
    assert found is None or 0 <= found < layout.rows


def test_a_heading_sticks_until_the_next_one_pushes_it() -> None:
    layout = GridLayout(200, (50, 50), [3, 3], heading=20, margin=0, spacing=10)
    second = layout.heading_box(1).y
    assert layout.stuck(0) is None  # it stands where it belongs
    assert layout.stuck(1) == (0, 0)
    assert layout.stuck(second - 20) == (0, 0)
    assert layout.stuck(second - 5) == (0, -15)
    assert layout.stuck(second + 1) == (1, 0)


def test_a_million_rows_keep_nothing_per_row() -> None:
    layout = GridLayout(1000, (200, 200), [1_000_000])
    assert layout.rows == 1_000_000
    box = layout.box(999_999)
    assert layout.row_at(box.x, box.y) == 999_999
    kept = [value for value in vars(layout).values() if isinstance(value, list)]
    assert max(map(len, kept)) <= 2
