//! Canon's CR3: built as a movie is (ISO/IEC 14496-12), with EXIF and a small JPEG in a box of the maker's own, a larger JPEG in
//! another one behind what is in the beginning, and one with every pixel as the sample of the first track.

use super::tiff::Tiff;
use crate::preview::Preview;
use std::ops::Range;

/// The box in the movie's header that holds what the camera knows.
const KNOWN: [u8; 16] = *b"\x85\xc0\xb6\x87\x82\x0f\x11\xe0\x81\x11\xf4\xce\x46\x2b\x6a\x48";
/// The box behind the header that holds the larger JPEG.
const PREVIEW: [u8; 16] = *b"\xea\xf4\x2b\x5e\x1c\x98\x4b\x88\xb9\xfb\xb7\xdc\x40\x6e\x4d\x16";
/// The number of that box in the camera's table of boxes.
const PREVIEW_NUMBER: u32 = 2;
/// Boxes side by side that are looked at.
const MOST: usize = 64;
/// Pointers of EXIF's first directory to the others.
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;

/// The boxes side by side in a range of the beginning; what is cut is as long as what came.
fn boxes(bytes: &[u8], range: Range<usize>) -> Vec<([u8; 4], Range<usize>)> {
    let (mut found, mut at) = (Vec::new(), range.start);
    let end = range.end.min(bytes.len());
    while found.len() < MOST && at < end {
        let Some((size, kind)) = number(bytes, at, 4).zip(bytes.get(at + 4..).and_then(|rest| rest.first_chunk()))
        else {
            break;
        };
        let (size, header) = if size == 1 { (number(bytes, at + 8, 8).unwrap_or(0), 16) } else { (size, 8) };
        let Some(size) = usize::try_from(size).ok().filter(|size| *size >= header) else { break };
        let next = at.saturating_add(size);
        found.push((*kind, (at + header).min(end)..next.min(end)));
        at = next;
    }
    found
}

/// The first box of a kind, along a path.
fn find(bytes: &[u8], range: Range<usize>, path: &[&[u8; 4]]) -> Option<Range<usize>> {
    path.iter().try_fold(range, |range, kind| {
        boxes(bytes, range).into_iter().find_map(|(found, content)| (found == **kind).then_some(content))
    })
}

/// What the camera knows, behind the name of its box.
fn known(head: &[u8]) -> Option<Range<usize>> {
    let movie = find(head, 0..head.len(), &[b"moov"])?;
    boxes(head, movie).into_iter().find_map(|(kind, content)| {
        let is_known = &kind == b"uuid" && head.get(content.clone())?.starts_with(&KNOWN);
        is_known.then(|| content.start + KNOWN.len()..content.end)
    })
}

pub(super) fn previews(head: &[u8]) -> Vec<Preview> {
    let small = known(head).and_then(|known| thumbnail(head, known));
    let larger = known(head).and_then(|known| preview_box(head, known));
    [small, larger, whole_picture(head)].into_iter().flatten().collect()
}

/// Version, width, height, length, two more numbers, and a JPEG.
fn thumbnail(head: &[u8], known: Range<usize>) -> Option<Preview> {
    let start = find(head, known, &[b"THMB"])?.start;
    let at = start as u64 + 16;
    Some(Preview { at: at..at + number(head, start + 8, 4)?, edge: None })
}

/// The box of the larger JPEG, by the camera's table; what is around the JPEG in it goes when it is here: [`jpeg_in`].
fn preview_box(head: &[u8], known: Range<usize>) -> Option<Preview> {
    let table = head.get(find(head, known, &[b"CTBO"])?)?;
    let rows = table.get(4..)?.as_chunks::<20>().0;
    let row = rows.iter().find(|row| number(*row, 0, 4) == Some(PREVIEW_NUMBER.into()))?;
    let start = number(row, 4, 8)?;
    Some(Preview { at: start..start.checked_add(number(row, 12, 8)?)?, edge: None })
}

/// The JPEG that is the only sample of the first track.
fn whole_picture(head: &[u8]) -> Option<Preview> {
    let track = find(head, 0..head.len(), &[b"moov", b"trak", b"mdia", b"minf", b"stbl"])?;
    let entry = find(head, track.clone(), &[b"stsd"])?.start + 8;
    let described = head.get(entry..).filter(|entry| entry.get(4..8) == Some(b"CRAW"))?;
    // Other tracks hold what the sensor saw, under the same name.
    memchr::memmem::find(&described[..described.len().min(number(described, 0, 4)? as usize)], b"JPEG")?;
    let edge = number(described, 32, 2).max(number(described, 34, 2));
    let table = |kind| head.get(find(head, track.clone(), &[kind])?);
    // One size for all, or one each.
    let sizes = table(b"stsz")?;
    let size = number(sizes, 4, 4).filter(|size| *size > 0).or_else(|| number(sizes, 12, 4))?;
    let start = match table(b"co64") {
        Some(table) => number(table, 8, 8)?,
        None => number(table(b"stco")?, 8, 4)?,
    };
    Some(Preview { at: start..start.checked_add(size)?, edge: edge.and_then(|edge| u32::try_from(edge).ok()) })
}

/// Where the JPEG lies in what was fetched for a preview: all of it, or what is in the maker's box.
pub(crate) fn jpeg_in(fetched: &[u8]) -> Range<usize> {
    let boxed = || {
        let at = fetched.get(4..8).filter(|kind| *kind == b"uuid").map(|_| 8 + PREVIEW.len())?;
        fetched.get(8..at).filter(|name| *name == PREVIEW)?;
        let inner = at + memchr::memmem::find(fetched.get(at..at + 24)?, b"PRVW")? + 4;
        let length = usize::try_from(number(fetched, inner + 12, 4)?).ok()?;
        let end = (inner + 16).checked_add(length)?.min(fetched.len());
        fetched.get(inner + 16..end)?.starts_with(b"\xff\xd8\xff").then_some(inner + 16..end)
    };
    boxed().unwrap_or(0..fetched.len())
}

/// One block of EXIF from the camera's three, each of which is a TIFF of its own.
pub(super) fn exif_block(head: &[u8]) -> Option<Vec<u8>> {
    let known = known(head)?;
    let part = |kind| head.get(find(head, known.clone(), &[kind])?);
    let first = Tiff::new(part(b"CMT1")?)?;
    let mut block = first.bytes.to_vec();
    let mut entries: Vec<Vec<u8>> = Vec::new();
    for entry in first.directory(first.first()).entries {
        entries.push(first.bytes[entry.at..entry.at + 12].to_vec());
    }
    for (pointer, kind) in [(EXIF, b"CMT2"), (GPS, b"CMT4")] {
        let Some(other) = part(kind).filter(|other| other.get(..4) == first.bytes.get(..4)).and_then(Tiff::new) else {
            continue;
        };
        block.resize(block.len().next_multiple_of(2), 0);
        let from = u32::try_from(block.len()).ok()?;
        block.extend_from_slice(other.bytes);
        for entry in other.directory(other.first()).entries {
            if entry.span().is_some() {
                let at = from as usize + entry.at + 8;
                block[at..at + 4].copy_from_slice(&first.written(entry.value.checked_add(from)?));
            }
        }
        let at = first.written(other.first().checked_add(from)?);
        entries.push([&first.written_short(pointer)[..], &first.written_short(4), &first.written(1), &at].concat());
    }
    block.resize(block.len().next_multiple_of(2), 0);
    let at = first.written(u32::try_from(block.len()).ok()?);
    block.get_mut(4..8)?.copy_from_slice(&at);
    block.extend(first.written_short(u16::try_from(entries.len()).ok()?));
    block.extend(entries.concat());
    block.extend([0; 4]);
    Some(block)
}

/// A number of at most eight bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |number, digit| (number << 8) | u64::from(*digit)))
}
