//! What moves goes on moving where it is looked at large, written anew.

#![expect(clippy::unwrap_used, reason = "what makes specimens may stop at the first that cannot be made")]

use amphora_thumbs::specimens::encoded;
use amphora_thumbs::{display, thumbnail};
use image::codecs::gif::{GifDecoder, GifEncoder};
use image::{AnimationDecoder, Delay, Frame, ImageFormat, Rgba, RgbaImage};
use std::io::Cursor;

const COLOURS: [[u8; 4]; 3] = [[250, 0, 0, 255], [0, 0, 250, 255], [0, 0, 0, 0]];

fn gif(frames: impl IntoIterator<Item = RgbaImage>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    for frame in frames {
        encoder.encode_frame(Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(70, 1))).unwrap();
    }
    drop(encoder);
    bytes
}

fn colours() -> Vec<u8> {
    gif(COLOURS.map(|colour| RgbaImage::from_pixel(40, 30, Rgba(colour))))
}

fn frames(bytes: &[u8]) -> Vec<Frame> {
    GifDecoder::new(Cursor::new(bytes)).unwrap().into_frames().collect_frames().unwrap()
}

#[test]
fn a_gif_plays_with_its_colours_gaps_and_pace_and_its_tile_stands_still() {
    let shown = display(&colours(), 2560).unwrap();
    assert_eq!((shown.content_type, shown.width, shown.height), ("image/gif", 40, 30));
    let played = frames(&shown.bytes);
    assert_eq!(played.len(), 3);
    for (frame, colour) in played.iter().zip(COLOURS) {
        let Rgba(is) = *frame.buffer().get_pixel(20, 15);
        assert!(is == colour || (is[3] == 0 && colour[3] == 0), "{is:?} should be {colour:?}");
        assert_eq!(frame.delay().numer_denom_ms(), (70, 1));
    }
    assert_eq!(thumbnail(&colours(), 20).unwrap().content_type, "image/jpeg");
}

#[test]
fn a_webp_plays_as_a_gif() {
    // Of two frames: a scene, and nothing but magenta.
    let shown = display(&std::fs::read("tests/corpus/files/animated.webp").unwrap(), 2560).unwrap();
    let played = frames(&shown.bytes);
    assert_eq!((shown.content_type, played.len()), ("image/gif", 2));
    let Rgba([red, green, blue, _]) = *played[1].buffer().get_pixel(200, 150);
    assert!(red > 230 && green < 25 && blue > 230, "{red} {green} {blue}");
}

#[test]
fn nothing_but_its_frames_leaves_a_file() {
    let mut bytes = colours();
    let first = bytes.windows(2).position(|block| block == b"\x21\xf9").unwrap();
    bytes.splice(first..first, *b"\x21\xfe\x06secret\0");
    assert_eq!(frames(&bytes).len(), 3, "a comment is no frame");
    let shown = display(&bytes, 2560).unwrap();
    assert!(!shown.bytes.windows(6).any(|some| some == b"secret"));
}

#[test]
fn what_is_one_frame_or_too_many_or_too_large_is_a_picture() {
    let one = gif([RgbaImage::from_pixel(40, 30, Rgba(COLOURS[0]))]);
    let dots = gif((0..2_100).map(|_| RgbaImage::from_pixel(1, 1, Rgba(COLOURS[0]))));
    let long = gif((0..60).map(|_| RgbaImage::from_pixel(1000, 1000, Rgba(COLOURS[0]))));
    let large = gif((0..2).map(|_| RgbaImage::from_pixel(2000, 1600, Rgba(COLOURS[0]))));
    let still = encoded(&RgbaImage::from_pixel(40, 30, Rgba(COLOURS[0])).into(), ImageFormat::WebP);
    for (bytes, what) in [(one, "one"), (dots, "frames"), (long, "pixels"), (large, "canvas"), (still, "WebP")] {
        assert_eq!(display(&bytes, 2560).unwrap().content_type, "image/jpeg", "{what}");
    }
}

#[test]
fn of_an_animation_that_was_cut_short_what_came_plays() {
    let bytes = gif(
        (0..10).map(|step| RgbaImage::from_fn(40, 30, |x, y| Rgba([(x * 6) as u8, (y * 8) as u8, step * 20, 255])))
    );
    let shown = display(&bytes[..bytes.len() * 7 / 10], 2560).unwrap();
    assert_eq!(shown.content_type, "image/gif");
    assert!((5..10).contains(&frames(&shown.bytes).len()));
}
