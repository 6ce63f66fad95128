//! Facts of pictures as cameras write them, and of what only looks like one.

use super::*;
use crate::specimens::{Camera, corners, encoded, jpeg, png, with_exif, with_segment};
use image::{DynamicImage, ImageFormat};

#[test]
fn a_camera_tells_when_where_and_how_it_was_held() {
    let camera = Camera { taken: Some("2026:07-14"), ..Camera::default() };
    assert_eq!(facts(&camera.jpeg(40, 30)).taken, None, "half a date is none");
    let camera = Camera {
        taken: Some("2026:07:14 18:05:09"),
        offset: Some("+02:00"),
        located: true,
        orientation: 6,
        ..Camera::default()
    };
    let taken = Taken { clock: 1_784_052_309_000, offset: Some(120) };
    let expected = Facts { size: Some((30, 40)), taken: Some(taken), has_location: true };
    assert_eq!(facts(&camera.jpeg(40, 30)), expected, "18:05:09 by its own clock, held upright");
    let nowhere = Camera { located: false, ..camera };
    assert!(!facts(&nowhere.jpeg(40, 30)).has_location);
}

#[test]
fn a_clock_that_was_never_set_is_no_date() {
    for never in ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:02:31 10:00:00", "0001:01:01 00:00:00"] {
        let camera = Camera { taken: Some(never), ..Camera::default() };
        assert_eq!(facts(&camera.jpeg(8, 8)).taken, None, "{never:?}");
    }
}

#[test]
fn the_beginning_of_a_large_file_is_enough() {
    let camera = Camera { taken: Some("2020:01:02 03:04:05"), ..Camera::default() };
    let whole = camera.jpeg(1600, 1200);
    let head = &whole[..whole.len() / 4];
    assert_eq!(facts(head), facts(&whole));
    assert_eq!(facts(head).size, Some((1600, 1200)));
}

#[test]
fn every_format_tells_its_size_in_its_beginning() {
    let image = DynamicImage::from(corners(300, 200));
    let formats = [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP, ImageFormat::Jpeg, ImageFormat::Gif];
    for format in formats {
        let bytes = encoded(&image, format);
        assert_eq!(facts(&bytes[..bytes.len().min(600)]).size, Some((300, 200)), "{format:?}");
    }
    let turned = png(&corners(30, 20), Some(crate::specimens::exif_of(8)));
    assert_eq!(facts(&turned).size, Some((20, 30)), "a PNG can say that it lies on its side");
}

#[test]
fn a_raw_file_tells_the_size_of_its_picture_and_not_that_of_its_stamp() {
    let entry = |tag: u16, value: u32| [&tag.to_le_bytes()[..], b"\x04\0\x01\0\0\0", &value.to_le_bytes()].concat();
    let below = 8 + 2 + 5 * 12 + 4;
    let file = |kind: u32| {
        let stamp = [entry(0xfe, kind), entry(0x100, 160), entry(0x101, 120), entry(0x112, 6), entry(0x14a, below)];
        let whole = [entry(0xfe, 0), entry(0x100, 6000), entry(0x101, 4000)];
        [b"II*\0\x08\0\0\0\x05\0", &stamp.concat()[..], &[0; 4], b"\x03\0", &whole.concat(), &[0; 4]].concat()
    };
    assert_eq!(facts(&file(1)).size, Some((4000, 6000)), "as it is looked at");
    assert_eq!(facts(&file(0)).size, Some((120, 160)), "what is no reduced picture is the picture");
}

#[test]
fn coordinates_in_xmp_are_a_place_too() {
    let plain = jpeg(&corners(8, 8));
    let packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude=\"47,22N\"/>";
    assert!(facts(&with_segment(&plain, 0xe1, packet)).has_location);
    let packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta dc:title=\"Quay\"/>";
    assert!(!facts(&with_segment(&plain, 0xe1, packet)).has_location);
}

#[test]
fn what_is_broken_or_no_picture_has_no_facts_and_never_panics() {
    assert_eq!(facts(b""), Facts::default());
    assert_eq!(facts(b"GPSLatitude plain words"), Facts::default());
    let whole = with_exif(&jpeg(&corners(16, 16)), 6);
    for end in 0..whole.len() {
        let _cut = facts(&whole[..end]);
        let mut changed = whole.clone();
        changed[end] ^= 0xff;
        let _changed = facts(&changed);
    }
}
