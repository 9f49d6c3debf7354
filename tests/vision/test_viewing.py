"""Photos decoded to be looked at: as large as is asked for, never larger than they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from app.core.errors import DecodeError
from app.vision import viewing
from app.vision.decode import decode
from app.vision.viewing import decode_to_view


def saved(path: Path, image: Image.Image, **how: object) -> tuple[Path, bytes]:
    image.save(path, **how)
    return path, path.read_bytes()


@pytest.fixture
def scene(samples: Path) -> Image.Image:
    with Image.open(samples / "coffee.png") as image:  # 600 x 400
        return image.convert("RGB")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
def test_fits_the_longer_side(tmp_path: Path, scene: Image.Image, suffix: str) -> None:
    path, content = saved(tmp_path / f"a.{suffix}", scene)
    decoded = decode_to_view(path, content, 300)
    assert decoded.image.size == (300, 200)
    assert (decoded.width, decoded.height) == scene.size
    same = np.asarray(decoded.image, float) - np.asarray(scene.resize((300, 200)), float)
    assert np.abs(same).mean() < 8


def test_is_never_enlarged(tmp_path: Path, scene: Image.Image) -> None:
    path, content = saved(tmp_path / "a.png", scene)
    for longest in (4000, None):
        image = decode_to_view(path, content, longest).image
        assert image.tobytes() == scene.tobytes()


def test_is_turned_upright(tmp_path: Path, scene: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path, content = saved(tmp_path / "a.png", scene, exif=exif)
    decoded = decode_to_view(path, content)
    assert (decoded.width, decoded.height) == (400, 600)
    assert decoded.image.tobytes() == scene.transpose(Image.Transpose.ROTATE_270).tobytes()


def test_a_jpeg_with_too_many_pixels_is_shown_smaller(
    tmp_path: Path, scene: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, content = saved(tmp_path / "a.jpg", scene)
    monkeypatch.setattr(viewing, "MAX_PIXELS", 100_000)
    monkeypatch.setattr("app.vision.decode.MAX_PIXELS", 100_000)
    decoded = decode_to_view(path, content)
    assert decoded.image.width * decoded.image.height <= 100_000
    assert decoded.width == 600
    path, content = saved(tmp_path / "a.png", scene)
    with pytest.raises(DecodeError, match="too large"):
        decode_to_view(path, content)


@pytest.mark.parametrize("content", [b"", b"no photo", b"\xff\xd8\xff\xe0 cut off"])
def test_says_why_it_cannot_be_shown(content: bytes) -> None:
    with pytest.raises(DecodeError) as error:
        decode_to_view(Path("a.jpg"), content)
    assert error.value.reason


def test_colours_are_those_of_the_network_and_the_thumbnail(tmp_path: Path) -> None:
    """Another colour profile is brought to sRGB in the same way as everywhere else."""
    # sRGB with red and green changed about: whoever ignores the profile sees another colour.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    name = profile.index(b"desc")
    profile[name : name + 4] = b"xxxx"  # or it would be taken for what it says it is
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    image = Image.new("RGB", (64, 64), (200, 40, 40))
    path, content = saved(tmp_path / "a.png", image, icc_profile=bytes(profile))
    seen = decode_to_view(path, content).image.getpixel((30, 30))
    assert seen == decode(path, content, 64).image.getpixel((30, 30))
    assert isinstance(seen, tuple) and seen[1] > seen[0], "the profile counts"
