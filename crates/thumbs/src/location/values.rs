//! Values by name (QuickTime File Format, Metadata Atoms), and those of iTunes.

use super::block::find;
use super::boxes::{Boxes, NotCleaned, Piece, u32_at};
use super::edits::Found;
use super::movie::{foreign, parts};
use std::io::{Read, Seek};
use std::ops::Range;

/// Looks through a box of values and what lies beside them.
pub(super) fn metadata<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    meta: &Piece,
    found: &mut Found,
) -> Result<(), NotCleaned> {
    let Range { start, end } = meta.content;
    // MP4 has a version before the first box, QuickTime has not.
    let versioned = boxes.read(start..(start + 4).min(end))? == [0; 4];
    let pieces = parts(boxes, if versioned { start + 4..end } else { start..end }, found)?;
    let mut places = Vec::new();
    for keys in pieces.iter().filter(|piece| &piece.kind == b"keys") {
        places.extend(places_among(&boxes.read(keys.content.clone())?));
    }
    for piece in &pieces {
        match &piece.kind {
            b"ilst" => {
                for item in parts(boxes, piece.content.clone(), found)? {
                    let tells = match &item.kind {
                        b"\xa9xyz" => true,
                        b"----" => named_for_place(boxes, &item)?,
                        kind => places.contains(&u32::from_be_bytes(*kind)),
                    };
                    if tells {
                        found.free(&item);
                    } else {
                        // Comments with coordinates in them, covers with EXIF.
                        foreign(boxes, &item, found)?;
                    }
                }
            }
            // What HEIF keeps there are items, of which EXIF is one.
            b"xml " | b"uuid" | b"idat" => foreign(boxes, piece, found)?,
            b"free" | b"skip" => found.space(boxes, piece.content.clone())?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether a value that a program named itself, as iTunes lets it, is called after a place.
fn named_for_place<R: Read + Seek>(boxes: &mut Boxes<'_, R>, item: &Piece) -> Result<bool, NotCleaned> {
    for piece in boxes.within(item.content.clone())? {
        if &piece.kind == b"name" && names_place(&boxes.read(piece.content)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The numbers, from 1, of the keys that name a place: `com.apple.quicktime.location.ISO6709` and its like.
fn places_among(keys: &[u8]) -> Vec<u32> {
    let (mut at, mut number, mut places) = (8, 0, Vec::new());
    while let Some(entry) = keys.get(at..).filter(|rest| rest.len() >= 8) {
        let size = u32_at(entry, 0) as usize;
        let Some(name) = entry.get(8..size) else { break };
        number += 1;
        if names_place(name) {
            places.push(number);
        }
        at += size;
    }
    places
}

/// Whether a text has a word for a place in it.
pub(super) fn names_place(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    [&b"location"[..], b"gps", b"latitude", b"longitude"].iter().any(|word| find(&name, word).is_some())
}
