//! First looks at files as cameras write them.

use super::*;
use crate::render::{Rendition, render};
use crate::specimens::{CORNERS, Camera, corners, jpeg, png, stored};
use image::Rgb;

fn preview(width: u32, height: u32) -> Vec<u8> {
    jpeg(&corners(width, height))
}

#[test]
fn a_camera_shows_its_small_picture_from_the_beginning_alone() {
    let camera = Camera { preview: Some(preview(160, 120)), ..Camera::default() };
    let whole = camera.jpeg(1600, 1200);
    let look = first_look(&whole[..20_000]);
    let inside = look.inside.unwrap();
    assert_eq!(facts(&inside).size, Some((160, 120)));
    assert!(look.larger.is_empty());
    assert_eq!(look.facts.size, Some((1600, 1200)));
}

#[test]
fn a_preview_stands_as_the_picture_does_and_loses_its_bars() {
    for orientation in 1..=8 {
        // The picture is 3:2, the preview 4:3 with black bars above and below, as cameras write it.
        let small = stored(
            &corners(if orientation >= 5 { 106 } else { 160 }, if orientation >= 5 { 160 } else { 106 }),
            orientation,
        );
        let mut barred = image::RgbImage::from_pixel(160, 120, Rgb([0, 0, 0]));
        image::imageops::overlay(&mut barred, &small, 0, 7);
        let camera = Camera { preview: Some(jpeg(&barred)), orientation, ..Camera::default() };
        let look = first_look(&camera.jpeg(600, 400));
        let shown = render(&look.inside.unwrap(), 512, Rendition::Embedded(look.frame), &|| true).unwrap();
        let expected = if orientation >= 5 { (107, 160) } else { (160, 107) };
        assert_eq!((shown.width, shown.height), expected, "orientation {orientation}");
        let image = image::load_from_memory(&shown.bytes).unwrap().into_rgb8();
        let corner = image.get_pixel(6, 6).0;
        assert!(
            corner.iter().zip(CORNERS[0]).all(|(&is, should)| is.abs_diff(should) < 40),
            "{orientation}: {corner:?}"
        );
    }
}

#[test]
fn the_index_of_a_file_with_several_pictures_tells_where_the_large_one_is() {
    let camera =
        Camera { preview: Some(preview(160, 120)), large_preview: Some(preview(640, 480)), ..Camera::default() };
    let whole = camera.jpeg(1600, 1200);
    let look = first_look(&whole[..20_000]);
    let at = look.larger.for_edge(512).remove(0);
    let larger = &whole[usize::try_from(at.start).unwrap()..usize::try_from(at.end).unwrap()];
    assert_eq!(larger, preview(640, 480));
    assert!(look.inside.is_some());
}

#[test]
fn a_raw_file_is_shown_by_the_picture_inside() {
    let raw = crate::specimens::raw(&preview(160, 120), &preview(1024, 768));
    let look = first_look(&raw[..raw.len().min(12_000)]);
    assert_eq!(look.kind, Kind::Tiff);
    let at = look.larger.for_edge(512).remove(0);
    assert_eq!(raw[usize::try_from(at.start).unwrap()..usize::try_from(at.end).unwrap()], preview(1024, 768));
    assert_eq!(look.inside.unwrap(), preview(160, 120));
}

#[test]
fn what_has_no_preview_has_none_and_nothing_hostile_panics() {
    assert_eq!(first_look(&jpeg(&corners(8, 8))).inside, None);
    assert!(first_look(&png(&corners(8, 8), None)).larger.is_empty());
    assert_eq!(first_look(b"").inside, None);
    let camera = Camera { preview: Some(preview(16, 12)), large_preview: Some(preview(32, 24)), ..Camera::default() };
    let raw = crate::specimens::raw(&preview(16, 12), &preview(32, 24));
    for whole in [camera.jpeg(40, 30), raw] {
        for at in 0..whole.len().min(1500) {
            let _cut = first_look(&whole[..at]);
            let mut changed = whole.clone();
            changed[at] ^= 0xff;
            let _changed = first_look(&changed);
        }
    }
}
