//! Encodes a reduced picture: JPEG, or PNG where something shines through.
//!
//! Not WebP: a tile of 256 pixels takes 0.09 ms and 8.5 KB as JPEG 80 (40.8 dB), and about as well 4 to 6 ms and 4 KB as
//! WebP. Tiles are made here and never sent, and the cache has room for 60,000 of them as they are (`cargo xtask bench
//! thumbs`).

use crate::no_preview::NoPreview;
use crate::picture::{JPEG, PNG, Picture};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder};
use turbojpeg::{Compressor, PixelFormat, Subsamp};

/// How carefully a JPEG is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quality {
    pub(crate) percent: i32,
    /// Halves the resolution of colours, as cameras do; drawings and text keep it whole.
    pub(crate) halve_colours: bool,
}

/// Encodes a picture that was painted and not read, as a JPEG without metadata: rows of red, green and blue from the top.
///
/// # Errors
/// The bytes are not as many as the size says.
pub fn encode_rgb(pixels: &[u8], width: u32, height: u32) -> Result<Picture, NoPreview> {
    if pixels.len() as u64 != u64::from(width) * u64::from(height) * 3 {
        return Err(NoPreview::broken("its pixels do not fill its size"));
    }
    let bytes =
        compressed(pixels, (width, height), PixelFormat::RGB, Subsamp::Sub2x2, 85).map_err(NoPreview::broken)?;
    Ok(Picture { bytes, content_type: JPEG, width, height })
}

/// Encodes an upright picture.
pub(crate) fn encode(image: DynamicImage, quality: Quality) -> Result<Picture, NoPreview> {
    if image.color().has_alpha() && !opaque(&image) { png(&image) } else { jpeg(image, quality) }
}

fn opaque(image: &DynamicImage) -> bool {
    let samples = usize::from(image.color().channel_count());
    image.as_bytes().iter().skip(samples - 1).step_by(samples).all(|&alpha| alpha == u8::MAX)
}

fn png(image: &DynamicImage) -> Result<Picture, NoPreview> {
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    let written = encoder.write_image(image.as_bytes(), width, height, image.color().into());
    written.map_err(NoPreview::broken)?;
    Ok(Picture { bytes, content_type: PNG, width, height })
}

fn jpeg(image: DynamicImage, quality: Quality) -> Result<Picture, NoPreview> {
    let (width, height) = (image.width(), image.height());
    let image = match image {
        DynamicImage::ImageLumaA8(_) => DynamicImage::from(image.into_luma8()),
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => image,
        _ => DynamicImage::from(image.into_rgb8()),
    };
    let (format, subsamp) = match &image {
        DynamicImage::ImageLuma8(_) => (PixelFormat::GRAY, Subsamp::Gray),
        _ if quality.halve_colours => (PixelFormat::RGB, Subsamp::Sub2x2),
        _ => (PixelFormat::RGB, Subsamp::None),
    };
    let bytes =
        compressed(image.as_bytes(), (width, height), format, subsamp, quality.percent).map_err(NoPreview::broken)?;
    Ok(Picture { bytes, content_type: JPEG, width, height })
}

fn compressed(
    pixels: &[u8],
    (width, height): (u32, u32),
    format: PixelFormat,
    subsamp: Subsamp,
    percent: i32,
) -> turbojpeg::Result<Vec<u8>> {
    let (width, height) = (width as usize, height as usize);
    let mut compressor = Compressor::new()?;
    compressor.set_quality(percent)?;
    compressor.set_subsamp(subsamp)?;
    compressor.compress_to_vec(turbojpeg::Image { pixels, width, pitch: width * format.size(), height, format })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn painted_pixels_become_a_jpeg_and_a_wrong_count_an_error() {
        let picture = encode_rgb(&[90; 30 * 20 * 3], 30, 20).unwrap();
        let image = image::load_from_memory(&picture.bytes).unwrap();
        assert_eq!((image.width(), image.height()), (30, 20));
        assert!(encode_rgb(&[90; 30 * 20 * 3], 30, 21).is_err());
    }
}
