//! Reads the bits of a scan (ITU-T T.81, F.2.2.5): without the zeros that are stuffed behind 0xff, up to the next marker.

use super::huffman::{Difference, Differences, LARGEST, Passed, Skip, Skips, WINDOW, extended};

/// Bits that are at hand after a refill, at least.
const FULL: u32 = 56;
// One refill is enough for a difference and two looks behind it.
const _: () = assert!(WINDOW + 2 * (WINDOW + LARGEST) <= FULL);

/// The bits from a place on. `Copy`, so that the rare ways work on a copy and the usual one stays in registers.
#[derive(Clone, Copy)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, from the highest down.
    held: u64,
    /// How many of them count.
    count: u32,
    /// How many were made up behind the end, as zeros.
    made_up: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, held: 0, count: 0, made_up: 0 }
    }

    /// Whether more was read than there was.
    pub(super) fn overdrawn(&self) -> bool {
        self.count < self.made_up
    }

    /// Goes on behind the marker of a restart, which must come here and have this number.
    pub(super) fn restart(&mut self, number: u8) -> Option<()> {
        // Less than a byte may be left.
        if self.overdrawn() || self.count - self.made_up >= 8 {
            return None;
        }
        let rest = self.bytes.get(self.at..)?.strip_prefix(b"\xff")?;
        let padding = rest.iter().position(|&byte| byte != 0xff)?;
        if rest[padding] != 0xd0 | number {
            return None;
        }
        *self = Self { at: self.at + 1 + padding + 1, ..Self::new(self.bytes) };
        Some(())
    }

    /// One bit.
    #[inline(always)]
    pub(super) fn bit(&mut self) -> bool {
        self.refill();
        let bit = self.held >> 63 == 1;
        self.pass(1);
        bit
    }

    /// The difference that a block begins with.
    #[inline(always)]
    pub(super) fn difference(&mut self, differences: &Differences) -> Option<i16> {
        self.refill();
        let Difference { value, bits } = differences.look(self.held);
        if bits == 0 {
            let (after, value) = self.long_difference(differences)?;
            *self = after;
            return Some(value);
        }
        self.pass(bits.into());
        Some(value)
    }

    #[cold]
    fn long_difference(mut self, differences: &Differences) -> Option<(Self, i16)> {
        let (length, size) = differences.huffman.symbol((self.held >> 48) as u32)?;
        let size = u32::from(size);
        // Differences of eight bits a sample have 11 bits.
        if size > 11 {
            return None;
        }
        self.pass(length);
        // In two steps: one of 64 would be too far.
        let value = extended((self.held >> 1 >> (63 - size)) as u32, size);
        self.pass(size);
        // As full as behind a short one.
        self.refill();
        Some((self, value))
    }

    /// Passes over all other coefficients of a block, right behind its difference.
    #[inline(always)]
    pub(super) fn skip(&mut self, skips: &Skips) -> Option<()> {
        let mut at = 1;
        loop {
            for _ in 0..2 {
                let skip = skips.look(self.held);
                let next = skip.next(at);
                if next < 64 {
                    self.pass(skip.bits());
                    at = next;
                    continue;
                }
                if Skip::ended(next) {
                    self.pass(skip.bits());
                    return Some(());
                }
                let (after, next) = self.skip_one(skips, at)?;
                *self = after;
                if next == 64 {
                    return Some(());
                }
                at = next;
                break;
            }
            self.refill();
        }
    }

    #[cold]
    fn skip_one(mut self, skips: &Skips, at: u32) -> Option<(Self, u32)> {
        self.refill();
        let (length, symbol) = skips.huffman.symbol((self.held >> 48) as u32)?;
        let (next, value) = match Passed::by(symbol)? {
            Passed::End => (64, 0),
            Passed::Some { coefficients, value } => (at + u32::from(coefficients), value),
        };
        self.pass(length + value);
        (next <= 64).then_some((self, next))
    }

    #[inline(always)]
    fn pass(&mut self, bits: u32) {
        self.held <<= bits;
        self.count -= bits;
    }

    /// Sees to it that enough bits are at hand for whatever comes next.
    #[inline(always)]
    fn refill(&mut self) {
        if let Some(eight) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk)
            && let eight = u64::from_be_bytes(*eight)
            && !has_0xff(eight)
        {
            // What of it finds no room as whole bytes is read again: the same bits at the same place.
            self.held |= eight >> self.count;
            self.at += ((63 - self.count) / 8) as usize;
            self.count |= FULL;
        } else {
            *self = self.refilled_bytewise();
        }
    }

    #[cold]
    fn refilled_bytewise(mut self) -> Self {
        while self.count < FULL {
            let byte = match self.bytes.get(self.at..).unwrap_or_default() {
                [0xff, 0, ..] => {
                    self.at += 2;
                    0xff
                }
                // A marker, or the end.
                [] | [0xff, ..] => {
                    self.made_up += 8;
                    0
                }
                [byte, ..] => {
                    self.at += 1;
                    *byte
                }
            };
            // Where a bulk went before, the same bits may lie there.
            self.held |= u64::from(byte) << (FULL - self.count);
            self.count += 8;
        }
        self
    }
}

/// Whether one of eight bytes is 0xff.
fn has_0xff(eight: u64) -> bool {
    const ONES: u64 = u64::from_be_bytes([1; 8]);
    const HIGHS: u64 = u64::from_be_bytes([0x80; 8]);
    eight & !eight.wrapping_add(ONES) & HIGHS != 0
}
