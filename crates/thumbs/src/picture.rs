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

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes, content_type, width, height } = self;
        write!(f, "Picture({content_type}, {width}×{height}, {} bytes)", bytes.len())
    }
}

/// The longest edges that tiles are made in, so that a window of any scale finds few variants in the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// Rows of a list, and small tiles.
    S128,
    /// Tiles.
    S256,
    /// Tiles on a dense screen.
    S512,
}

impl Size {
    /// The smallest size that is sharp at this many device pixels.
    #[must_use]
    pub fn for_pixels(pixels: u32) -> Self {
        match pixels {
            0..=128 => Self::S128,
            129..=256 => Self::S256,
            _ => Self::S512,
        }
    }

    /// Its longest edge in pixels.
    #[must_use]
    pub fn edge(self) -> u32 {
        match self {
            Self::S128 => 128,
            Self::S256 => 256,
            Self::S512 => 512,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_never_blurred_up_to_512_pixels() {
        for pixels in 1..=512 {
            assert!(Size::for_pixels(pixels).edge() >= pixels, "{pixels} would be drawn larger than it was made");
        }
    }
}
