//! JPEG, decoded at a fraction of its size where that is enough, which skips most of the work: by libjpeg-turbo, and at an
//! eighth, where nothing but the mean of each block is needed, by a reader of our own.

mod eighth;
mod header;
mod salvage;

use crate::budget::Cost;
use crate::no_preview::NoPreview;
use crate::pixels::{Layout, Pixels};
use header::Header;
pub(crate) use header::segments;
use turbojpeg::{Colorspace, Decompressor, Image, PixelFormat, ScalingFactor};

/// Scans of a progressive picture. Cameras write about ten; thousands of them are an attack on time.
const SCANS: u32 = 200;
/// The fractions that libjpeg-turbo decodes with vector instructions, coarsest first.
const DIVISORS: [u32; 4] = [8, 4, 2, 1];

/// What decoding at this edge takes.
pub(crate) fn cost(bytes: &[u8], edge: u32) -> Result<Cost, NoPreview> {
    let header = Header::read(bytes)?;
    let divisor = u64::from(divisor(&header, edge));
    let scaled = |side: u32| u64::from(side).div_ceil(divisor);
    let samples = if header.components == 4 { 4 } else { 3 };
    let pixels = scaled(header.width) * scaled(header.height) * samples;
    // One after the other, if both: libjpeg-turbo gets what the reader of eighths does not know.
    let besides = header.coefficients().max(if divisor == 8 { eighth::memory(&header) } else { 0 });
    let memory = pixels + besides;
    Ok(Cost { width: header.width, height: header.height, memory })
}

/// Decodes at the coarsest fraction that still has `edge` pixels. Of a picture that was cut short it gives what came, if
/// that is most of it.
pub(crate) fn decode(bytes: &[u8], edge: u32) -> Result<Pixels, NoPreview> {
    let header = Header::read(bytes)?;
    let divisor = divisor(&header, edge);
    if divisor == 8
        && let Some(pixels) = eighth::decode(bytes)
    {
        return Ok(pixels);
    }
    decode_scaled(bytes, &header, divisor)
}

fn divisor(header: &Header, edge: u32) -> u32 {
    let longest = header.width.max(header.height);
    // A lossless JPEG has no fractions to decode.
    if header.lossless {
        return 1;
    }
    DIVISORS.into_iter().find(|divisor| longest / divisor >= edge).unwrap_or(1)
}

fn decode_scaled(bytes: &[u8], header: &Header, divisor: u32) -> Result<Pixels, NoPreview> {
    let mut decompressor = Decompressor::new().map_err(NoPreview::broken)?;
    decompressor.set_scan_limit(SCANS).map_err(NoPreview::broken)?;
    let read = decompressor.read_header(bytes).map_err(NoPreview::broken)?;
    if (read.width, read.height) != (header.width as usize, header.height as usize) {
        // The memory was counted for another size.
        return Err(NoPreview::broken("it claims two sizes"));
    }
    let format = match read.colorspace {
        Colorspace::Gray => PixelFormat::GRAY,
        Colorspace::CMYK | Colorspace::YCCK => PixelFormat::CMYK,
        Colorspace::RGB | Colorspace::YCbCr => PixelFormat::RGB,
    };
    let factor = ScalingFactor::new(1, divisor as usize);
    decompressor.set_scaling_factor(factor).map_err(NoPreview::broken)?;
    let (width, height) = (factor.scale(read.width), factor.scale(read.height));
    let pitch = width * format.size();
    let mut data = vec![salvage::MISSING; pitch * height];
    let output = Image { pixels: data.as_mut_slice(), width, pitch, height, format };
    if let Err(error) = decompressor.decompress(bytes, output)
        && !salvage::most_came(&data, pitch)
    {
        return Err(NoPreview::broken(error));
    }
    let layout = match format {
        PixelFormat::GRAY => Layout::Gray,
        PixelFormat::CMYK => {
            data = rgb_of_cmyk(data);
            Layout::Rgb
        }
        _ => Layout::Rgb,
    };
    Ok(Pixels { width: width as u32, height: height as u32, layout, data })
}

// Adobe stores CMYK inverted, and every other writer followed: full ink is 0.
fn rgb_of_cmyk(mut data: Vec<u8>) -> Vec<u8> {
    let pixels = data.len() / 4;
    for pixel in 0..pixels {
        let black = u16::from(data[pixel * 4 + 3]);
        for sample in 0..3 {
            let ink = u16::from(data[pixel * 4 + sample]);
            data[pixel * 3 + sample] = ((ink * black + 127) / 255) as u8;
        }
    }
    data.truncate(pixels * 3);
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimens::{corners, jpeg, progressive_jpeg};

    #[test]
    fn what_an_eighth_takes_is_counted_for_both_readers() {
        let pixels = 100 * 100 * 3;
        let memory = |bytes: &[u8], edge| cost(bytes, edge).unwrap().memory;
        let baseline = jpeg(&corners(800, 800));
        assert_eq!(memory(&baseline, 100), pixels + pixels * 2, "a coefficient of two bytes beside each sample");
        assert_eq!(memory(&baseline, 200), pixels * 4, "a quarter needs none");
        let progressive = progressive_jpeg(&corners(800, 800));
        assert_eq!(memory(&progressive, 100), pixels + pixels * 128, "libjpeg-turbo would keep them all");
    }

    #[test]
    fn cmyk_without_black_is_its_light_and_full_black_is_black() {
        assert_eq!(rgb_of_cmyk(vec![255, 128, 0, 255, 255, 255, 255, 0]), [255, 128, 0, 0, 0, 0]);
    }
}
