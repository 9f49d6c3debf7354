"""Tables of networks that are known, but fetched only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def is_table(content: Any) -> bool:
    """Whether the content of a YAML file is such a table, and not a model card."""
    return isinstance(content, Mapping) and "networks" in content


def cards_of(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The model cards of a table's networks, as if each had a file of its own.

    Their file is where nothing is: a card that is registered under the same id takes its place.
    `models/keras-applications.yml` explains the table.

    Raises:
        KeyError, TypeError, ValueError: it lacks something.
    """
    for network in table["networks"]:
        size = int(network["input"]["size"])
        pixels = table["inputs"][network["input"]["pixels"]]
        checksum = {name: network[name] for name in ("md5", "sha256") if name in network}
        yield {
            "id": network["id"],
            "name": network["name"],
            "version": "",
            "file": f"{network['id']}.tflite",
            "sha256": "",
            "format": "litert",
            "input": {
                "size": [size, size],
                "layout": "NHWC",
                "channels": pixels["channels"],
                "mean": pixels["mean"],
                "std": pixels["std"],
                "crop_fraction": network["input"]["crop"],
            },
            "outputs": {
                "embedding": {"shape": [network["embedding"]]},
                "scores": {"shape": [table["classes"]], "activation": "softmax"},
            },
            "labels": table["labels"],
            "licence": network["licence"],
            "parameters": network["parameters"],
            "accuracy": {
                "published": {
                    "set": table["published"]["set"],
                    **{f"float_{name}": share for name, share in network["accuracy"].items()},
                    "source": table["published"]["source"],
                }
            },
            "download": {
                "kind": table["kind"],
                "architecture": network["architecture"],
                "url": table["weights_below"] + network["weights"],
                "megabytes": network["megabytes"],
                **checksum,
            },
        }
