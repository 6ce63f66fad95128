//! The previews of Olympus and OM System, to which only the maker's own note in the EXIF leads.

use super::tiff::{Entry, Tiff};
use crate::preview::Preview;
use std::ops::Range;

const EXIF: u16 = 0x8769;
const MAKER_NOTE: u16 = 0x927c;
/// A small JPEG, as the value of an entry.
const THUMBNAIL: u16 = 0x0100;
const CAMERA_SETTINGS: u16 = 0x2020;
/// In the settings: where the preview begins, and how long it is.
const PREVIEW: [u16; 2] = [0x0101, 0x0102];

pub(super) fn previews(block: Tiff<'_>) -> Vec<Preview> {
    let Some((at, note, first)) = maker_note(block) else { return Vec::new() };
    let directory = note.directory(first);
    let thumbnail = directory.find(THUMBNAIL).and_then(Entry::span);
    let settings = directory.find(CAMERA_SETTINGS).map(|entry| note.directory(entry.value));
    let preview = settings.and_then(|settings| note.pair(&settings, PREVIEW));
    let in_file = |span: Range<u64>| Preview { at: span.start + at..span.end + at, edge: None };
    [thumbnail, preview].into_iter().flatten().map(in_file).collect()
}

/// The note: from where its places count, itself, and where its directory lies.
fn maker_note(block: Tiff<'_>) -> Option<(u64, Tiff<'_>, u32)> {
    let exif = block.directory(block.first_value(EXIF)?);
    let at = usize::try_from(exif.find(MAKER_NOTE)?.value).ok()?;
    let bytes = block.bytes.get(at..)?;
    let (from, note, first) = if bytes.starts_with(b"OLYMPUS\0") {
        (at, block.inner(at, bytes.get(8..10)?)?, 12)
    } else if bytes.starts_with(b"OM SYSTEM\0") {
        (at, block.inner(at, bytes.get(12..14)?)?, 16)
    } else if bytes.starts_with(b"OLYMP\0") {
        // The oldest count from the beginning of the file.
        (0, block, u32::try_from(at).ok()?.checked_add(8)?)
    } else {
        return None;
    };
    Some((from as u64, note, first))
}
