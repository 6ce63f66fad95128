//! Pictures made in code, for tests and benchmarks.

#![allow(clippy::unwrap_used, dead_code, reason = "what makes specimens may stop at the first that cannot be made")]

mod drawings;
mod movies;
mod photos;
mod raws;

pub use drawings::{drawing, hostile_drawings};
pub use movies::{PLACE, boxed, located_movie, metadata, movie, track, user_text};
pub use photos::{photo, photo_jpeg};
pub use raws::{CanonJpegs, OlympusNote, RAW_SIZE, RAW_TAKEN, camera_jpeg, cr3, orf, pef, raf, rw2};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// The corners of [`corners`]: top left, top right, bottom left, bottom right.
pub const CORNERS: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [230, 220, 40]];

/// A picture whose quarters have four colours.
pub fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (right, below) = (usize::from(x * 2 >= width), usize::from(y * 2 >= height));
        Rgb(CORNERS[below * 2 + right])
    })
}

/// A JPEG of quality 95, without metadata.
pub fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95)).unwrap();
    bytes
}

/// A JPEG that comes in several scans, its colours whole.
pub fn progressive_jpeg(image: &RgbImage) -> Vec<u8> {
    let mut compressor = turbojpeg::Compressor::new().unwrap();
    compressor.set_progressive(true).unwrap();
    compressor.set_subsamp(turbojpeg::Subsamp::None).unwrap();
    let (width, height) = (image.width() as usize, image.height() as usize);
    let format = turbojpeg::PixelFormat::RGB;
    let pixels = image.as_raw().as_slice();
    compressor.compress_to_vec(turbojpeg::Image { pixels, width, pitch: width * 3, height, format }).unwrap()
}

/// A PNG, with this EXIF where there is one.
pub fn png(image: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    image.write_with_encoder(encoder).unwrap();
    bytes
}

/// A WebP with loss; [`encoded`] makes those without.
pub fn lossy_webp(image: &RgbImage) -> Vec<u8> {
    let config = webpx::EncoderConfig::new().quality(90.0);
    config.encode_rgb(image, image.width(), image.height(), webpx::Unstoppable).unwrap()
}

/// An image in a format.
pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A TIFF block with nothing but an orientation (EXIF 2.32, tag 0x0112).
pub fn exif_of(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif
}

/// Puts an EXIF segment right behind the start of a JPEG.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    with_segment(jpeg, 0xe1, &[b"Exif\0\0".to_vec(), exif_of(orientation)].concat())
}

/// Puts a segment right behind the start of a JPEG.
pub fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

/// What a camera writes into its pictures beside the pixels.
#[derive(Default)]
pub struct Camera {
    /// `2026:07:14 18:05:09`
    pub taken: Option<&'static str>,
    /// `+02:00`
    pub offset: Option<&'static str>,
    /// It writes where it is.
    pub located: bool,
    /// 0: says nothing.
    pub orientation: u8,
    /// Its pictures are Adobe RGB, which it only says in passing.
    pub adobe_rgb: bool,
    /// A small JPEG in its EXIF.
    pub preview: Option<Vec<u8>>,
    /// A larger one behind the picture, found by an index in front of it.
    pub large_preview: Option<Vec<u8>>,
}

impl Camera {
    /// A picture of [`corners`], stored as this camera stores it.
    /// A JPEG of quality 95, without metadata.
    pub fn jpeg(&self, width: u32, height: u32) -> Vec<u8> {
        self.around(&jpeg(&corners(width, height)))
    }

    /// Puts what this camera writes around a JPEG.
    pub fn around(&self, jpeg: &[u8]) -> Vec<u8> {
        let exif = [b"Exif\0\0".to_vec(), self.exif()].concat();
        let Some(large) = &self.large_preview else { return with_segment(jpeg, 0xe1, &exif) };
        // The offset counts from the index's own start, which lies right behind the EXIF.
        let index_at = 2 + 2 + 2 + exif.len() + 2 + 2 + 4;
        let length = with_segment(&with_segment(jpeg, 0xe2, &multi_picture(0, 0)), 0xe1, &exif).len();
        let index = multi_picture(u32::try_from(large.len()).unwrap(), u32::try_from(length - index_at).unwrap());
        [with_segment(&with_segment(jpeg, 0xe2, &index), 0xe1, &exif), large.clone()].concat()
    }

    /// The TIFF block of its EXIF.
    pub fn exif(&self) -> Vec<u8> {
        use exif::experimental::Writer;
        use exif::{Field, In, Rational, Tag, Value};
        let ascii = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
        let degrees = |degrees: u32| Value::Rational([degrees, 22, 30].map(|num| Rational { num, denom: 1 }).to_vec());
        let mut values = vec![(Tag::Make, ascii("Amphora"))];
        values.extend(self.taken.map(|taken| (Tag::DateTimeOriginal, ascii(taken))));
        values.extend(self.offset.map(|offset| (Tag::OffsetTimeOriginal, ascii(offset))));
        if self.orientation > 0 {
            values.push((Tag::Orientation, Value::Short(vec![self.orientation.into()])));
        }
        if self.adobe_rgb {
            values.push((Tag::InteroperabilityIndex, ascii("R03")));
        }
        if self.located {
            values.push((Tag::GPSLatitudeRef, ascii("N")));
            values.push((Tag::GPSLatitude, degrees(47)));
            values.push((Tag::GPSLongitudeRef, ascii("E")));
            values.push((Tag::GPSLongitude, degrees(8)));
        }
        let fields: Vec<_> =
            values.into_iter().map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value }).collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        if let Some(preview) = &self.preview {
            writer.set_jpeg(preview, In::THUMBNAIL);
        }
        let mut block = Cursor::new(Vec::new());
        writer.write(&mut block, false).unwrap();
        block.into_inner()
    }
}

/// The index of a file with a picture and its large thumbnail (CIPA DC-007).
fn multi_picture(length: u32, offset: u32) -> Vec<u8> {
    let mut body = b"MPF\0MM\0*\0\0\0\x08\0\x01\xb0\x02\0\x07\0\0\0\x20\0\0\0\x1a\0\0\0\0".to_vec();
    body.extend([0x20, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    body.extend([0, 1, 0, 2]);
    body.extend(length.to_be_bytes());
    body.extend(offset.to_be_bytes());
    body.extend([0; 4]);
    body
}

/// A raw file of a camera: directories that point at two JPEGs, and no pixels that anybody could read.
pub fn raw(small: &[u8], large: &[u8]) -> Vec<u8> {
    let long = |tag: u16, value: u32| {
        [&tag.to_le_bytes()[..], &4u16.to_le_bytes(), &1u32.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let (small_length, large_length) = (u32::try_from(small.len()).unwrap(), u32::try_from(large.len()).unwrap());
    // Three entries and a link, then two entries and a link.
    let (second, pixels) = (8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 2 * 12 + 4);
    [
        b"II*\0\x08\0\0\0\x03\0".to_vec(),
        long(0x014a, second),
        long(0x0201, pixels),
        long(0x0202, small_length),
        vec![0; 4],
        b"\x02\0".to_vec(),
        long(0x0201, pixels + small_length),
        long(0x0202, large_length),
        vec![0; 4],
        small.to_vec(),
        large.to_vec(),
    ]
    .concat()
}

/// The pixels as a camera with this orientation stores them. Written from the standard's words (which side of the upright
/// picture the first row and the first column are), not from the code under test.
pub fn stored(upright: &RgbImage, orientation: u8) -> RgbImage {
    let (width, height) = upright.dimensions();
    let sideways = orientation >= 5;
    let (columns, rows) = if sideways { (height, width) } else { (width, height) };
    RgbImage::from_fn(columns, rows, |column, row| {
        let (x, y) = match orientation {
            1 => (column, row),
            2 => (width - 1 - column, row),
            3 => (width - 1 - column, height - 1 - row),
            4 => (column, height - 1 - row),
            5 => (row, column),
            6 => (width - 1 - row, column),
            7 => (width - 1 - row, height - 1 - column),
            _ => (row, height - 1 - column),
        };
        *upright.get_pixel(x, y)
    })
}

/// A JPEG that claims a size and has almost no pixels.
pub fn boasting_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&corners(8, 8));
    let frame = bytes.windows(2).position(|pair| pair == b"\xff\xc0").unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A valid PNG that claims a size and has almost no pixels.
pub fn boasting_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&corners(2, 2), None);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
    bytes
}

// PNG, Annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}
