//! Pictures that lie inside a picture's file: what a camera made for its own screen is a tile's first look, for a hundredth of
//! the bytes. Finds them in the file's beginning; decodes nothing.

use crate::colour::{Colours, colours_of};
use crate::facts::{Facts, exif_of, exif_of_block, facts, orientation, stored_size};
use crate::jpeg::segments;
use crate::kind::{Kind, kind_of};
use crate::raw;
use exif::{Exif, In, Tag, Value};
use image::metadata::Orientation;
use std::ops::Range;

mod larger;

pub(crate) use larger::Preview;
pub use larger::Previews;

/// Bytes of a preview beside a picture that can be shown itself: above this it is no saving.
const MOST_OF_PICTURE: u64 = 4 << 20;
/// Bytes of a preview in a raw file, of which nothing else can be shown. JPEGs with every pixel of the largest sensors have 30 MB.
const MOST_OF_RAW: u64 = 32 << 20;
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
    /// Where in the file larger JPEGs lie.
    pub larger: Previews,
    /// The kind of file.
    pub kind: Kind,
}

/// What was fetched by the place of a preview, seen as the JPEG in it.
pub(crate) struct Fetched<B> {
    bytes: B,
    jpeg: Range<usize>,
}

impl<B: AsRef<[u8]>> Fetched<B> {
    pub(crate) fn new(bytes: B) -> Self {
        let jpeg = raw::jpeg_in(bytes.as_ref());
        Self { bytes, jpeg }
    }
}

impl<B: AsRef<[u8]>> AsRef<[u8]> for Fetched<B> {
    fn as_ref(&self) -> &[u8] {
        &self.bytes.as_ref()[self.jpeg.clone()]
    }
}

/// Looks at a file's first bytes: [`crate::HEAD_BYTES`] of them, or all.
#[must_use]
pub fn first_look(head: &[u8]) -> FirstLook {
    let kind = kind_of("", head);
    let facts = facts(head);
    let exif = exif_of(head);
    let orientation = exif.as_ref().map_or(Orientation::NoTransforms, orientation);
    let (inside, larger) = match kind {
        Kind::Jpeg => (exif.as_ref().and_then(thumbnail), multi_picture(head)),
        Kind::Tiff | Kind::Raw => raw(head),
        _ => (None, Previews::default()),
    };
    // Of a raw file that is a TIFF the size in its directory is the preview's or the sensor's: no shape to cut to.
    let shape = stored_size(head, kind, exif.as_ref()).filter(|_| matches!(kind, Kind::Jpeg | Kind::Raw));
    let colours = if kind == Kind::Jpeg { colours_of(head, kind).kept() } else { Colours::Srgb };
    FirstLook { facts, frame: Frame { orientation, colours, shape }, inside, larger, kind }
}

/// The thumbnail that EXIF itself carries, 160 × 120 as a rule.
fn thumbnail(exif: &Exif) -> Option<Vec<u8>> {
    jpeg_at(exif.buf(), &span(exif)?)
}

fn jpeg_at(bytes: &[u8], at: &Range<u64>) -> Option<Vec<u8>> {
    let at = usize::try_from(at.start).ok()?..usize::try_from(at.end).ok()?;
    bytes.get(at).filter(|jpeg| jpeg.starts_with(b"\xff\xd8\xff")).map(<[u8]>::to_vec)
}

/// Where the second directory says that its JPEG lies.
fn span(exif: &Exif) -> Option<Range<u64>> {
    let number = |tag| exif.get_field(tag, In::THUMBNAIL)?.value.get_uint(0).map(u64::from);
    let (start, length) = (number(Tag::JPEGInterchangeFormat)?, number(Tag::JPEGInterchangeFormatLength)?);
    Some(start..start.checked_add(length)?).filter(|_| length > 0)
}

/// The large thumbnails behind the picture's end, by the index in front of it.
fn multi_picture(head: &[u8]) -> Previews {
    Previews::worth(indexed(head).unwrap_or_default(), MOST_OF_PICTURE)
}

fn indexed(head: &[u8]) -> Option<Vec<Preview>> {
    let (at, block) = segments(head).find_map(|(marker, at, body)| {
        let block = body.strip_prefix(b"MPF\0").filter(|_| marker == 0xe2)?;
        Some((at + 4, block))
    })?;
    let index = exif_of_block(block.to_vec())?;
    let Value::Undefined(entries, _) = &index.get_field(MP_ENTRIES, In::PRIMARY)?.value else { return None };
    let little = index.little_endian();
    let number = |bytes: &[u8]| {
        let bytes: [u8; 4] = bytes.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let previews = entries.chunks_exact(16).filter_map(|entry| {
        // The lower 24 bits are the type: large thumbnails of VGA and of full HD size.
        let edge = match number(&entry[..4])? & 0x00ff_ffff {
            0x01_0001 => 640,
            0x01_0002 => 1920,
            _ => return None,
        };
        let (length, offset) = (u64::from(number(&entry[4..8])?), u64::from(number(&entry[8..12])?));
        let start = at as u64 + offset;
        (offset > 0).then_some(Preview { at: start..start + length, edge: Some(edge) })
    });
    Some(previews.collect())
}

/// What a raw file carries for looking at it: the smallest JPEG that is here, and all that it leads to.
fn raw(head: &[u8]) -> (Option<Vec<u8>>, Previews) {
    let found = raw::previews(head);
    // A JPEG that goes on behind the beginning has its own small one in front.
    let in_front = |preview: &Preview| {
        let jpeg = head.get(usize::try_from(preview.at.start).ok()?..)?;
        thumbnail(&exif_of_block(raw::exif_in_jpeg(jpeg)?.to_vec())?)
    };
    let here = found.iter().filter_map(|preview| jpeg_at(head, &preview.at)).min_by_key(Vec::len);
    let inside = here.or_else(|| found.iter().find_map(in_front));
    (inside, Previews::worth(found, MOST_OF_RAW))
}

#[cfg(test)]
mod tests;
