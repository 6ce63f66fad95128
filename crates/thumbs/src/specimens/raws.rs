//! Raw files as cameras build them: right headers, previews made in code, and nothing of a sensor.

use super::{Camera, boxed};

/// An entry of a directory, little end first.
fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
    [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
}

fn directory(entries: &[Vec<u8>]) -> Vec<u8> {
    [&(entries.len() as u16).to_le_bytes()[..], &entries.concat(), &[0; 4]].concat()
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// When [`orf`] and [`cr3`] were taken.
pub const RAW_TAKEN: &str = "2026:07:14 18:05:09";
/// Pixels across and down that they say they have, as they are stored.
pub const RAW_SIZE: (u32, u32) = (5184, 3888);

/// Fujifilm's: a JPEG of a camera behind a header.
pub fn raf(jpeg: &[u8]) -> Vec<u8> {
    let mut header = b"FUJIFILMCCD-RAW 0201FF129502X-T2".to_vec();
    header.resize(84, 0);
    let behind = 148 + length(jpeg);
    for number in [148, length(jpeg), behind, 0, behind, 0] {
        header.extend(number.to_be_bytes());
    }
    header.resize(148, 0);
    [&header, jpeg, b"what the sensor saw"].concat()
}

/// Which note an [`orf`] has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlympusNote {
    /// Places count from the file.
    Old,
    /// Places count from the note.
    New,
    /// Likewise, by the company's later name.
    OmSystem,
}

/// Olympus': a TIFF with a mark of its own, whose previews only the maker's note leads to.
pub fn orf(note: OlympusNote, orientation: u8, thumbnail: &[u8], preview: &[u8]) -> Vec<u8> {
    let head: &[u8] = match note {
        OlympusNote::Old => b"OLYMP\0\x01\0",
        OlympusNote::New => b"OLYMPUS\0II\x03\0",
        OlympusNote::OmSystem => b"OM SYSTEM\0\0\0II\x04\0",
    };
    // Two directories of two entries, and one of four; the date; the note and its two directories; the JPEGs.
    let (exif_at, date_at) = (8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 2 + 48 + 4);
    let note_at = date_at + 20;
    let settings_at = note_at + length(head) + 2 + 24 + 4;
    let thumbnail_at = settings_at + 2 + 36 + 4;
    let preview_at = thumbnail_at + length(thumbnail);
    let from = if note == OlympusNote::Old { 0 } else { note_at };
    let main = [entry(0x0112, 3, 1, orientation.into()), entry(0x8769, 4, 1, exif_at)];
    let exif = [
        entry(0x9003, 2, 20, date_at),
        entry(0xa002, 4, 1, RAW_SIZE.0),
        entry(0xa003, 4, 1, RAW_SIZE.1),
        entry(0x927c, 7, preview_at + length(preview) - note_at, note_at),
    ];
    let known = [entry(0x0100, 7, length(thumbnail), thumbnail_at - from), entry(0x2020, 13, 1, settings_at - from)];
    let settings =
        [entry(0x0100, 4, 1, 1), entry(0x0101, 4, 1, preview_at - from), entry(0x0102, 4, 1, length(preview))];
    let parts: [&[u8]; 9] = [
        b"IIRO\x08\0\0\0",
        &directory(&main),
        &directory(&exif),
        RAW_TAKEN.as_bytes(),
        b"\0",
        head,
        &directory(&known),
        &directory(&settings),
        thumbnail,
    ];
    [&parts.concat(), preview].concat()
}

/// Panasonic's: a TIFF with a mark of its own, with a JPEG as the value of an entry.
pub fn rw2(orientation: u8, jpeg: &[u8]) -> Vec<u8> {
    let jpeg_at = 24 + 2 + 24 + 4;
    let main = [entry(0x002e, 7, length(jpeg), jpeg_at), entry(0x0112, 3, 1, orientation.into())];
    [b"IIU\0\x18\0\0\0", &[7; 16][..], &directory(&main), jpeg].concat()
}

/// Pentax': a TIFF, big end first, whose directories follow each other: what the sensor saw, then each JPEG.
pub fn pef(orientation: u8, thumbnail: &[u8], preview: &[u8]) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, value: u32| {
        // A short stands in the first two bytes of its four.
        let value = if kind == 3 { value << 16 } else { value };
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &1u32.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    let directory = |entries: &[Vec<u8>], next: u32| {
        [&(entries.len() as u16).to_be_bytes()[..], &entries.concat(), &next.to_be_bytes()].concat()
    };
    // A directory of four entries, and two of two.
    let first_at = 8 + 2 + 48 + 4;
    let second_at = first_at + 2 + 24 + 4;
    let thumbnail_at = second_at + 2 + 24 + 4;
    let preview_at = thumbnail_at + length(thumbnail);
    let sensor = [
        entry(0x0100, 4, RAW_SIZE.0),
        entry(0x0101, 4, RAW_SIZE.1),
        entry(0x0103, 3, 65535),
        entry(0x0112, 3, orientation.into()),
    ];
    let jpeg = |at: u32, jpeg: &[u8]| [entry(0x0201, 4, at), entry(0x0202, 4, length(jpeg))];
    let parts: [&[u8]; 6] = [
        b"MM\0*\0\0\0\x08",
        &directory(&sensor, first_at),
        &directory(&jpeg(thumbnail_at, thumbnail), second_at),
        &directory(&jpeg(preview_at, preview), 0),
        thumbnail,
        preview,
    ];
    parts.concat()
}

/// The JPEGs in a [`cr3`].
#[derive(Clone, Copy)]
pub struct CanonJpegs<'a> {
    /// In the header.
    pub thumbnail: &'a [u8],
    /// Behind it.
    pub preview: &'a [u8],
    /// Every pixel.
    pub whole: &'a [u8],
}

/// Canon's: built as a movie is, with this much XMP between the header and the preview.
pub fn cr3(orientation: u8, jpegs: CanonJpegs<'_>, xmp: usize) -> Vec<u8> {
    let lengths = |rows: &[(u64, u64)], whole_at: u64| canon_parts(orientation, jpegs, xmp, rows, whole_at);
    // Every place has the same number of digits, so that nothing moves when they are filled in.
    let ends: Vec<u64> = lengths(&[(0, 0); 3], 0)
        .iter()
        .scan(0, |end, part| {
            *end += part.len() as u64;
            Some(*end)
        })
        .collect();
    let rows = [(ends[1], ends[2] - ends[1]), (ends[2], ends[3] - ends[2]), (ends[3], ends[4] - ends[3])];
    lengths(&rows, ends[3] + 8).concat()
}

fn canon_parts(orientation: u8, jpegs: CanonJpegs<'_>, xmp: usize, rows: &[(u64, u64)], whole_at: u64) -> [Vec<u8>; 5] {
    let CanonJpegs { thumbnail, preview, whole } = jpegs;
    let tiff = |entries: &[Vec<u8>], behind: &[u8]| [b"II*\0\x08\0\0\0", &directory(entries)[..], behind].concat();
    let main = tiff(
        &[
            entry(0x0100, 3, 1, RAW_SIZE.0),
            entry(0x0101, 3, 1, RAW_SIZE.1),
            entry(0x010f, 2, 6, 8 + 2 + 48 + 4),
            entry(0x0112, 3, 1, orientation.into()),
        ],
        b"Canon\0",
    );
    let exif = tiff(&[entry(0x9003, 2, 20, 8 + 2 + 12 + 4)], &[RAW_TAKEN.as_bytes(), b"\0"].concat());
    let degrees: Vec<u8> = [47u32, 1, 22, 1, 30, 1].iter().flat_map(|number| number.to_le_bytes()).collect();
    let place = tiff(&[entry(1, 2, 2, u32::from(b'N')), entry(2, 5, 3, 8 + 2 + 24 + 4)], &degrees);
    let table = (1_u32..)
        .zip(rows)
        .flat_map(|(number, (at, size))| [&number.to_be_bytes()[..], &at.to_be_bytes(), &size.to_be_bytes()].concat());
    let table = [3_u32.to_be_bytes().to_vec(), table.collect()].concat();
    let small = [b"\0\0\0\0\0\xa0\0\x78", &length(thumbnail).to_be_bytes()[..], b"\0\x01\0\0", thumbnail].concat();
    let known = [
        b"\x85\xc0\xb6\x87\x82\x0f\x11\xe0\x81\x11\xf4\xce\x46\x2b\x6a\x48".to_vec(),
        boxed(b"CNCV", b"CanonCR3_001/00.09.00/00.00.00"),
        boxed(b"CTBO", &table),
        boxed(b"CMT1", &main),
        boxed(b"CMT2", &exif),
        boxed(b"CMT4", &place),
        boxed(b"THMB", &small),
    ];
    let described = [&[0; 24][..], b"\x14\x40\x0f\x30", &[0; 50], &boxed(b"JPEG", &[0; 4])].concat();
    let stbl = [
        boxed(b"stsd", &[b"\0\0\0\0\0\0\0\x01", &boxed(b"CRAW", &described)[..]].concat()),
        boxed(b"stsz", &[&[0; 4][..], &length(whole).to_be_bytes(), b"\0\0\0\x01"].concat()),
        boxed(b"co64", &[b"\0\0\0\0\0\0\0\x01", &whole_at.to_be_bytes()[..]].concat()),
    ];
    let track = boxed(b"trak", &boxed(b"mdia", &boxed(b"minf", &boxed(b"stbl", &stbl.concat()))));
    let larger = [b"\0\0\0\0\0\x01\x06\x54\x04\x38\0\x01", &length(preview).to_be_bytes()[..], preview].concat();
    let larger = [
        b"\xea\xf4\x2b\x5e\x1c\x98\x4b\x88\xb9\xfb\xb7\xdc\x40\x6e\x4d\x16",
        &b"\0\0\0\0\0\0\0\x01"[..],
        &boxed(b"PRVW", &larger),
    ];
    [
        boxed(b"ftyp", b"crx \0\0\0\x01crx isom"),
        boxed(b"moov", &[boxed(b"uuid", &known.concat()), track].concat()),
        boxed(
            b"uuid",
            &[b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", &vec![b' '; xmp][..]].concat(),
        ),
        boxed(b"uuid", &larger.concat()),
        boxed(b"mdat", whole),
    ]
}

/// A JPEG with EXIF of a camera that held it so, and a small one of its own in front.
pub fn camera_jpeg(orientation: u8, thumbnail: &[u8], jpeg: &[u8]) -> Vec<u8> {
    let preview = Some(thumbnail.to_vec());
    Camera { taken: Some(RAW_TAKEN), orientation, preview, ..Camera::default() }.around(jpeg)
}
