//! Files for journeys, made here: pictures with something to see, notes, names that are easy to get wrong.

use std::fs;
use std::path::{Path, PathBuf};

use image::{ImageFormat, Rgb, RgbImage};

/// A JPEG of a hill under a sky, different for each seed.
pub fn picture(folder: &Path, name: &str, seed: u32) -> PathBuf {
    let (width, height) = (960, 640);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let wave = (x as f32 / 140.0 + seed as f32).sin() * 60.0 + (x as f32 / 47.0).cos() * 12.0;
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let ground = y as f32 > 400.0 + wave;
        let shade = u8::try_from(y * 90 / height).unwrap_or(u8::MAX);
        let hue = u8::try_from(seed * 37 % 90).unwrap_or(0);
        if ground { Rgb([60 + hue, 110 + shade / 2, 70]) } else { Rgb([150 + hue, 190, 245 - shade]) }
    });
    let path = folder.join(name);
    picture.save_with_format(&path, ImageFormat::Jpeg).expect("the folder is ours");
    path
}

/// A file with this text.
pub fn note(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder is ours");
    fs::write(&path, text).expect("the folder is ours");
    path
}

/// The same as a camera writes it: with the time when it was taken, `2025:12:31 10:00:00` by its clock (EXIF 2.3, DateTimeOriginal).
pub fn photo(folder: &Path, name: &str, seed: u32, taken: &str) -> PathBuf {
    with_segment(&picture(folder, name, seed), &taken_segment(taken))
}

/// The latitude that [`located`] writes: 47° 22′ 30″, as EXIF has it.
pub const LATITUDE: [u32; 6] = [47, 1, 22, 1, 30, 1];

/// The same as a phone writes it: with where it was taken (EXIF 2.3, GPSLatitude).
pub fn located(folder: &Path, name: &str, seed: u32) -> PathBuf {
    with_segment(&picture(folder, name, seed), &located_segment())
}

fn with_segment(path: &Path, segment: &[u8]) -> PathBuf {
    let jpeg = fs::read(path).expect("it was just made");
    // Behind the mark that begins every JPEG.
    fs::write(path, [&jpeg[..2], segment, &jpeg[2..]].concat()).expect("the folder is ours");
    path.to_owned()
}

/// An APP1 segment with a TIFF header, a first directory that points to the one of coordinates, and the latitude in that.
fn located_segment() -> Vec<u8> {
    let (first, coordinates, latitude) = (8u32, 26u32, 44u32);
    let mut tiff = b"II*\0".to_vec();
    tiff.extend(first.to_le_bytes());
    for directory in [entry(0x8825, 4, 1, coordinates), entry(0x0002, 5, 3, latitude)] {
        tiff.extend(1u16.to_le_bytes());
        tiff.extend(directory);
        tiff.extend(0u32.to_le_bytes());
    }
    tiff.extend(LATITUDE.iter().flat_map(|number| number.to_le_bytes()));
    exif_segment(&tiff)
}

/// An entry of a TIFF directory.
fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
    [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
}

fn exif_segment(tiff: &[u8]) -> Vec<u8> {
    let body = [b"Exif\0\0".as_slice(), tiff].concat();
    let length = u16::try_from(body.len() + 2).expect("it is short");
    [&[0xff, 0xe1], &length.to_be_bytes()[..], &body].concat()
}

/// An APP1 segment with a TIFF header, a first directory that points to EXIF's, and the one text in that.
fn taken_segment(taken: &str) -> Vec<u8> {
    let (first, exif, text) = (8u32, 26u32, 44u32);
    let mut tiff = b"II*\0".to_vec();
    tiff.extend(first.to_le_bytes());
    for directory in [entry(0x8769, 4, 1, exif), entry(0x9003, 2, 20, text)] {
        tiff.extend(1u16.to_le_bytes());
        tiff.extend(directory);
        tiff.extend(0u32.to_le_bytes());
    }
    tiff.extend(taken.as_bytes());
    tiff.push(0);
    exif_segment(&tiff)
}
