//! Reads the frame of a JPEG (ITU-T T.81, Annex B): what decoding it will take, before a decoder is let near it.

use crate::no_preview::NoPreview;

/// What the markers before the first scan say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: u8,
    pub(super) lossless: bool,
    progressive: bool,
    /// Each component's sampling, across and down.
    sampling: Vec<(u8, u8)>,
    /// Components of the first scan; fewer than the frame's mean that the picture comes in several.
    first_scan: u8,
}

impl Header {
    /// Walks the markers up to the first scan.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, NoPreview> {
        let mut frame: Option<Self> = None;
        let mut rest = bytes.strip_prefix(b"\xff\xd8").ok_or_else(|| NoPreview::broken("no JPEG"))?;
        loop {
            let (marker, body, after) = segment(rest).ok_or_else(|| NoPreview::broken("it ends before its pixels"))?;
            match marker {
                // Start of frame, except DHT, JPG and DAC, which lie in the same range.
                0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => frame = Some(Self::of_frame(marker, body)?),
                // Start of scan.
                0xda => {
                    let mut frame = frame.ok_or_else(|| NoPreview::broken("it has pixels before its size"))?;
                    frame.first_scan = body.first().copied().unwrap_or(0);
                    return Ok(frame);
                }
                // End of image.
                0xd9 => return Err(NoPreview::broken("it ends before its pixels")),
                _ => {}
            }
            rest = after;
        }
    }

    fn of_frame(marker: u8, body: &[u8]) -> Result<Self, NoPreview> {
        let &[_, h1, h2, w1, w2, components, ref sampling @ ..] = body else {
            return Err(NoPreview::broken("its frame is cut short"));
        };
        let sampling: Vec<_> = sampling.chunks_exact(3).map(|spec| (spec[1] >> 4, spec[1] & 15)).collect();
        if sampling.len() != usize::from(components)
            || sampling.iter().any(|&(h, v)| !(1..=4).contains(&h) || !(1..=4).contains(&v))
        {
            return Err(NoPreview::broken("its frame makes no sense"));
        }
        Ok(Self {
            width: u32::from(u16::from_be_bytes([w1, w2])),
            height: u32::from(u16::from_be_bytes([h1, h2])),
            components,
            lossless: matches!(marker, 0xc3 | 0xc7 | 0xcb | 0xcf),
            progressive: matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce),
            sampling,
            first_scan: 0,
        })
    }

    /// Bytes of the coefficients that libjpeg keeps of the whole picture, whatever it is scaled to; none where one scan
    /// brings it from top to bottom.
    pub(super) fn coefficients(&self) -> u64 {
        if !self.progressive && self.first_scan == self.components {
            return 0;
        }
        // 64 coefficients of two bytes in a block.
        self.blocks() * 128
    }

    /// Blocks of 8 × 8 samples, of all components, in whole groups.
    pub(super) fn blocks(&self) -> u64 {
        let across = self.sampling.iter().map(|&(h, _)| u64::from(h)).max().unwrap_or(1);
        let down = self.sampling.iter().map(|&(_, v)| u64::from(v)).max().unwrap_or(1);
        let columns = u64::from(self.width).div_ceil(8 * across);
        let rows = u64::from(self.height).div_ceil(8 * down);
        self.sampling.iter().map(|&(h, v)| columns * u64::from(h) * rows * u64::from(v)).sum()
    }
}

/// The segments before the first scan: marker, where its body begins, and the body.
pub(crate) fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, usize, &[u8])> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8").unwrap_or_default();
    std::iter::from_fn(move || {
        let (marker, body, after) = segment(rest).filter(|(marker, ..)| !matches!(marker, 0xda | 0xd9))?;
        rest = after;
        Some((marker, bytes.len() - after.len() - body.len(), body))
    })
}

/// The next marker, its body, and what follows.
pub(super) fn segment(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    // Readers skip what lies between segments, and markers may be padded with 0xff.
    let start = memchr::memchr(0xff, bytes)?;
    let bytes = &bytes[start..];
    let marker_at = bytes.iter().position(|&byte| byte != 0xff)?;
    let (&marker, rest) = bytes[marker_at..].split_first()?;
    if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd9) {
        return Some((marker, &[], rest));
    }
    let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
    Some((marker, rest.get(2..length)?, &rest[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimens::{corners, jpeg, progressive_jpeg, with_exif};

    #[test]
    fn the_frame_is_found_behind_other_segments() {
        let header = Header::read(&with_exif(&jpeg(&corners(40, 30)), 6)).unwrap();
        assert_eq!((header.width, header.height, header.components), (40, 30, 3));
        assert_eq!(header.coefficients(), 0, "one scan brings it all");
    }

    #[test]
    fn a_progressive_picture_counts_its_coefficients() {
        let header = Header::read(&progressive_jpeg(&corners(160, 160))).unwrap();
        assert_eq!(header.coefficients(), 160 * 160 * 2 * 3, "two bytes a sample, nothing halved");
    }

    #[test]
    fn a_header_cut_anywhere_is_broken_and_never_panics() {
        let bytes = jpeg(&corners(16, 16));
        let scan = bytes.windows(2).position(|pair| pair == b"\xff\xda").unwrap();
        for end in 0..scan {
            assert!(matches!(Header::read(&bytes[..end]), Err(NoPreview::Broken(_))), "cut at {end}");
        }
    }
}
