//! The directories of a TIFF block (TIFF 6.0, section 2; TIFF/EP), as far as they lie in a file's beginning.

use crate::preview::Preview;
use std::ops::Range;

/// What the picture of a directory is beside others; its lowest bit means a reduced one.
const NEW_SUBFILE_TYPE: u16 = 0x00fe;
const SIZE: [u16; 2] = [0x0100, 0x0101];
const BITS_PER_SAMPLE: u16 = 0x0102;
const COMPRESSION: u16 = 0x0103;
const PHOTOMETRIC: u16 = 0x0106;
const STRIP_OFFSETS: u16 = 0x0111;
const STRIP_BYTE_COUNTS: u16 = 0x0117;
const SUB_IFDS: u16 = 0x014a;
/// A JPEG beside what the directory describes.
const JPEG: [u16; 2] = [0x0201, 0x0202];
/// How Canon slices what the sensor saw, which is a JPEG without loss.
const CANON_SLICES: u16 = 0xc640;
/// What all strips share, without which none is a JPEG.
const JPEG_TABLES: u16 = 0x015b;
/// Panasonic's JPEGs, each as the value of an entry.
const PANASONIC_JPEGS: [u16; 2] = [0x002e, 0x0127];
/// Directories that are looked at in one file; they may lead in a circle.
const MOST_DIRECTORIES: usize = 16;
/// Entries of one directory; cameras write some hundred.
const MOST_ENTRIES: usize = 1000;
/// Values that are read of one entry.
const MOST_VALUES: usize = 8;
/// Bytes of an entry.
const ENTRY: usize = 12;

/// A block. Places in it count from its first byte.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tiff<'a> {
    pub bytes: &'a [u8],
    little: bool,
}

/// An entry of a directory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub tag: u16,
    kind: u16,
    count: u32,
    /// Its last four bytes: the value, or where it lies.
    pub value: u32,
    /// Where the entry lies.
    pub at: usize,
}

impl Entry {
    /// Bytes of its value; none where nobody knows.
    pub fn length(self) -> Option<u64> {
        let unit = match self.kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        Some(u64::from(self.count) * unit)
    }

    /// Where its value lies, if not in the entry.
    pub fn span(self) -> Option<Range<u64>> {
        let (start, length) = (u64::from(self.value), self.length().filter(|length| *length > 4)?);
        Some(start..start + length)
    }
}

/// A directory: its entries, and where the next one lies; zero for none.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub entries: Vec<Entry>,
    next: u32,
}

impl Directory {
    pub fn find(&self, tag: u16) -> Option<Entry> {
        self.entries.iter().find(|entry| entry.tag == tag).copied()
    }
}

impl<'a> Tiff<'a> {
    /// A block by its byte order; what follows that differs between makers.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..2)? {
            b"II" => Some(Self { bytes, little: true }),
            b"MM" => Some(Self { bytes, little: false }),
            _ => None,
        }
    }

    /// The block in another one that begins at a place and has this byte order.
    pub fn inner(self, at: usize, order: &[u8]) -> Option<Self> {
        let little = Tiff::new(order)?.little;
        Some(Self { bytes: self.bytes.get(at..)?, little })
    }

    /// The same with the mark of every TIFF.
    pub fn with_plain_mark(self) -> Vec<u8> {
        let mut bytes = self.bytes.to_vec();
        if let Some(mark) = bytes.get_mut(2..4) {
            mark.copy_from_slice(if self.little { b"*\0" } else { b"\0*" });
        }
        bytes
    }

    /// Where the first directory lies.
    pub fn first(self) -> u32 {
        self.number(4, 4).unwrap_or(0)
    }

    pub fn directory(self, at: u32) -> Directory {
        let Ok(start) = usize::try_from(at) else { return Directory::default() };
        let count = self.number(start, 2).map_or(0, |count| count as usize);
        if at == 0 || count > MOST_ENTRIES {
            return Directory::default();
        }
        let entries = (0..count).map_while(|number| self.entry(start + 2 + number * ENTRY)).collect();
        Directory { entries, next: self.number(start + 2 + count * ENTRY, 4).unwrap_or(0) }
    }

    fn entry(self, at: usize) -> Option<Entry> {
        let [tag, kind] = [at, at + 2].map(|at| self.number(at, 2).map(|number| number as u16));
        Some(Entry { tag: tag?, kind: kind?, count: self.number(at + 4, 4)?, value: self.number(at + 8, 4)?, at })
    }

    /// An entry's values, as far as they are numbers and here; the first few of them.
    pub fn values(self, entry: Entry) -> Vec<u32> {
        let unit = match entry.kind {
            3 => 2,
            4 | 13 => 4,
            _ => return Vec::new(),
        };
        let start = entry.span().map_or(entry.at as u64 + 8, |span| span.start);
        let Ok(start) = usize::try_from(start) else { return Vec::new() };
        let count = (entry.count as usize).min(MOST_VALUES);
        (0..count).map_while(|number| self.number(start + number * unit, unit)).collect()
    }

    fn value(self, directory: &Directory, tag: u16) -> Option<u32> {
        self.values(directory.find(tag)?).first().copied()
    }

    fn number(self, at: usize, length: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at.checked_add(length)?)?;
        let join = |number: u32, digit: &u8| (number << 8) | u32::from(*digit);
        Some(if self.little { digits.iter().rev().fold(0, join) } else { digits.iter().fold(0, join) })
    }

    /// A number that is the first value of an entry, by way of the first directory.
    pub fn first_value(self, tag: u16) -> Option<u32> {
        self.value(&self.directory(self.first()), tag)
    }

    /// Numbers of two entries that say where something lies and how long it is.
    pub fn pair(self, directory: &Directory, [start, length]: [u16; 2]) -> Option<Range<u64>> {
        let (start, length) = (self.value(directory, start)?, self.value(directory, length)?);
        Some(u64::from(start)..u64::from(start) + u64::from(length))
    }

    /// A number as this block writes it.
    pub fn written(self, number: u32) -> [u8; 4] {
        if self.little { number.to_le_bytes() } else { number.to_be_bytes() }
    }

    /// Likewise one of two bytes.
    pub fn written_short(self, number: u16) -> [u8; 2] {
        if self.little { number.to_le_bytes() } else { number.to_be_bytes() }
    }

    /// The JPEGs that directories lead to.
    pub fn previews(self) -> Vec<Preview> {
        let mut found = Vec::new();
        for directory in self.directories() {
            found.extend(self.pair(&directory, JPEG).map(|at| Preview { at, edge: None }));
            found.extend(self.strip(&directory));
        }
        found
    }

    /// The size of the largest picture, where the first one is a reduced one of another.
    pub fn largest(self) -> Option<(u32, u32)> {
        let directories = self.directories();
        self.value(directories.first()?, NEW_SUBFILE_TYPE).filter(|kind| kind & 1 == 1)?;
        let sizes = directories.iter().filter_map(|directory| {
            let [across, down] = SIZE.map(|tag| self.value(directory, tag).filter(|side| *side > 0));
            across.zip(down)
        });
        sizes.max_by_key(|(across, down)| u64::from(*across) * u64::from(*down))
    }

    /// The directories one after the other and below each other, the first one first.
    fn directories(self) -> Vec<Directory> {
        let (mut found, mut seen, mut waiting) = (Vec::new(), Vec::new(), vec![self.first()]);
        while let Some(at) = waiting.pop().filter(|_| seen.len() < MOST_DIRECTORIES) {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            let directory = self.directory(at);
            waiting.extend(directory.find(SUB_IFDS).into_iter().flat_map(|entry| self.values(entry)));
            waiting.push(directory.next);
            found.push(directory);
        }
        found
    }

    /// A strip that is a whole JPEG (TIFF 6.0: 6; TIFF Technical Note 2: 7), and not what the sensor saw in one without loss.
    fn strip(self, directory: &Directory) -> Option<Preview> {
        let value = |tag| self.value(directory, tag);
        let is_jpeg = matches!(value(COMPRESSION)?, 6 | 7) && value(BITS_PER_SAMPLE).is_none_or(|bits| bits == 8);
        // A filter of colours in front of the sensor, and what is left of it (DNG 1.7).
        let is_sensor = matches!(value(PHOTOMETRIC), Some(32803 | 34892)) || directory.find(CANON_SLICES).is_some();
        let is_one = directory.find(STRIP_OFFSETS)?.count == 1 && directory.find(JPEG_TABLES).is_none();
        let at =
            self.pair(directory, [STRIP_OFFSETS, STRIP_BYTE_COUNTS]).filter(|_| is_jpeg && !is_sensor && is_one)?;
        let edge = SIZE.into_iter().filter_map(value).max();
        Some(Preview { at, edge })
    }

    /// Panasonic's JPEGs.
    pub fn panasonic_previews(self) -> Vec<Preview> {
        let directory = self.directory(self.first());
        let spans = PANASONIC_JPEGS.into_iter().filter_map(|tag| directory.find(tag)?.span());
        spans.map(|at| Preview { at, edge: None }).collect()
    }
}
