//! Which way up a picture is, from its EXIF. Knows JPEG, PNG, WebP and TIFF containers.

use exif::{In, Reader, Tag};
use image::metadata::Orientation;
use std::io::Cursor;

/// How the pixels must be turned to stand upright. Anything missing, broken or out of range means that they do already.
pub(crate) fn orientation_of(bytes: &[u8]) -> Orientation {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let exif =
        reader.read_from_container(&mut Cursor::new(bytes)).or_else(|error| error.distill_partial_result(|_| ()));
    let value = exif.ok().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0));
    value
        .and_then(|value| u8::try_from(value).ok())
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimens::{corners, exif_of, jpeg, png, with_exif};

    #[test]
    fn orientation_is_read_from_every_container_that_carries_it() {
        let picture = corners(8, 6);
        for value in 1..=8_u8 {
            let expected = Orientation::from_exif(value).unwrap();
            assert_eq!(orientation_of(&with_exif(&jpeg(&picture), value)), expected, "JPEG, {value}");
            assert_eq!(orientation_of(&png(&picture, Some(exif_of(value)))), expected, "PNG, {value}");
        }
    }

    #[test]
    fn broken_or_absent_exif_means_upright() {
        let picture = jpeg(&corners(8, 6));
        assert_eq!(orientation_of(&picture), Orientation::NoTransforms);
        assert_eq!(orientation_of(&with_exif(&picture, 99)), Orientation::NoTransforms);
        assert_eq!(orientation_of(&with_exif(&picture, 6)[..30]), Orientation::NoTransforms);
        assert_eq!(orientation_of(b""), Orientation::NoTransforms);
    }
}
