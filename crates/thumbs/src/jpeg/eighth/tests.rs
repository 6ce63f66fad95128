//! Held beside libjpeg-turbo, which decodes the same files, and against what files may hold.

use super::*;
use crate::jpeg::decode_scaled;
use crate::no_preview::NoPreview;
use crate::pixels::Layout;
use crate::specimens::photo;
use image::RgbImage;
use turbojpeg::{Colorspace, Compressor, Image, PixelFormat, Subsamp};

// Written by libvips 8.14: a restart behind every three groups.
const RESTARTS: &[u8] = include_bytes!("../../../tests/corpus/files/restarts.jpg");
const RESTARTS_PROGRESSIVE: &[u8] = include_bytes!("../../../tests/corpus/files/restarts-progressive.jpg");

/// A JPEG of these pixels; `more` says how.
fn jpeg(photo: &RgbImage, subsamp: Subsamp, percent: i32, more: impl Fn(&mut Compressor)) -> Vec<u8> {
    let mut compressor = Compressor::new().unwrap();
    compressor.set_quality(percent).unwrap();
    compressor.set_subsamp(subsamp).unwrap();
    more(&mut compressor);
    let (width, height, format) = (photo.width() as usize, photo.height() as usize, PixelFormat::RGB);
    let pixels = photo.as_raw().as_slice();
    compressor.compress_to_vec(Image { pixels, width, pitch: width * 3, height, format }).unwrap()
}

/// Some edges, some noise, and a patch of strong colour.
fn picture(width: u32, height: u32) -> RgbImage {
    let mut picture = photo(width, height);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        if (x / 40 + y / 24) % 5 == 0 {
            pixel.0[0] = 255 - pixel.0[0] / 4;
        }
    }
    picture
}

/// Colours that change slowly, each way another one: drawn out to the wrong side they would be twice as far off.
fn waves(width: u32, height: u32) -> RgbImage {
    let mut waves = photo(width, height);
    for (x, y, pixel) in waves.enumerate_pixels_mut() {
        let [red, _, blue] = &mut pixel.0;
        *red = (128.0 + 80.0 * (x as f32 / 40.0).sin()) as u8;
        *blue = (128.0 + 80.0 * (y as f32 / 40.0).sin()) as u8;
    }
    waves
}

/// Each block's mean, as it should come out.
fn reduced(picture: &RgbImage) -> Pixels {
    let (width, height) = (picture.width().div_ceil(8), picture.height().div_ceil(8));
    let mut data = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let block: Vec<_> = (y * 8..picture.height().min(y * 8 + 8))
            .flat_map(|y| (x * 8..picture.width().min(x * 8 + 8)).map(move |x| picture.get_pixel(x, y).0))
            .collect();
        let mean = |sample: usize| block.iter().map(|pixel| usize::from(pixel[sample])).sum::<usize>() / block.len();
        data.extend([0, 1, 2].map(|sample| mean(sample) as u8));
    }
    Pixels { width, height, layout: Layout::Rgb, data }
}

fn by_libjpeg(bytes: &[u8]) -> Result<Pixels, NoPreview> {
    decode_scaled(bytes, &Header::read(bytes)?, 8)
}

/// By how much samples differ from those of libjpeg-turbo: on average, and at most.
fn differences(ours: &Pixels, theirs: &Pixels) -> (f64, u8) {
    assert_eq!((ours.width, ours.height, ours.layout), (theirs.width, theirs.height, theirs.layout));
    assert_eq!(ours.data.len(), theirs.data.len());
    let differences: Vec<u8> =
        ours.data.iter().zip(&theirs.data).map(|(ours, theirs)| ours.abs_diff(*theirs)).collect();
    let sum = differences.iter().map(|&difference| f64::from(difference)).sum::<f64>();
    (sum / differences.len() as f64, differences.into_iter().max().unwrap_or(0))
}

fn assert_same(bytes: &[u8], what: &str) {
    let ours = decode(bytes).unwrap_or_else(|| panic!("{what} is not known"));
    let (mean, most) = differences(&ours, &by_libjpeg(bytes).unwrap());
    assert!(most <= 1, "{what}: {mean:.2} on average, {most} at most");
}

#[test]
fn whole_colours_and_greys_are_those_of_libjpeg() {
    for (width, height) in [(320, 200), (333, 217), (8, 8), (1, 1), (9, 250), (250, 7)] {
        for percent in [50, 75, 92, 100] {
            for (name, subsamp) in [("4:4:4", Subsamp::None), ("grey", Subsamp::Gray)] {
                let what = format!("{name}, {width} × {height}, quality {percent}");
                let bytes = |more: fn(&mut Compressor)| jpeg(&picture(width, height), subsamp, percent, more);
                assert_same(&bytes(|_| ()), &what);
                assert_same(&bytes(|how| how.set_optimize(true).unwrap()), &format!("{what}, codes of its own"));
                assert_same(&bytes(|how| how.set_progressive(true).unwrap()), &format!("{what}, progressive"));
            }
        }
    }
}

#[test]
fn halved_colours_are_drawn_out_to_where_they_belong() {
    // At its rims a picture has nothing to draw colours out to: the narrower, the farther off.
    for (width, height, most) in [(640, 400, 1.2), (333, 217, 2.2), (17, 121, 8.0), (1, 1, 0.1)] {
        let picture = waves(width, height);
        let reduced = reduced(&picture);
        for (name, subsamp) in [("4:2:0", Subsamp::Sub2x2), ("4:2:2", Subsamp::Sub2x1), ("4:4:0", Subsamp::Sub1x2)] {
            for percent in [50, 92, 100] {
                for progressive in [false, true] {
                    let bytes = jpeg(&picture, subsamp, percent, |how| how.set_progressive(progressive).unwrap());
                    let what = format!("{name}, {width} × {height}, quality {percent}, progressive: {progressive}");
                    let ours = decode(&bytes).unwrap_or_else(|| panic!("{what} is not known"));
                    let (ours, _) = differences(&ours, &reduced);
                    let (theirs, _) = differences(&by_libjpeg(&bytes).unwrap(), &reduced);
                    assert!(ours <= theirs + most, "{what}: {ours:.2} on average, libjpeg-turbo {theirs:.2}");
                }
            }
        }
    }
}

#[test]
fn restarts_are_passed() {
    for (name, bytes) in [("one scan", RESTARTS), ("progressive", RESTARTS_PROGRESSIVE)] {
        let ours = decode(bytes).unwrap_or_else(|| panic!("{name} is not known"));
        let (mean, _) = differences(&ours, &by_libjpeg(bytes).unwrap());
        assert!(mean <= 2.0, "{name}: {mean:.2} on average");
    }
    // One of them with another number.
    let mut bytes = RESTARTS.to_vec();
    let restart = bytes.windows(2).position(|pair| pair == b"\xff\xd1").unwrap();
    bytes[restart + 1] = 0xd5;
    assert!(decode(&bytes).is_none(), "libjpeg-turbo knows how to go on");
}

#[test]
fn what_is_out_of_the_ordinary_is_left_to_libjpeg() {
    let made = |subsamp, more: fn(&mut Compressor)| jpeg(&picture(64, 64), subsamp, 90, more);
    assert!(decode(&made(Subsamp::None, |how| how.set_arithmetic(true).unwrap())).is_none(), "arithmetic");
    assert!(decode(&made(Subsamp::None, |how| how.set_colorspace(Colorspace::RGB).unwrap())).is_none(), "RGB");
    assert!(decode(&made(Subsamp::Sub4x1, |_| ())).is_none(), "4:1:1");
    assert!(decode(b"\xff\xd8\xff\xd9").is_none() && decode(b"").is_none(), "nothing");
    let pixels = [90; 64 * 64 * 4].as_slice();
    let ink = Image { pixels, width: 64, pitch: 64 * 4, height: 64, format: PixelFormat::CMYK };
    assert!(decode(&turbojpeg::compress(ink, 95, Subsamp::None).unwrap()).is_none(), "ink");
}

#[test]
fn of_a_file_that_is_cut_anywhere_all_that_is_needed_came_or_it_is_left_to_libjpeg() {
    let bytes = jpeg(&picture(40, 24), Subsamp::Gray, 75, |_| ());
    for end in 0..bytes.len() - 2 {
        assert!(decode(&bytes[..end]).is_none(), "cut at {end} of {}", bytes.len());
    }
    let bytes = jpeg(&picture(40, 24), Subsamp::Gray, 75, |how| how.set_progressive(true).unwrap());
    let whole = decode(&bytes).unwrap();
    let shown = (0..bytes.len()).filter_map(|end| decode(&bytes[..end]));
    assert!(shown.map(|ours| assert_eq!(ours.data, whole.data)).count() > 0, "the last scans are not needed");
}

#[test]
fn where_any_byte_is_another_it_shows_what_libjpeg_shows_or_nothing() {
    for progressive in [false, true] {
        let bytes = jpeg(&picture(72, 56), Subsamp::Gray, 75, |how| how.set_progressive(progressive).unwrap());
        let mut shown = 0;
        for at in 0..bytes.len() {
            for flip in [0x01, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                if let (Some(ours), Ok(theirs)) = (decode(&damaged), by_libjpeg(&damaged)) {
                    let (_, most) = differences(&ours, &theirs);
                    assert!(most <= 1, "byte {at} xor {flip:02x}, progressive {progressive}: {most} at most");
                    shown += 1;
                }
            }
        }
        assert!(shown > 0, "not every damage is seen");
    }
}

#[test]
fn where_a_byte_between_restarts_is_another_it_shows_what_it_was_or_what_libjpeg_shows_or_nothing() {
    for bytes in [RESTARTS, RESTARTS_PROGRESSIVE] {
        let whole = decode(bytes).unwrap();
        // In front of it quantisers would change what halved colours are to libjpeg-turbo, and to us not.
        let scan = bytes.windows(2).position(|pair| pair == b"\xff\xda").unwrap();
        // Every byte takes a minute without optimisation.
        for at in (scan..bytes.len()).step_by(13) {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= 0xff;
            if let (Some(ours), Ok(theirs)) = (decode(&damaged), by_libjpeg(&damaged)) {
                let (mean, _) = differences(&ours, &theirs);
                // What is damaged behind the first coefficients troubles halved colours of libjpeg-turbo only.
                assert!(mean <= 4.0 || ours.data == whole.data, "byte {at}: {mean:.2} on average");
            }
        }
    }
}

#[test]
fn more_scans_than_a_picture_has_are_left_to_libjpeg() {
    let bytes = jpeg(&picture(16, 16), Subsamp::Gray, 75, |how| how.set_progressive(true).unwrap());
    let last = bytes.windows(2).rposition(|pair| pair == b"\xff\xda").unwrap();
    let scan = &bytes[last..bytes.len() - 2];
    let many = |more: usize| [&bytes[..bytes.len() - 2], &scan.repeat(more), b"\xff\xd9"].concat();
    assert!(decode(&many(100)).is_some());
    assert!(decode(&many(SCANS as usize)).is_none());
}

#[test]
fn a_grey_picture_stays_grey() {
    let grey = decode(&jpeg(&picture(64, 64), Subsamp::Gray, 90, |_| ())).unwrap();
    assert_eq!((grey.layout, grey.width, grey.height), (Layout::Gray, 8, 8));
}
