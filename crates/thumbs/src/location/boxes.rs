//! The boxes of a movie (ISO/IEC 14496-12, 4.2; QuickTime File Format), walked by their headers. Content is read only where
//! somebody asks, and all of it within a budget: a file of any length costs little, whatever it claims.

use super::PlaceStays;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use thiserror::Error;

/// Boxes that are looked at in one file. An hour with a fragment for each picture has hundreds of thousands.
const MOST: u32 = 500_000;
/// Bytes that are read of one file.
const MOST_READ: u64 = 64 << 20;
/// Bytes that are read at once.
const LARGEST: u64 = 16 << 20;

/// Bytes that are looked at for something but zeros.
const AT_A_LOOK: u64 = 64 << 10;

/// Why a movie could not be cleaned.
#[derive(Debug, Error)]
pub enum NotCleaned {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// It names a place in a way that cannot be taken out, or is built so that nobody can tell.
    #[error(transparent)]
    Stays(#[from] PlaceStays),
}

/// A box: what it is, and where it and its content lie in the file.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub kind: [u8; 4],
    pub at: u64,
    pub content: Range<u64>,
    /// It claims to go on behind the end of what it lies in.
    pub is_cut: bool,
}

/// What follows the last of the boxes in a range, and is none.
pub(super) fn behind(pieces: &[Piece], range: &Range<u64>) -> Range<u64> {
    pieces.last().map_or(range.start, |last| last.content.end)..range.end
}

/// The boxes of a file.
pub(super) struct Boxes<'a, R> {
    file: &'a mut R,
    len: u64,
    left: u32,
    left_to_read: u64,
}

impl<'a, R: Read + Seek> Boxes<'a, R> {
    pub fn of(file: &'a mut R) -> io::Result<Self> {
        let len = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, len, left: MOST, left_to_read: MOST_READ })
    }

    /// The whole file.
    pub fn whole(&self) -> Range<u64> {
        0..self.len
    }

    /// The boxes side by side in a range. What follows the first that is none is no box either.
    pub fn within(&mut self, range: Range<u64>) -> Result<Vec<Piece>, NotCleaned> {
        let mut pieces = Vec::new();
        let mut at = range.start;
        while range.end.saturating_sub(at) >= 8 {
            self.left = self.left.checked_sub(1).ok_or(PlaceStays)?;
            let Some(piece) = self.piece(at, &range)? else { break };
            at = piece.content.end;
            pieces.push(piece);
        }
        Ok(pieces)
    }

    fn piece(&mut self, at: u64, range: &Range<u64>) -> Result<Option<Piece>, NotCleaned> {
        let end = range.end;
        let header = self.read(at..at + 8)?;
        let kind = [header[4], header[5], header[6], header[7]];
        let (size, header) = match u64::from(u32_at(&header, 0)) {
            // To the end of the file; inside of another box it marks the end of a list, and so do zeros without a kind.
            0 if *range == self.whole() && kind != [0; 4] => (end - at, 8),
            1 if end - at >= 16 => {
                let size = self.read(at + 8..at + 16)?;
                (u64::from(u32_at(&size, 0)) << 32 | u64::from(u32_at(&size, 4)), 16)
            }
            size => (size, 8),
        };
        let until = at.saturating_add(size);
        let (content, is_cut) = (at + header..until.min(end), until > end);
        Ok((size >= header).then_some(Piece { kind, at, content, is_cut }))
    }

    /// Whether a range holds nothing but zeros.
    pub fn is_blank(&mut self, range: Range<u64>) -> Result<bool, NotCleaned> {
        let (mut at, end) = (range.start, range.end.min(self.len));
        while at < end {
            let until = at.saturating_add(AT_A_LOOK).min(end);
            if self.read(at..until)?.iter().any(|byte| *byte != 0) {
                return Ok(false);
            }
            at = until;
        }
        Ok(true)
    }

    /// The bytes of a range, as far as the file has them.
    pub fn read(&mut self, range: Range<u64>) -> Result<Vec<u8>, NotCleaned> {
        let wanted = range.end.min(self.len).saturating_sub(range.start);
        self.left_to_read = self.left_to_read.checked_sub(wanted).filter(|_| wanted <= LARGEST).ok_or(PlaceStays)?;
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(range.start))?;
        (&mut *self.file).take(wanted).read_to_end(&mut bytes)?;
        // It became shorter meanwhile; the upload finds that out as well.
        if bytes.len() as u64 == wanted { Ok(bytes) } else { Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()) }
    }
}

/// The number at a place; zero behind the end.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let digits = bytes.get(at..).and_then(|rest| rest.first_chunk());
    digits.map_or(0, |digits| u32::from_be_bytes(*digits))
}
