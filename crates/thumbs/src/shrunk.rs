//! A photo made smaller for sending: fewer pixels, and what the camera wrote stays with it, so that dates, colours and the way up
//! are what they were.

use crate::encode::{Quality, encode};
use crate::jpeg;
use crate::kind::{Kind, kind_of};
use crate::memory::Memory;
use crate::no_preview::NoPreview;
use crate::render::{Rendition, cost, guarded};

/// High enough that nobody sees it beside the original.
const QUALITY: Quality = Quality { percent: 90, halve_colours: true };

/// Makes a JPEG whose longest edge is `edge` pixels. None: it is of another kind, or no larger than that already, in pixels or
/// in bytes. The same bytes give the same result. Waits for its turn where other pictures take the memory of all decoding.
///
/// # Errors
/// It is broken, or claims too much memory.
pub fn shrunk(bytes: &[u8], edge: u32) -> Result<Option<Vec<u8>>, NoPreview> {
    if kind_of("", bytes) != Kind::Jpeg {
        return Ok(None);
    }
    let claimed = cost(bytes, edge, &Rendition::Thumbnail)?;
    if claimed.width.max(claimed.height) <= edge {
        return Ok(None);
    }
    let _held = Memory::shared().take_here(claimed.memory);
    guarded(|| {
        // Left as it lies: the orientation goes along.
        let picture = encode(jpeg::decode(bytes, edge)?.shrink(edge)?, QUALITY)?;
        let made = with_metadata_of(bytes, &picture.bytes);
        Ok((made.len() < bytes.len()).then_some(made))
    })
}

/// Puts what the camera wrote in front of other pixels: EXIF, XMP and the profile of colours. An index of further pictures
/// behind the end is left out with them.
fn with_metadata_of(original: &[u8], made: &[u8]) -> Vec<u8> {
    let mut whole = made[..2].to_vec();
    for (marker, at, body) in jpeg::segments(original) {
        let kept = match marker {
            0xe1 => true,
            0xe2 => body.starts_with(b"ICC_PROFILE\0"),
            _ => false,
        };
        if kept {
            // The body stands behind its length, that behind the marker.
            whole.extend([0xff, marker]);
            whole.extend(&original[at - 2..at + body.len()]);
        }
    }
    whole.extend(&made[2..]);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location;
    use crate::specimens::{Camera, corners, png, progressive_jpeg, with_segment};
    use crate::{facts, thumbnail};

    fn camera() -> Camera {
        Camera {
            taken: Some("2026:07:14 18:05:09"),
            offset: Some("+02:00"),
            located: true,
            orientation: 6,
            ..Camera::default()
        }
    }

    #[test]
    fn a_large_photo_gets_fewer_pixels_and_keeps_its_date_its_way_up_and_its_colours() {
        let profile = [b"ICC_PROFILE\0\x01\x01".to_vec(), vec![5; 300]].concat();
        let original = with_segment(&camera().jpeg(1600, 1200), 0xe2, &profile);
        let made = shrunk(&original, 400).unwrap().unwrap();
        assert!(made.len() < original.len());
        assert_eq!(facts(&made).size, Some((300, 400)), "as it is looked at");
        assert_eq!(facts(&made).taken, facts(&original).taken);
        assert!(made.windows(profile.len()).any(|some| some == profile), "the profile goes along");
        let corner = |bytes: &[u8]| {
            let tile = thumbnail(bytes, 64).unwrap();
            let pixel = image::load_from_memory(&tile.bytes).unwrap().to_rgb8().get_pixel(3, 3).0;
            pixel.map(|sample| sample / 32)
        };
        assert_eq!(corner(&made), corner(&original), "upright the same");
        assert_eq!(shrunk(&original, 400).unwrap().unwrap(), made, "made again it is the same");
        let bare = location::without_location(made).unwrap();
        assert!(!location::has_location(&bare) && thumbnail(&bare, 64).is_ok());
    }

    #[test]
    fn what_is_small_enough_or_of_another_kind_stays_and_what_is_broken_says_so() {
        assert_eq!(shrunk(&camera().jpeg(400, 300), 400), Ok(None));
        assert_eq!(shrunk(&png(&corners(800, 600), None), 400), Ok(None));
        assert_eq!(shrunk(b"text", 400), Ok(None));
        assert!(shrunk(b"\xff\xd8\xff\xe0 not a picture", 400).is_err());
        let progressive = progressive_jpeg(&corners(1600, 1200));
        let made = shrunk(&progressive, 400).unwrap();
        assert!(made.is_none_or(|made| facts(&made).size == Some((400, 300))), "never larger than it was");
    }
}
