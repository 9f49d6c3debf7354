"""Planning the edits that change tags inside a photo, and proving them before they are written.

What is written: XMP (dc:subject, lr:hierarchicalSubject, digiKam:TagsList and the record of what
is ours), IPTC and Windows' keywords, copies that other programs keep in fields of their own, and
the numbers that depend on lengths. Every other byte is copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.change import TagChange
from app.core.settings import WriteOptions
from app.metadata import contents, merge, splice
from app.metadata.blocks import iptc, xmp
from app.metadata.containers.base import BlockChanges, Container
from app.metadata.contents import Contents
from app.metadata.fields import IPTC, WRITTEN_IN_XMP, XP_KEYWORDS, Field, FieldChange
from app.metadata.provenance import Record
from app.metadata.splice import Edit, Refusal


@dataclass
class Plan:
    """What changing some tags inside a photo takes.

    Attributes:
        edits: against the original file; empty where there is nothing to do.
        changes: what every field gets and loses.
        records: what the photo will say of the tags that are ours.
        notes: what was left out, and why.
    """

    edits: list[Edit] = field(default_factory=list)
    changes: dict[Field, FieldChange] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    notes: list[str] = field(default_factory=list)


def plan(
    container: Container,
    stored: Contents,
    change: TagChange,
    records: Sequence[Record],
    options: WriteOptions,
) -> Plan:
    """Plan how to change the tags of a photo.

    Args:
        container: the photo.
        stored: what it holds now.
        change: tags to add and to take out.
        records: what it shall say of the tags that are ours.

    Raises:
        Refusal: it is not safe.
    """
    wanted = merge.changes(stored.items, change, _to_make(container, options))
    result = Plan(records=tuple(records))
    if not wanted and result.records == stored.records:
        return result
    if container.riddles:
        raise Refusal(container.riddles[0])
    if container.hidden_xmp():
        raise Refusal("keywords in extended XMP, or more than one XMP packet")
    blocks = BlockChanges(xmp=_xmp_edits(container, stored, wanted, result.records))
    edits = container.edits(blocks)
    for each in (IPTC, XP_KEYWORDS):
        if each in wanted:
            # Each of the two on top of what has been found to be possible.
            try:
                more = _with(blocks, container, each, wanted[each], stored)
                blocks, edits = more, container.edits(more)
            except Refusal as refusal:
                what = "IPTC" if each is IPTC else "Windows'"
                result.notes.append(f"{what} keywords left alone: {refusal.reason}")
                del wanted[each]
    if not edits:
        result.notes.clear()  # nothing new that could have been left out
        return result
    result.edits, result.changes = edits, wanted
    return result


def _to_make(container: Container, options: WriteOptions) -> list[Field]:
    fields = [*WRITTEN_IN_XMP, *([IPTC] if container.makes_iptc else [])]
    if options.xp_keywords:
        fields.append(XP_KEYWORDS)
    return [each for each in fields if options.fields is None or each.key in options.fields]


def apply_and_prove(container: Container, stored: Contents, planned: Plan) -> bytes:
    """The new file, after proving that it is what was planned.

    Undoing the edits must give the original back byte for byte; the new file must hold in every
    field what it held before with the changes, in order, read by this program and in the changed
    fields also by a reader that shares no code with it; and the picture must be the same bytes.

    Raises:
        Refusal: the proof failed (a fault in this program; the photo is not touched).
    """
    data = container.data
    _check_picture(container, planned.edits)
    new = splice.apply(data, planned.edits)
    if not splice.proves(data, planned.edits, new):
        raise Refusal("the change could not be proved to be reversible")
    expected = merge.without_empty(merge.apply(stored.items, planned.changes))
    again = type(container)(new)
    found = contents.read(again)
    if merge.without_empty(found.items) != expected or found.records != planned.records:
        raise Refusal("the new file could not be read back as intended")
    # Not needed by who only reads, and it loads much.
    from app.metadata import second_reader

    second_reader.check(container.name, new, expected, planned.changes)
    return new


def _check_picture(container: Container, edits: Sequence[Edit]) -> None:
    """Check that no edit lies in, or puts anything into, what must stay as it is."""
    for start, end in container.picture():
        if any(edit.start < end and edit.end > start for edit in edits):
            raise Refusal("something besides the metadata would have changed")


def _xmp_edits(
    container: Container,
    stored: Contents,
    wanted: Mapping[Field, FieldChange],
    records: tuple[Record, ...],
) -> Sequence[Edit]:
    in_xmp = {where: change for where, change in wanted.items() if where.namespace}
    if not in_xmp and records == stored.records:
        return ()
    packet = container.content("xmp")
    if packet is not None:
        return xmp.Packet.parse(packet).change(in_xmp, records, container.max_xmp)
    if not records and not any(change.add for change in in_xmp.values()):
        return ()
    new = xmp.new_packet(in_xmp, records, padded=True)
    if len(new) > container.max_xmp:
        raise Refusal("XMP that becomes too large for its place")
    return [Edit(0, 0, new)]


def _with(
    blocks: BlockChanges, container: Container, which: Field, change: FieldChange, stored: Contents
) -> BlockChanges:
    if which is XP_KEYWORDS:
        values = merge.apply(stored.items, {XP_KEYWORDS: change}).get(XP_KEYWORDS.key, ())
        return replace(blocks, xp_keywords=values)
    block = container.content("iptc")
    if block is not None:
        return replace(blocks, iptc=iptc.Block(block).change(change))
    return replace(blocks, iptc=[Edit(0, 0, iptc.new_block(change.add))])
