"""How a photo looks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.core.photo import Card, State
from app.core.tag import Suggestion, Tag
from app.ui.grid.badges import Badges
from app.ui.grid.captions import Captions
from app.ui.grid.colours import Colours
from app.ui.grid.delegate import CURRENT, FOCUSED, HOVERED, SELECTED, PhotoDelegate
from app.ui.grid.metrics import LARGEST, SMALLEST, CellMetrics
from app.ui.grid.rounded import RoundedPictures, fitted
from app.ui.roles import Role
from tests.ui.grid.small_model import DARK, LIGHT, SmallModel, card, palette


@pytest.fixture
def delegate(qtbot: QtBot) -> PhotoDelegate:
    found = PhotoDelegate()
    found.prepare(220, QFont(), palette(LIGHT), 1.0)
    return found


@pytest.fixture
def cat(qtbot: QtBot, photos: Path) -> QPixmap:
    return QPixmap(str(photos / "chelsea.jpg"))


def painted(
    delegate: PhotoDelegate,
    photo: Card | None,
    picture: QPixmap | None = None,
    look: int = 0,
    ratio: float = 1.0,
) -> QImage:
    size = QSize(delegate.metrics.width, delegate.metrics.height)
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(delegate.colours.background)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    delegate.begin()
    while not delegate.paint_cell(painter, 0, 0, photo, picture, look):
        delegate.begin()
    painter.end()
    return image


# --- the cell ----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [SMALLEST, 140, 180, 208, LARGEST])
def test_parts_of_a_cell_lie_under_each_other_and_inside(qtbot: QtBot, width: int) -> None:
    metrics = CellMetrics.of(width, QFont())
    y = 0
    for part in (metrics.picture, metrics.name, metrics.tags):
        if not part.isEmpty():
            assert part.top() >= y
            assert part.left() > 0 and part.right() < width
            y = part.bottom() + 1
    assert y < metrics.height
    assert metrics.name.isEmpty() == (width < 128)
    assert metrics.tags.isEmpty() == (width < 168)


def test_all_cells_have_the_same_size(delegate: PhotoDelegate) -> None:
    model = SmallModel([1, 2])
    model.cards[2] = None
    option = QStyleOptionViewItem()
    sizes = {delegate.sizeHint(option, model.index(row, 0)).toTuple() for row in range(2)}
    assert sizes == {(delegate.metrics.width, delegate.metrics.height)}


# --- the picture -------------------------------------------------------------------------------


def test_a_picture_keeps_its_shape_and_is_not_blown_up() -> None:
    assert fitted((4000, 3000), QSize(200, 160)) == QSize(200, 150)
    assert fitted((3000, 4000), QSize(200, 160)) == QSize(120, 160)
    assert fitted((40, 30), QSize(200, 160), (40, 30)) == QSize(40, 30)
    assert fitted((256, 192), QSize(400, 400), (4000, 3000)) == QSize(400, 300)
    assert fitted((10_000, 1), QSize(200, 160)) == QSize(200, 1)


def test_the_whole_picture_is_seen_with_rounded_edges(qtbot: QtBot, cat: QPixmap) -> None:
    pictures = RoundedPictures(radius=8)
    pictures.begin()
    finished = pictures.of(cat, QSize(150, 100), 2.0)
    assert finished is not None
    assert finished.size() == QSize(300, 200)
    assert finished.deviceIndependentSize().toSize() == QSize(150, 100)
    image, whole = finished.toImage(), cat.scaled(300, 200).toImage()
    for x, y in ((0, 0), (299, 0), (0, 199), (299, 199)):
        assert image.pixelColor(x, y).alpha() == 0
    for x, y in ((150, 1), (150, 198), (1, 100), (298, 100), (150, 100)):
        assert image.pixelColor(x, y).alpha() == 255
        assert abs(image.pixelColor(x, y).lightness() - whole.pixelColor(x, y).lightness()) < 60


@pytest.mark.parametrize("unused", [0x00, 0x80, 0xFF])
def test_what_stands_in_the_unused_byte_of_an_opaque_picture_does_not_matter(
    qtbot: QtBot, unused: int
) -> None:
    line = bytes((10, 20, 200, unused)) * 60
    image = QImage(line * 40, 60, 40, QImage.Format.Format_RGB32)
    pictures = RoundedPictures()
    pictures.begin()
    finished = pictures.of(QPixmap.fromImage(image), QSize(60, 40), 1.0)
    assert finished is not None
    assert finished.toImage().pixelColor(30, 20).getRgb() == (200, 20, 10, 255)


def test_finished_pictures_are_kept_within_a_bound(qtbot: QtBot, cat: QPixmap) -> None:
    pictures = RoundedPictures(limit=100 * 100 * 4 * 3, patience=60)
    pictures.begin()
    first = pictures.of(cat, QSize(100, 100), 1.0)
    assert pictures.of(cat, QSize(100, 100), 1.0) is first
    for width in (90, 91, 92):
        pictures.of(cat, QSize(width, 100), 1.0)
    assert pictures.of(cat, QSize(92, 100), 1.0) is pictures.of(cat, QSize(92, 100), 1.0)
    assert pictures.of(cat, QSize(100, 100), 1.0) is not first


def test_without_time_left_a_picture_is_painted_roughly(qtbot: QtBot, cat: QPixmap) -> None:
    pictures = RoundedPictures(patience=-1)
    pictures.begin()
    assert pictures.of(cat, QSize(100, 100), 1.0) is None


def test_a_picture_appears_where_its_place_was(delegate: PhotoDelegate, cat: QPixmap) -> None:
    photo = card(1, size=(cat.width(), cat.height()))
    nothing, waiting, there = (
        painted(delegate, None),
        painted(delegate, photo),
        painted(delegate, photo, cat),
    )
    frame = delegate.metrics.picture
    middle, empty = frame.center(), delegate.colours.empty.rgb()
    assert nothing.pixel(middle) == waiting.pixel(middle) == empty
    assert there.pixel(middle) != empty
    shape = fitted((cat.width(), cat.height()), frame.size())
    above = frame.top() + (frame.height() - shape.height()) // 2
    for image in (waiting, there):
        assert image.pixelColor(middle.x(), above - 1) == delegate.colours.background
        assert image.pixelColor(middle.x(), above + 2) != delegate.colours.background


# --- state -------------------------------------------------------------------------------------


@pytest.mark.parametrize("backed", [False, True])
def test_each_state_has_a_shape_of_its_own(qtbot: QtBot, backed: bool) -> None:
    badges = Badges(Colours.of(palette(DARK)), 32, 1.0, backed=backed)
    shapes = []
    for state in State:
        image = badges.of(state).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        grey = [
            image.pixelColor(x, y).alpha() > 128
            and (not backed or image.pixelColor(x, y).lightness() > 60)
            for y in range(32)
            for x in range(32)
        ]
        shapes.append(grey)
    for number, one in enumerate(shapes):
        for other in shapes[number + 1 :]:
            # Told apart without colour: a good part of the pixels differ.
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 60


def test_every_look_is_different(delegate: PhotoDelegate) -> None:
    looks = (0, HOVERED, SELECTED, CURRENT, CURRENT | FOCUSED, SELECTED | CURRENT | FOCUSED)
    images = [painted(delegate, card(1), None, look) for look in looks]
    for number, one in enumerate(images):
        assert all(one != other for other in images[number + 1 :])


def test_the_painter_finds_cells_by_their_place(delegate: PhotoDelegate) -> None:
    alone = painted(delegate, card(1))
    width, height = delegate.metrics.width, delegate.metrics.height
    image = QImage(width * 2, height * 2, QImage.Format.Format_RGB32)
    image.fill(delegate.colours.background)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    delegate.paint_cell(painter, width, height, card(1), None, 0)
    painter.end()
    assert image.copy(width, height, width, height) == alone


def test_other_views_may_use_the_delegate(delegate: PhotoDelegate, cat: QPixmap) -> None:
    model = SmallModel([7])
    model.pictures[7] = cat
    option = QStyleOptionViewItem()
    option.rect.setSize(delegate.sizeHint(option, model.index(0, 0)))
    option.state = QStyle.StateFlag.State_Selected
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(delegate.colours.background)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    index = model.index(0, 0)
    assert image == painted(delegate, index.data(Role.CARD), cat, SELECTED)


# --- texts -------------------------------------------------------------------------------------


def texts(captions: Captions, photo: Card, *, numbered: bool = False) -> list[tuple[str, str]]:
    return [
        (chip.key.text() if chip.key else "", chip.text.text())
        for chip in captions.of(photo, numbered=numbered).chips
    ]


def test_suggestions_come_first_with_their_certainty_then_tags(qtbot: QtBot) -> None:
    captions = Captions(CellMetrics.of(LARGEST, QFont()))
    caption = captions.of(card(1), numbered=False)
    assert texts(captions, card(1)) == [("", "Cat 87 %"), ("", "Dog 31 %"), ("", "Sea")]
    assert [chip.suggested for chip in caption.chips] == [True, True, False]
    assert caption.more is None


def test_the_current_photo_numbers_its_suggestions_up_to_nine(qtbot: QtBot) -> None:
    captions = Captions(CellMetrics.of(LARGEST, QFont()))
    many = tuple(Suggestion(Tag((letter,)), 0.5, "net") for letter in "abcdefghijk")
    keys = [key for key, _ in texts(captions, card(1, suggested=many), numbered=True)]
    assert keys[:9] == list("123456789")
    assert not any(keys[9:])


def test_certainty_is_only_complete_where_it_is(qtbot: QtBot) -> None:
    captions = Captions(CellMetrics.of(LARGEST, QFont()))
    sure = tuple(Suggestion(Tag((f"t{n}",)), n, "net") for n in (1.0, 0.999, 0.0))
    shown = [text for _, text in texts(captions, card(1, suggested=sure, confirmed=()))]
    assert [text.split()[1] for text in shown] == ["100", "99", "0"]


@pytest.mark.parametrize("width", [168, 200, 240, 300, 512])
@pytest.mark.parametrize("numbered", [False, True])
def test_chips_that_do_not_fit_are_counted(qtbot: QtBot, width: int, numbered: bool) -> None:
    metrics = CellMetrics.of(width, QFont())
    captions = Captions(metrics)
    for count in range(30):
        tags = tuple(Tag((f"tag {number}" * (1 + number % 4),)) for number in range(count))
        suggested = tuple(Suggestion(tag, 0.5, "net") for tag in tags[: count // 2])
        photo = card(count + 1, confirmed=tags[count // 2 :], suggested=suggested)
        caption = captions.of(photo, numbered=numbered)
        more = 0 if caption.more is None else int(caption.more.text().removeprefix("+"))
        assert len(caption.chips) + more == count
        assert bool(caption.chips) == bool(count)
        room = metrics.tags.toRectF()
        for number, chip in enumerate(caption.chips):
            assert room.contains(chip.box)
            assert not any(chip.box.intersects(each.box) for each in caption.chips[:number])
            assert chip.box.contains(chip.at.x(), chip.box.center().y())
            assert chip.at.x() + chip.text.size().width() <= chip.box.right()
        if caption.more is not None:
            assert caption.more_at.x() + caption.more.size().width() <= room.right() + 1


def test_long_names_lose_their_middle(qtbot: QtBot) -> None:
    metrics = CellMetrics.of(200, QFont())
    photo = Card(
        1, Path("/p/a very long name of a photo from the holidays 0042.jpeg"), State.WAITING
    )
    caption = Captions(metrics).of(photo, numbered=False)
    assert caption.name is not None
    assert caption.name.text().startswith("a very")
    assert caption.name.text().endswith(".jpeg")
    assert caption.name_at.x() + caption.name.size().width() <= metrics.name.right() + 1


def test_markup_in_a_tag_is_shown_as_it_is(qtbot: QtBot) -> None:
    captions = Captions(CellMetrics.of(LARGEST, QFont()))
    caption = captions.of(card(1, confirmed=(Tag(("<b>Sea</b>",)),), suggested=()), numbered=False)
    assert caption.chips[0].text.textFormat() == Qt.TextFormat.PlainText


def test_a_caption_is_kept_until_the_photo_changes(qtbot: QtBot) -> None:
    captions = Captions(CellMetrics.of(220, QFont()))
    photo = card(1)
    kept = captions.of(photo, numbered=False)
    assert captions.of(photo, numbered=False) is kept
    assert captions.of(photo, numbered=True) is not kept
    assert captions.of(card(1, confirmed=()), numbered=False) is not kept


def test_a_picture_there_was_no_time_for_is_there_roughly_and_then_finished(
    delegate: PhotoDelegate, cat: QPixmap
) -> None:
    photo = card(1, size=(cat.width(), cat.height()))
    image = QImage(220, delegate.metrics.height, QImage.Format.Format_RGB32)
    image.fill(delegate.colours.background)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    delegate.begin()
    time.sleep(0.03)
    assert not delegate.paint_cell(painter, 0, 0, photo, cat, 0)
    rough = image.copy()
    image.fill(delegate.colours.background)
    delegate.begin()
    assert delegate.paint_cell(painter, 0, 0, photo, cat, 0)
    painter.end()
    middle = delegate.metrics.picture.center()
    finished = image.pixelColor(middle).lightness()
    assert abs(rough.pixelColor(middle).lightness() - finished) < 60
    assert rough != image == painted(delegate, photo, cat)
