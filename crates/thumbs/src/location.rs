//! Where a picture was taken, as its metadata may tell it in XMP. Coordinates in EXIF are read where EXIF is.

/// What every XMP packet in a file names (XMP Specification, part 3).
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/";
/// Names of XMP properties that hold coordinates.
const PLACES: [&[u8]; 2] = [b"GPSLatitude", b"GPSLongitude"];

/// Whether an XMP packet in these bytes holds coordinates.
pub(crate) fn xmp_tells_place(bytes: &[u8]) -> bool {
    let Some(at) = find(bytes, XMP) else { return false };
    PLACES.iter().any(|place| find(&bytes[at..], place).is_some())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|some| some == wanted)
}
