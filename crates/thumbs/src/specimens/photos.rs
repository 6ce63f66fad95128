//! Pictures as large and as hard to code as those of cameras.

use image::{Rgb, RgbImage};
use turbojpeg::{Compressor, PixelFormat, Subsamp};

/// Pixels such as a camera makes them: slow changes, some edges, and noise.
pub fn photo(width: u32, height: u32) -> RgbImage {
    let mut noise = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
        let wave = ((across * 21.0).sin() + (down * 17.0 + across * 5.0).cos()) * 34.0;
        let edge = if (x / 190 + y / 140) % 3 == 0 { 28.0 } else { 0.0 };
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 28) as f32 - 7.5;
        let bases = [96.0 + across * 80.0, 110.0 + down * 60.0, 150.0 - across * 50.0];
        Rgb(bases.map(|base| (base + wave + edge + grain).clamp(0.0, 255.0) as u8))
    })
}

/// A JPEG with halved colours, as cameras write them; in several scans, or in one.
pub fn photo_jpeg(photo: &RgbImage, percent: i32, progressive: bool) -> Vec<u8> {
    let mut compressor = Compressor::new().unwrap();
    compressor.set_quality(percent).unwrap();
    compressor.set_subsamp(Subsamp::Sub2x2).unwrap();
    compressor.set_progressive(progressive).unwrap();
    let (width, height, format) = (photo.width() as usize, photo.height() as usize, PixelFormat::RGB);
    let pixels = photo.as_raw().as_slice();
    compressor.compress_to_vec(turbojpeg::Image { pixels, width, pitch: width * 3, height, format }).unwrap()
}
