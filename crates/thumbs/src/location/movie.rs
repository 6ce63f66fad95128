//! The place in a movie: MP4 and QuickTime, and by another way Matroska, of any length, of which only the headers and what may tell a place is read.
//! What goes is blanked where it lies, or becomes free space of its length, so that no sample moves.

use super::boxes::{Boxes, NotCleaned, Piece, behind};
use super::edits::{Edit, Found};
use super::values::metadata;
use super::{PlaceStays, block::find, makers, matroska, plain_without_location, telemetry};
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

/// Whether a file is built as MP4 and QuickTime are, or Matroska and WebM, as far as its first bytes say. Some pictures are as
/// the former.
#[must_use]
pub fn is_movie(head: &[u8]) -> bool {
    if matroska::is_matroska(head) {
        return true;
    }
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
    let (beginning, mut found) = (boxes.read(0..BEGINNING)?, Found::default());
    if !is_movie(&beginning) {
        return Ok(found);
    }
    if matroska::is_matroska(&beginning) {
        matroska::look(&mut boxes, &mut found)?;
        return Ok(found);
    }
    let all = boxes.within(whole.clone())?;
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
pub(super) fn parts<R: Read + Seek>(
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
            b"mvhd" | b"mvex" | b"iods" | b"pssh" | b"clip" | b"ctab" => {}
            _ => foreign(boxes, piece, found)?,
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
            b"mdia" | b"tkhd" | b"edts" | b"tref" | b"clip" | b"matt" => {}
            _ => foreign(boxes, &piece, found)?,
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
            b"NCDT" => {
                for place in makers::nikon_places(&boxes.read(piece.content.clone())?) {
                    let at = piece.content.start;
                    found.zero(at + place.start as u64..at + place.end as u64);
                }
            }
            b"free" | b"skip" => found.space(boxes, piece.content)?,
            _ => foreign(boxes, &piece, found)?,
        }
    }
    Ok(())
}

/// What makers and programs write in ways of their own, or as in photos.
pub(super) fn foreign<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    piece: &Piece,
    found: &mut Found,
) -> Result<(), NotCleaned> {
    let content = boxes.read(piece.content.clone())?;
    let is_garmin = &piece.kind == b"uuid" && content.starts_with(&GARMIN);
    if is_garmin || makers::tells_place(piece.kind, &content) {
        found.free(piece);
        return Ok(());
    }
    as_in_photos(boxes, piece.content.clone(), found).map(drop)
}

/// Takes XMP, the EXIF of a preview and what else is written as in photos out of a range; returns whether there was any.
pub(super) fn as_in_photos<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    range: Range<u64>,
    found: &mut Found,
) -> Result<bool, NotCleaned> {
    let before = boxes.read(range.clone())?;
    let mut after = plain_without_location(before.clone())?;
    clear_sony_group(&mut after);
    let differs = |(one, other): (&u8, &u8)| one != other;
    let Some(first) = before.iter().zip(&after).position(differs) else { return Ok(false) };
    let last = before.iter().zip(&after).rposition(differs).unwrap_or(first);
    found.replace(range.start + first as u64, after[first..=last].to_vec());
    Ok(true)
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
