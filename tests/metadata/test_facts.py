"""Reading when and with what a photo was taken, and its stars."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import piexif
import pytest
from PIL import Image

from app.core.errors import ReadError
from app.metadata.facts import Facts, read_facts

MOMENT = datetime(2024, 5, 31, 18, 20, 7)
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/" {}/></rdf:RDF></x:xmpmeta>'
)


def photo(
    folder: Path,
    name: str = "a.jpg",
    *,
    first: dict[int, object] | None = None,
    exif: dict[int, object] | None = None,
    xmp: str = "",
) -> Path:
    path = folder / name
    block = piexif.dump({"0th": first or {}, "Exif": exif or {}})
    more = {"xmp": PACKET.format(xmp).encode()} if xmp else {}
    Image.new("RGB", (64, 48)).save(path, exif=block, **more)
    return path


CANON = {
    piexif.ImageIFD.Make: "Canon",
    piexif.ImageIFD.Model: "Canon EOS 80D",
    piexif.ImageIFD.DateTime: "2025:01:01 00:00:00",
}
TAKEN = {piexif.ExifIFD.DateTimeOriginal: "2024:05:31 18:20:07"}


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_what_exif_says_is_found_in_every_format(tmp_path: Path, name: str) -> None:
    path = photo(tmp_path, name, first=CANON, exif=TAKEN)
    assert read_facts(path) == Facts(MOMENT, "Canon EOS 80D", None)
    assert read_facts(path, path.read_bytes()) == read_facts(path)
    assert read_facts(path, path.read_bytes()[:600]) == read_facts(path)


@pytest.mark.parametrize("name", ["a.jpg", "a.webp"])
def test_stars_of_xmp_go_before_those_of_exif(tmp_path: Path, name: str) -> None:
    assert read_facts(photo(tmp_path, name, first={0x4746: 2})).rating == 2
    assert read_facts(photo(tmp_path, name, first={0x4746: 2}, xmp='xmp:Rating="4"')).rating == 4
    assert read_facts(photo(tmp_path, name, xmp='xmp:Rating="-1"')).rating == -1
    assert read_facts(photo(tmp_path, name, xmp='xmp:Rating="many"')).rating is None


@pytest.mark.parametrize(
    ("percent", "stars"), [("0", 0), ("1", 1), ("25", 2), ("50", 3), ("75", 4), ("99", 5)]
)
def test_windows_counts_stars_in_percent(tmp_path: Path, percent: str, stars: int) -> None:
    assert read_facts(photo(tmp_path, xmp=f'MicrosoftPhoto:Rating="{percent}"')).rating == stars


def test_a_sidecar_has_the_last_word_about_stars(tmp_path: Path) -> None:
    path = photo(tmp_path, first=CANON, xmp='xmp:Rating="4"')
    path.with_name("a.jpg.xmp").write_text(PACKET.format('xmp:Rating="1"'))
    assert read_facts(path).rating == 1
    path.with_name("a.jpg.xmp").write_text("this is no XMP")
    assert read_facts(path).rating == 4


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 80D", "Canon EOS 80D"),
        ("NIKON CORPORATION", "NIKON D60", "NIKON D60"),
        ("EASTMAN KODAK COMPANY", "KODAK Z1012", "KODAK Z1012"),
        ("Minolta Co., Ltd.", "DiMAGE A1", "Minolta DiMAGE A1"),
        ("Asahi Optical Co.,Ltd", "PENTAX Optio 430", "Asahi PENTAX Optio 430"),
        ("SONY", "DSC-G1\0\0\0junk", "SONY DSC-G1"),
        ("  Apple ", "iPhone 7  ", "Apple iPhone 7"),
        ("LEICA", "", "LEICA"),
        ("", "X100", "X100"),
        ("", "", ""),
    ],
)
def test_a_camera_is_called_by_its_name(tmp_path: Path, make: str, model: str, camera: str) -> None:
    first = {piexif.ImageIFD.Make: make, piexif.ImageIFD.Model: model}
    assert read_facts(photo(tmp_path, first=first)).camera == camera


def test_the_next_best_date_is_taken_where_one_makes_no_sense(tmp_path: Path) -> None:
    digitized = {
        piexif.ExifIFD.DateTimeOriginal: "0000:00:00 00:00:00",
        piexif.ExifIFD.DateTimeDigitized: "2024:05:31 18:20:07",
    }
    assert read_facts(photo(tmp_path, first=CANON, exif=digitized)).taken == MOMENT
    broken = {piexif.ExifIFD.DateTimeOriginal: "2024:13:31 18:20:07"}
    assert read_facts(photo(tmp_path, first=CANON, exif=broken)).taken == datetime(2025, 1, 1)
    blank = {piexif.ExifIFD.DateTimeOriginal: "    :  :     :  :  "}
    assert read_facts(photo(tmp_path, exif=blank)).taken is None
    said = 'photoshop:DateCreated="2024-05-31T18:20:07+02:00"'
    assert read_facts(photo(tmp_path, xmp=said)).taken == MOMENT


def test_real_cameras_say_who_they_are(data_dir: Path) -> None:
    folder = data_dir / "camera"
    assert read_facts(folder / "Nikon D60.jpg") == Facts(
        datetime(2019, 6, 9, 21, 49, 2), "NIKON D60", None
    )
    heic = data_dir / "formats" / "IMG_2682.heic"
    said = Facts(datetime(2019, 3, 21, 11, 4, 22), "Apple iPhone 7", None)
    assert read_facts(heic) == read_facts(heic, heic.read_bytes()[:1000]) == said


def test_bad_content_says_nothing_and_raises_nothing(tmp_path: Path) -> None:
    path = photo(tmp_path, first=CANON, exif=TAKEN, xmp='xmp:Rating="4"')
    whole = path.read_bytes()
    at = whole.index(b"Exif")
    for cut in range(2, at + 300, 7):
        path.write_bytes(whole[:cut])
        read_facts(path)
        read_facts(path, whole[:cut])
    for place in range(at, at + 250):
        path.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
        read_facts(path)
    for head in (
        b"",
        b"II*\0",
        b"MM\0*\0\0\0\x08\xff\xff",
        b"RIFF\0\0\0\0WEBP",
        b"\0\0\0\x18ftypheic",
    ):
        path.write_bytes(head)
        assert read_facts(path) == Facts()


def test_a_photo_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_facts(tmp_path / "gone.jpg")
