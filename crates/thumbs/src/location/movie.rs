//! The place in a movie: MP4 and QuickTime, of any length, of which only the headers and what may tell a place is read.
//! What goes is blanked where it lies, or becomes free space of its length, so that no sample moves.

use super::boxes::{Boxes, NotCleaned, Piece, behind, u32_at};
use super::edits::{Edit, Found};
use super::{PlaceStays, block::find, plain_without_location, telemetry};
use crate::kind::{Kind, kind_of};
use std::io::{Cursor, Read, Seek};
use std::ops::Range;

/// What a movie can begin with.
const BEGINNINGS: [&[u8; 4]; 10] =
    [b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"wide", b"free", b"skip", b"pnot", b"uuid"];
/// What is played, and what leads to it (ISO/IEC 14496-12, 8; QuickTime File Format): it tells no place, or is looked into.
const PLAYED: [&[u8; 4]; 16] = [
    b"ftyp", b"styp", b"pdin", b"moov", b"moof", b"mdat", b"imda", b"mfra", b"sidx", b"ssix", b"prft", b"wide",
    b"pnot", b"PICT", b"uuid", b"meta",
];

/// What a file has that has something to play.
const MEDIA: [&[u8; 4]; 3] = [b"moov", b"moof", b"mdat"];
/// Garmin's coordinates, in a box with a name of its own.
const GARMIN: [u8; 16] =
    [0x9b, 0x63, 0x0f, 0x8d, 0x63, 0x74, 0x40, 0xec, 0x82, 0x04, 0xbc, 0x5f, 0xf5, 0x09, 0x17, 0x28];
/// What is read to tell a movie from a text that says "free".
const BEGINNING: u64 = 1 << 10;

/// Whether a file is built as MP4 and QuickTime are, as far as its first bytes say. Some pictures are as well.
#[must_use]
pub fn is_movie(head: &[u8]) -> bool {
    let begins = BEGINNINGS.iter().any(|kind| head.get(4..8) == Some(kind.as_slice()));
    begins && !matches!(kind_of("", head), Kind::Text | Kind::Svg | Kind::Html)
}

/// Whether a movie tells where it was taken, or has what nobody knows.
///
/// # Errors
/// As [`movie_edits`].
pub fn movie_tells_place(file: &mut (impl Read + Seek)) -> Result<bool, NotCleaned> {
    looked_over(file).map(|found| found.tells_place)
}

/// What has to be changed in a movie so that it does not tell where it was taken; nothing, where it does not. No two overlap.
/// The same file has the same edits.
///
/// # Errors
/// The file cannot be read, or the place lies where nothing can be changed without breaking the file.
pub fn movie_edits(file: &mut (impl Read + Seek)) -> Result<Vec<Edit>, NotCleaned> {
    looked_over(file)?.edits()
}

fn looked_over(file: &mut (impl Read + Seek)) -> Result<Found, NotCleaned> {
    let mut boxes = Boxes::of(file)?;
    let whole = boxes.whole();
    if !is_movie(&boxes.read(0..BEGINNING)?) {
        return Ok(Found::default());
    }
    let (all, mut found) = (boxes.within(whole.clone())?, Found::default());
    let is_media = |piece: &Piece| MEDIA.contains(&&piece.kind);
    match all.first() {
        // It only begins as a movie does; where it may be one, it was cut off before there was anything to play.
        Some(first) if first.is_cut && !is_media(first) => return Ok(found),
        Some(first) if first.is_cut && &first.kind != b"mdat" => return Err(PlaceStays.into()),
        _ => {}
    }
    // Built as a movie is, and none: a picture of a kind that nobody knows has its place among its pixels.
    if !all.iter().any(is_media) && all.iter().any(|piece| &piece.kind == b"meta" || !PLAYED.contains(&&piece.kind)) {
        return Err(PlaceStays.into());
    }
    told(&mut boxes, &all, &mut found)?;
    for piece in all.iter().filter(|piece| !PLAYED.contains(&&piece.kind)) {
        let is_box = !piece.is_cut && piece.kind.iter().all(|byte| matches!(byte, b' '..=b'~' | 0xa9));
        match &piece.kind {
            // Where the one before is shorter than it says, this is not space but the middle of what is played.
            _ if !is_box => return Err(PlaceStays.into()),
            b"free" | b"skip" => found.space(&mut boxes, piece.content.clone())?,
            // Nobody knows what a maker has put there, and no player reads it.
            _ => found.free(piece),
        }
    }
    // Cameras with two lenses write there where they were.
    if !boxes.is_blank(behind(&all, &whole))? {
        return Err(PlaceStays.into());
    }
    Ok(found)
}

/// As [`movie_edits`], of a movie in a picture: as the picture's own sequence, or at its end, where other things may follow.
pub(super) fn edits_in_picture(bytes: &[u8]) -> Result<Vec<Edit>, NotCleaned> {
    let mut file = Cursor::new(bytes);
    let mut boxes = Boxes::of(&mut file)?;
    let (all, mut found) = (boxes.within(boxes.whole())?, Found::default());
    if all.iter().any(|piece| &piece.kind == b"moov") {
        told(&mut boxes, &all, &mut found)?;
    }
    found.edits()
}

/// What the boxes tell that are known to tell places.
fn told<R: Read + Seek>(boxes: &mut Boxes<'_, R>, all: &[Piece], found: &mut Found) -> Result<(), NotCleaned> {
    let media: Vec<Range<u64>> =
        all.iter().filter(|piece| &piece.kind == b"mdat").map(|piece| piece.content.clone()).collect();
    for piece in all {
        match &piece.kind {
            b"moov" => movie(boxes, piece, &media, found)?,
            b"meta" => metadata(boxes, piece, found)?,
            b"uuid" => foreign(boxes, piece, found)?,
            _ => {}
        }
    }
    Ok(())
}

/// The boxes in one that may tell a place. What follows them is no box, so that nobody reads it: it goes.
fn parts<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    range: Range<u64>,
    found: &mut Found,
) -> Result<Vec<Piece>, NotCleaned> {
    let pieces = boxes.within(range.clone())?;
    found.space(boxes, behind(&pieces, &range))?;
    Ok(pieces)
}

fn movie<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    moov: &Piece,
    media: &[Range<u64>],
    found: &mut Found,
) -> Result<(), NotCleaned> {
    let pieces = parts(boxes, moov.content.clone(), found)?;
    let in_fragments = pieces.iter().any(|piece| &piece.kind == b"mvex");
    for piece in &pieces {
        match &piece.kind {
            b"udta" => user_data(boxes, piece, found)?,
            b"meta" => metadata(boxes, piece, found)?,
            b"uuid" => foreign(boxes, piece, found)?,
            b"trak" => track(boxes, piece, in_fragments, media, found)?,
            b"free" | b"skip" => found.space(boxes, piece.content.clone())?,
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
    media: &[Range<u64>],
    found: &mut Found,
) -> Result<(), NotCleaned> {
    for piece in parts(boxes, trak.content.clone(), found)? {
        match &piece.kind {
            b"udta" => user_data(boxes, &piece, found)?,
            b"meta" => metadata(boxes, &piece, found)?,
            b"uuid" => foreign(boxes, &piece, found)?,
            b"free" | b"skip" => found.space(boxes, piece.content)?,
            b"mdia" if telemetry::tells_place(boxes, &piece)? => {
                // Samples lie in the fragments too, to which nothing here leads.
                if in_fragments {
                    return Err(PlaceStays.into());
                }
                telemetry::blank(boxes, &piece, media, found)?;
                found.free(trak);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What cameras and phones write beside the tracks (QuickTime File Format, User Data Atoms; 3GPP TS 26.244, 8.10).
fn user_data<R: Read + Seek>(boxes: &mut Boxes<'_, R>, udta: &Piece, found: &mut Found) -> Result<(), NotCleaned> {
    for piece in parts(boxes, udta.content.clone(), found)? {
        match &piece.kind {
            // With `@` it is Ricoh's.
            b"\xa9xyz" | b"@xyz" | b"loci" => found.free(&piece),
            b"meta" => metadata(boxes, &piece, found)?,
            // Settings of a GoPro, in its own language.
            b"GPMF" if find(&boxes.read(piece.content.clone())?, b"GPS").is_some() => found.free(&piece),
            b"GPMF" => {}
            b"free" | b"skip" => found.space(boxes, piece.content)?,
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
                    }
                }
            }
            b"xml " | b"uuid" => foreign(boxes, piece, found)?,
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

/// XMP, the EXIF of a preview and what else is written as in photos.
fn foreign<R: Read + Seek>(boxes: &mut Boxes<'_, R>, piece: &Piece, found: &mut Found) -> Result<(), NotCleaned> {
    let before = boxes.read(piece.content.clone())?;
    if &piece.kind == b"uuid" && before.starts_with(&GARMIN) {
        found.free(piece);
        return Ok(());
    }
    let mut after = plain_without_location(before.clone())?;
    clear_sony_group(&mut after);
    let differs = |(one, other): (&u8, &u8)| one != other;
    let Some(first) = before.iter().zip(&after).position(differs) else { return Ok(()) };
    let last = before.iter().zip(&after).rposition(differs).unwrap_or(first);
    found.replace(piece.content.start + first as u64, after[first..=last].to_vec());
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
