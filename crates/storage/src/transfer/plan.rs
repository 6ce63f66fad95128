//! Cuts a content into parts within S3's limits. Does no I/O.

use std::ops::Range;

/// Parts of one upload at most (S3 API, "Multipart upload limits").
pub const MAX_PARTS: u64 = 10_000;
/// Bytes of one part, unless there would be many.
pub const DEFAULT_PART_SIZE: u64 = 8 * MIB;
/// More parts than this are made larger, each a round trip; and a break costs one at the most.
const MANY_PARTS: u64 = 128;
/// Parts larger than this cost more at a break than round trips cost.
const LARGE_PART: u64 = 64 * MIB;

const MIB: u64 = 1024 * 1024;
const SMALLEST_PART: u64 = 5 * MIB;
const LARGEST_PART: u64 = 5 * 1024 * MIB;

/// How a content is cut: equal parts, the last one with the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartPlan {
    total: u64,
    part: u64,
}

/// Bytes of one part of so many, where nobody wants another size: twice as large as often as there would be many parts.
pub(crate) fn usual_part(total: u64) -> u64 {
    let mut part = DEFAULT_PART_SIZE;
    while (part < LARGE_PART && total > part * MANY_PARTS) || (part < LARGEST_PART / 2 && total > part * MAX_PARTS) {
        part *= 2;
    }
    part
}

/// The parts for `total` bytes, of the wanted size or the usual one; `None` when S3 cannot hold that many.
pub(crate) fn plan(total: u64, wanted_part: Option<u64>) -> Option<PartPlan> {
    let wanted = wanted_part.map_or_else(|| usual_part(total), |wanted| wanted.clamp(SMALLEST_PART, LARGEST_PART));
    let needed = total.div_ceil(MAX_PARTS).next_multiple_of(MIB);
    let part = wanted.max(needed);
    (part <= LARGEST_PART).then_some(PartPlan { total, part })
}

impl PartPlan {
    /// The parts of a size that was decided earlier; `None` when S3 would not take them.
    pub fn of(total: u64, part: u64) -> Option<Self> {
        let fits = (SMALLEST_PART..=LARGEST_PART).contains(&part) && total.div_ceil(part) <= MAX_PARTS;
        fits.then_some(Self { total, part })
    }

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
        assert!(plan(0, None).unwrap().is_single());
        assert!(plan(DEFAULT_PART_SIZE, None).unwrap().is_single());
        let two = plan(DEFAULT_PART_SIZE + 1, None).unwrap();
        assert!(!two.is_single());
        let parts: Vec<_> = two.parts().collect();
        assert_eq!(parts, [(1, 0..DEFAULT_PART_SIZE), (2, DEFAULT_PART_SIZE..DEFAULT_PART_SIZE + 1)]);
    }

    #[test]
    fn more_than_s3_can_hold_is_refused() {
        assert!(plan(LARGEST_PART * MAX_PARTS, None).is_some());
        assert!(plan(LARGEST_PART * MAX_PARTS + 1, None).is_none());
    }

    #[test]
    fn parts_are_larger_where_there_would_be_many() {
        let of = |total: u64| {
            let plan = plan(total, None).unwrap();
            (plan.part_size() / MIB, plan.parts().count())
        };
        assert_eq!(of(1024 * MIB), (8, 128));
        assert_eq!(of(2 * 1024 * MIB), (16, 128));
        assert_eq!(of(5 * 1024 * MIB), (64, 80));
        assert_eq!(of(600 * 1024 * MIB), (64, 9600));
        assert_eq!(of(5 * 1024 * 1024 * MIB), (1024, 5120));
    }

    #[test]
    fn an_earlier_size_is_kept_if_the_server_takes_it() {
        assert_eq!(PartPlan::of(20 * MIB, 5 * MIB).unwrap().parts().count(), 4);
        assert_eq!(PartPlan::of(20 * MIB, 0), None);
        assert_eq!(PartPlan::of(10_001 * 5 * MIB, 5 * MIB), None);
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole_within_the_limits(total in 1u64..60 * 1024 * 1024 * MIB, wanted in prop::option::of(0u64..200 * MIB)) {
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
