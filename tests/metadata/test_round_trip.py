"""One round trip for all formats: write, read by others, change, take back.

Every photo makes the whole trip once; each test looks at one side of it.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageSequence

from app.core.change import Origin, TagChange
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.metadata.containers import bmff
from app.metadata.containers import exiftool as by_exiftool
from app.metadata.reader import FileTags, read_tags
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.writer import WriteReport, write_tags
from app.services.history import Reverted, Selection, revert
from tests.conftest import needs
from tests.metadata import builders
from tests.metadata.judge import ExifTool
from tests.metadata.random_photos import rest
from tests.metadata.round_trip_cases import CASES, Case, lent_cases

DEEP, ODD, LONG = Tag(("Place", "Zürich", "Lake")), Tag(("日本 & Übung",)), Tag(("long " * 20,))
LATE = Tag(("Later", "Ⅻ"))
FIRST = TagChange((DEEP, ODD, LONG))
SECOND = TagChange((LATE,), (DEEP, LONG))
MTIME = 1_500_000_000_123_456_789
OPTIONS = WriteOptions(use_exiftool=True)
ORIGINS = {DEEP: Origin(False, 0.75, "lite2")}
SPLICED = ("jpg", "jpeg", "png", "webp", "tif", "tiff")
IN_BOXES = ("QuickTime:MediaData", "QuickTime:MediaDataSize", "QuickTime:MediaDataOffset")
IPTC_KEYWORDS = "Iptc.Application2.Keywords"
TOOLKIT, COPIED = "XMP-x:XMPToolkit", "XMP-x:Copy1:XMPToolkit"
MAKER_NOTE, EXIF_IFD = 0x927C, 0x8769
ALL_CASES: dict[str, Case] = {**CASES, **lent_cases()}


@dataclass
class Trip:
    """What became of one photo on its way.

    Attributes:
        original, tagged, changed: copies of it from before, after the first and the second
            change. All have the same name.
        first, again, second: what the writer said; `again` is the first call once more.
        read: what was read back after the first and the second change, and before both.
        reverted, back, times: what undoing said, the bytes then, and the time of change after
            the first write and after undoing.
        refused, untouched: what the writer said of the photo when it had a second name, and
            whether its bytes stayed; what was read then comes last in `read`.
    """

    case: Case
    original: Path
    tagged: Path
    changed: Path
    read: list[FileTags] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    reverted: list[Reverted] = field(default_factory=list)
    first: WriteReport | None = None
    again: WriteReport | None = None
    second: WriteReport | None = None
    refused: WriteReport | None = None
    untouched: bool = False
    back: bool = False
    left: list[str] = field(default_factory=list)

    @property
    def is_embedded(self) -> bool:
        return self.first is not None and self.first.target == "embedded"

    def travel(self, folder: Path) -> None:
        """Make the whole way."""
        work = folder / self.original.name
        shutil.copyfile(self.original, work)
        os.utime(work, ns=(MTIME, MTIME))
        before = work.read_bytes()
        self.read.append(read_tags(work))
        with Journal(folder.parent / f"{work.name}-data" / DATABASE) as journal:

            def write(change: TagChange) -> WriteReport:
                return write_tags(
                    work, change, origins=ORIGINS, options=OPTIONS, journal=journal,
                    run=journal.start_run("edit"),
                )  # fmt: skip

            self.first = write(FIRST)
            self.times.append(work.stat().st_mtime_ns)
            shutil.copyfile(work, self.tagged)
            self.read.append(read_tags(work))
            self.again = write(FIRST)
            self.second = write(SECOND)
            shutil.copyfile(work, self.changed)
            self.read.append(read_tags(work))
            self.reverted = list(revert(journal, None, Selection()))
            self.back = work.read_bytes() == before
            self.times.append(work.stat().st_mtime_ns)
            self.left = sorted(path.name for path in folder.iterdir())
            os.link(work, folder / "second-name")
            self.refused = write(FIRST)
            self.read.append(read_tags(work))
            self.untouched = work.read_bytes() == before


@pytest.fixture(scope="module")
def trips() -> Iterator[dict[str, Trip]]:
    """Every photo at the end of its way."""
    needs("exiftool")
    with tempfile.TemporaryDirectory() as name:
        root = Path(os.path.realpath(name))
        for stage in ("original", "tagged", "changed"):
            (root / stage).mkdir()
        found = {}
        for number, (key, case) in enumerate(ALL_CASES.items()):
            file = f"{number:03}.{case.suffix}"
            original = builders.save(root / "original", case.make(), file)
            trip = Trip(case, original, root / "tagged" / file, root / "changed" / file)
            folder = root / f"work-{number:03}"
            folder.mkdir()
            trip.travel(folder)
            shutil.rmtree(folder)
            found[key] = trip
        yield found


@pytest.fixture
def trip(trips: dict[str, Trip], request: pytest.FixtureRequest) -> Trip:
    return trips[request.param]


@pytest.fixture
def embedded(trip: Trip) -> Trip:
    if not trip.is_embedded:
        pytest.skip("it has a sidecar")
    return trip


Dumps = dict[str, dict[str, dict[str, object]]]


@pytest.fixture(scope="module")
def dumps(trips: dict[str, Trip], exiftool: ExifTool) -> Dumps:
    """What ExifTool sees, by the stage."""
    found = [each for each in trips.values() if each.is_embedded]
    return {
        stage: exiftool.dump([getattr(each, stage) for each in found])
        for stage in ("original", "tagged", "changed")
    }


@pytest.fixture(scope="module")
def exiv2(trips: dict[str, Trip]) -> dict[str, dict[str, list[str]]]:
    """What Exiv2 sees before and after the first change, by stage and file name."""
    needs("exiv2")
    paths = [p for t in trips.values() if t.is_embedded and t.case.suffix in SPLICED
             for p in (t.original, t.tagged)]  # fmt: skip
    ran = subprocess.run(["exiv2", "-q", "-PXIkv", *map(str, paths)], capture_output=True)
    found: dict[str, dict[str, list[str]]] = {
        f"{path.parent.name}/{path.name}": {} for path in paths
    }
    for line in ran.stdout.decode("utf-8", "replace").splitlines():
        match = re.match(r"\S+/(\w+/\d{3}\.\w+)\s+((?:Xmp|Iptc)\.\S+)\s*(.*)", line)
        if match:
            found[match[1]].setdefault(match[2], []).append(match[3].strip())
    return found


every_photo = pytest.mark.parametrize("trip", ALL_CASES, indirect=True)


@every_photo
def test_the_report(trip: Trip) -> None:
    first = trip.first
    assert first is not None
    expected = trip.case.target
    assert first.target == (expected or first.target)
    assert first.target in ("embedded", "sidecar")
    assert (first.target == "sidecar") == any(n.startswith("sidecar, bec") for n in first.notes)
    assert any(trip.case.note in note for note in first.notes) or not trip.case.note
    if expected == "embedded" and not trip.case.note:
        assert first.notes == ()
    assert set(first.added) == {DEEP, ODD, LONG}
    if not trip.is_embedded:
        assert trip.tagged.read_bytes() == trip.original.read_bytes()


@every_photo
def test_tags_are_read_back(trip: Trip) -> None:
    before, tagged, changed, _ = trip.read
    assert set(tagged.tags) == {*before.tags, DEEP, ODD, LONG}
    assert {record.tag for record in tagged.records} == {DEEP, ODD, LONG}
    (deep,) = [record for record in tagged.records if record.tag == DEEP]
    assert (deep.origin.confirmed, deep.origin.score) == (False, 0.75)
    assert trip.second is not None
    assert trip.second.added == (LATE,)
    assert set(changed.tags) == {*before.tags, ODD, LATE}
    assert {record.tag for record in changed.records} == {ODD, LATE}
    assert set(trip.second.removed) == {DEEP, LONG}
    for name in ("dc_subject", "hierarchical", "tags_list", "iptc", "xp_keywords"):
        old: tuple[str, ...] = getattr(before, name)
        assert getattr(tagged, name)[: len(old)] == old
        assert getattr(changed, name)[: len(old)] == old


@every_photo
def test_the_same_again_changes_nothing(trip: Trip) -> None:
    assert trip.again is not None
    assert trip.again.target == "unchanged"
    assert trip.times[0] == MTIME


@every_photo
def test_undo_gives_every_byte_back(trip: Trip) -> None:
    assert [(one.exact, one.error) for one in trip.reverted] == [(True, None)]
    assert trip.back
    assert trip.times[1] == MTIME
    assert trip.left == [trip.original.name]


@every_photo
def test_a_refused_photo_gets_a_sidecar(trip: Trip) -> None:
    assert trip.refused is not None
    assert trip.refused.target == "sidecar"
    assert trip.refused.written_to.name == f"{trip.original.name}.xmp"
    assert trip.untouched
    assert set(trip.read[-1].tags) == {*trip.read[0].tags, DEEP, ODD, LONG}


@every_photo
def test_exiftool_reads_the_tags(embedded: Trip, dumps: Dumps) -> None:
    for stage, read in (("tagged", embedded.read[1]), ("changed", embedded.read[2])):
        seen = dumps[stage][embedded.original.name]
        assert texts(seen, "XMP-dc:Subject") == read.dc_subject
        assert texts(seen, "XMP-lr:HierarchicalSubject") == read.hierarchical
        assert texts(seen, "XMP-digiKam:TagsList") == read.tags_list
        assert texts(seen, "IPTC:Keywords") == read.iptc
        windows = ";".join(read.xp_keywords)
        assert ";".join(texts(seen, "IFD0:XPKeywords")) == windows
    assert LONG.name in embedded.read[1].dc_subject
    assert embedded.read[1].hierarchical[-3] == "Place|Zürich|Lake"


def texts(seen: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A value of ExifTool's, which takes digits for a number."""
    value = seen.get(key, [])
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),)


@every_photo
def test_exiv2_reads_the_tags(embedded: Trip, exiv2: dict[str, dict[str, list[str]]]) -> None:
    if embedded.case.suffix not in SPLICED:
        pytest.skip("Exiv2 may be built without this format")
    seen, read = exiv2[f"tagged/{embedded.original.name}"], embedded.read[1]
    before = exiv2[f"original/{embedded.original.name}"]
    assert seen["Xmp.dc.subject"] == [", ".join(read.dc_subject)]
    assert seen["Xmp.lr.hierarchicalSubject"] == [", ".join(read.hierarchical)]
    assert seen["Xmp.digiKam.TagsList"] == [", ".join(read.tags_list)]
    # It reads IPTC neither in PNG's raw profiles of all kinds nor in a second APP13.
    # It takes bytes of undeclared coding as they are.
    known = not embedded.read[0].iptc or before.get(IPTC_KEYWORDS) == [*embedded.read[0].iptc]
    if known and embedded.case.suffix != "png":
        found = tuple(seen.get(IPTC_KEYWORDS, ()))
        assert found == read.iptc


@every_photo
def test_exiftool_sees_no_other_difference(
    embedded: Trip, dumps: Dumps, exiftool: ExifTool
) -> None:
    name = embedded.original.name
    old = dumps["original"][name]
    for stage in ("tagged", "changed"):
        new = dumps[stage][name]
        found = exiftool.differences(old, new)
        if embedded.case.suffix not in SPLICED:
            # The packet lies in the same box as the picture, which is compared item by item.
            found = {key: value for key, value in found.items() if key not in IN_BOXES}
            # A photo's packet comes before those of its other pictures.
            if found.keys() <= {TOOLKIT, COPIED} and new.get(COPIED) == old.get(TOOLKIT):
                found = {}
        assert not found


@pytest.mark.parametrize(
    "trip", [k for k, case in ALL_CASES.items() if case.suffix in ("heic", "avif")], indirect=True
)
def test_items_of_a_catalogue_are_the_same_bytes(embedded: Trip) -> None:
    old, new = bmff.parse(embedded.original.read_bytes()), bmff.parse(embedded.tagged.read_bytes())
    packets = {item.number for item in (old.xmp_item, new.xmp_item) if item}
    numbers = old.locations.keys() - packets
    assert numbers == new.locations.keys() - packets
    assert numbers
    for number in numbers:
        assert old.item_bytes(number) == new.item_bytes(number)


@every_photo
def test_everything_else_is_the_same_bytes(embedded: Trip) -> None:
    old = embedded.original.read_bytes()
    for path in (embedded.tagged, embedded.changed):
        new = path.read_bytes()
        assert new != old
        if embedded.case.suffix in SPLICED:
            assert rest(new) == rest(old)
            assert maker_note(path) == maker_note(embedded.original)


def maker_note(path: Path) -> object:
    """The MakerNote as Pillow finds it."""
    with Image.open(path) as image:
        return image.getexif().get_ifd(EXIF_IFD).get(MAKER_NOTE)


@every_photo
def test_every_frame_decodes_to_the_same_pixels(embedded: Trip) -> None:
    before = frames(embedded.original)
    assert frames(embedded.tagged) == before
    assert frames(embedded.changed) == before


def frames(path: Path) -> list[tuple[object, ...]]:
    """Size, mode and pixels of every frame; large JPEGs decoded at an eighth."""
    data = path.read_bytes()
    if path.suffix == ".jxl":
        return [(by_exiftool.picture("JPEG XL", data),)]
    if path.suffix == ".heic":
        return [(by_exiftool.picture("HEIC", data),)]
    found: list[tuple[object, ...]] = []
    with Image.open(io.BytesIO(data)) as image:
        if len(data) > 1_000_000:
            image.draft(image.mode, (image.width // 8, image.height // 8))
        try:
            for frame in ImageSequence.Iterator(image):
                time = frame.info.get("duration")
                found.append((frame.mode, frame.size, time, hash(frame.tobytes())))
        except OSError as error:  # of a second picture, whose bytes are compared elsewhere
            if not found:
                raise AssertionError(path) from error
    return found
