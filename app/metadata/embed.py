"""Planning the edits that put tags into a JPEG, and proving them before they are written.

What is written: XMP (dc:subject, lr:hierarchicalSubject, digiKam:TagsList), IPTC keywords,
and the numbers of the MP index that depend on lengths. Every other byte is copied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.tag import Tag
from app.metadata import merge, splice
from app.metadata.blocks import exif, iptc, photoshop, xmp
from app.metadata.containers import jpeg_segments, mpf
from app.metadata.containers.jpeg import XMP_HEADER, Survey
from app.metadata.fields import IPTC, WRITTEN_IN_XMP, Field
from app.metadata.splice import Edit, Refusal

Stored = Mapping[str, tuple[str, ...]]

#: JPEG marker of the segments that hold JUMBF boxes (ISO/IEC 19566-5).
APP11 = 0xEB
#: Trailers that hold absolute file offsets (ExifTool's AFCP.pm: 'AXS' and a byte-order sign).
_AFCP = (b"AXS!", b"AXS*")


@dataclass
class Plan:
    """What embedding some tags changes.

    Attributes:
        edits: against the original file; empty where nothing is to be added.
        additions: what is appended to each field.
        notes: what was left out, and why.
    """

    edits: list[Edit] = field(default_factory=list)
    additions: dict[Field, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def plan(survey: Survey, stored: Stored, tags: Sequence[Tag]) -> Plan:
    """Plan how to put tags into a JPEG that holds `stored` (see `Survey.items`).

    Raises:
        Refusal: embedding them is not safe.
    """
    result = Plan()
    wanted = merge.additions(stored, tags, (*WRITTEN_IN_XMP, IPTC))
    if not wanted:
        return result
    for_iptc = wanted.pop(IPTC, [])
    iptc_edits: list[Edit] = []
    if for_iptc:
        try:
            iptc_edits = _iptc_edits(survey, for_iptc)
        except Refusal as refusal:
            result.notes.append(f"IPTC keywords left alone: {refusal.reason}")
    if not wanted and not iptc_edits:
        result.notes.clear()  # nothing new that could have been left out
        return result
    edits = [*_xmp_edits(survey, wanted), *iptc_edits]
    _check(survey, edits)
    for segment in survey.mpf:
        edits += mpf.edits(survey.data, segment, edits)
    result.edits = edits
    result.additions = wanted | ({IPTC: for_iptc} if iptc_edits else {})
    return result


def apply_and_prove(survey: Survey, stored: Stored, planned: Plan) -> bytes:
    """The new file, after proving that it is what was planned.

    Undoing the edits must give the original back byte for byte, and the new file, read as
    any file is, must hold in every field what it held before plus the additions, in order.

    Raises:
        Refusal: the proof failed (a fault in this program; the photo is not touched).
    """
    data = survey.data
    new = splice.apply(data, planned.edits)
    if not splice.proves(data, planned.edits, new):
        raise Refusal("the change could not be proved to be reversible")
    expected = dict(stored)
    for where, values in planned.additions.items():
        expected[where.key] = (*stored.get(where.key, ()), *values)
    again = Survey(new)
    found, _ = again.items()
    if merge.without_empty(found) != merge.without_empty(expected):
        raise Refusal("the new file could not be read back as intended")
    kept = len(data) - survey.segments[-1].start
    if len(new) - again.segments[-1].start != kept:
        raise Refusal("the picture would have moved against its end")
    return new


def _check(survey: Survey, edits: Sequence[Edit]) -> None:
    """Refuse what must not grow or cannot be understood."""
    if survey.strange:
        raise Refusal("metadata in a segment that is not understood")
    if len(survey.xmp) > 1:
        raise Refusal("more than one XMP packet")
    if survey.keywords_in_extended:
        raise Refusal("keywords in extended XMP")
    if len(survey.mpf) > 1:
        raise Refusal("more than one multi-picture index")
    if any(_is_c2pa(survey.data[s.data : s.end]) for s in survey.segments if s.marker == APP11):
        raise Refusal("Content Credentials (C2PA), whose signature covers the whole file")
    if survey.data[-12:].startswith(_AFCP):
        raise Refusal("an AFCP trailer, which holds offsets into the file")
    if survey.app13:
        survey.iptc_blocks()  # what cannot be read here might hold keywords
    shift = splice.Shift(edits)
    for segment in survey.exif:
        has_maker_note = exif.check_self_contained(
            survey.data, segment.data, segment.end, survey.segments[-1].start
        )
        if has_maker_note and shift(segment.start) != segment.start:
            raise Refusal("a MakerNote that would move in the file")


def _is_c2pa(content: bytes) -> bool:
    """Whether an APP11 segment belongs to a C2PA manifest (C2PA 2.1, appendix A.3.1)."""
    return b"jumb" in content[:64] and b"c2pa" in content[:256]


def _xmp_edits(survey: Survey, wanted: Mapping[Field, Sequence[str]]) -> list[Edit]:
    if not wanted:
        return []
    if not survey.xmp:
        packet = xmp.new_packet(wanted, padded=True)
        if len(packet) > xmp.MAX_IN_JPEG:
            raise Refusal("XMP that becomes too large for its segment")
        at = _place_for_xmp(survey)
        return [Edit(at, at, jpeg_segments.segment(jpeg_segments.APP1, XMP_HEADER + packet))]
    segment = survey.xmp[0]
    old = survey.packet(segment)
    edits = xmp.Packet.parse(old).add(wanted, xmp.MAX_IN_JPEG)
    growth = sum(edit.growth for edit in edits)
    length = jpeg_segments.length_field(segment.end - segment.data + growth)
    offset = segment.data + len(XMP_HEADER)
    moved = [edit.shifted(offset) for edit in edits]
    return moved if not growth else [Edit(segment.data - 2, segment.data, length), *moved]


def _place_for_xmp(survey: Survey) -> int:
    """Behind Exif, or else behind the JFIF segments that lead the file.

    Exif must come first (Exif 3.0, section 4.5.4), and what is behind the insertion moves.
    The MP index comes after both (CIPA DC-007, section 5.1).
    """
    at = len(jpeg_segments.SOI)
    for segment in survey.segments:
        if segment.marker != jpeg_segments.APP0:
            break
        at = segment.end
    return max([at, *(segment.end for segment in survey.exif)])


def _iptc_edits(survey: Survey, keywords: Sequence[str]) -> list[Edit]:
    if not survey.app13:
        payload = photoshop.HEADER + photoshop.resource(photoshop.IPTC_ID, iptc.new_block(keywords))
        at = max([_place_for_xmp(survey), *(segment.end for segment in survey.xmp)])
        return [Edit(at, at, jpeg_segments.segment(jpeg_segments.APP13, payload))]
    resources = survey.resources
    blocks = resources.all(photoshop.IPTC_ID)
    if not blocks:
        return resources.create(iptc.new_block(keywords))
    if len(blocks) > 1:
        raise Refusal("more than one IPTC block")
    old = resources.content(blocks[0])
    edits = iptc.Block(old).add(keywords)
    new = splice.apply(old, edits)
    return resources.replace(blocks[0], old, new, edits)
