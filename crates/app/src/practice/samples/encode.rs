//! Writes a canvas as a file.

use super::canvas::Canvas;
use exif::experimental::Writer;
use exif::{Field, In, Tag, Value};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use std::io::Cursor;

/// How a sensor lies that stores what it sees: upright, or a quarter turned (EXIF 2.32, orientation 6).
const UPRIGHT: u16 = 1;
const TURN_RIGHT: u16 = 6;

/// A photo that was taken then, `2026:07:18 06:12:00` by the camera's clock.
pub(super) fn photo(canvas: &Canvas, taken: &str) -> Vec<u8> {
    with_exif(jpeg(canvas), taken, UPRIGHT)
}

/// As a phone held upright stores it: lying on its side, and saying so.
pub(super) fn turned_photo(upright: &Canvas, taken: &str) -> Vec<u8> {
    with_exif(jpeg(&upright.turned_left()), taken, TURN_RIGHT)
}

fn jpeg(canvas: &Canvas) -> Vec<u8> {
    let (width, height) = canvas.size();
    amphora_thumbs::encode_rgb(canvas.rgb(), width, height).expect("a canvas is full of pixels").bytes
}

fn with_exif(mut jpeg: Vec<u8>, taken: &str, orientation: u16) -> Vec<u8> {
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let fields = [
        field(Tag::Orientation, Value::Short(vec![orientation])),
        field(Tag::DateTimeOriginal, Value::Ascii(vec![taken.into()])),
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut tiff = Cursor::new(Vec::new());
    writer.write(&mut tiff, false).expect("memory takes every write");
    let exif = [b"Exif\0\0", tiff.get_ref().as_slice()].concat();
    let length = u16::try_from(exif.len() + 2).expect("two fields are short");
    // An APP1 segment right behind the mark that starts a JPEG.
    jpeg.splice(2..2, [&[0xff, 0xe1], length.to_be_bytes().as_slice(), &exif].concat());
    jpeg
}

/// Colours, and where they show.
pub(super) fn png((colours, shows): &(Canvas, Canvas)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = colours.size();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Sub);
    let written = encoder.write_image(&colours.rgba(shows), width, height, ExtendedColorType::Rgba8);
    written.expect("memory takes every write");
    bytes
}
