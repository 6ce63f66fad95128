//! How much memory decoding may take, and how large a picture may claim to be. Counts; allocates nothing.

use crate::no_preview::NoPreview;

/// Memory for all decoding together, in bytes.
pub(crate) const MEMORY: u64 = 256 << 20;
/// Pixels of a picture, however little memory it takes: a bound on time. The largest phone pictures have 200 million.
const PIXELS: u64 = 400_000_000;

/// A picture's claimed size and what decoding it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Bytes at the peak, without the file itself.
    pub(crate) memory: u64,
}

impl Cost {
    /// Refuses what does not fit the budget, before anything is allocated for it.
    pub(crate) fn affordable(self) -> Result<Self, NoPreview> {
        let Self { width, height, memory } = self;
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(NoPreview::broken("it has no pixels"));
        }
        if memory > MEMORY || pixels > PIXELS {
            return Err(NoPreview::TooLarge { width, height });
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_claims_too_many_pixels_or_bytes_is_refused() {
        let cost = |width, height, memory| Cost { width, height, memory }.affordable();
        assert!(cost(4000, 3000, MEMORY).is_ok());
        assert_eq!(cost(4000, 3000, MEMORY + 1), Err(NoPreview::TooLarge { width: 4000, height: 3000 }));
        assert_eq!(cost(100_000, 100_000, 1), Err(NoPreview::TooLarge { width: 100_000, height: 100_000 }));
        assert!(matches!(cost(0, 10, 1), Err(NoPreview::Broken(_))));
    }
}
