//! Raw files of cameras: where the previews lie that the camera made for its own screen, and the EXIF that says how they stand.
//! Reads a file's beginning. What the sensor saw is left alone.

mod canon;
mod fuji;
mod olympus;
mod tiff;

pub(crate) use canon::jpeg_in;

use crate::kind::{Kind, kind_of};
use crate::preview::Preview;
use exif::{Exif, In, Tag};
use tiff::Tiff;

/// The makers' own formats, which are no TIFF to anybody else.
enum Maker<'a> {
    Canon,
    Fuji,
    /// A TIFF but for its first four bytes.
    Olympus(Tiff<'a>),
    /// Likewise.
    Panasonic(Tiff<'a>),
}

impl<'a> Maker<'a> {
    fn of(head: &'a [u8]) -> Option<Self> {
        if kind_of("", head) != Kind::Raw {
            return None;
        }
        match head.get(..4)? {
            b"FUJI" => Some(Self::Fuji),
            b"IIU\0" => Tiff::new(head).map(Self::Panasonic),
            b"IIRO" | b"IIRS" | b"MMOR" => Tiff::new(head).map(Self::Olympus),
            _ => Some(Self::Canon),
        }
    }
}

/// The JPEGs in a raw file, as far as its beginning leads to them.
pub(crate) fn previews(head: &[u8]) -> Vec<Preview> {
    let mut found = match Maker::of(head) {
        Some(Maker::Canon) => canon::previews(head),
        Some(Maker::Fuji) => fuji::previews(head),
        Some(Maker::Olympus(block)) => [block.previews(), olympus::previews(block)].concat(),
        Some(Maker::Panasonic(block)) => [block.previews(), block.panasonic_previews()].concat(),
        None => Tiff::new(head).map(Tiff::previews).unwrap_or_default(),
    };
    found.retain(|preview| preview.at.start < preview.at.end);
    for preview in &mut found {
        // What begins here says itself how large it is.
        preview.edge = frame_edge(head, preview).or(preview.edge);
    }
    found
}

fn frame_edge(head: &[u8], preview: &Preview) -> Option<u32> {
    let start = usize::try_from(preview.at.start).ok()?;
    let end = usize::try_from(preview.at.end).unwrap_or(usize::MAX).min(head.len());
    let size = imagesize::blob_size(head.get(start..end)?).ok()?;
    u32::try_from(size.width.max(size.height)).ok()
}

/// The EXIF of a raw file that is no TIFF, as one TIFF block.
pub(crate) fn exif_block(head: &[u8]) -> Option<Vec<u8>> {
    match Maker::of(head)? {
        Maker::Canon => canon::exif_block(head),
        Maker::Fuji => fuji::exif_block(head).map(<[u8]>::to_vec),
        Maker::Olympus(block) | Maker::Panasonic(block) => Some(block.with_plain_mark()),
    }
}

/// The pixels across and down of the largest picture in a TIFF whose first one is a reduced one of another, as those of cameras
/// are; as they are stored.
pub(crate) fn largest_in_tiff(head: &[u8]) -> Option<(u32, u32)> {
    Tiff::new(head)?.largest()
}

/// The pixels across and down that the camera says its picture has, as they are stored.
pub(crate) fn size(exif: &Exif) -> Option<(u32, u32)> {
    let number = |tag| exif.get_field(tag, In::PRIMARY)?.value.get_uint(0).filter(|number| *number > 0);
    let size = |across, down| number(across).zip(number(down));
    size(Tag::PixelXDimension, Tag::PixelYDimension).or_else(|| size(Tag::ImageWidth, Tag::ImageLength))
}

/// The EXIF of a JPEG that begins here and may be cut.
pub(crate) fn exif_in_jpeg(jpeg: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"Exif\0\0";
    /// It is the first segment, or follows a short one.
    const LATEST: usize = 256;
    let at = memchr::memmem::find(&jpeg[..jpeg.len().min(LATEST)], NAME)?;
    Some(&jpeg[at + NAME.len()..])
}

#[cfg(test)]
mod tests;
