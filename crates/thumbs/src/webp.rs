//! WebP as photos have it, with loss and opaque: by libwebp, which reduces a picture while it decodes row by row.
//!
//! Everything else of WebP is left to [`raster`]: what is without loss or shines through makes libwebp keep tables whose size
//! the file chooses, and what moves is a file of files.

use crate::budget::Cost;
use crate::no_preview::NoPreview;
use crate::pixels::{BOX_FIRST, Layout, Pixels, fit};
use crate::raster;
use crate::wanted::Wanted;
use image::ImageFormat;
use webpx::{BitstreamFormat, Decoder, DecoderConfig, ImageInfo, Limits};

/// Bytes of a row of blocks that is being decoded, for each pixel of its width: samples of three rows of blocks, and what is
/// known of the blocks.
const ROW: u64 = 256;

/// Flags of the extended kind (RFC 9649, 2.7).
const ALPHA: u8 = 0x10;
const ANIMATION: u8 = 0x02;

/// What decoding at this edge takes; reads headers only.
pub(crate) fn cost(bytes: &[u8], edge: u32) -> Result<Cost, NoPreview> {
    let Some(photo) = Photo::of(bytes) else { return raster::cost(bytes, ImageFormat::WebP) };
    let Photo { width, height } = photo;
    let (across, down) = photo.decoded_at(edge);
    // What libwebp gives is copied once.
    let memory = u64::from(across) * u64::from(down) * 3 * 2 + u64::from(width) * ROW;
    Ok(Cost { width, height, memory })
}

/// Decodes a picture, reduced on the way where `edge` is much smaller than it is.
pub(crate) fn decode(bytes: &[u8], edge: u32, wanted: Wanted<'_>) -> Result<Pixels, NoPreview> {
    let Some(photo) = Photo::of(bytes) else { return raster::decode(bytes, ImageFormat::WebP, wanted) };
    let (width, height) = photo.decoded_at(edge);
    // Its size was weighed against our own budget by now.
    let mut config = DecoderConfig::new().limits(Limits::none());
    if (width, height) != (photo.width, photo.height) {
        // The filter smooths the edges of blocks; of blocks as small as a pixel there is nothing to see.
        config = config.scale(width, height).bypass_filtering(true);
    }
    let decoder = Decoder::new(bytes).map_err(NoPreview::broken)?;
    // The memory was counted for what this module read, and libwebp decodes what libwebp reads.
    if !photo.is_read_as(decoder.info()) {
        return Err(NoPreview::broken("it claims to be two pictures"));
    }
    let (data, across, down) = decoder.config(config).decode_rgb_raw().map_err(NoPreview::broken)?;
    if (across, down) != (width, height) {
        // The memory was counted for another size.
        return Err(NoPreview::broken("it claims two sizes"));
    }
    Ok(Pixels { width, height, layout: Layout::Rgb, data })
}

/// The size of a picture with loss that nothing shines through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Photo {
    width: u32,
    height: u32,
}

impl Photo {
    /// Walks the chunks up to the pixels (RFC 9649, 2.5 to 2.7).
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.get(12..)?;
        match rest.get(..4)? {
            b"VP8 " => {}
            b"VP8X" if rest.get(8)? & (ALPHA | ANIMATION) == 0 => {}
            // Whatever else stands here libwebp decodes as pixels, rather than passing over it.
            _ => return None,
        }
        loop {
            let (name, length, body) = (rest.get(..4)?, rest.get(4..8)?, rest.get(8..)?);
            match name {
                b"VP8 " => return Self::of_frame(body),
                b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" => return None,
                _ => {
                    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
                    rest = body.get(length.checked_add(length % 2)?..)?;
                }
            }
        }
    }

    /// A key frame begins with its size; the upper two bits of a side are a wish for enlarging (RFC 6386, 9.1).
    fn of_frame(body: &[u8]) -> Option<Self> {
        let &[_, _, _, 0x9d, 0x01, 0x2a, w1, w2, h1, h2, ..] = body else { return None };
        let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
        Some(Self { width: side(w1, w2), height: side(h1, h2) })
    }

    /// Whether libwebp found the same picture.
    fn is_read_as(self, info: &ImageInfo) -> bool {
        let Self { width, height } = self;
        let plain = info.format == BitstreamFormat::Lossy && !info.has_alpha && !info.has_animation;
        plain && (info.width, info.height) == (width, height)
    }

    /// Twice the size that is wanted, as the cheap reduction of every other format, or whole.
    fn decoded_at(self, edge: u32) -> (u32, u32) {
        let (width, height) = (self.width, self.height);
        let (across, down) = fit(width, height, edge);
        if across > 0 && down > 0 && width / across >= BOX_FIRST && height / down >= BOX_FIRST {
            (across * 2, down * 2)
        } else {
            (width, height)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimens::{CORNERS, corners, encoded, lossy_webp};
    use image::DynamicImage;

    #[test]
    fn a_photo_is_reduced_while_it_is_decoded_and_costs_no_more_than_that() {
        let bytes = lossy_webp(&corners(1600, 1200));
        assert_eq!(Photo::of(&bytes), Some(Photo { width: 1600, height: 1200 }));
        let pixels = decode(&bytes, 128, &|| true).unwrap();
        assert_eq!((pixels.width, pixels.height), (256, 192));
        let (small, whole) = (cost(&bytes, 128).unwrap().memory, cost(&bytes, 1600).unwrap().memory);
        assert!(small < 1_000_000 && whole > 1600 * 1200 * 3, "{small} and {whole} bytes");
        assert_eq!(
            (decode(&bytes, 1600, &|| true).unwrap().width, decode(&bytes, 800, &|| true).unwrap().width),
            (1600, 1600)
        );
    }

    #[test]
    fn colours_are_those_of_the_whole_whether_reduced_or_not() {
        let bytes = lossy_webp(&corners(1600, 1200));
        for edge in [100, 1600] {
            let Pixels { width, height, data, .. } = decode(&bytes, edge, &|| true).unwrap();
            for (index, (x, y)) in
                [(2, 2), (width - 3, 2), (2, height - 3), (width - 3, height - 3)].into_iter().enumerate()
            {
                let at = ((y * width + x) * 3) as usize;
                let near = data[at..at + 3].iter().zip(CORNERS[index]).all(|(is, should)| is.abs_diff(should) < 12);
                assert!(near, "corner {index} at {edge} is {:?}, should be {:?}", &data[at..at + 3], CORNERS[index]);
            }
        }
    }

    #[test]
    fn what_is_without_loss_or_broken_is_no_photo() {
        let lossless = encoded(&DynamicImage::from(corners(40, 30)), ImageFormat::WebP);
        assert_eq!(Photo::of(&lossless), None);
        let photo = lossy_webp(&corners(40, 30));
        for end in 0..30 {
            assert_eq!(Photo::of(&photo[..end]), None, "cut at {end}");
        }
        assert!(matches!(decode(&photo[..photo.len() / 2], 64, &|| true), Err(NoPreview::Broken(_))));
        let noted = [&photo[..12], b"NOTE\x02\0\0\0ab", &photo[12..]].concat();
        assert_eq!(Photo::of(&noted), None, "libwebp would take the note for pixels");
        let extended = |flags: u8| {
            let chunk = [&b"VP8X\x0a\0\0\0"[..], &[flags, 0, 0, 0, 39, 0, 0, 29, 0, 0]].concat();
            let length = u32::try_from(photo.len() - 8 + chunk.len()).unwrap().to_le_bytes();
            [&photo[..4], &length, &photo[8..12], &chunk, &photo[12..]].concat()
        };
        assert_eq!(Photo::of(&extended(0)), Some(Photo { width: 40, height: 30 }));
        assert!(decode(&extended(0), 64, &|| true).is_ok(), "libwebp reads it as we do");
        assert_eq!((Photo::of(&extended(ALPHA)), Photo::of(&extended(ANIMATION))), (None, None));
        let alpha = [&photo[..12], b"ALPH\x01\0\0\0\0\0", &photo[12..]].concat();
        assert_eq!(Photo::of(&alpha), None, "libwebp would decode the alpha too");
    }
}
