//! The place in a movie: MP4 and QuickTime, of any length, of which only the headers and what may tell a place is read.
//! What goes is blanked where it lies, or becomes free space of its length, so that no sample moves.

use super::boxes::{Boxes, NotCleaned, Piece, u32_at};
use super::{PlaceStays, block::find, telemetry, without_location};
use std::borrow::Cow;
use std::io::{Read, Seek};
use std::ops::Range;

/// What a movie can begin with.
const BEGINNINGS: [&[u8; 4]; 10] =
    [b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"wide", b"free", b"skip", b"pnot", b"uuid"];
/// Space that means nothing.
const FREE: &[u8] = b"free";
static ZEROS: [u8; 1 << 16] = [0; 1 << 16];
/// More than this is not blanked in one file.
const MOST: u64 = 4 << 30;

/// Bytes of a file that take the place of as many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where they begin.
    pub at: u64,
    /// What is there afterwards.
    pub bytes: Cow<'static, [u8]>,
}

/// Whether a file is built as MP4 and QuickTime are, as far as its first bytes say. Some pictures are as well.
#[must_use]
pub fn is_movie(head: &[u8]) -> bool {
    BEGINNINGS.iter().any(|kind| head.get(4..8) == Some(kind.as_slice()))
}

/// What has to be changed in a movie so that it does not tell where it was taken; nothing, where it does not. No two overlap.
/// The same file has the same edits.
///
/// # Errors
/// The file cannot be read, or the place lies where nothing can be changed without breaking the file.
pub fn movie_edits(file: &mut (impl Read + Seek)) -> Result<Vec<Edit>, NotCleaned> {
    let mut boxes = Boxes::of(file)?;
    let mut found = Found::default();
    let all = boxes.all()?;
    for piece in &all {
        match &piece.kind {
            b"moov" => movie(&mut boxes, piece, &all, &mut found)?,
            b"meta" => metadata(&mut boxes, piece, &mut found)?,
            b"uuid" => foreign(&mut boxes, piece, &mut found)?,
            _ => {}
        }
    }
    found.edits()
}

/// What is to be changed, as it is found.
#[derive(Default)]
pub(super) struct Found {
    blank: Vec<Range<u64>>,
    edits: Vec<Edit>,
}

impl Found {
    /// A box goes, and its content with it.
    fn free(&mut self, piece: &Piece) {
        self.rename(piece);
        self.blank.push(piece.content.clone());
    }

    /// A box counts no more; its content stays.
    pub(super) fn rename(&mut self, piece: &Piece) {
        self.edits.push(Edit { at: piece.at + 4, bytes: Cow::Borrowed(FREE) });
    }

    pub(super) fn blank(&mut self, range: Range<u64>) {
        self.blank.push(range);
    }

    fn edits(mut self) -> Result<Vec<Edit>, NotCleaned> {
        self.blank.sort_by_key(|range| range.start);
        let (mut until, mut all) = (0_u64, 0_u64);
        for range in self.blank {
            let mut at = range.start.max(until);
            all += range.end.saturating_sub(at);
            if all > MOST {
                return Err(PlaceStays.into());
            }
            while at < range.end {
                let length = (range.end - at).min(ZEROS.len() as u64);
                self.edits.push(Edit { at, bytes: Cow::Borrowed(&ZEROS[..length as usize]) });
                at += length;
            }
            until = until.max(at);
        }
        self.edits.sort_by_key(|edit| edit.at);
        self.edits.dedup_by_key(|edit| edit.at);
        Ok(self.edits)
    }
}

fn movie<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    moov: &Piece,
    all: &[Piece],
    found: &mut Found,
) -> Result<(), NotCleaned> {
    let pieces = boxes.within(moov.content.clone())?;
    let in_fragments = pieces.iter().any(|piece| &piece.kind == b"mvex");
    for piece in &pieces {
        match &piece.kind {
            b"udta" => user_data(boxes, piece, found)?,
            b"meta" => metadata(boxes, piece, found)?,
            b"uuid" => foreign(boxes, piece, found)?,
            b"trak" => track(boxes, piece, in_fragments, all, found)?,
            // Dash cameras list where in the file coordinates lie among the pictures; a header that is packed tells nothing.
            b"gps " | b"cmov" => return Err(PlaceStays.into()),
            _ => {}
        }
    }
    Ok(())
}

fn track<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    trak: &Piece,
    in_fragments: bool,
    all: &[Piece],
    found: &mut Found,
) -> Result<(), NotCleaned> {
    for piece in boxes.within(trak.content.clone())? {
        match &piece.kind {
            b"udta" => user_data(boxes, &piece, found)?,
            b"meta" => metadata(boxes, &piece, found)?,
            b"mdia" if telemetry::tells_place(boxes, &piece)? => {
                // Samples lie in the fragments too, to which nothing here leads.
                if in_fragments {
                    return Err(PlaceStays.into());
                }
                telemetry::blank(boxes, &piece, all, found)?;
                found.rename(trak);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What cameras and phones write beside the tracks (QuickTime File Format, User Data Atoms; 3GPP TS 26.244, 8.10).
fn user_data<R: Read + Seek>(boxes: &mut Boxes<'_, R>, udta: &Piece, found: &mut Found) -> Result<(), NotCleaned> {
    for piece in boxes.within(udta.content.clone())? {
        match &piece.kind {
            b"\xa9xyz" | b"loci" => found.free(&piece),
            b"meta" => metadata(boxes, &piece, found)?,
            // Settings of a GoPro, in its own language.
            b"GPMF" if find(&boxes.read(piece.content.clone())?, b"GPS").is_some() => found.free(&piece),
            b"GPMF" | b"free" | b"skip" => {}
            _ => foreign(boxes, &piece, found)?,
        }
    }
    Ok(())
}

/// Values by name (QuickTime File Format, Metadata Atoms), and those of iTunes.
fn metadata<R: Read + Seek>(boxes: &mut Boxes<'_, R>, meta: &Piece, found: &mut Found) -> Result<(), NotCleaned> {
    let Range { start, end } = meta.content;
    // MP4 has a version before the first box, QuickTime has not.
    let versioned = boxes.read(start..(start + 4).min(end))? == [0; 4];
    let pieces = boxes.within(if versioned { start + 4..end } else { start..end })?;
    let mut places = Vec::new();
    for keys in pieces.iter().filter(|piece| &piece.kind == b"keys") {
        places.extend(places_among(&boxes.read(keys.content.clone())?));
    }
    for piece in &pieces {
        match &piece.kind {
            b"ilst" => {
                for item in boxes.within(piece.content.clone())? {
                    let tells = match &item.kind {
                        b"\xa9xyz" => true,
                        b"----" => named_for_place(boxes, &item)?,
                        kind => places.contains(&u32::from_be_bytes(*kind)),
                    };
                    if tells {
                        found.free(&item);
                    }
                }
            }
            b"xml " | b"uuid" => foreign(boxes, piece, found)?,
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

/// XMP, the EXIF of a preview and what else is written as in photos.
fn foreign<R: Read + Seek>(boxes: &mut Boxes<'_, R>, piece: &Piece, found: &mut Found) -> Result<(), NotCleaned> {
    let before = boxes.read(piece.content.clone())?;
    let mut after = without_location(before.clone())?;
    clear_sony_group(&mut after);
    let differs = |(one, other): (&u8, &u8)| one != other;
    let Some(first) = before.iter().zip(&after).position(differs) else { return Ok(()) };
    let last = before.iter().zip(&after).rposition(differs).unwrap_or(first);
    found.edits.push(Edit { at: piece.content.start + first as u64, bytes: after[first..=last].to_vec().into() });
    Ok(())
}

/// Sony's description of a recording in XML has a group for coordinates. Blanks between elements mean nothing.
fn clear_sony_group(text: &mut [u8]) {
    const END: &[u8] = b"</Group>";
    let Some(start) = find(text, b"<Group name=\"ExifGPS\"") else { return };
    let end = find(&text[start..], END).map_or(text.len(), |end| start + end + END.len());
    text[start..end].fill(b' ');
}

#[cfg(test)]
#[path = "movie_tests.rs"]
mod tests;
