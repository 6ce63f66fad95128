//! The tracks in which cameras write where they are while they film: whatever is neither picture, sound, time nor title. Such a
//! track goes as a whole: its samples are blanked, and its box becomes free space.

use super::PlaceStays;
use super::boxes::{Boxes, NotCleaned, Piece, u32_at};
use super::edits::{Found, MOST_RANGES};
use super::titles;
use super::values::names_place;
use std::io::{Read, Seek};
use std::ops::Range;

/// What a track of this handler holds is shown or heard (ISO/IEC 14496-12, 8.4.3; 23008-12, 7; QuickTime File Format).
const SHOWN: [&[u8]; 16] = [
    b"vide", b"soun", b"tmcd", b"pict", b"auxv", b"subp", b"MPEG", b"musi", b"sprt", b"twen", b"qd3d", b"flsh",
    b"odsm", b"sdsm", b"crsm", b"ocsm",
];
/// Titles, in which drones and dash cameras write where they are as text.
const TITLES: [&[u8]; 4] = [b"text", b"sbtl", b"subt", b"clcp"];
/// How samples are written that hold coordinates, whatever their handler says: GoPro, Sony, Google's camera motion, DJI.
const KINDS: [&[u8; 4]; 5] = [b"gpmd", b"rtmd", b"camm", b"djmd", b"dbgi"];
/// What is read of a title.
const TITLE: u64 = 4 << 10;
/// Titles that are read: the first come before there is a fix.
const FIRST_TITLES: usize = 32;

/// Whether a track's media tell places.
pub(super) fn tells_place<R: Read + Seek>(boxes: &mut Boxes<'_, R>, mdia: &Piece) -> Result<bool, NotCleaned> {
    let handler = handler(boxes, mdia)?;
    let (shown, title) = (SHOWN.contains(&&handler[..]), TITLES.contains(&&handler[..]));
    let Some(table) = Table::of(boxes, mdia)? else { return Ok(!shown && !title) };
    for entry in table.described(boxes)? {
        let told = match &entry.kind {
            kind if KINDS.contains(&kind) => true,
            _ if shown || title => false,
            // Timed metadata of QuickTime name in their description what they hold.
            b"mebx" => names_place(&boxes.read(entry.content)?),
            // What a GoPro knows of its own recording.
            b"fdsc" => false,
            _ => &handler != b"hint",
        };
        if told {
            return Ok(true);
        }
    }
    if title {
        for chunk in table.chunks(boxes)?.into_iter().take(FIRST_TITLES) {
            if titles::tell_place(&boxes.read(chunk.start..chunk.end.min(chunk.start.saturating_add(TITLE)))?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What a track's media are for; zeros where it does not say.
fn handler<R: Read + Seek>(boxes: &mut Boxes<'_, R>, mdia: &Piece) -> Result<[u8; 4], NotCleaned> {
    let media = boxes.within(mdia.content.clone())?;
    let Some(Piece { content: Range { start, end }, .. }) = find_in(&media, b"hdlr") else { return Ok([0; 4]) };
    // Behind a version, and the kind of component that only QuickTime knows.
    let told = boxes.read((start + 8).min(*end)..(start + 12).min(*end))?;
    Ok(told.first_chunk().copied().unwrap_or_default())
}

/// Blanks the samples of a track.
///
/// # Errors
/// They lie where other things may lie as well, or there are more than any camera writes.
pub(super) fn blank<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    mdia: &Piece,
    media: &[Range<u64>],
    found: &mut Found,
) -> Result<(), NotCleaned> {
    let Some(table) = Table::of(boxes, mdia)? else { return Ok(()) };
    if table.elsewhere {
        return Err(PlaceStays.into());
    }
    for chunk in table.chunks(boxes)? {
        let next = media.partition_point(|media| media.end < chunk.end);
        if media.get(next).is_none_or(|media| chunk.start < media.start) {
            return Err(PlaceStays.into());
        }
        found.blank(chunk)?;
    }
    Ok(())
}

/// The boxes that say where a track's samples lie (ISO/IEC 14496-12, 8.7).
struct Table {
    pieces: Vec<Piece>,
    /// Samples lie in another file.
    elsewhere: bool,
}

impl Table {
    fn of<R: Read + Seek>(boxes: &mut Boxes<'_, R>, mdia: &Piece) -> Result<Option<Self>, NotCleaned> {
        let media = boxes.within(mdia.content.clone())?;
        let Some(information) = find_in(&media, b"minf") else { return Ok(None) };
        let parts = boxes.within(information.content.clone())?;
        let Some(table) = find_in(&parts, b"stbl") else { return Ok(None) };
        let mut elsewhere = false;
        if let Some(dinf) = find_in(&parts, b"dinf") {
            for dref in boxes.within(dinf.content.clone())? {
                let Range { start, end } = dref.content;
                for source in boxes.within((start + 8).min(end)..end)? {
                    let flags = boxes.read(source.content.start..source.content.start + 4)?;
                    elsewhere |= u32_at(&flags, 0) & 1 == 0;
                }
            }
        }
        Ok(Some(Self { pieces: boxes.within(table.content.clone())?, elsewhere }))
    }

    /// How the samples are written (8.5.2).
    fn described<R: Read + Seek>(&self, boxes: &mut Boxes<'_, R>) -> Result<Vec<Piece>, NotCleaned> {
        let Some(described) = self.find(b"stsd") else { return Ok(Vec::new()) };
        let Range { start, end } = described.content;
        boxes.within((start + 8).min(end)..end)
    }

    fn find(&self, kind: &[u8; 4]) -> Option<&Piece> {
        find_in(&self.pieces, kind)
    }

    fn read<R: Read + Seek>(&self, boxes: &mut Boxes<'_, R>, kind: &[u8; 4]) -> Result<Option<Vec<u8>>, NotCleaned> {
        self.find(kind).map(|piece| boxes.read(piece.content.clone())).transpose()
    }

    /// Where each chunk of samples lies.
    fn chunks<R: Read + Seek>(&self, boxes: &mut Boxes<'_, R>) -> Result<Vec<Range<u64>>, NotCleaned> {
        let starts: Vec<u64> = match (self.read(boxes, b"stco")?, self.read(boxes, b"co64")?) {
            (Some(table), _) => entries::<4>(&table).map(|start| u32_at(start, 0).into()).collect(),
            (None, Some(table)) => entries::<8>(&table).map(|start| u64::from_be_bytes(*start)).collect(),
            (None, None) => Vec::new(),
        };
        if starts.is_empty() {
            return Ok(Vec::new());
        }
        if starts.len() > MOST_RANGES {
            return Err(PlaceStays.into());
        }
        let (Some(sizes), Some(runs)) = (self.read(boxes, b"stsz")?, self.read(boxes, b"stsc")?) else {
            return Err(PlaceStays.into());
        };
        let mut sizes = Sizes::of(&sizes);
        let mut runs = entries::<12>(&runs).map(|run| (u32_at(run, 0), u32_at(run, 4))).peekable();
        let (mut chunks, mut samples) = (Vec::with_capacity(starts.len()), 0);
        for (number, start) in (1..).zip(starts) {
            while let Some((_, of_run)) = runs.next_if(|(first, _)| *first <= number) {
                samples = of_run;
            }
            let length = sizes.next(samples).ok_or(PlaceStays)?;
            chunks.push(start..start.checked_add(length).ok_or(PlaceStays)?);
        }
        Ok(chunks)
    }
}

fn find_in<'a>(pieces: &'a [Piece], kind: &[u8; 4]) -> Option<&'a Piece> {
    pieces.iter().find(|piece| &piece.kind == kind)
}

/// The rows of a table behind its version and their count, as many as there are.
fn entries<const SIZE: usize>(table: &[u8]) -> impl Iterator<Item = &[u8; SIZE]> {
    let (rows, _) = table.get(8..).unwrap_or_default().as_chunks::<SIZE>();
    rows.iter().take(u32_at(table, 4) as usize)
}

/// How long samples are: one length for all, or one each.
enum Sizes<'a> {
    Same { size: u64, left: u64 },
    Each(Box<dyn Iterator<Item = u64> + 'a>),
}

impl<'a> Sizes<'a> {
    fn of(table: &'a [u8]) -> Self {
        match u32_at(table, 4) {
            // The table's own rows begin after one more number.
            0 => Self::Each(Box::new(
                entries::<4>(table.get(4..).unwrap_or_default()).map(|size| u32_at(size, 0).into()),
            )),
            size => Self::Same { size: size.into(), left: u32_at(table, 8).into() },
        }
    }

    /// The length of so many samples together, of those that are left.
    fn next(&mut self, count: u32) -> Option<u64> {
        match self {
            Self::Same { size, left } => {
                let count = u64::from(count).min(*left);
                *left -= count;
                size.checked_mul(count)
            }
            Self::Each(sizes) => sizes.by_ref().take(count as usize).try_fold(0_u64, u64::checked_add),
        }
    }
}
