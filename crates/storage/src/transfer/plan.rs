//! Cuts a content into parts within S3's limits. Does no I/O.

use std::ops::Range;

/// Parts of one upload at most (S3 API, "Multipart upload limits").
pub const MAX_PARTS: u64 = 10_000;
/// Bytes of one part, unless there would be too many.
pub const DEFAULT_PART_SIZE: u64 = 8 * MIB;

const MIB: u64 = 1024 * 1024;
const SMALLEST_PART: u64 = 5 * MIB;
const LARGEST_PART: u64 = 5 * 1024 * MIB;

/// How a content is cut: equal parts, the last one with the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartPlan {
    total: u64,
    part: u64,
}

/// The parts for `total` bytes; `None` when S3 cannot hold that many.
pub(crate) fn plan(total: u64, wanted_part: u64) -> Option<PartPlan> {
    let wanted = wanted_part.clamp(SMALLEST_PART, LARGEST_PART);
    let needed = total.div_ceil(MAX_PARTS).next_multiple_of(MIB);
    let part = wanted.max(needed);
    (part <= LARGEST_PART).then_some(PartPlan { total, part })
}

impl PartPlan {
    /// One request is enough.
    pub fn is_single(&self) -> bool {
        self.total <= self.part
    }

    /// Bytes of each part but the last.
    pub fn part_size(&self) -> u64 {
        self.part
    }

    /// Part numbers, from 1, with the bytes that each holds.
    pub fn parts(self) -> impl Iterator<Item = (i32, Range<u64>)> {
        let starts = (0..self.total.div_ceil(self.part)).map(move |index| index * self.part);
        (1..).zip(starts.map(move |start| start..(start + self.part).min(self.total)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn up_to_the_part_size_it_is_one_request() {
        assert!(plan(0, DEFAULT_PART_SIZE).unwrap().is_single());
        assert!(plan(DEFAULT_PART_SIZE, DEFAULT_PART_SIZE).unwrap().is_single());
        let two = plan(DEFAULT_PART_SIZE + 1, DEFAULT_PART_SIZE).unwrap();
        assert!(!two.is_single());
        let parts: Vec<_> = two.parts().collect();
        assert_eq!(parts, [(1, 0..DEFAULT_PART_SIZE), (2, DEFAULT_PART_SIZE..DEFAULT_PART_SIZE + 1)]);
    }

    #[test]
    fn more_than_s3_can_hold_is_refused() {
        assert!(plan(LARGEST_PART * MAX_PARTS, DEFAULT_PART_SIZE).is_some());
        assert!(plan(LARGEST_PART * MAX_PARTS + 1, DEFAULT_PART_SIZE).is_none());
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole_within_the_limits(total in 1u64..60 * 1024 * 1024 * MIB, wanted in 0u64..200 * MIB) {
            if let Some(plan) = plan(total, wanted) {
                let mut at = 0;
                let mut count = 0;
                for (number, range) in plan.parts() {
                    count += 1;
                    prop_assert_eq!(i64::from(number), count);
                    prop_assert_eq!(range.start, at);
                    prop_assert!(range.end == total || range.end - range.start >= SMALLEST_PART);
                    prop_assert!(range.end - range.start <= LARGEST_PART);
                    at = range.end;
                }
                prop_assert_eq!(at, total);
                prop_assert!(count as u64 <= MAX_PARTS);
            }
        }
    }
}
