//! Every format but JPEG, by the `image` crate, brought to one byte a sample. Of an animation the first frame.

use crate::budget::{Cost, MEMORY};
use crate::kind::Kind;
use crate::no_preview::NoPreview;
use crate::pixels::{Layout, Pixels};
use crate::wanted::{Wanted, Watched, still};
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// The formats that `image` decodes for us.
pub(crate) fn format_of(kind: Kind) -> Option<ImageFormat> {
    match kind {
        Kind::Png => Some(ImageFormat::Png),
        Kind::Gif => Some(ImageFormat::Gif),
        Kind::WebP => Some(ImageFormat::WebP),
        Kind::Bmp => Some(ImageFormat::Bmp),
        Kind::Tiff => Some(ImageFormat::Tiff),
        Kind::Ico => Some(ImageFormat::Ico),
        _ => None,
    }
}

/// What decoding takes; reads headers only.
pub(crate) fn cost(bytes: &[u8], format: ImageFormat) -> Result<Cost, NoPreview> {
    Ok(cost_of(&open(bytes, format, &|| true)?, format))
}

/// Decodes the whole picture, as long as somebody waits for it.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat, wanted: Wanted<'_>) -> Result<Pixels, NoPreview> {
    let decoder = open(bytes, format, wanted)?;
    let Cost { width, height, .. } = cost_of(&decoder, format).affordable()?;
    let (layout, depth) = shape(decoder.color_type())?;
    let samples = layout.samples() as u64 * depth.bytes() as u64;
    let size = u64::from(width) * u64::from(height) * samples;
    let size = usize::try_from(size).map_err(|_| NoPreview::TooLarge { width, height })?;
    let mut data = vec![0; size];
    decoder.read_image(&mut data).map_err(|error| ended(error, wanted))?;
    Ok(Pixels { width, height, layout, data: depth.narrowed(data) })
}

/// The colour profile that it carries.
pub(crate) fn profile(bytes: &[u8], format: ImageFormat) -> Option<Vec<u8>> {
    open(bytes, format, &|| true).ok()?.icc_profile().ok().flatten()
}

fn open<'a>(bytes: &'a [u8], format: ImageFormat, wanted: Wanted<'a>) -> Result<impl ImageDecoder + 'a, NoPreview> {
    let mut reader = ImageReader::with_format(Watched::new(bytes, wanted), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| ended(error, wanted))
}

/// Why a decoder gave up.
fn ended(error: ImageError, wanted: Wanted<'_>) -> NoPreview {
    still(wanted).err().unwrap_or_else(|| NoPreview::broken(error))
}

fn cost_of(decoder: &impl ImageDecoder, format: ImageFormat) -> Cost {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let output = decoder.total_bytes();
    let memory = match format {
        // Rows come straight into the output.
        ImageFormat::Png | ImageFormat::Bmp => output,
        // Both codings keep planes or four bytes a pixel of the whole picture beside the output.
        ImageFormat::WebP => output.saturating_add(pixels.saturating_mul(4)),
        // A frame, strip or entry may be as large as the whole and is held beside it.
        _ => output.saturating_mul(2),
    };
    Cost { width, height, memory }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Byte,
    Word,
    Float,
}

fn shape(color: ColorType) -> Result<(Layout, Depth), NoPreview> {
    Ok(match color {
        ColorType::L8 => (Layout::Gray, Depth::Byte),
        ColorType::La8 => (Layout::GrayAlpha, Depth::Byte),
        ColorType::Rgb8 => (Layout::Rgb, Depth::Byte),
        ColorType::Rgba8 => (Layout::Rgba, Depth::Byte),
        ColorType::L16 => (Layout::Gray, Depth::Word),
        ColorType::La16 => (Layout::GrayAlpha, Depth::Word),
        ColorType::Rgb16 => (Layout::Rgb, Depth::Word),
        ColorType::Rgba16 => (Layout::Rgba, Depth::Word),
        ColorType::Rgb32F => (Layout::Rgb, Depth::Float),
        ColorType::Rgba32F => (Layout::Rgba, Depth::Float),
        other => return Err(NoPreview::broken(format!("its pixels are {other:?}"))),
    })
}

impl Depth {
    fn bytes(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Word => 2,
            Self::Float => 4,
        }
    }

    /// Brings samples to one byte each in place, so that deep pictures take no second buffer.
    fn narrowed(self, mut data: Vec<u8>) -> Vec<u8> {
        let width = self.bytes();
        if width == 1 {
            return data;
        }
        let samples = data.len() / width;
        for sample in 0..samples {
            let at = sample * width;
            data[sample] = match self {
                Self::Float => {
                    let value = f32::from_ne_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]);
                    (value.clamp(0.0, 1.0) * 255.0).round() as u8
                }
                Self::Byte | Self::Word => (u16::from_ne_bytes([data[at], data[at + 1]]) >> 8) as u8,
            };
        }
        data.truncate(samples);
        data.shrink_to_fit();
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_samples_keep_their_high_part() {
        let words: Vec<u8> = [0_u16, 0x1234, 0xffff].into_iter().flat_map(u16::to_ne_bytes).collect();
        assert_eq!(Depth::Word.narrowed(words), [0, 0x12, 0xff]);
        let floats: Vec<u8> = [-1.0_f32, 0.5, 9.0, f32::NAN].into_iter().flat_map(f32::to_ne_bytes).collect();
        assert_eq!(Depth::Float.narrowed(floats), [0, 128, 255, 0]);
    }
}
