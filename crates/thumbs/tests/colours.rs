//! Pictures whose samples are not sRGB come out as the colours that they mean.

use amphora_thumbs::specimens::{Camera, jpeg, png, with_segment};
use amphora_thumbs::{FirstLook, Picture, display, first_look, thumbnail};
use image::codecs::png::PngEncoder;
use image::codecs::tiff::TiffEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ImageEncoder, Rgb, RgbImage};
use moxcms::ColorProfile;
use std::io::Cursor;

/// Codecs round.
const NEAR: u8 = 4;

/// A colour as samples of a profile, and what it is in sRGB. Computed from the primaries (SMPTE EG 432-1, Adobe RGB (1998),
/// IEC 61966-2-1), not by the library under test.
const P3: ([u8; 3], [u8; 3]) = ([200, 60, 70], [217, 42, 65]);
const ADOBE: ([u8; 3], [u8; 3]) = ([200, 60, 70], [232, 57, 69]);

// Of a TIFF smaller than its profile `image` does not read the profile.
fn plain(colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(160, 120, Rgb(colour))
}

fn assert_is(picture: &Picture, should: [u8; 3], what: &str) {
    let Rgb(is) =
        *image::load_from_memory(&picture.bytes).expect("a picture of ours is readable").into_rgb8().get_pixel(16, 16);
    let near = is.iter().zip(should).all(|(is, should)| is.abs_diff(should) <= NEAR);
    assert!(near, "{what} is {is:?}, should be {should:?}");
}

/// A profile as cameras and phones write it: in one segment, or in parts whose order counts by their numbers.
fn tagged_jpeg(jpeg: &[u8], profile: &[u8], parts: usize) -> Vec<u8> {
    let size = profile.len().div_ceil(parts);
    let numbered = profile.chunks(size).enumerate();
    numbered.fold(jpeg.to_vec(), |jpeg, (index, part)| {
        let head = [b"ICC_PROFILE\0".as_slice(), &[index as u8 + 1, parts as u8]].concat();
        with_segment(&jpeg, 0xe2, &[head, part.to_vec()].concat())
    })
}

fn tagged<E: ImageEncoder>(mut encoder: E, colour: [u8; 3], profile: &[u8]) {
    encoder.set_icc_profile(profile.to_vec()).expect("this encoder takes profiles");
    plain(colour).write_with_encoder(encoder).expect("memory takes every write");
}

#[test]
fn every_container_gives_its_profile() {
    for (profile, (samples, srgb)) in [(ColorProfile::new_display_p3(), P3), (ColorProfile::new_adobe_rgb(), ADOBE)] {
        let profile = profile.encode().unwrap();
        for parts in [1, 3] {
            let bytes = tagged_jpeg(&jpeg(&plain(samples)), &profile, parts);
            assert_is(&thumbnail(&bytes, 32).unwrap(), srgb, "a JPEG's tile");
            assert_is(&display(&bytes, 2560).unwrap(), srgb, "a JPEG, large");
        }
        let (mut png, mut webp, mut tiff) = (Vec::new(), Vec::new(), Cursor::new(Vec::new()));
        tagged(PngEncoder::new(&mut png), samples, &profile);
        tagged(WebPEncoder::new_lossless(&mut webp), samples, &profile);
        tagged(TiffEncoder::new(&mut tiff), samples, &profile);
        for (bytes, what) in [(png, "PNG"), (webp, "WebP"), (tiff.into_inner(), "TIFF")] {
            assert_is(&thumbnail(&bytes, 32).unwrap(), srgb, what);
        }
    }
}

#[test]
fn a_profile_of_srgb_or_none_or_nonsense_changes_nothing() {
    let (samples, bytes) = ([160, 120, 90], jpeg(&plain([160, 120, 90])));
    let untouched = thumbnail(&bytes, 32).unwrap();
    assert_is(&untouched, samples, "no profile");
    let srgb = tagged_jpeg(&bytes, &ColorProfile::new_srgb().encode().unwrap(), 1);
    assert_eq!(thumbnail(&srgb, 32).unwrap(), untouched, "sRGB by its own name");
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    for cut in (1..profile.len()).step_by(7) {
        assert!(thumbnail(&tagged_jpeg(&bytes, &profile[..cut], 1), 32).is_ok(), "cut at {cut}");
        let mut changed = profile.clone();
        changed[cut] ^= 0xff;
        assert!(thumbnail(&tagged_jpeg(&bytes, &changed, 1), 32).is_ok(), "changed at {cut}");
    }
    assert_is(&thumbnail(&png(&plain(samples), None), 32).unwrap(), samples, "a PNG without one");
}

#[test]
fn a_camera_that_says_adobe_rgb_is_believed_without_a_profile() {
    let (samples, srgb) = ADOBE;
    let camera = Camera { adobe_rgb: true, ..Camera::default() };
    assert_is(&thumbnail(&camera.around(&jpeg(&plain(samples))), 32).unwrap(), srgb, "R03");
}

#[test]
fn what_lies_inside_a_picture_has_its_colours() {
    let (samples, srgb) = P3;
    let camera = Camera { preview: Some(jpeg(&plain(samples))), ..Camera::default() };
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let FirstLook { inside, frame, .. } = first_look(&tagged_jpeg(&camera.around(&jpeg(&plain(samples))), &profile, 1));
    let decoder = amphora_thumbs::Decoder::new();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let tile = runtime.block_on(decoder.embedded(inside.unwrap(), frame, 32)).unwrap();
    assert_is(&tile, srgb, "the preview inside");
}
