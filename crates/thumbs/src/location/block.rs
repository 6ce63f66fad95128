//! The blocks of EXIF in a file (TIFF 6.0), walked as far as their coordinates, which no library tells the places of.

use std::ops::Range;

/// The pointer to the directory of coordinates (EXIF 2.32, 4.6.3).
const GPS: u16 = 0x8825;
/// Latitude and longitude, of the camera and of what it looked at, and the names of the area and of the way it was found.
const PLACES: [usize; 6] = [0x02, 0x04, 0x14, 0x16, 0x1b, 0x1c];
/// Bytes of an entry of a directory.
const ENTRY: usize = 12;
/// A directory with more entries than this is not one.
const MOST: usize = 1000;

/// A block of EXIF: where it begins in the file, and how it writes numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    at: usize,
    little: bool,
    /// Its first directory is the one of coordinates, with nothing that leads to it.
    coordinates: bool,
}

/// Every block: the file itself, where it is a TIFF; those of the picture and of the previews behind it.
pub(super) fn blocks(bytes: &[u8]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Block::at(bytes, 0).or_else(|| Block::of_raw(bytes)).into_iter().collect();
    let mut from = 0;
    while let Some(found) = find(&bytes[from..], b"Exif\0\0").map(|at| from + at) {
        blocks.extend(Block::at(bytes, found + 6));
        from = found + 6;
    }
    // WebP and PNG name the block in their own way, with its length before or behind the name.
    for name in [&b"EXIF"[..], b"eXIf"] {
        let mut from = 0;
        while let Some(found) = find(&bytes[from..], name).map(|at| from + at) {
            blocks.extend(Block::at(bytes, found + 4).or_else(|| Block::at(bytes, found + 8)));
            from = found + 4;
        }
    }
    // Canon's newer raw files have a box for each directory; this is the one of coordinates.
    let mut from = 0;
    while let Some(found) = find(&bytes[from..], b"CMT4").map(|at| from + at) {
        blocks.extend(Block::at(bytes, found + 4).map(|block| Block { coordinates: true, ..block }));
        from = found + 4;
    }
    blocks
}

impl Block {
    pub(super) fn at(bytes: &[u8], at: usize) -> Option<Self> {
        match bytes.get(at..at + 4)? {
            b"II*\0" => Some(Self { at, little: true, coordinates: false }),
            b"MM\0*" => Some(Self { at, little: false, coordinates: false }),
            _ => None,
        }
    }

    /// Raw files of Olympus and Panasonic are TIFF but for their first four bytes.
    fn of_raw(bytes: &[u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"IIRO" | b"IIRS" | b"IIU\0" => Some(Self { at: 0, little: true, coordinates: false }),
            b"MMOR" => Some(Self { at: 0, little: false, coordinates: false }),
            _ => None,
        }
    }

    /// Whether there are coordinates; cameras without a fix write a directory that holds none.
    pub(super) fn tells_place(self, bytes: &[u8]) -> bool {
        let told = |directory: usize| {
            let mut tags = self.entries(bytes, directory).filter_map(|entry| self.number(bytes, entry, 2));
            tags.any(|tag| PLACES.contains(&tag))
        };
        if self.coordinates {
            return told(self.first(bytes));
        }
        self.pointers(bytes).any(|pointer| told(self.number(bytes, pointer + 8, 4).unwrap_or(0)))
    }

    fn first(self, bytes: &[u8]) -> usize {
        self.number(bytes, self.at + 4, 4).unwrap_or(0)
    }

    /// The entries that lead to coordinates: where each lies in the file.
    fn pointers(self, bytes: &[u8]) -> impl Iterator<Item = usize> {
        let first = self.first(bytes);
        self.entries(bytes, first).filter(move |entry| self.number(bytes, *entry, 2) == Some(GPS.into()))
    }

    /// Takes the coordinates out: their values, their directory, and the pointer to it.
    pub(super) fn clear(self, bytes: &mut [u8]) {
        if self.coordinates {
            // What is left are entries of a tag that means nothing.
            self.clear_directory(bytes, self.first(bytes));
        }
        loop {
            let first = self.pointers(bytes).next();
            let Some(pointer) = first else { return };
            let directory = self.number(bytes, pointer + 8, 4).unwrap_or(0);
            self.clear_directory(bytes, directory);
            self.remove(bytes, pointer);
        }
    }

    fn clear_directory(self, bytes: &mut [u8], directory: usize) {
        let entries: Vec<_> = self.entries(bytes, directory).collect();
        for entry in entries {
            if let Some(value) = self.value(bytes, entry) {
                bytes[value].fill(0);
            }
            bytes[entry..entry + ENTRY].fill(0);
        }
    }

    /// Closes the gap in the first directory: the entries behind, and the link to the next directory, move up in it.
    fn remove(self, bytes: &mut [u8], pointer: usize) {
        let Some(start) = self.number(bytes, self.at + 4, 4).map(|first| self.at + first) else { return };
        let Some(count) = self.number(bytes, start, 2).filter(|count| *count > 0) else { return };
        let end = (start + 2 + count * ENTRY + 4).min(bytes.len());
        bytes.copy_within(pointer + ENTRY..end, pointer);
        bytes[end - ENTRY..end].fill(0);
        let fewer = u16::try_from(count - 1).unwrap_or(0);
        let fewer = if self.little { fewer.to_le_bytes() } else { fewer.to_be_bytes() };
        bytes[start..start + 2].copy_from_slice(&fewer);
    }

    fn entries(self, bytes: &[u8], directory: usize) -> impl Iterator<Item = usize> + use<> {
        let start = self.at + directory;
        let count = self.number(bytes, start, 2).filter(|count| directory >= 8 && *count <= MOST).unwrap_or(0);
        let fitting = bytes.len().saturating_sub(start + 2) / ENTRY;
        (0..count.min(fitting)).map(move |number| start + 2 + number * ENTRY)
    }

    /// Where an entry's value lies, when it is too large to lie in the entry.
    fn value(self, bytes: &[u8], entry: usize) -> Option<Range<usize>> {
        let unit = match self.number(bytes, entry + 2, 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = self.number(bytes, entry + 4, 4)?.checked_mul(unit).filter(|length| *length > 4)?;
        let start = self.at.checked_add(self.number(bytes, entry + 8, 4)?)?;
        let end = start.checked_add(length)?;
        (end <= bytes.len()).then_some(start..end)
    }

    fn number(self, bytes: &[u8], at: usize, length: usize) -> Option<usize> {
        let digits = bytes.get(at..at.checked_add(length)?)?;
        let join = |number: usize, digit: &u8| (number << 8) | usize::from(*digit);
        Some(if self.little { digits.iter().rev().fold(0, join) } else { digits.iter().fold(0, join) })
    }
}

pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first).map(|at| from + at) {
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}
