"""The page as a table and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPalette

from app.core.errors import WriteError
from app.library.library import Library
from app.services.accuracy.history import History
from app.services.accuracy.judging import LibraryFigures
from app.services.accuracy.opening import with_paths
from app.services.tables import (
    Table,
    column_names,
    curve_table,
    photo_table,
    tag_table,
    write_tables,
)
from app.ui import theme
from app.ui.accuracy.drawings import Drawing
from app.ui.accuracy.matrix import MatrixPainter
from app.ui.accuracy.parts import paint_legend

_MARGIN, _CHART = 32, QSize(460, 340)
_CELL, _WIDEST = 44, 1400
#: Pixels for each point, so that it can be printed.
_SHARPNESS = 2


def save_table(
    path: Path, library: Library, history: History | None, found: LibraryFigures | None
) -> None:
    """Write all figures as CSV, one table below the other.

    Raises:
        WriteError: it cannot be written.
    """
    tables: list[Table] = []
    figures = found.figures if found is not None else None
    if found is not None and figures is not None:
        figures = with_paths(library, found).figures
        assert figures is not None
        names = column_names(figures.tags, figures.confusion.shape[1])
        tables += [
            tag_table(figures.tags, figures.by_tag, figures.confusion),
            curve_table(found.curve),
        ]
        photos = photo_table(names, figures.behind, figures.paths)
    if history is not None:
        tables += [answer_table(history), period_table(history)]
    if figures is not None:
        tables.append(photos)
    write_tables(path, tables)


def answer_table(history: History) -> Table:
    """One line per tag: how suggestions of it were answered."""
    table: Table = [["tag", "suggested", "kept", "removed", "added", "right", "certainty"]]
    for each in history.tags:
        shares = ("" if s is None else f"{s:.4f}" for s in (each.right, each.certainty))
        numbers = (each.suggested, each.kept, each.removed, each.added)
        table.append([str(each.tag), *numbers, *shares])
    return table


def period_table(history: History) -> Table:
    """One line per week or month."""
    table: Table = [[f"{history.span} from", "kept", "removed", "added"]]
    for start, row in zip(history.starts, history.everything.periods.tolist(), strict=True):
        table.append([start.isoformat(), *row])
    return table


@dataclass(frozen=True, eq=False, slots=True)
class SheetChart:
    """A chart with what stands over it.

    Attributes:
        legend: words for the colours of answers, if it has them.
    """

    heading: str
    drawing: Drawing
    legend: Sequence[str] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """What stands in the picture: the matrix and the charts, in two columns.

    Attributes:
        title: above all.
        names: of the tags of the matrix.
    """

    title: str
    names: Sequence[str]
    found: LibraryFigures | None
    charts: Sequence[SheetChart]

    def png(self, font: QFont) -> bytes:
        """Painted in light colours, as a PNG."""
        image = self._painted(font)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(buffer.data().data())

    def _painted(self, font: QFont) -> QImage:
        palette = theme.palette_for(False)
        figures = self.found.figures if self.found is not None else None
        matrix = MatrixPainter(self.names, figures.confusion, font) if figures else None
        cell = side = 0
        if matrix is not None:
            count = len(self.names)
            cell = max(matrix.smallest, min(_CELL, (_WIDEST - matrix.head) // count))
            side = matrix.head + cell * count + 2
        head = int(QFontMetricsF(font).height() * 2.2)
        widths = (max(side, _CHART.width()), _CHART.width())
        lefts = (_MARGIN, 2 * _MARGIN + widths[0])
        # Each chart goes into the column that is shorter by then.
        bottoms = [_MARGIN + head, _MARGIN + head]
        bottoms[0] += side + _MARGIN if side else 0
        places = []
        for _ in self.charts:
            column = bottoms.index(min(bottoms))
            places.append(QRectF(lefts[column], bottoms[column], _CHART.width(),
                                 _CHART.height() + head))  # fmt: skip
            bottoms[column] += _CHART.height() + head + _MARGIN
        size = QSize(sum(widths) + 3 * _MARGIN, max(bottoms))
        image = QImage(size * _SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARPNESS)
        image.fill(palette.color(QPalette.ColorRole.Base))
        painter = QPainter(image)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        large = QFont(font)
        large.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(large)
        title = QRectF(_MARGIN, _MARGIN / 2, size.width() - 2 * _MARGIN, head)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self.title)
        if matrix is not None:
            place = QRectF(_MARGIN, _MARGIN + head, side, side)
            matrix.paint(painter, place, cell, palette)
        for chart, place in zip(self.charts, places, strict=True):
            self._paint_chart(painter, chart, place, head, font, palette)
        painter.end()
        return image

    def _paint_chart(
        self,
        painter: QPainter,
        chart: SheetChart,
        place: QRectF,
        head: int,
        font: QFont,
        palette: QPalette,
    ) -> None:
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(place, Qt.AlignmentFlag.AlignTop, chart.heading)
        if chart.legend:
            wide = painter.fontMetrics().horizontalAdvance(chart.heading) + _MARGIN
            row = QRectF(place.left() + wide, place.top(), place.width() - wide, head / 2)
            paint_legend(painter, row, chart.legend, palette)
        chart.drawing.paint(painter, place.adjusted(0, head, 0, 0), palette)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        WriteError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error
