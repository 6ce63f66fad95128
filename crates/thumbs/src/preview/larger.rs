//! The previews that lie in a file, and which of them to fetch for a size.

use std::ops::Range;

/// Previews of one file that are remembered.
const MOST: usize = 8;

/// A JPEG inside a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Preview {
    /// Where it lies.
    pub at: Range<u64>,
    /// Its longest edge in pixels, where that is known before it is fetched.
    pub edge: Option<u32>,
}

impl Preview {
    fn length(&self) -> u64 {
        self.at.end - self.at.start
    }

    /// Its longest edge, or what it has at least: cameras spend less than four bits on a pixel, and their pictures are 3:2.
    fn longest(&self) -> u64 {
        self.edge.map_or_else(|| (self.length() * 3).isqrt(), u64::from)
    }
}

/// The previews in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Previews {
    /// From the shortest to the longest.
    found: Vec<Preview>,
}

impl Previews {
    /// Of those that were found, the ones that are worth their bytes: none is longer than this.
    pub(crate) fn worth(found: Vec<Preview>, most_bytes: u64) -> Self {
        let is_worth = |preview: &Preview| (1..=most_bytes).contains(&preview.at.end.saturating_sub(preview.at.start));
        let mut found: Vec<_> = found.into_iter().filter(is_worth).collect();
        found.sort_by_key(|preview| (preview.length(), preview.at.start));
        found.dedup_by(|next, before| next.at == before.at);
        found.drain(..found.len().saturating_sub(MOST));
        Self { found }
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Where to look for a picture that is sharp at this edge: first the shortest that is, then what comes closest. The first that
    /// can be decoded is the one to show, unless it has less pixels than it should and a longer one follows.
    #[must_use]
    pub fn for_edge(&self, edge: u32) -> Vec<Range<u64>> {
        let is_sharp = |preview: &&Preview| preview.longest() >= u64::from(edge);
        let sharp = self.found.iter().filter(is_sharp);
        let rest = self.found.iter().rev().filter(|preview| !is_sharp(preview));
        sharp.chain(rest).map(|preview| preview.at.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn previews(found: &[(u64, Option<u32>)]) -> Previews {
        let at = |length| 1000..1000 + length;
        Previews::worth(found.iter().map(|(length, edge)| Preview { at: at(*length), edge: *edge }).collect(), 32 << 20)
    }

    fn lengths(previews: &Previews, edge: u32) -> Vec<u64> {
        previews.for_edge(edge).into_iter().map(|at| at.end - at.start).collect()
    }

    #[test]
    fn the_shortest_that_is_sharp_enough_comes_first() {
        let all = previews(&[(8 << 20, Some(6000)), (9_000, Some(160)), (500_000, Some(1620))]);
        assert_eq!(lengths(&all, 160), [9_000, 500_000, 8 << 20]);
        assert_eq!(lengths(&all, 512), [500_000, 8 << 20, 9_000]);
        assert_eq!(lengths(&all, 2560), [8 << 20, 500_000, 9_000]);
        assert_eq!(lengths(&all, 9000), [8 << 20, 500_000, 9_000], "none is: the largest");
    }

    #[test]
    fn where_no_size_is_told_the_bytes_tell_what_it_has_at_least() {
        let all = previews(&[(9_000, None), (300_000, None), (4 << 20, None)]);
        assert_eq!(lengths(&all, 256)[0], 300_000);
        assert_eq!(lengths(&all, 2560)[0], 4 << 20);
    }

    #[test]
    fn what_is_empty_too_long_or_told_twice_is_not_fetched() {
        let most = 32 << 20;
        assert_eq!(lengths(&previews(&[(0, None), (most, None), (most, Some(9)), (most + 1, None)]), 1), [most]);
        assert!(previews(&[(0, Some(9000)), (u64::MAX - 1000, None)]).is_empty());
        assert_eq!(lengths(&previews(&(1..100).map(|length| (length, None)).collect::<Vec<_>>()), 1).len(), MOST);
    }
}
