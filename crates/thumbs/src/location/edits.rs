//! What is to be changed in a movie, gathered while it is looked at: ranges that are blanked, and boxes that become free space.

use super::PlaceStays;
use super::boxes::{Boxes, NotCleaned, Piece};
use std::borrow::Cow;
use std::io::{Read, Seek};
use std::ops::Range;

/// Space that means nothing.
const FREE: &[u8] = b"free";
static ZEROS: [u8; 1 << 16] = [0; 1 << 16];
/// More than this is not blanked in one file.
const MOST: u64 = 4 << 30;
/// Ranges and edits of one file. An hour of coordinates has some thousands.
pub(super) const MOST_RANGES: usize = 500_000;
/// Longer space is blanked without a look at what is in it.
const LONGEST_LOOK: u64 = 1 << 20;

/// Bytes of a file that take the place of as many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where they begin.
    pub at: u64,
    /// What is there afterwards.
    pub bytes: Cow<'static, [u8]>,
}

/// What is to be changed, as it is found.
#[derive(Default)]
pub(super) struct Found {
    blank: Vec<Range<u64>>,
    edits: Vec<Edit>,
    /// Something of it tells a place, or nobody knows what it tells; space alone does not count.
    pub(super) tells_place: bool,
}

impl Found {
    /// A box goes, and its content with it.
    pub(super) fn free(&mut self, piece: &Piece) {
        self.tells_place = true;
        self.edits.push(Edit { at: piece.at + 4, bytes: Cow::Borrowed(FREE) });
        self.blank.push(piece.content.clone());
    }

    /// Bytes become zeros.
    ///
    /// # Errors
    /// There are more of them than any camera writes.
    pub(super) fn blank(&mut self, range: Range<u64>) -> Result<(), PlaceStays> {
        let is_full = self.blank.len() == MOST_RANGES;
        match self.blank.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ if is_full => return Err(PlaceStays),
            _ => self.blank.push(range),
        }
        Ok(())
    }

    /// What tells a place in a few bytes becomes zeros.
    pub(super) fn zero(&mut self, range: Range<u64>) {
        self.tells_place = true;
        self.blank.push(range);
    }

    /// Space that no player reads, in which cameras hide what they like.
    pub(super) fn space<R: Read + Seek>(
        &mut self,
        boxes: &mut Boxes<'_, R>,
        range: Range<u64>,
    ) -> Result<(), NotCleaned> {
        let length = range.end.saturating_sub(range.start);
        if length > LONGEST_LOOK || !boxes.is_blank(range.clone())? {
            self.blank(range)?;
        }
        Ok(())
    }

    /// Other bytes for some.
    pub(super) fn replace(&mut self, at: u64, bytes: Vec<u8>) {
        self.tells_place = true;
        self.edits.push(Edit { at, bytes: bytes.into() });
    }

    /// Everything in the order of the file. What lies in a range that is blanked goes with it.
    pub(super) fn edits(self) -> Result<Vec<Edit>, NotCleaned> {
        let blank = merged(self.blank);
        let inside = |edit: &Edit| {
            let next = blank.partition_point(|range| range.end <= edit.at);
            blank.get(next).is_some_and(|range| range.start <= edit.at)
        };
        let mut edits: Vec<Edit> = self.edits.into_iter().filter(|edit| !inside(edit)).collect();
        if blank.iter().map(|range| range.end - range.start).sum::<u64>() > MOST {
            return Err(PlaceStays.into());
        }
        for range in blank {
            let mut at = range.start;
            while at < range.end {
                let length = (range.end - at).min(ZEROS.len() as u64);
                edits.push(Edit { at, bytes: Cow::Borrowed(&ZEROS[..length as usize]) });
                at += length;
            }
        }
        if edits.len() > MOST_RANGES {
            return Err(PlaceStays.into());
        }
        edits.sort_by_key(|edit| edit.at);
        edits.dedup_by_key(|edit| edit.at);
        Ok(edits)
    }
}

/// Ranges from the first to the last, those that touch as one.
fn merged(mut ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
