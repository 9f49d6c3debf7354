"""Where each photo stands in the grid: arithmetic over group sizes, without Qt.

`QListView` walks over all rows to lay them out. Here nothing is kept per row: a grid of a million
photos is a list of group offsets, and every question is answered by a binary search among them.
Rows are numbered from 0 through all groups; points are in pixels of the contents, from the top
left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np


class Box(NamedTuple):
    """A rectangle of whole pixels."""

    x: int
    y: int
    width: int
    height: int


class GridLayout:
    """A grid of equal cells in groups, as wide as the window.

    Args:
        width: of the space that there is.
        cell: width and height of a cell.
        counts: photos in each group, one after the other; one group where nothing is grouped.
        spacing: between cells, at least.
        margin: above the first and below the last line, and beside them at least.
        heading: height of the line over each group, 0 for none.
    """

    def __init__(
        self,
        width: int,
        cell: tuple[int, int],
        counts: Sequence[int],
        *,
        spacing: int = 8,
        margin: int = 8,
        heading: int = 0,
    ) -> None:
        self.width = width
        self.cell_width, self.cell_height = cell
        self.heading = heading
        self.margin = margin
        room = max(0, width - 2 * margin)
        self.columns = max(1, (room + spacing) // (self.cell_width + spacing))
        spare = max(0, room - self.columns * self.cell_width - (self.columns - 1) * spacing)
        # What is left over is spread between and beside the columns.
        self._step = self.cell_width + spacing + spare // (self.columns + 1)
        used = (self.columns - 1) * self._step + self.cell_width
        self.left = max(0, (width - used) // 2) if spare else min(margin, max(0, width - used))
        self.line_height = self.cell_height + spacing

        sizes = np.asarray(counts, np.int64)
        lines = -(-sizes // self.columns)
        heights = lines * self.line_height + heading
        self._starts: list[int] = np.concatenate(([0], np.cumsum(sizes))).tolist()
        self._tops: list[int] = (np.concatenate(([0], np.cumsum(heights))) + margin).tolist()
        self.rows: int = self._starts[-1]
        self.groups = len(sizes)
        self.height: int = self._tops[-1] - (spacing if self.rows else 0) + margin

    # --- from a row to its place ---------------------------------------------------------------

    def group_of(self, row: int) -> int:
        """The group that a row belongs to."""
        return min(bisect_right(self._starts, row), self.groups) - 1

    def rows_of(self, group: int) -> range:
        """The rows of a group."""
        return range(self._starts[group], self._starts[group + 1])

    def box(self, row: int) -> Box:
        """Where a row stands."""
        group = self.group_of(row)
        line, column = divmod(row - self._starts[group], self.columns)
        return Box(
            self.left + column * self._step,
            self._tops[group] + self.heading + line * self.line_height,
            self.cell_width,
            self.cell_height,
        )

    def heading_box(self, group: int) -> Box:
        """Where the heading of a group stands."""
        return Box(0, self._tops[group], self.width, self.heading)

    # --- from a place to rows ------------------------------------------------------------------

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose cell is at a point; None between cells."""
        group = self._group_at(y)
        if group is None:
            return None
        line, below = divmod(y - self._tops[group] - self.heading, self.line_height)
        column, beside = divmod(x - self.left, self._step)
        if line < 0 or below >= self.cell_height:
            return None
        if not 0 <= column < self.columns or beside >= self.cell_width:
            return None
        row = self._starts[group] + line * self.columns + column
        return row if row < self._starts[group + 1] else None

    def nearest(self, x: int, y: int) -> int | None:
        """The row whose cell is nearest to a point; None where there is none."""
        if not self.rows:
            return None
        rows = self.rows_between(y, y + 1)
        if not rows:  # in a gap or a heading: the line below it, else the last one
            first = rows.start
            rows = self._line_of(min(first, self.rows - 1))
        column = min(max(0, x - self.left) // self._step, self.columns - 1)
        return min(rows.start + column, rows.stop - 1)

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of which something is to be seen from y `top` to before `bottom`."""
        return range(self._first_below(top), self._end_above(bottom))

    def rows_within(self, box: Box) -> Iterator[range]:
        """The rows whose cells a rectangle touches, in runs."""
        first = max(0, -(-(box.x - self.left - self.cell_width + 1) // self._step))
        last = min(self.columns - 1, (box.x + box.width - 1 - self.left) // self._step)
        rows = self.rows_between(box.y, box.y + box.height)
        if first > last or not rows:
            return
        if first == 0 and last == self.columns - 1:
            yield rows
            return
        start = rows.start
        while start < rows.stop:
            line = self._line_of(start)
            run = range(line.start + first, min(line.start + last + 1, line.stop))
            if run:
                yield run
            start = line.stop

    def heading_at(self, y: int) -> int | None:
        """The group whose heading is at a height."""
        group = self._group_at(y)
        if group is None or not self.heading or y >= self._tops[group] + self.heading:
            return None
        return group

    def groups_between(self, top: int, bottom: int) -> range:
        """The groups of which something is to be seen from y `top` to before `bottom`."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, min(self.groups, bisect_left(self._tops, bottom)))

    def stuck(self, top: int) -> tuple[int, int] | None:
        """Which group's heading stays at the top while y `top` is the first line to be seen.

        Returns:
            The group, and by how much the next heading pushes its own out (0 or less).
        """
        group = self._group_at(top)
        if group is None or not self.heading or top <= self._tops[group]:
            return None
        return group, min(0, self._tops[group + 1] - self.heading - top)

    # --- moves ---------------------------------------------------------------------------------

    def below(self, row: int) -> int:
        """The row under another; itself on the last line."""
        line = self._line_of(row)
        if line.stop >= self.rows:
            return row
        following = self._line_of(line.stop)
        return min(following.start + row - line.start, following.stop - 1)

    def above(self, row: int) -> int:
        """The row over another; itself on the first line."""
        line = self._line_of(row)
        if line.start == 0:
            return row
        preceding = self._line_of(line.start - 1)
        return min(preceding.start + row - line.start, preceding.stop - 1)

    # --- helpers -------------------------------------------------------------------------------

    def _group_at(self, y: int) -> int | None:
        group = bisect_right(self._tops, y) - 1
        return group if 0 <= group < self.groups else None

    def _line_of(self, row: int) -> range:
        group = self.group_of(row)
        within = row - self._starts[group]
        start = row - within % self.columns
        return range(start, min(start + self.columns, self._starts[group + 1]))

    def _first_below(self, y: int) -> int:
        """The first row whose cell ends below a height."""
        group = self._group_at(y)
        if group is None:
            return 0 if y < self._tops[0] else self.rows
        line, below = divmod(y - self._tops[group] - self.heading, self.line_height)
        line = max(0, line + (below >= self.cell_height)) if line >= 0 else 0
        return min(self._starts[group] + line * self.columns, self._starts[group + 1])

    def _end_above(self, y: int) -> int:
        """The row after the last one whose cell starts above a height."""
        group = self._group_at(y - 1)
        if group is None:
            return 0 if y - 1 < self._tops[0] else self.rows
        line = (y - 1 - self._tops[group] - self.heading) // self.line_height
        return min(self._starts[group] + max(0, line + 1) * self.columns, self._starts[group + 1])
