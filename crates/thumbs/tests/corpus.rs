//! What a person gets to see of every kind of picture, held by comparison with small references that were looked at once.
//!
//! A reference is the tile reduced to 16 × 16 pixels. `AMPHORA_CORPUS=FOLDER cargo test --test corpus` renews the references
//! and leaves the tiles themselves in the folder, for looking at them.

#![expect(clippy::unwrap_used, reason = "what makes specimens may stop at the first that cannot be made")]

use amphora_thumbs::specimens::{drawing, encoded, exif_of, jpeg, png, progressive_jpeg, stored, with_exif};
use amphora_thumbs::{Picture, thumbnail};
use image::codecs::gif::GifEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Samples may differ by this much on average: codecs and their versions round differently.
const MEAN: f64 = 2.0;
/// A single sample of the reference may differ by this much.
const MOST: u8 = 16;
/// The edge of a reference.
const SMALL: u32 = 16;
const EDGE: u32 = 128;

/// A sky with a sun at its left, hills in front of it: no two sides are alike.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
        let sun = (across - 0.25).powi(2) + (down - 0.3).powi(2) < 0.02;
        let ground = down > 0.75 - 0.25 * (across * 4.0).sin() * across;
        match (sun, ground) {
            (_, true) => Rgb([40, (120.0 - across * 70.0) as u8, 60]),
            (true, _) => Rgb([250, 205, 70]),
            _ => Rgb([(70.0 + down * 120.0) as u8, (130.0 + down * 60.0) as u8, 215]),
        }
    })
}

/// The scene, fading away to the right.
fn faded(width: u32, height: u32) -> RgbaImage {
    let whole = scene(width, height);
    RgbaImage::from_fn(width, height, |x, y| {
        let Rgb([red, green, blue]) = *whole.get_pixel(x, y);
        Rgba([red, green, blue, (255 - x * 255 / width) as u8])
    })
}

fn whole() -> DynamicImage {
    scene(400, 300).into()
}

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/corpus/files").join(name)).unwrap()
}

/// Holds a tile against its reference.
fn assert_shows(name: &str, bytes: &[u8], (width, height): (u32, u32), reference: &str) {
    let picture = thumbnail(bytes, EDGE).unwrap_or_else(|reason| panic!("{name}: {reason}"));
    assert_eq!((picture.width, picture.height), (width, height), "{name}: its size");
    let small = opened(&picture).resize_exact(SMALL, SMALL, FilterType::Triangle).into_rgba8();
    let path = PathBuf::from("tests/corpus").join(reference).with_extension("png");
    if let Some(folder) = env::var_os("AMPHORA_CORPUS") {
        opened(&picture).save(Path::new(&folder).join(name).with_extension("png")).unwrap();
        if name == reference {
            small.save(&path).unwrap();
        }
    }
    let expected = image::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into_rgba8();
    let differences: Vec<u8> = small.iter().zip(expected.iter()).map(|(is, should)| is.abs_diff(*should)).collect();
    let mean = differences.iter().map(|&difference| f64::from(difference)).sum::<f64>() / differences.len() as f64;
    let most = differences.iter().max().copied().unwrap_or(0);
    assert!(mean <= MEAN && most <= MOST, "{name} looks different: {mean:.1} on average, {most} at most");
}

fn opened(picture: &Picture) -> DynamicImage {
    image::load_from_memory(&picture.bytes).unwrap()
}

#[test]
fn all_eight_orientations_look_the_same() {
    let upright = scene(400, 300);
    assert_shows("scene", &jpeg(&upright), (128, 96), "scene");
    for orientation in 1..=8 {
        let turned = stored(&upright, orientation);
        assert_shows(&format!("jpeg-{orientation}"), &with_exif(&jpeg(&turned), orientation), (128, 96), "scene");
        assert_shows(&format!("png-{orientation}"), &png(&turned, Some(exif_of(orientation))), (128, 96), "scene");
    }
}

#[test]
fn every_coding_of_a_picture_looks_the_same() {
    let formats = [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::WebP, ImageFormat::Gif];
    for format in formats {
        // A GIF has no more than 256 colours; the reference is coarse enough not to see it.
        assert_shows(&format!("{format:?}").to_lowercase(), &encoded(&whole(), format), (128, 96), "scene");
    }
    assert_shows("progressive", &progressive_jpeg(&scene(400, 300)), (128, 96), "scene");
    assert_shows("deep", &encoded(&whole().into_rgb16().into(), ImageFormat::Png), (128, 96), "scene");
    assert_shows("deep-tiff", &encoded(&whole().into_rgb16().into(), ImageFormat::Tiff), (128, 96), "scene");
    assert_shows("floats", &encoded(&whole().into_rgb32f().into(), ImageFormat::Tiff), (128, 96), "scene");
    // Written by libvips 8.14: no encoder in Rust interlaces.
    assert_shows("interlaced", &file("interlaced.png"), (128, 96), "scene");
    assert_shows("lossy-webp", &file("lossy.webp"), (128, 96), "scene");
    let icon = DynamicImage::from(scene(128, 96)).to_rgba8();
    assert_shows("icon", &encoded(&icon.into(), ImageFormat::Ico), (128, 96), "scene");
}

#[test]
fn ink_is_shown_as_the_colours_that_it_prints() {
    // All black lies in the three colours; inverted, as Adobe stores it.
    let pixels: Vec<u8> = scene(400, 300).pixels().flat_map(|&Rgb([r, g, b])| [r, g, b, 255]).collect();
    let (width, height, format) = (400, 300, turbojpeg::PixelFormat::CMYK);
    let source = turbojpeg::Image { pixels: pixels.as_slice(), width, pitch: width * 4, height, format };
    let bytes = turbojpeg::compress(source, 95, turbojpeg::Subsamp::None).unwrap();
    assert_shows("cmyk", &bytes, (128, 96), "scene");
}

#[test]
fn what_shines_through_goes_on_shining_through() {
    let faded = DynamicImage::from(faded(400, 300));
    assert_shows("faded", &encoded(&faded, ImageFormat::Png), (128, 96), "faded");
    assert_shows("faded-webp", &encoded(&faded, ImageFormat::WebP), (128, 96), "faded");
    assert_shows("faded-deep", &encoded(&faded.to_rgba16().into(), ImageFormat::Png), (128, 96), "faded");
    assert_shows("faded-tiff", &encoded(&faded, ImageFormat::Tiff), (128, 96), "faded");
    assert_shows("palette", &file("palette.png"), (128, 96), "palette");
    assert_shows("grey", &encoded(&whole().into_luma8().into(), ImageFormat::Png), (128, 96), "grey");
    assert_shows("grey-alpha", &encoded(&faded.to_luma_alpha8().into(), ImageFormat::Png), (128, 96), "grey-alpha");
    assert_shows("grey-deep", &encoded(&faded.to_luma_alpha16().into(), ImageFormat::Png), (128, 96), "grey-alpha");
}

#[test]
fn a_drawing_is_drawn_as_large_as_its_tile() {
    let sky = "<linearGradient id='s' x2='0' y2='1'><stop stop-color='#4682d7'/><stop offset='1' stop-color='#bed7d7'/></linearGradient>";
    let hills = "<path d='M0 75Q50 40 100 90V100H0Z' fill='#28783c' stroke='#123' stroke-width='3'/>";
    let inside = format!(
        "{sky}<rect width='100' height='100' fill='url(#s)'/><circle cx='25' cy='30' r='14' fill='#facd46'/>{hills}"
    );
    assert_shows("drawing", &drawing(&inside), (128, 128), "drawing");
}

#[test]
fn of_what_moves_the_first_frame_is_shown() {
    let mut gif = Vec::new();
    let mut encoder = GifEncoder::new(&mut gif);
    for frame in [whole().into_rgba8(), RgbaImage::from_pixel(400, 300, Rgba([255, 0, 255, 255]))] {
        encoder.encode_frame(Frame::new(frame)).unwrap();
    }
    drop(encoder);
    assert_shows("animated-gif", &gif, (128, 96), "scene");
    assert_shows("animated-webp", &file("animated.webp"), (128, 96), "scene");
}

#[test]
fn odd_sizes_keep_their_shape() {
    let of = |width, height| encoded(&scene(width, height).into(), ImageFormat::Png);
    assert_shows("dot", &of(1, 1), (1, 1), "dot");
    assert_shows("thread", &of(1, 10_000), (1, 128), "thread");
    assert_shows("thread-jpeg", &jpeg(&scene(10_000, 1)), (128, 1), "thread-jpeg");
    assert_shows("small", &of(17, 5), (17, 5), "small");
}

#[test]
fn a_picture_that_was_cut_short_shows_what_came() {
    let bytes = encoded(&whole(), ImageFormat::Jpeg);
    assert_shows("cut", &bytes[..bytes.len() * 8 / 10], (128, 96), "cut");
}
