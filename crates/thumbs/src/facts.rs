//! What the beginning of a picture's file says of it: its size, when and with which orientation it was taken, and whether it
//! tells where. Decodes no pixels; anything missing or broken is simply not known.

use crate::kind::{Kind, kind_of};
use crate::location::has_location;
use crate::raw;
use exif::{Exif, In, Reader, Tag, Value};
use image::metadata::Orientation;
use std::io::Cursor;
use time::{Date, Month, PrimitiveDateTime, Time};

/// Bytes of a file's beginning that hold these facts in almost every picture that a camera or phone wrote: a JPEG's EXIF ends
/// within its first 64 KiB, and its frame follows.
pub const HEAD_BYTES: u64 = 64 << 10;

/// What is known of a picture beside its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Pixels across and down, as it is looked at: upright.
    pub size: Option<(u32, u32)>,
    /// When it was taken.
    pub taken: Option<Taken>,
    /// It tells where it was taken.
    pub has_location: bool,
}

/// A moment by the clock of the camera (EXIF 2.32, DateTimeOriginal and OffsetTimeOriginal).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// Milliseconds from 1970-01-01 00:00 to this reading of the clock, both in the camera's own time.
    pub clock: i64,
    /// Minutes that the camera's time is ahead of UTC, where it said so.
    pub offset: Option<i16>,
}

/// Reads the facts from a file's first bytes; [`HEAD_BYTES`] of them, or the whole file where it is shorter.
#[must_use]
pub fn facts(head: &[u8]) -> Facts {
    let kind = kind_of("", head);
    let exif = exif_of(head);
    let size = stored_size(head, kind, exif.as_ref());
    let turned = exif.as_ref().is_some_and(|exif| kind != Kind::Heic && is_sideways(orientation(exif)));
    Facts {
        size: size.map(|(width, height)| if turned { (height, width) } else { (width, height) }),
        taken: exif.as_ref().and_then(taken),
        has_location: has_location(head),
    }
}

/// Pixels across and down, as they are stored.
pub(crate) fn stored_size(head: &[u8], kind: Kind, exif: Option<&Exif>) -> Option<(u32, u32)> {
    if kind == Kind::Raw {
        return exif.and_then(raw::size);
    }
    if let Some(size) = raw::largest_in_tiff(head).filter(|_| kind == Kind::Tiff) {
        return Some(size);
    }
    let size = imagesize::blob_size(head).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)).filter(|(w, h)| *w > 0 && *h > 0)
}

/// The EXIF of a file or of its beginning, as far as it can be read.
pub(crate) fn exif_of(bytes: &[u8]) -> Option<Exif> {
    if let Some(block) = raw::exif_block(bytes) {
        return exif_of_block(block);
    }
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_from_container(&mut Cursor::new(bytes));
    read.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// The EXIF in a TIFF block, as far as it can be read.
pub(crate) fn exif_of_block(block: Vec<u8>) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    reader.read_raw(block).or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// How the pixels must be turned to stand upright. Out of range means that they do already.
pub(crate) fn orientation(exif: &Exif) -> Orientation {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    value
        .and_then(|value| u8::try_from(value).ok())
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms)
}

fn is_sideways(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            true
        }
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

fn taken(exif: &Exif) -> Option<Taken> {
    let ascii = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().cloned(),
        _ => None,
    };
    let pairs = [(Tag::DateTimeOriginal, Tag::OffsetTimeOriginal), (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized)];
    pairs.into_iter().find_map(|(time, offset)| {
        let mut read = exif::DateTime::from_ascii(&ascii(time)?).ok()?;
        if let Some(offset) = ascii(offset) {
            // An offset that makes no sense leaves the time what it is.
            let _not_known = read.parse_offset(&offset);
        }
        Taken::of(&read)
    })
}

impl Taken {
    fn of(read: &exif::DateTime) -> Option<Self> {
        let month = Month::try_from(read.month).ok()?;
        let date = Date::from_calendar_date(i32::from(read.year), month, read.day).ok()?;
        // Cameras whose clock was never set write zeros, which no calendar has; a year before photography is as empty.
        let date = Some(date).filter(|date| date.year() >= 1826)?;
        let time = Time::from_hms(read.hour, read.minute, read.second.min(59)).ok()?;
        let since = PrimitiveDateTime::new(date, time).assume_utc() - time::OffsetDateTime::UNIX_EPOCH;
        let clock = i64::try_from(since.whole_milliseconds()).ok()?;
        Some(Self { clock, offset: read.offset.filter(|minutes| minutes.abs() <= 14 * 60) })
    }
}

#[cfg(test)]
mod tests;
