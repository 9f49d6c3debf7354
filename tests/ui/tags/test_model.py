"""The tree of tags as a model that changes in place."""

from __future__ import annotations

import json
import random

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.core.tag import Tag
from app.library.vocabulary import Branch
from app.ui.mime import PHOTOS_MIME, TAGS_MIME
from app.ui.tags.model import TagFilter, TagRole, TagTreeModel

COPY = Qt.DropAction.CopyAction


def branches(*texts: str, **numbers: int) -> list[Branch]:
    return [
        Branch(Tag.parse(text), **numbers) for text in sorted(texts, key=lambda t: Tag.parse(t).key)
    ]


@pytest.fixture
def model(qtbot: QtBot) -> TagTreeModel:
    made = TagTreeModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def paths(model: TagTreeModel | TagFilter, parent: QModelIndex = QModelIndex()) -> list[str]:  # noqa: B008
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [str(index.data(TagRole.TAG)), *paths(model, index)]
    return found


def test_tags_stand_in_their_places(model: TagTreeModel) -> None:
    model.show(branches("Animal", "Animal/Cat", "animal/Bird", "Zoo", "Animal/Cat/Tabby"))
    assert paths(model) == ["Animal", "animal/Bird", "Animal/Cat", "Animal/Cat/Tabby", "Zoo"]
    assert model.index_of(Tag.parse("ANIMAL/cat")).data() == "Cat"
    assert not model.index_of(Tag.parse("Cat")).isValid()


def test_what_stays_keeps_its_place_when_others_come_and_go(model: TagTreeModel) -> None:
    model.show(branches("Animal", "Animal/Cat", "Animal/Dog", "Zoo"))
    kept = QPersistentModelIndex(model.index_of(Tag.parse("Animal/Dog")))
    lost = QPersistentModelIndex(model.index_of(Tag.parse("Animal/Cat")))
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.show(branches("Aaa", "Animal", "Animal/Ant", "Animal/Dog", "Animal/Eel", confirmed=3))
    assert kept.data(TagRole.TAG) == Tag.parse("Animal/Dog") and kept.data(TagRole.CONFIRMED) == 3
    assert kept.row() == 1 and not lost.isValid() and not resets


def test_any_change_ends_in_the_tree_that_was_shown(model: TagTreeModel) -> None:
    chance = random.Random(7)
    names = ["a", "b", "c", "D", "é"]
    for _ in range(60):
        wanted = set()
        for _ in range(chance.randint(0, 25)):
            path = chance.choices(names, k=chance.randint(1, 3))
            wanted |= {"/".join(path[:depth]) for depth in range(1, len(path) + 1)}
        shown = branches(*wanted, confirmed=chance.randint(0, 5))
        model.show(shown)
        assert paths(model) == [str(branch.tag) for branch in shown]


def test_another_spelling_is_shown(model: TagTreeModel) -> None:
    model.show(branches("animal", "animal/cat"))
    index = QPersistentModelIndex(model.index_of(Tag.parse("animal/cat")))
    model.show(branches("Animal", "Animal/Cat"))
    assert index.data() == "Cat" and index.data(TagRole.TAG).path == ("Animal", "Cat")


def test_numbers_are_told_in_words(model: TagTreeModel) -> None:
    cat = Branch(Tag.parse("Animal/Cat"), 12, 3, 10, synonyms=("Kitty",))
    model.show([*branches("Animal"), cat])
    index = model.index_of(cat.tag)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Cat" in spoken and "12" in spoken and "3" in spoken
    assert "Kitty" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_the_filter_finds_synonyms_with_what_is_above_and_below(model: TagTreeModel) -> None:
    kitty = Branch(Tag.parse("Animal/Cat"), synonyms=("Kitty",))
    model.show([*branches("Animal"), kitty, *branches("Animal/Cat/Tabby", "Animal/Dog", "Zoo")])
    found = TagFilter(model)
    QAbstractItemModelTester(found, QAbstractItemModelTester.FailureReportingMode.Fatal, found)
    found.setFilterFixedString("kitt")
    assert paths(found) == ["Animal", "Animal/Cat", "Animal/Cat/Tabby"]
    model.show(branches("Animal", "Animal/Dog", "Zoo"))
    assert paths(found) == []


def mime(kind: str, content: object) -> QMimeData:
    data = QMimeData()
    data.setData(kind, json.dumps(content).encode())
    return data


def test_photos_can_be_dropped_onto_a_tag_only(model: TagTreeModel, qtbot: QtBot) -> None:
    model.show(branches("Animal", "Animal/Cat"))
    cat = model.index_of(Tag.parse("Animal/Cat"))
    with qtbot.waitSignal(model.photos_dropped) as dropped:
        assert model.dropMimeData(mime(PHOTOS_MIME, [3, 5]), COPY, -1, -1, cat)
    assert dropped.args == [[3, 5], Tag.parse("Animal/Cat")]
    assert not model.canDropMimeData(mime(PHOTOS_MIME, [3]), COPY, -1, -1, QModelIndex())


def test_tags_can_be_dropped_where_they_can_be(model: TagTreeModel, qtbot: QtBot) -> None:
    model.show(branches("Animal", "Animal/Cat", "Zoo"))
    cat, zoo = model.index_of(Tag.parse("Animal/Cat")), model.index_of(Tag.parse("Zoo"))
    dragged = model.mimeData([cat])
    with qtbot.waitSignal(model.tags_dropped) as dropped:
        assert model.dropMimeData(dragged, COPY, -1, -1, zoo)
    assert dropped.args == [[Tag.parse("Animal/Cat")], Tag.parse("Zoo")]
    with qtbot.waitSignal(model.tags_dropped) as dropped:
        assert model.dropMimeData(dragged, COPY, -1, -1, QModelIndex())
    assert dropped.args == [[Tag.parse("Animal/Cat")], None]
    animal = model.mimeData([cat.parent()])
    assert not model.dropMimeData(animal, COPY, -1, -1, cat)  # below itself
    assert not model.dropMimeData(dragged, COPY, -1, -1, cat.parent())  # there already


@pytest.mark.parametrize(
    "data",
    [
        mime(PHOTOS_MIME, {"a": 1}),
        mime(PHOTOS_MIME, ["x"]),
        mime(PHOTOS_MIME, [True]),
        mime(TAGS_MIME, ["a|b"]),
        mime(TAGS_MIME, [1]),
        mime("text/plain", [1]),
    ],
)
def test_anything_else_is_ignored(model: TagTreeModel, data: QMimeData) -> None:
    model.show(branches("Animal"))
    assert not model.dropMimeData(data, COPY, -1, -1, model.index(0, 0))


def test_a_stale_index_reaches_nothing(model: TagTreeModel) -> None:
    model.show(branches("Animal", "Zoo"))
    stale = model.index_of(Tag.parse("Zoo"))
    model.show(branches("Animal"))
    assert model.data(stale) is None and not model.parent(stale).isValid()
