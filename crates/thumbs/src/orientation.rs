//! Which way up a picture is, from its EXIF. Knows JPEG, PNG, WebP and TIFF containers.

use crate::facts::{exif_of, orientation};
use image::metadata::Orientation;

/// How the pixels must be turned to stand upright. Anything missing, broken or out of range means that they do already.
pub(crate) fn orientation_of(bytes: &[u8]) -> Orientation {
    exif_of(bytes).map_or(Orientation::NoTransforms, |exif| orientation(&exif))
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
