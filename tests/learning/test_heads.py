"""What every head promises, and what only the nearest mean does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.cli.options.learning import HEADS
from app.core.errors import ModelError
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.boundary import inverse_lengths_of
from app.learning.evaluation import average_precision
from app.learning.examples import Example, ExampleSet, widen
from app.learning.heads import KINDS, Head, load_head, make_head, save_head
from app.learning.scan import PIECE, score_all
from app.learning.sums import Sum, whole_steps
from tests.learning.kinds import ANIMAL, BOAT, CAT, DOG, SIZE, centres, example, photos

EXACT = tuple(KINDS)


@pytest.fixture
def library() -> np.ndarray:
    """Ten kinds, 30 photos of each; the first three are dogs, cats and boats."""
    return np.concatenate([photos(kind, 30, n) for n, kind in enumerate(centres(10))])


def made(kind: str, library: np.ndarray | None = None) -> Head:
    if kind in ("svm", "logistic"):
        pytest.importorskip("sklearn")
    return make_head(kind, "net@1", SIZE, None if library is None else Background.of(library))


def taught(kind: str, library: np.ndarray, each: int = 5) -> Head:
    head = made(kind, library)
    for first, tag in ((0, "Animal/Dog"), (30, "Animal/Cat"), (60, "Boat")):
        for photo in range(first, first + each):
            head.learn(example(photo, library[photo], tag))
    head.fit()
    return head


def test_the_command_line_knows_all_kinds() -> None:
    assert tuple(KINDS) == HEADS


@pytest.mark.parametrize("kind", KINDS)
def test_tags_are_learned(kind: str, library: np.ndarray) -> None:
    head = taught(kind, library)
    assert head.tags == (ANIMAL, CAT, DOG, BOAT)
    scores = head.scores(library, [DOG, CAT, BOAT])
    first = scores[:90].argmax(axis=1)
    assert np.mean(first == np.repeat([0, 1, 2], 30)) > 0.95
    for column, tag in enumerate((DOG, CAT, BOAT)):
        shows = np.arange(300) // 30 == column
        assert average_precision(scores[:, column], shows) > 0.9, tag


@pytest.mark.parametrize("kind", KINDS)
def test_the_parent_learns_along(kind: str, library: np.ndarray) -> None:
    scores = taught(kind, library).scores(library, [ANIMAL])[:, 0]
    # Dogs and cats are animals; boats, and seven kinds that nobody named, are not.
    assert average_precision(scores, np.arange(300) < 60) > 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_may_have_several_tags(kind: str, library: np.ndarray) -> None:
    head = made(kind, library)
    for photo in range(8):
        head.learn(example(photo, library[photo], "Dog,Beach"))
        head.learn(example(30 + photo, library[30 + photo], "Cat"))
    head.fit()
    dog, beach = head.scores(library, [Tag(("Dog",)), Tag(("Beach",))]).T
    np.testing.assert_allclose(dog, beach, atol=1e-4)


@pytest.mark.parametrize("kind", EXACT)
def test_one_example_is_enough_and_names_what_changed(kind: str, library: np.ndarray) -> None:
    head = made(kind, library)
    assert head.tags == () and head.scores(library).shape == (300, 0)
    assert head.learn(example(0, library[0], "Animal/Dog")) == {ANIMAL, DOG}
    assert average_precision(head.scores(library, [DOG])[:, 0], np.arange(300) < 30) > 0.7
    assert head.learn(example(60, library[60], "Boat")) == {BOAT}
    # Another tag for the same photo concerns the old and the new one.
    assert head.learn(example(0, library[0], "Boat")) == {ANIMAL, DOG, BOAT}
    assert head.tags == (BOAT,)
    assert head.learn(example(0, library[0], "Boat")) == frozenset()
    assert head.learn(example(1, library[1], "", "Boat")) == {BOAT}
    assert head.forget(12345) == frozenset()
    with pytest.raises(KeyError):
        head.scores(library, [DOG])


@pytest.mark.parametrize("kind", EXACT)
@pytest.mark.parametrize("seed", range(5))
def test_undoing_gives_the_same_bits(kind: str, seed: int, library: np.ndarray) -> None:
    head = taught(kind, library)
    before = head.scores(library).tobytes()
    said = {e.photo: e for e in head.examples}
    random = np.random.default_rng(seed)
    touched: set[int] = set()
    for step in range(60):
        photo = int(random.integers(0, 120))
        touched.add(photo)
        match random.integers(0, 4):
            case 0:
                head.forget(photo)
            case 1:
                head.learn(example(photo, library[photo], "", "Animal/Dog,Boat"))
            case _:
                tag = ("Animal/Cat", "Boat", "Animal/Dog,Boat", "New")[random.integers(0, 4)]
                head.learn(example(photo, library[photo], tag, "Animal"))
        if step == 30:
            head.fit()  # a new metric, in the middle of it
    assert head.scores(library).tobytes() != before
    for photo in random.permutation(sorted(touched)):
        if int(photo) in said:
            head.learn(said[int(photo)])
        else:
            head.forget(int(photo))
    assert head.tags == (ANIMAL, CAT, DOG, BOAT)
    assert head.scores(library).tobytes() == before


@pytest.mark.parametrize("kind", EXACT)
def test_the_order_of_examples_is_no_matter(kind: str, library: np.ndarray) -> None:
    examples = [
        example(n, library[n], ("Dog", "Cat", "Boat")[n // 30], "Cat" if n % 7 == 0 else "")
        for n in range(90)
    ]
    found = set()
    for seed in range(4):
        head = made(kind, library)
        for index in np.random.default_rng(seed).permutation(90):
            head.learn(examples[index])
        head.fit()
        found.add(head.scores(library).tobytes())
    assert len(found) == 1


def test_sums_of_floats_would_not_have_been_exact(library: np.ndarray) -> None:
    rows = library[:200].astype(np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    forth = rows.cumsum(axis=0)[-1]
    back = forth.copy()
    for row in rows[100:]:
        back -= row
    assert (back != rows[:100].cumsum(axis=0)[-1]).any()
    exact, part = Sum.zero(SIZE, squares=True), Sum.zero(SIZE, squares=True)
    for n in range(200):
        exact.add(whole_steps(Example(n, library[n])))
        if n < 100:
            part.add(whole_steps(Example(n, library[n])))
    for n in range(100, 200):
        exact.add(whole_steps(Example(n, library[n])), -1)
    assert (exact.total == part.total).all() and (exact.squares == part.squares).all()
    np.testing.assert_allclose(part.mean(), rows[:100].mean(axis=0), atol=2**-20)
    np.testing.assert_allclose(part.variance(), rows[:100].var(axis=0), atol=2**-18)


@pytest.mark.parametrize("kind", EXACT)
def test_rejections_turn_a_tag_away_from_what_was_wrong(kind: str, library: np.ndarray) -> None:
    # Two kinds that are much alike, of which one is named.
    near = np.maximum(centres(1)[0] + 0.25 * np.random.default_rng(3).standard_normal(SIZE), 0)
    wrong = photos(near, 60, 50)
    everything = np.concatenate([library, wrong])
    head = made(kind, everything)
    for photo in range(3):
        head.learn(example(photo, library[photo], "Dog"))
    head.fit()

    def quality() -> float:
        rows = np.concatenate([library[10:30], wrong[20:]])
        return average_precision(head.scores(rows, [Tag(("Dog",))])[:, 0], np.arange(60) < 20)

    before = quality()
    for n in range(10):
        assert head.learn(example(1000 + n, wrong[n], "", "Dog")) == {Tag(("Dog",))}
    assert quality() > before + (0.1 if kind == "nearest-mean" else 0)


@pytest.mark.parametrize("kind", EXACT)
def test_who_rejects_a_tag_rejects_what_is_below_it(kind: str, library: np.ndarray) -> None:
    head = taught(kind, library)
    before = head.scores(library, [DOG, CAT, BOAT])
    assert head.learn(example(200, library[200], "", "Animal")) == {ANIMAL, CAT, DOG}
    after = head.scores(library, [DOG, CAT, BOAT])
    assert (before[:, :2] != after[:, :2]).any(axis=0).all()
    assert (before[:, 2] == after[:, 2]).all()


def test_a_right_tag_cannot_be_wrong_as_well() -> None:
    both = example(1, np.ones(SIZE), "Animal/Dog", "Animal,Animal/Cat")
    assert both.wrong == {CAT}


@pytest.mark.parametrize("kind", EXACT)
def test_a_tag_alone_scores_as_among_others(kind: str, library: np.ndarray) -> None:
    head = taught(kind, library)
    together = head.scores(library)
    for column, tag in enumerate(head.tags):
        assert (head.scores(library, [tag])[:, 0] == together[:, column]).all()


@pytest.mark.parametrize("kind", EXACT)
def test_a_photo_alone_scores_as_among_others(kind: str, library: np.ndarray) -> None:
    head = taught(kind, library)
    together = head.scores(library, None, inverse_lengths_of(library))
    for row in range(0, len(library), 7):
        assert (head.scores(library[row : row + 1])[0] == together[row]).all()


def test_a_library_is_scored_in_pieces(library: np.ndarray, tmp_path: Path) -> None:
    head = taught("nearest-mean", library)
    large = np.resize(library, (2 * PIECE + 17, SIZE))
    large[5] = 0  # a row that nobody uses
    file = tmp_path / "matrix.f16"
    large.tofile(file)
    mapped = np.memmap(file, dtype="<f2", mode="r", shape=large.shape)
    expected = head.scores(large)
    assert np.isfinite(expected).all()
    for threads in (None, 1, 2):
        np.testing.assert_allclose(
            score_all(head, mapped, head.tags, threads=threads), expected, atol=1e-5
        )
    assert score_all(head, mapped, []).shape == (len(large), 0)
    assert score_all(head, mapped[:0], head.tags).shape == (0, 4)
    assert np.isnan(score_all(head, mapped, head.tags, stopped=lambda: True)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_with_known_lengths_the_scores_are_the_same_bits(kind: str, library: np.ndarray) -> None:
    head = taught(kind, library)
    large = np.resize(library, (PIECE + 44, SIZE))
    large[3] = 0
    large[4] = -large[4]  # no network here has negative values; one of somebody's own may
    large[5] = np.float16(6e-8)
    known = inverse_lengths_of(large)
    assert (head.scores(large, None, known) == head.scores(large)).all()
    wide = large.astype(np.float32)
    assert (head.scores(wide, None, known) == head.scores(wide)).all()


def test_half_precision_is_widened_exactly() -> None:
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert (widen(finite).view(np.uint32) == finite.astype(np.float32).view(np.uint32)).all()
    view = np.tile(finite, (2, 1)).T  # not contiguous
    assert (widen(view) == view.astype(np.float32)).all()


def test_the_metric_helps_when_kinds_differ_in_few_directions() -> None:
    """What differs within all kinds is not what tells them apart. LDA knows, a cosine does not."""
    random = np.random.default_rng(1)
    noisy = np.zeros((4, SIZE))
    noisy[np.arange(4), np.arange(4)] = 1
    base = np.full(SIZE, 1.0)
    kinds = [base + 0.25 * np.eye(SIZE)[20 + n] for n in range(3)]

    def some(kind: np.ndarray, count: int) -> np.ndarray:
        along = random.standard_normal((count, 4)) @ noisy * 0.9
        return (kind + along + 0.05 * random.standard_normal((count, SIZE))).astype(np.float16)

    head = made("nearest-mean", np.concatenate([some(kind, 40) for kind in kinds]))
    tags = [Tag((name,)) for name in "abc"]
    for n, kind in enumerate(kinds):
        for m, row in enumerate(some(kind, 40)):
            head.learn(Example(100 * n + m, row, frozenset((tags[n],))))
    head.fit()
    judged = np.concatenate([some(kind, 100) for kind in kinds])
    truth = np.repeat(np.arange(3), 100)
    means = np.array([head.mean_of(tag) for tag in tags])  # type: ignore[attr-defined]
    unit = judged.astype(float) / np.linalg.norm(judged.astype(float), axis=1, keepdims=True)
    cosine = (unit @ (means / np.linalg.norm(means, axis=1, keepdims=True)).T).argmax(axis=1)
    ours = head.scores(judged, tags).argmax(axis=1)
    assert np.mean(cosine == truth) < 0.9
    assert np.mean(ours == truth) > 0.97


def test_fitting_is_due_when_the_examples_have_grown(library: np.ndarray) -> None:
    head = made("nearest-mean", library)
    due = []
    for n in range(90):
        head.learn(example(n, library[n], "Dog"))
        due.append(head.stale)
        if head.stale:
            head.fit()
            assert not head.stale
    assert due[0] is False and 5 < sum(due) < 30


# Keeping


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_head_is_the_same(kind: str, library: np.ndarray, tmp_path: Path) -> None:
    head = taught(kind, library)
    head.learn(example(250, library[250], "", "Boat"))
    head.learn(example(251, library[251], "Ünï/日本,Boat"))
    if kind in ("svm", "logistic"):
        head.fit()
    file = tmp_path / "a head"
    save_head(head, file, {"note": np.array([1, 2, 3])})
    again, extra = load_head(file, "net@1")
    assert again.kind == kind and again.tags == head.tags and list(extra["note"]) == [1, 2, 3]
    assert again.scores(library).tobytes() == head.scores(library).tobytes()
    assert again.stale == head.stale
    # It goes on as the other would.
    for each in (head, again):
        each.forget(0)
        each.learn(example(252, library[252], "Boat"))
        each.fit()
    assert again.scores(library).tobytes() == head.scores(library).tobytes()
    assert [path.name for path in tmp_path.iterdir()] == ["a head"]


def test_a_head_of_another_network_is_refused(library: np.ndarray, tmp_path: Path) -> None:
    save_head(taught("nearest-mean", library), tmp_path / "head")
    with pytest.raises(ModelError, match=r"belongs to the network net@1, and net@2 is in use"):
        load_head(tmp_path / "head", "net@2")


def test_damaged_files_are_refused(library: np.ndarray, tmp_path: Path) -> None:
    file = tmp_path / "head"
    with pytest.raises(ModelError, match="No such file"):
        load_head(file)
    save_head(taught("nearest-mean", library, each=2), file)
    content = file.read_bytes()
    for length in (0, 1, 100, len(content) // 2, len(content) - 10):
        file.write_bytes(content[:length])
        with pytest.raises(ModelError):
            load_head(file)
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    with pytest.raises(ModelError, match="is not a head"):
        load_head(tmp_path / "other.npz")
    with np.load(_write(file, content), allow_pickle=False) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    header = json.loads(str(kept["header"])) | {"format": 99}
    np.savez(tmp_path / "new.npz", **kept | {"header": np.array(json.dumps(header))})
    with pytest.raises(ModelError, match="another version"):
        load_head(tmp_path / "new.npz")
    # Nothing that is loaded may run code.
    np.savez(tmp_path / "bad.npz", header=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelError):
        load_head(tmp_path / "bad.npz")


def _write(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def test_examples_know_whether_they_are_the_same(library: np.ndarray) -> None:
    first, second = ExampleSet(SIZE), ExampleSet(SIZE)
    for n in range(20):
        first.put(example(n, library[n], "Dog"))
    for n in reversed(range(20)):
        second.put(example(n, library[n], "Cat"))
        second.put(example(n, library[n], "dog"))  # the same tag by another spelling
    assert first.fingerprint == second.fingerprint
    second.pop(3)
    assert first.fingerprint != second.fingerprint and len(second) == 19
    with pytest.raises(ValueError, match="no embedding of 48 values"):
        first.put(example(50, np.ones(3), "Dog"))
