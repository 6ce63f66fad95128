//! Fujifilm's RAF: a header of fixed places in front of a JPEG as the camera would have stored it alone.

use super::exif_in_jpeg;
use crate::preview::Preview;
use std::ops::Range;

/// Where the header says where the JPEG begins, and behind that how long it is.
const JPEG: usize = 84;

fn jpeg(head: &[u8]) -> Option<Range<u64>> {
    let number = |at: usize| head.get(at..)?.first_chunk().map(|digits| u64::from(u32::from_be_bytes(*digits)));
    let (start, length) = (number(JPEG)?, number(JPEG + 4)?);
    (start > JPEG as u64).then_some(start..start + length)
}

pub(super) fn previews(head: &[u8]) -> Vec<Preview> {
    jpeg(head).map(|at| Preview { at, edge: None }).into_iter().collect()
}

/// The EXIF of the JPEG is that of the whole.
pub(super) fn exif_block(head: &[u8]) -> Option<&[u8]> {
    exif_in_jpeg(head.get(usize::try_from(jpeg(head)?.start).ok()?..)?)
}
