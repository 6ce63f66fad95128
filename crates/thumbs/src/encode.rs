//! Encodes a reduced picture: JPEG, or PNG where something shines through.

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
