"""Changing tags inside HEIC, AVIF and JPEG XL, whose files ExifTool puts together.

What the packet says is this program's own work, byte for byte as in any other photo; ExifTool only
puts the packet into the file, and what it makes is taken apart and compared with the old file
before it is believed (see `app.metadata.containers.exiftool`).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.change import TagChange
from app.metadata import delta, merge, splice
from app.metadata.blocks import xmp
from app.metadata.containers import bmff, exiftool
from app.metadata.contents import Contents
from app.metadata.embed import Plan
from app.metadata.fields import Field
from app.metadata.provenance import Record
from app.metadata.splice import Refusal


def rewrite(
    data: bytes,
    stored: Contents,
    change: TagChange,
    fields: Sequence[Field],
    records: Sequence[Record],
) -> tuple[bytes, Plan]:
    """Change the tags in a photo's bytes.

    Args:
        data: the whole photo.
        stored: what it holds now.
        change: tags to add and to take out.
        fields: those to make; what is there already is kept in step.
        records: what it shall say of the tags that are ours.

    Returns:
        The new bytes, and the plan that leads to them; without edits if there is nothing to do.

    Raises:
        Refusal: it is not safe, or ExifTool is not there.
    """
    packet = bmff.parse(data).xmp()
    held = Contents()
    if packet is not None:
        held.take_xmp(packet)
    if (held.items, held.problems) != (stored.items, []):
        raise Refusal("keywords in a place that is not understood")
    plan = Plan(changes=merge.changes(stored.items, change, fields), records=tuple(records))
    if not plan.changes and plan.records == stored.records:
        return data, plan
    new_packet = _packet(packet, plan)
    expected = merge.without_empty(merge.apply(stored.items, plan.changes))
    found = Contents()
    found.take_xmp(new_packet)
    if merge.without_empty(found.items) != expected or found.records != plan.records:
        raise Refusal("the new packet could not be read back as intended")
    # Not needed by who only reads, and it loads much.
    from app.metadata import second_reader

    second_reader.check_packet(new_packet, expected, plan.changes)
    new = exiftool.put_xmp(data, new_packet)
    plan.edits = splice.inverse(new, delta.inverse(new, data))
    if splice.apply(data, plan.edits) != new or not splice.proves(data, plan.edits, new):
        raise Refusal("the change could not be proved to be reversible")
    return new, plan


def _packet(old: bytes | None, plan: Plan) -> bytes:
    if old is None:
        return xmp.new_packet(plan.changes, plan.records, padded=True)
    return splice.apply(old, xmp.Packet.parse(old).change(plan.changes, plan.records))
