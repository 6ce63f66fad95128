//! What a camera writes into a JPEG beside the pixels (EXIF 2.3 in TIFF 6.0), as far as samples need it.

/// A value of a directory.
pub(crate) enum Value<'a> {
    /// ASCII.
    Text(&'a str),
    /// SHORT.
    Number(u16),
    /// RATIONAL, numerator and denominator.
    Ratios(&'a [(u32, u32)]),
    /// LONG: where another directory lies.
    At(u32),
}

/// Entries of a directory, by rising tags.
pub(crate) type Directory<'a> = Vec<(u16, Value<'a>)>;

/// Where a directory starts that lies alone behind the header.
const FIRST: u32 = 8;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;

/// An APP1 segment: the first directory, and those of the camera and of coordinates where they hold something.
pub(crate) fn segment(mut first: Directory<'_>, camera: Directory<'_>, coordinates: Directory<'_>) -> Vec<u8> {
    let pointers = [(EXIF, &camera), (GPS, &coordinates)].map(|(tag, of)| (!of.is_empty()).then_some(tag));
    let at = |entries: &Directory<'_>| entries.iter().map(|(_, value)| 12 + beside(value).len()).sum::<usize>() + 6;
    let length = at(&first) + pointers.iter().flatten().count() * 12;
    let camera_at = FIRST + u32::try_from(length).expect("it is short");
    let coordinates_at =
        if camera.is_empty() { camera_at } else { camera_at + u32::try_from(at(&camera)).expect("it is short") };
    for (tag, at) in pointers.into_iter().zip([camera_at, coordinates_at]) {
        first.extend(tag.map(|tag| (tag, Value::At(at))));
    }
    let mut tiff = [b"II*\0".as_slice(), &FIRST.to_le_bytes()].concat();
    for entries in [first, camera, coordinates] {
        if !entries.is_empty() {
            write(&mut tiff, &entries);
        }
    }
    let body = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(body.len() + 2).expect("it is short");
    [&[0xff, 0xe1], &length.to_be_bytes()[..], &body].concat()
}

/// A directory at the end of what is written, and behind it what its entries have no room for.
fn write(tiff: &mut Vec<u8>, entries: &Directory<'_>) {
    let mut behind = tiff.len() + 2 + 12 * entries.len() + 4;
    tiff.extend(u16::try_from(entries.len()).expect("it is short").to_le_bytes());
    for (tag, value) in entries {
        let (kind, count, bytes) = parts(value);
        tiff.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        tiff.extend(u32::try_from(count).expect("it is short").to_le_bytes());
        if bytes.len() <= 4 {
            tiff.extend(bytes.iter().copied().chain([0; 4]).take(4));
        } else {
            tiff.extend(u32::try_from(behind).expect("it is short").to_le_bytes());
            behind += bytes.len();
        }
    }
    tiff.extend([0; 4]);
    tiff.extend(entries.iter().flat_map(|(_, value)| beside(value)));
}

/// What lies behind the directory.
fn beside(value: &Value<'_>) -> Vec<u8> {
    let (_, _, bytes) = parts(value);
    if bytes.len() > 4 { bytes } else { Vec::new() }
}

/// The type of an entry, how many values it has, and their bytes.
fn parts(value: &Value<'_>) -> (u16, usize, Vec<u8>) {
    match value {
        Value::Text(text) => (2, text.len() + 1, [text.as_bytes(), b"\0"].concat()),
        Value::Number(number) => (3, 1, number.to_le_bytes().to_vec()),
        Value::At(at) => (4, 1, at.to_le_bytes().to_vec()),
        Value::Ratios(ratios) => (
            5,
            ratios.len(),
            ratios.iter().flat_map(|(over, under)| [over.to_le_bytes(), under.to_le_bytes()].concat()).collect(),
        ),
    }
}
