//! The tracks in which cameras write where they are while they film. Such a track goes as a whole: its samples are blanked,
//! and its box becomes free space.

use super::PlaceStays;
use super::boxes::{Boxes, NotCleaned, Piece, u32_at};
use super::movie::{Found, names_place};
use std::io::{Read, Seek};
use std::ops::Range;

/// How samples are written that hold coordinates: GoPro, Sony, Google's camera motion, DJI.
const KINDS: [&[u8; 4]; 5] = [b"gpmd", b"rtmd", b"camm", b"djmd", b"dbgi"];
/// Titles, in which drones and dash cameras write them as text.
const TITLES: [&[u8; 4]; 3] = [b"text", b"tx3g", b"sbtl"];
/// What is read of the first title.
const TITLE: u64 = 4 << 10;

/// Whether a track's media tell places.
pub(super) fn tells_place<R: Read + Seek>(boxes: &mut Boxes<'_, R>, mdia: &Piece) -> Result<bool, NotCleaned> {
    let Some(table) = Table::of(boxes, mdia)? else { return Ok(false) };
    let Some(described) = table.find(b"stsd") else { return Ok(false) };
    let Range { start, end } = described.content;
    for entry in boxes.within((start + 8).min(end)..end)? {
        if KINDS.contains(&&entry.kind) {
            return Ok(true);
        }
        // Timed metadata of QuickTime name in their description what they hold.
        if &entry.kind == b"mebx" && names_place(&boxes.read(entry.content)?) {
            return Ok(true);
        }
        if TITLES.contains(&&entry.kind)
            && let Some(first) = table.chunks(boxes)?.first()
        {
            return Ok(names_place(&boxes.read(first.start..first.end.min(first.start.saturating_add(TITLE)))?));
        }
    }
    Ok(false)
}

/// Blanks the samples of a track.
///
/// # Errors
/// They lie where other things may lie as well.
pub(super) fn blank<R: Read + Seek>(
    boxes: &mut Boxes<'_, R>,
    mdia: &Piece,
    all: &[Piece],
    found: &mut Found,
) -> Result<(), NotCleaned> {
    let Some(table) = Table::of(boxes, mdia)? else { return Ok(()) };
    if table.elsewhere {
        return Err(PlaceStays.into());
    }
    let media = || all.iter().filter(|piece| &piece.kind == b"mdat");
    for chunk in table.chunks(boxes)? {
        let inside = |piece: &Piece| piece.content.start <= chunk.start && chunk.end <= piece.content.end;
        if !media().any(inside) {
            return Err(PlaceStays.into());
        }
        found.blank(chunk);
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
