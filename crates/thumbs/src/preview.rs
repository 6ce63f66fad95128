//! Pictures that lie inside a picture's file: what a camera made for its own screen is a tile's first look, for a hundredth of
//! the bytes. Finds them in the file's beginning; decodes nothing.

use crate::colour::{Colours, colours_of};
use crate::facts::{Facts, exif_of, facts, orientation};
use crate::jpeg::segments;
use crate::kind::{Kind, kind_of};
use exif::{Exif, In, Reader, Tag, Value};
use image::metadata::Orientation;
use std::ops::Range;

/// Embedded previews above this are no saving.
const LARGEST: u64 = 4 << 20;
/// Sub-directories of a raw file's directory (TIFF/EP).
const SUB_IFDS: Tag = Tag(exif::Context::Tiff, 0x014a);
/// The index of a file with several pictures (CIPA DC-007, Multi-Picture Format).
const MP_ENTRIES: Tag = Tag(exif::Context::Tiff, 0xb002);

/// How an embedded picture stands beside the one that it is a preview of.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    pub(crate) orientation: Orientation,
    /// What the picture's samples mean: its previews rarely say it again.
    pub(crate) colours: Colours,
    /// The picture's own width and height, as they are stored: cameras put bars around previews of another shape.
    pub(crate) shape: Option<(u32, u32)>,
}

/// What the beginning of a picture's file gives.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstLook {
    /// What it says.
    pub facts: Facts,
    /// How what lies in it stands.
    pub frame: Frame,
    /// A small JPEG that is here already.
    pub inside: Option<Vec<u8>>,
    /// Where in the file a larger JPEG lies.
    pub larger: Option<Range<u64>>,
    /// The kind of file.
    pub kind: Kind,
}

/// Looks at a file's first bytes: [`crate::HEAD_BYTES`] of them, or all.
#[must_use]
pub fn first_look(head: &[u8]) -> FirstLook {
    let kind = kind_of("", head);
    let facts = facts(head);
    let exif = exif_of(head);
    let orientation = exif.as_ref().map_or(Orientation::NoTransforms, orientation);
    let shape = imagesize::blob_size(head).ok();
    let shape = shape.and_then(|shape| Some((u32::try_from(shape.width).ok()?, u32::try_from(shape.height).ok()?)));
    let (inside, larger) = match (kind, &exif) {
        (Kind::Jpeg, exif) => (exif.as_ref().and_then(thumbnail), multi_picture(head)),
        (Kind::Tiff, Some(exif)) => raw(head, exif),
        _ => (None, None),
    };
    // Of a raw file the size in its directory is the preview's or the sensor's: no shape to cut to.
    let shape = shape.filter(|_| kind == Kind::Jpeg);
    let colours = if kind == Kind::Jpeg { colours_of(head, kind).kept() } else { Colours::Srgb };
    FirstLook { facts, frame: Frame { orientation, colours, shape }, inside, larger, kind }
}

/// The thumbnail that EXIF itself carries, 160 × 120 as a rule.
fn thumbnail(exif: &Exif) -> Option<Vec<u8>> {
    let at = span(exif, In::THUMBNAIL)?;
    jpeg_at(exif.buf(), &at)
}

fn jpeg_at(bytes: &[u8], at: &Range<u64>) -> Option<Vec<u8>> {
    let at = usize::try_from(at.start).ok()?..usize::try_from(at.end).ok()?;
    bytes.get(at).filter(|jpeg| jpeg.starts_with(b"\xff\xd8\xff")).map(<[u8]>::to_vec)
}

/// Where a directory says that its JPEG lies.
fn span(exif: &Exif, directory: In) -> Option<Range<u64>> {
    let number = |tag| exif.get_field(tag, directory)?.value.get_uint(0).map(u64::from);
    let old_jpeg = Tag::JPEGInterchangeFormat;
    let (start, length) = match (number(old_jpeg), number(Tag::JPEGInterchangeFormatLength)) {
        (Some(start), Some(length)) => (start, length),
        // A strip that is a whole JPEG (TIFF 6.0: 6; TIFF Technical Note 2: 7).
        _ if matches!(number(Tag::Compression), Some(6 | 7)) => {
            let strips = exif.get_field(Tag::StripOffsets, directory)?;
            let one = strips.value.get_uint(1).is_none();
            (number(Tag::StripOffsets).filter(|_| one)?, number(Tag::StripByteCounts)?)
        }
        _ => return None,
    };
    Some(start..start.checked_add(length)?).filter(|_| length > 0)
}

/// The large thumbnail behind the picture's end, by the index in front of it.
fn multi_picture(head: &[u8]) -> Option<Range<u64>> {
    let (at, block) = segments(head).find_map(|(marker, at, body)| {
        let block = body.strip_prefix(b"MPF\0").filter(|_| marker == 0xe2)?;
        Some((at + 4, block))
    })?;
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let index = reader.read_raw(block.to_vec()).or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    let Value::Undefined(entries, _) = &index.get_field(MP_ENTRIES, In::PRIMARY)?.value else { return None };
    let little = index.little_endian();
    let number = |bytes: &[u8]| {
        let bytes: [u8; 4] = bytes.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let previews = entries.chunks_exact(16).filter_map(|entry| {
        // The lower 24 bits are the type: large thumbnails of VGA and of full HD size.
        let preview = matches!(number(&entry[..4])? & 0x00ff_ffff, 0x01_0001 | 0x01_0002);
        let (length, offset) = (u64::from(number(&entry[4..8])?), u64::from(number(&entry[8..12])?));
        (preview && offset > 0 && length > 0 && length <= LARGEST).then(|| {
            let start = at as u64 + offset;
            start..start + length
        })
    });
    // The largest is still far below the picture itself.
    previews.max_by_key(|at| at.end - at.start)
}

/// What a raw file carries for looking at it: the smallest JPEG that is here, and the best one that is worth its bytes.
fn raw(head: &[u8], exif: &Exif) -> (Option<Vec<u8>>, Option<Range<u64>>) {
    let mut found: Vec<Range<u64>> = (0..8).filter_map(|number| span(exif, In(number))).collect();
    if let Some(directories) = exif.get_field(SUB_IFDS, In::PRIMARY) {
        for at in directories.value.iter_uint().into_iter().flatten().take(8) {
            // Read as if it were the file's first directory.
            let mut block = head.to_vec();
            let Some(place) = block.get_mut(4..8) else { break };
            place.copy_from_slice(&if exif.little_endian() { at.to_le_bytes() } else { at.to_be_bytes() });
            let mut reader = Reader::new();
            reader.continue_on_error(true);
            let read = reader.read_raw(block).or_else(|error| error.distill_partial_result(|_| ()));
            found.extend(read.ok().and_then(|exif| span(&exif, In::PRIMARY)));
        }
    }
    let length = |at: &Range<u64>| at.end - at.start;
    let inside = found.iter().filter_map(|at| jpeg_at(head, at)).min_by_key(Vec::len);
    let larger = found.into_iter().filter(|at| length(at) <= LARGEST).max_by_key(length);
    (inside, larger)
}

#[cfg(test)]
mod tests;
