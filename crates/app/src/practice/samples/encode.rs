//! Writes a canvas as a file.

use super::canvas::Canvas;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// A JPEG segment (APP1) with EXIF (2.32, tag 0x0112) that says: turn me a quarter to the right.
const TURN_RIGHT: &[u8] = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

pub(super) fn jpeg(canvas: &Canvas) -> Vec<u8> {
    let (width, height) = canvas.size();
    amphora_thumbs::encode_rgb(canvas.rgb(), width, height).expect("a canvas is full of pixels").bytes
}

/// As a phone held upright stores it: lying on its side, with EXIF orientation 6.
pub(super) fn turned_jpeg(upright: &Canvas) -> Vec<u8> {
    let mut bytes = jpeg(&upright.turned_left());
    // Right behind the mark that starts a JPEG.
    bytes.splice(2..2, TURN_RIGHT.iter().copied());
    bytes
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
