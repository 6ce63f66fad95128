//! Pictures that move, for looking at them large: every frame is decoded and written anew as a GIF, so that nothing of the
//! file itself reaches a web view. What would be too much is shown by its first frame, as a tile is.

use crate::kind::Kind;
use crate::picture::{GIF, Picture};
use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Frames, ImageDecoder, Limits};
use std::io::Cursor;

/// What decoding and writing takes at the most, in bytes: four canvases, and what is written.
pub(crate) const MEMORY: u64 = 128 << 20;
/// Pixels of a canvas.
const CANVAS: u64 = 3_000_000;
/// Pixels of all frames together: some seconds of work, and as many bytes.
const PIXELS: u64 = 48_000_000;
/// Frames, however small.
const FRAMES: u64 = 2_000;
/// How fast colours are chosen where a frame has more than a GIF can hold, from 1 (best) to 30.
const SPEED: i32 = 10;

/// The animation of a file, if it is one that may be shown; of one that was cut short what came.
pub(crate) fn animated(bytes: &[u8], kind: Kind, max_edge: u32) -> Option<Picture> {
    let ((width, height), repeat, frames) = frames(bytes, kind)?;
    let canvas = u64::from(width) * u64::from(height);
    if canvas > CANVAS || width.max(height) > max_edge {
        return None;
    }
    let (mut written, mut count) = (Vec::new(), 0);
    let mut encoder = GifEncoder::new_with_speed(&mut written, SPEED);
    encoder.set_repeat(repeat).ok()?;
    for frame in frames {
        let Ok(frame) = frame else { break };
        count += 1;
        if count * canvas > PIXELS || count > FRAMES {
            return None;
        }
        encoder.encode_frame(frame).ok()?;
    }
    drop(encoder);
    (count > 1).then_some(Picture { bytes: written, content_type: GIF, width, height })
}

fn frames(bytes: &[u8], kind: Kind) -> Option<((u32, u32), Repeat, Frames<'_>)> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    match kind {
        Kind::Gif => {
            let mut decoder = GifDecoder::new(Cursor::new(bytes)).ok()?;
            decoder.set_limits(limits).ok()?;
            Some((decoder.dimensions(), repeat_of(decoder.loop_count()), decoder.into_frames()))
        }
        Kind::WebP => {
            let decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
            decoder
                .has_animation()
                .then(|| (decoder.dimensions(), repeat_of(decoder.loop_count()), decoder.into_frames()))
        }
        _ => None,
    }
}

fn repeat_of(count: LoopCount) -> Repeat {
    match count {
        LoopCount::Infinite => Repeat::Infinite,
        LoopCount::Finite(times) => Repeat::Finite(times.get().try_into().unwrap_or(u16::MAX)),
    }
}
