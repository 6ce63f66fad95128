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
