//! Files for journeys, made here: pictures with something to see, notes, names that are easy to get wrong.

use std::fs;
use std::path::{Path, PathBuf};

use image::{ImageFormat, Rgb, RgbImage};

use crate::exif::{self, Value};

/// A JPEG of a hill under a sky, different for each seed.
pub fn picture(folder: &Path, name: &str, seed: u32) -> PathBuf {
    hill(folder, name, seed, (960, 640))
}

/// The same by a camera of 12 megapixels, more than any screen shows.
pub fn large_picture(folder: &Path, name: &str, seed: u32) -> PathBuf {
    hill(folder, name, seed, (4_000, 3_000))
}

fn hill(folder: &Path, name: &str, seed: u32, (width, height): (u32, u32)) -> PathBuf {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let wave = (x as f32 / 140.0 + seed as f32).sin() * 60.0 + (x as f32 / 47.0).cos() * 12.0;
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let ground = y as f32 > height as f32 * 0.625 + wave;
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

/// The same as a camera writes it: with the time when it was taken, `2025:12:31 10:00:00` by its clock.
pub fn photo(folder: &Path, name: &str, seed: u32, taken: &str) -> PathBuf {
    with_segment(&picture(folder, name, seed), &exif::segment(vec![], vec![(0x9003, Value::Text(taken))], vec![]))
}

/// The same with all that a good camera tells: itself and its lens, 1/250 s at f/2.8 and ISO 200 with 23 mm, and where it was,
/// 47.3750° N, 8.5000° E.
pub fn shot(folder: &Path, name: &str, seed: u32, taken: &str) -> PathBuf {
    let camera = vec![(0x010f, Value::Text("FUJIFILM")), (0x0110, Value::Text("X100V"))];
    let settings = vec![
        (0x829a, Value::Ratios(&[(1, 250)])),
        (0x829d, Value::Ratios(&[(28, 10)])),
        (0x8827, Value::Number(200)),
        (0x9003, Value::Text(taken)),
        (0x920a, Value::Ratios(&[(23, 1)])),
        (0xa434, Value::Text("23mmF2 II")),
    ];
    let coordinates = vec![
        (1, Value::Text("N")),
        (2, Value::Ratios(&LATITUDE)),
        (3, Value::Text("E")),
        (4, Value::Ratios(&[(8, 1), (30, 1), (0, 1)])),
    ];
    with_segment(&picture(folder, name, seed), &exif::segment(camera, settings, coordinates))
}

/// The latitude that [`located`] and [`shot`] write: 47° 22′ 30″, as EXIF has it.
pub const LATITUDE: [(u32, u32); 3] = [(47, 1), (22, 1), (30, 1)];

/// The same as a phone writes it: with where it was taken.
pub fn located(folder: &Path, name: &str, seed: u32) -> PathBuf {
    with_segment(&picture(folder, name, seed), &exif::segment(vec![], vec![], vec![(2, Value::Ratios(&LATITUDE))]))
}

fn with_segment(path: &Path, segment: &[u8]) -> PathBuf {
    let jpeg = fs::read(path).expect("it was just made");
    // Behind the mark that begins every JPEG.
    fs::write(path, [&jpeg[..2], segment, &jpeg[2..]].concat()).expect("the folder is ours");
    path.to_owned()
}
