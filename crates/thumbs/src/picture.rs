//! What comes out: an encoded picture and the sizes that it is asked for in.

use std::fmt;

/// An encoded picture without metadata, upright.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The encoded bytes.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where something shines through, or `image/gif` where it moves.
    pub content_type: &'static str,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

pub(crate) const JPEG: &str = "image/jpeg";
pub(crate) const PNG: &str = "image/png";
pub(crate) const GIF: &str = "image/gif";
/// The beginning of a text, which has no pixels: the cache keeps it beside the pictures.
pub const PLAIN_TEXT: &str = "text/plain; charset=utf-8";

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes, content_type, width, height } = self;
        write!(f, "Picture({content_type}, {width}×{height}, {} bytes)", bytes.len())
    }
}
